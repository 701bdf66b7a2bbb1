"""Undo takes back the newest step on pages that still stands, one after the other; the trail keeps all of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from app.station.errors import NothingToUndo
from app.station.importing import import_files
from app.station.page_acts import set_aside, take_back
from app.station.scanning import Pile, rescan_sheet, scan
from app.station.station import Station
from app.station.undo import undo
from app.store.records import Aim, AimKind
from drivers.scanners.types import ScanSettings

Draw = Callable[[str], Path]


@pytest.fixture
def three(station: Station, case: str, draw: Draw) -> str:
    """A case of three pages."""
    scan(station, case, Pile("pnm:0", ScanSettings(feed=tuple(draw(f"{n}.png") for n in (1, 2, 3)))))
    return case


def numbers(station: Station, case: str) -> list[int]:
    return [page.number for page in station.store.pages.of_case(station.store.cases.get(case).id)]


def test_steps_are_undone_one_after_the_other(station: Station, three: str, draw: Draw) -> None:
    set_aside(station, three, [1], "重复")
    import_files(station, three, [draw("4.png")], aim=Aim(AimKind.REPLACE, 2))
    scan(station, three, Pile("pnm:0", ScanSettings(feed=(draw("5.png"),))), aim=Aim(AimKind.INSERT_AFTER, 4))
    take_back(station, three, [1])
    stands = [[1, 4, 5, 3], [4, 5, 3], [4, 3], [2, 3], [1, 2, 3]]
    for before, after in pairwise(stands):
        assert numbers(station, three) == before
        undo(station, three)
        assert numbers(station, three) == after
    with pytest.raises(NothingToUndo):  # the pile itself stays
        undo(station, three)
    assert station.store.audit.verify().ok


def test_a_new_step_after_an_undo_is_the_next_to_be_undone(station: Station, three: str) -> None:
    set_aside(station, three, [1], "重复")
    undo(station, three)
    set_aside(station, three, [2, 3], "不属本案")
    undo(station, three)
    assert numbers(station, three) == [1, 2, 3]
    with pytest.raises(NothingToUndo):
        undo(station, three)


def test_sheets_scanned_anew_one_after_the_other_are_undone_one_by_one(
    station: Station, three: str, draw: Draw
) -> None:
    for sheet, picture in ((2, "4.png"), (2, "5.png"), (3, "6.png")):
        rescan_sheet(station, three, sheet, Pile("pnm:0", ScanSettings(feed=(draw(picture),))))
    stands = [[1, 5, 6], [1, 5, 3], [1, 4, 3], [1, 2, 3]]
    for before, after in pairwise(stands):
        assert numbers(station, three) == before
        undo(station, three)
        assert numbers(station, three) == after
    with pytest.raises(NothingToUndo):
        undo(station, three)
    assert station.store.audit.verify().ok


def test_a_sheet_of_an_inserted_pile_scanned_anew_is_undone_before_the_pile(
    station: Station, three: str, draw: Draw
) -> None:
    pile = Pile("pnm:0", ScanSettings(feed=(draw("4.png"), draw("5.png"))))
    scan(station, three, pile, aim=Aim(AimKind.INSERT_AFTER, 1))
    rescan_sheet(station, three, 4, Pile("pnm:0", ScanSettings(feed=(draw("6.png"),))))
    stands = [[1, 6, 5, 2, 3], [1, 4, 5, 2, 3], [1, 2, 3]]
    for before, after in pairwise(stands):
        assert numbers(station, three) == before
        undo(station, three)
        assert numbers(station, three) == after


def test_a_page_taken_back_for_another_is_exchanged_again(station: Station, three: str, draw: Draw) -> None:
    import_files(station, three, [draw("4.png")], aim=Aim(AimKind.REPLACE, 2))
    take_back(station, three, [2])
    assert numbers(station, three) == [1, 2, 3]
    assert undo(station, three).back == (4,)
    assert numbers(station, three) == [1, 4, 3]


def test_nothing_is_undone_behind_a_pile_that_came_in_since(station: Station, three: str, draw: Draw) -> None:
    set_aside(station, three, [1], "重复")
    scan(station, three, Pile("pnm:0", ScanSettings(feed=(draw("6.png"),))))
    with pytest.raises(NothingToUndo):
        undo(station, three)
    assert numbers(station, three) == [2, 3, 4]
