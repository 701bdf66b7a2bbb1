"""Sheets in, faces out."""

from __future__ import annotations

import pytest

from drivers.origin import Origin
from drivers.scanners.reconcile import Reconciliation, reconcile
from drivers.scanners.types import CaptureRecord, Side


def record(sequence: int, sheet: int, side: Side = Side.FRONT) -> CaptureRecord:
    return CaptureRecord(
        sequence=sequence,
        sheet=sheet,
        side=side,
        device="test:0",
        vendor="",
        model="",
        driver="test",
        origin=Origin.SIMULATOR,
        asked={},
        effective={},
        captured_at="2026-11-21T09:30:00.000+08:00",
        width_px=1,
        height_px=1,
        channels=1,
        depth=8,
        dpi=300,
        sha256="",
        bytes=1,
    )


def duplex(sheets: range, first_sequence: int = 1) -> list[CaptureRecord]:
    faces = [(sheet, side) for sheet in sheets for side in (Side.FRONT, Side.BACK)]
    return [record(number, sheet, side) for number, (sheet, side) in enumerate(faces, first_sequence)]


def test_a_whole_duplex_batch_is_reconciled() -> None:
    found = reconcile(duplex(range(4, 9)), 5, True)
    assert found == Reconciliation(5, 10, 5, (), (), (), (), ())
    assert found.reconciled


def test_a_feeder_that_said_empty_too_early_is_found_out() -> None:
    found = reconcile(duplex(range(1, 4)), 6, True)
    assert (found.missing, found.reconciled) == ((4, 5, 6), False)


def test_a_back_that_did_not_come_is_an_odd_sheet() -> None:
    found = reconcile(duplex(range(1, 4))[:-1], 3, True)
    assert (found.odd, found.faces, found.reconciled) == ((3,), 5, False)
    assert reconcile(duplex(range(1, 4))[:-1], None, True).odd == (3,)


def test_a_back_alone_is_odd_in_both_ways_of_scanning() -> None:
    only_back = [record(1, 1, Side.BACK)]
    assert reconcile(only_back, 1, True).odd == (1,)
    assert reconcile(only_back, 1, False).odd == (1,)


def test_more_sheets_than_were_counted() -> None:
    found = reconcile([record(n, n) for n in range(1, 6)], 3, False)
    assert (found.surplus, found.missing, found.reconciled) == ((4, 5), (), False)


def test_a_sheet_scanned_again_counts_once_and_says_which_captures_it_replaces() -> None:
    again = [*duplex(range(1, 4)), *duplex(range(2, 3), first_sequence=7)]
    found = reconcile(reversed(again), 3, True)
    assert (found.faces, found.superseded, found.reconciled) == (6, (3, 4), True)


def test_a_page_that_is_gone_from_the_spool_is_lost_and_its_sheet_missing() -> None:
    found = reconcile([record(1, 1), record(2, 2), record(4, 4)], 4, False)
    assert (found.lost, found.missing, found.reconciled) == ((3,), (3,), False)


def test_nobody_counted() -> None:
    assert reconcile([record(n, n) for n in range(1, 6)], None, False).reconciled
    assert reconcile([record(1, 1), record(2, 3)], None, False).missing == (2,)
    assert reconcile([record(2, 2)], None, False, first_sheet=1).missing == (1,)


def test_nothing_came_at_all() -> None:
    found = reconcile([], 3, False)
    assert (found.missing, found.faces, found.reconciled) == ((1, 2, 3), 0, False)
    assert reconcile([], None, True).reconciled
    assert reconcile([], 0, False).reconciled
    assert reconcile([], 2, False, first_sheet=7).missing == (7, 8)


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        reconcile([], -1, False)
    with pytest.raises(ValueError, match="before the first"):
        reconcile([record(1, 2)], 1, False, first_sheet=3)
