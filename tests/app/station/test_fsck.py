"""A station that lost its database, or whose files were touched: what is told, and what comes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.station.fsck import Problem, Trouble, fsck, rebuild_library
from app.station.page_acts import set_aside
from app.station.scanning import Pile, scan
from app.station.station import Station, Who, open_station
from app.store.errors import LibraryMissing
from drivers.scanners.types import ScanSettings

Draw = Callable[[str], Path]
WHO = Who("李文", "测试站")
CASE = "A9901260000002026030001"


@pytest.fixture
def scanned(station: Station, case: str, draw: Draw) -> Station:
    sheets = tuple(draw(f"{number}.png") for number in (1, 2, 3))
    scan(station, case, Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297)))
    set_aside(station, case, [2], "夹带的便条")
    return station


def standing(station: Station) -> list[tuple[object, ...]]:
    record = station.store.cases.get(CASE)
    pages = station.store.pages.all_of_case(record.id)
    return [(page.number, page.place, page.sha256, page.aside) for page in pages]


def copied(station: Station, target: Path) -> Path:
    """The home as a power cut would leave it, while the station runs on."""
    return Path(shutil.copytree(station.home.path, target))


def test_everything_as_it_was_left(scanned: Station) -> None:
    told = fsck(scanned)
    assert (told.ok, told.files) == (True, 3)


def test_touched_files_are_named(scanned: Station, case: str) -> None:
    one, two, three = (page.file for page in scanned.store.pages.all_of_case(scanned.store.cases.get(case).id))
    one.chmod(0o600)
    one.write_bytes(one.read_bytes() + b"\0")
    two.unlink()
    shutil.copy(three, three.with_name("000009.png"))
    folder = f"cases/{case}/originals/b0001"
    assert set(fsck(scanned).problems) == {
        Problem(Trouble.ALTERED, f"{folder}/000001.png"),
        Problem(Trouble.MISSING, f"{folder}/000002.png"),
        Problem(Trouble.UNKNOWN, f"{folder}/000009.png"),
    }


def test_without_its_database_all_comes_back(scanned: Station, case: str, tmp_path: Path) -> None:
    home = copied(scanned, tmp_path / "after")
    before = standing(scanned), list(scanned.store.audit.newest_first(case))
    for lost in home.glob("juanzong.db*"):
        lost.unlink()
    with pytest.raises(LibraryMissing), open_station(home, who=WHO):
        pass
    rebuild_library(type(scanned.home)(home), WHO)
    with open_station(home, who=WHO) as again:
        trail = list(again.store.audit.newest_first(case))
        assert (standing(again), trail[1:]) == before
        assert trail[0].event == "library.rebuilt"
        assert fsck(again).ok


def test_a_page_that_reached_the_disk_after_the_journal_is_taken_in(
    scanned: Station, case: str, tmp_path: Path
) -> None:
    """As if power had failed between the page's rename and its row."""
    home = copied(scanned, tmp_path / "after")
    with open_station(home, who=WHO) as cut:
        with cut.store.transaction():
            cut.store._db.execute("DELETE FROM pages WHERE number = 3")
        (problem,) = fsck(cut).problems
        assert problem.trouble is Trouble.UNKNOWN
    rebuild_library(type(scanned.home)(home), WHO)
    with open_station(home, who=WHO) as again:
        assert standing(again) == standing(scanned)
        assert fsck(again).ok
