"""A document (文书) of the case: what the catalogue must say about it, and the function that writes its sheets."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from papercase.sheet import Sheet


@dataclass(frozen=True)
class Document:
    """`write` gives `written_faces` faces in reading order.

    `duplex`: they are front and back of one sheet. `blank_back`: the only face has an empty back that is scanned too.
    `left_empty`: a zone left empty on purpose, (index of the face, label).
    """

    kind: str
    title: str
    written_faces: int
    write: Callable[[], tuple[Sheet, ...]]
    date: dt.date
    number: str | None = None
    persons: tuple[str, ...] = ()
    ordinal: int | None = None
    duplex: bool = False
    blank_back: bool = False
    left_empty: tuple[int, str] | None = None
