"""Sheet count reconciliation (核对张数): every sheet that went in came out with all its faces, once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from drivers.scanners.types import CaptureRecord, Side


@dataclass(frozen=True)
class Reconciliation:
    """What a batch lacks or has too much of. Sheets and sequences are ascending.

    `faces` counts each face of a sheet once, the last capture of it; earlier ones are `superseded` (sequences): the
    sheet was scanned again or the batch was gone on with in the middle of it.
    """

    sheets: int
    faces: int
    expected_sheets: int | None  # None: nobody counted; gaps and parity are judged all the same
    missing: tuple[int, ...]  # sheets of which no face came
    odd: tuple[int, ...]  # sheets with a face too few (duplex), or with a back nobody asked for (simplex)
    surplus: tuple[int, ...]  # sheets past the expected count
    lost: tuple[int, ...]  # sequences that were given out and are not there
    superseded: tuple[int, ...]

    @property
    def reconciled(self) -> bool:
        """Whether the batch may be sealed as far as its count goes."""
        return not (self.missing or self.odd or self.surplus or self.lost)


def reconcile(
    records: Iterable[CaptureRecord], expected_sheets: int | None, duplex: bool, *, first_sheet: int | None = None
) -> Reconciliation:
    """Compare the faces that came with the sheets that went in.

    `records`: all captures of the batch, in any order. `first_sheet`: the number of the batch's first sheet; None takes
    the lowest found (1 where nothing came). Raises ValueError for a negative count or a sheet below the first.
    """
    if expected_sheets is not None and expected_sheets < 0:
        raise ValueError("a count of sheets is 0 or more")
    in_order = sorted(records, key=lambda record: record.sequence)
    last_of = {(record.sheet, record.side): record.sequence for record in in_order}
    kept = set(last_of.values())
    found = {sheet for sheet, _ in last_of}
    first = min(found, default=1) if first_sheet is None else first_sheet
    if any(sheet < first for sheet in found):
        raise ValueError(f"a sheet before the first one, {first}")
    end = max(found, default=first - 1) + 1 if expected_sheets is None else first + expected_sheets
    sides = {Side.FRONT, Side.BACK} if duplex else {Side.FRONT}
    whole = {sheet for sheet in found if {side for side in Side if (sheet, side) in last_of} == sides}
    sequences = {record.sequence for record in in_order}
    return Reconciliation(
        sheets=len(found),
        faces=len(last_of),
        expected_sheets=expected_sheets,
        missing=tuple(sorted(set(range(first, max(found | {end - 1}) + 1)) - found)),
        odd=tuple(sorted(found - whole)),
        surplus=tuple(sorted(sheet for sheet in found if sheet >= end)),
        lost=tuple(sorted(set(range(min(sequences, default=0), max(sequences, default=0))) - sequences)),
        superseded=tuple(record.sequence for record in in_order if record.sequence not in kept),
    )
