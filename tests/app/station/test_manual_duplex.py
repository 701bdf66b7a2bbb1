"""Fronts in one pass, backs in another: joined sheet by sheet, refused when they differ, undone."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from app.station.errors import BatchUnfinished, NoFronts
from app.station.manual_duplex import join_again, part_sides
from app.station.page_acts import set_aside
from app.station.scanning import Pile, Scanned, scan
from app.station.station import Station
from app.store.records import Aim, AimKind
from drivers.errors import PassesDiffer
from drivers.scanners.types import ScanSettings

Draw = Callable[[str], Path]
FRONTS = ("1a", "2a", "3a")
IN_ORDER = ["1a", "1b", "2a", "2b", "3a", "3b"]


@pytest.fixture
def feed(station: Station, case: str, draw: Draw) -> Callable[..., Scanned]:
    """Scan the sheets of these names."""

    def fed(*names: str, aim: Aim = Aim(), sheets: int | None = None) -> Scanned:  # noqa: B008 - frozen
        pictures = tuple(draw(f"{name}.png") for name in names)
        return scan(station, case, Pile("pnm:0", ScanSettings(feed=pictures), sheets), aim=aim)

    return fed


@pytest.fixture
def order(station: Station, case: str, draw: Draw) -> Callable[[], list[str]]:
    """The names of the sheets that count, in page order."""

    def named() -> list[str]:
        names = [name.stem for name in sorted((draw("x.png").parent).glob("*.png"))]
        pages = station.store.pages.of_case(station.store.cases.get(case).id)
        return [next(name for name in names if _same(page.file, draw(f"{name}.png"))) for page in pages]

    return named


def _same(scanned: Path, fed: Path) -> bool:
    with Image.open(scanned) as one, Image.open(fed) as other:
        return ImageChops.difference(one, other).getbbox() is None


def sides(station: Station, case: str) -> list[tuple[int, str]]:
    return [(page.sheet, page.side) for page in station.store.pages.of_case(station.store.cases.get(case).id)]


BOTH = [(sheet, side) for sheet in (1, 2, 3) for side in ("front", "back")]


@pytest.mark.parametrize("reverse", [True, False])
def test_backs_come_behind_their_fronts(
    station: Station, case: str, feed: Callable[..., Scanned], order: Callable[[], list[str]], reverse: bool
) -> None:
    feed(*FRONTS)
    backs = ("3b", "2b", "1b") if reverse else ("1b", "2b", "3b")
    done = feed(*backs, aim=Aim(AimKind.BACKS, reverse=reverse))
    assert (done.batch.state, done.batch.aim) == ("complete", Aim(AimKind.BACKS, 1, reverse))
    assert order() == IN_ORDER
    assert sides(station, case) == BOTH


def test_a_pile_turned_the_other_way_is_joined_again_without_scanning(
    station: Station, case: str, feed: Callable[..., Scanned], order: Callable[[], list[str]]
) -> None:
    feed("0")
    feed(*FRONTS)
    done = feed("3b", "2b", "1b", aim=Aim(AimKind.BACKS))
    assert order() == ["0", "1a", "3b", "2a", "2b", "3a", "1b"]
    join_again(station, case, done.batch.number, reverse=True)
    assert order() == ["0", *IN_ORDER]
    part_sides(station, case, done.batch.number)
    assert order() == ["0", *FRONTS, "3b", "2b", "1b"]
    assert station.store.pages.batch(done.batch.id).reason == "parted"
    assert len({sheet for sheet, _ in sides(station, case)}) == 7
    join_again(station, case, done.batch.number, reverse=True)
    assert order() == ["0", *IN_ORDER]
    assert station.store.pages.batch(done.batch.id).state == "complete"
    assert station.store.audit.verify().ok


@pytest.mark.parametrize(("reverse", "missing"), [(False, (3,)), (True, (1,))])
def test_too_few_backs_join_nothing_and_the_sheets_are_named(
    station: Station,
    case: str,
    feed: Callable[..., Scanned],
    order: Callable[[], list[str]],
    reverse: bool,
    missing: tuple[int, ...],
) -> None:
    feed(*FRONTS)
    done = feed("2b", "x", aim=Aim(AimKind.BACKS, reverse=reverse))
    assert (done.batch.state, done.batch.reason, done.sheets.missing) == ("stopped", "unreconciled", missing)
    assert order() == [*FRONTS, "2b", "x"]
    with pytest.raises(PassesDiffer):
        join_again(station, case, done.batch.number, reverse=reverse)
    assert order() == [*FRONTS, "2b", "x"]


def test_a_pass_with_a_back_too_many_is_mended_by_setting_it_aside(
    station: Station, case: str, feed: Callable[..., Scanned], order: Callable[[], list[str]]
) -> None:
    feed(*FRONTS)
    done = feed("1b", "1b-again", "2b", "3b", aim=Aim(AimKind.BACKS))
    assert (done.batch.state, len(done.sheets.surplus)) == ("stopped", 1)
    set_aside(station, case, [5], "扫了两次")
    join_again(station, case, done.batch.number, reverse=False)
    assert order() == IN_ORDER


def test_backs_need_whole_fronts(station: Station, case: str, feed: Callable[..., Scanned]) -> None:
    with pytest.raises(NoFronts):
        feed("1b", aim=Aim(AimKind.BACKS))
    feed(*FRONTS, sheets=4)
    with pytest.raises(BatchUnfinished):
        feed("1b", "2b", "3b", aim=Aim(AimKind.BACKS))
    assert len(sides(station, case)) == 3


def test_fronts_that_have_their_backs_take_no_others(
    station: Station, case: str, feed: Callable[..., Scanned], order: Callable[[], list[str]]
) -> None:
    feed(*FRONTS)
    feed("1b", "2b", "3b", aim=Aim(AimKind.BACKS))
    with pytest.raises(NoFronts):
        feed("x", aim=Aim(AimKind.BACKS))
    assert order() == IN_ORDER


KILLED_WHILE_JOINING = """
import os, signal, sys
from pathlib import Path
from app.station.scanning import Pile, scan
from app.station.station import open_station
from app.store.order import Order
from app.store.records import Aim, AimKind
from drivers.scanners.types import ScanSettings

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

Order.arrange = die
home, case, *pictures = sys.argv[1:]
with open_station(Path(home)) as station:
    settings = ScanSettings(feed=tuple(map(Path, pictures)))
    scan(station, case, Pile("pnm:0", settings), aim=Aim(AimKind.BACKS))
"""


def test_killed_while_joining_the_backs_are_there_and_joined_by_the_next_scan(
    station: Station, case: str, draw: Draw, feed: Callable[..., Scanned], order: Callable[[], list[str]]
) -> None:
    feed(*FRONTS)
    backs = ("1b", "2b", "3b")
    pictures = [str(draw(f"{name}.png")) for name in backs]
    command = [sys.executable, "-c", KILLED_WHILE_JOINING, str(station.home.path), case, *pictures]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert order() == [*FRONTS, *backs]
    assert {side for _, side in sides(station, case)} == {"front"}
    done = feed(*backs, aim=Aim(AimKind.BACKS))
    assert (done.pages, done.batch.number, done.batch.state) == (3, 2, "complete")
    assert order() == IN_ORDER
    assert station.store.audit.verify().ok
