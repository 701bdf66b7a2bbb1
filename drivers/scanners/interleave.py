"""Manual duplex (手动双面): the fronts of a pile scanned in one pass, the backs in another, put in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from drivers.errors import PassesDiffer
from drivers.scanners.types import Side

Page = TypeVar("Page")


@dataclass(frozen=True)
class Face(Generic[Page]):
    """One side of a sheet; `sheet` counts from the first sheet's number."""

    sheet: int
    side: Side
    page: Page


def interleave(
    fronts: Sequence[Page], backs: Sequence[Page], *, reverse: bool, first_sheet: int = 1
) -> tuple[Face[Page], ...]:
    """The faces sheet by sheet, each front before its back. Both passes are given in the order they were scanned.

    `reverse`: the pile was turned over as a whole, so the last sheet's back came first; false when its sheets were put
    back in the order of the fronts.

    Raises PassesDiffer when a sheet is missing in one pass: whose back is whose cannot be told then, so none is paired.
    Raises ValueError for a first sheet below 1.
    """
    if first_sheet < 1:
        raise ValueError("sheets are counted from 1")
    if len(fronts) != len(backs):
        raise PassesDiffer(fronts=len(fronts), backs=len(backs))
    faces: list[Face[Page]] = []
    for sheet, (front, back) in enumerate(zip(fronts, backs[::-1] if reverse else backs, strict=True), first_sheet):
        faces += [Face(sheet, Side.FRONT, front), Face(sheet, Side.BACK, back)]
    return tuple(faces)
