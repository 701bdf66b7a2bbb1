"""The disk is full at one write after the other: each step ends in one error with a remedy, nothing shown is lost, and
with room made the same step goes through.

The disk is a tmpfs on which one block more is left each time until the step passes. What the station looks at before
it begins is made to tell of plenty: the disk fills up afterwards, from elsewhere.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from outbox_rig import HASTY, accept
from PIL import Image, ImageDraw
from power_cut import may_mount
from small_case import draw_account, make_ready
from small_disk import SmallDisk, small_disk

from app.platform.serve import serving
from app.station.backup import back_up
from app.station.cases import NewCase, open_case
from app.station.fsck import fsck, rebuild_library
from app.station.importing import import_files
from app.station.keys import open_signer
from app.station.processing import process, to_read
from app.station.scanning import Pile, scan
from app.station.sealing import seal
from app.station.sending import send_all
from app.station.station import Station, Who, open_station
from app.store.errors import DiskFull
from app.store.store import Store, SystemClock
from dossier.model import Person
from drivers.scanners.types import FaultCode, ScanSettings
from ocr.errors import PageNotWritten
from ocr.pool import open_pool
from transfer.types import SendState

pytestmark = pytest.mark.skipif(not may_mount(), reason="this machine lets nobody mount a disk")

WHO = Who("李文", "望陵所")
CASE = "A9901260000002026030001"


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallDisk]:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=100 * 1024**3))
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def station(disk: SmallDisk) -> Iterator[Station]:
    with open_station(disk.path / "home", who=WHO) as opened:
        open_case(opened, NewCase(CASE, "张某盗窃案", "盗窃", persons=(Person(1, "张某", "嫌疑人"),)))
        yield opened


def sheet(folder: Path, name: str) -> Path:
    """Small, so that a few blocks hold it."""
    page = Image.new("L", (70, 99), "white")
    ImageDraw.Draw(page).text((20, 20), name, fill=0)
    page.save(folder / f"{name}.png", dpi=(24, 24))
    return folder / f"{name}.png"


def with_ever_more_room(
    disk: SmallDisk, step: Callable[[], bool], check: Callable[[], None], blocks: Sequence[int] = range(500)
) -> int:
    """How often `step` found no room; each time `check` looks at what is left of it, with room again."""
    for refused, left in enumerate(blocks):
        disk.leave(left)
        done = step()
        disk.make_room()
        check()
        if done:
            return refused
    raise AssertionError("it never passed")


def sound(station: Station, shown: list[str]) -> None:
    """All that was shown is there, and nothing in the library is hurt."""
    record = station.store.cases.get(CASE)
    known = {page.sha256: page.file for page in station.store.pages.all_of_case(record.id)}
    assert all(known[sha256].is_file() for sha256 in shown)
    assert [problem for problem in fsck(station).problems if problem.trouble != "unknown"] == []


def test_opening_a_station_and_a_case(disk: SmallDisk) -> None:
    numbers = count(1)
    home = disk.path / "home"

    def step() -> bool:
        try:
            with open_station(home, who=WHO) as station:
                open_case(station, NewCase(f"A990126000000202603{next(numbers):04}", "张某盗窃案", "盗窃"))
        except DiskFull:
            return False
        return True

    def check() -> None:
        with open_station(home, who=WHO) as station:
            assert fsck(station).ok

    assert with_ever_more_room(disk, step, check) > 5


def test_importing(station: Station, disk: SmallDisk, tmp_path: Path) -> None:
    shown: list[str] = []
    files = [sheet(tmp_path, "one"), sheet(tmp_path, "two")]

    def step() -> bool:
        try:
            import_files(station, CASE, files, on_page=lambda page: shown.append(page.sha256))
        except DiskFull:
            return False
        return True

    assert with_ever_more_room(disk, step, lambda: sound(station, shown)) > 5
    assert len(shown) == len(set(shown)) == 2
    assert fsck(station).ok


def test_scanning(station: Station, disk: SmallDisk, tmp_path: Path) -> None:
    shown: list[str] = []
    pile = Pile("pnm:0", ScanSettings(feed=(sheet(tmp_path, "one"),), width_mm=210, height_mm=297))

    def step() -> bool:
        try:
            done = scan(station, CASE, pile, on_page=lambda page: shown.append(page.sha256))
        except DiskFull:
            return False
        if done.fault is not None:
            assert done.fault.code is FaultCode.DISK_FULL, done.fault
        return done.fault is None

    assert with_ever_more_room(disk, step, lambda: sound(station, shown)) > 5
    assert len(shown) == 1
    assert fsck(station).ok


def test_reading(station: Station, disk: SmallDisk, tmp_path: Path) -> None:
    import_files(station, CASE, [sheet(tmp_path, "one")])
    record = station.store.cases.get(CASE)

    with open_pool(1) as pool:

        def step() -> bool:
            try:
                process(station, CASE, pool)
            except (DiskFull, PageNotWritten):
                assert all(page.failure is None for page in station.store.pages.of_case(record.id))
                return False
            return True

        assert with_ever_more_room(disk, step, lambda: sound(station, [])) > 5
    assert to_read(station, record) == []


def test_sealing_and_sending(station: Station, disk: SmallDisk, tmp_path: Path) -> None:
    """Sealing takes seconds, so the room grows by leaps; each try ends with nothing in the outbox or with all."""
    make_ready(station, CASE, draw_account(tmp_path / "1.png"))

    with open_signer(station) as signer:

        def sealed() -> bool:
            try:
                seal(station, CASE, "base", signer)
            except DiskFull:
                assert station.store.outbox.all() == []
                assert list(station.home.packages(CASE).iterdir()) == []
                return False
            return True

        assert with_ever_more_room(disk, sealed, lambda: sound(station, []), [0, 4, 16, 64, 128, 256, 512, 1024]) > 3

    def sent() -> bool:
        try:
            ((item, error),) = send_all(station, url, pace=HASTY)
        except DiskFull:
            return False
        assert (item.state, error) == (SendState.ARRIVED, None)
        return True

    with serving(tmp_path / "platform", station.home.keys, judge=accept) as url:
        assert with_ever_more_room(disk, sent, lambda: sound(station, [])) > 0
    (item,) = station.store.outbox.all()
    assert item.package.file.with_suffix(".receipt").read_text() == item.receipt


def test_a_second_disk(station: Station, disk: SmallDisk, tmp_path: Path) -> None:
    """Where a backup goes: the station's own disk is another one."""
    import_files(station, CASE, [sheet(tmp_path, "one"), sheet(tmp_path, "two")])
    with small_disk(tmp_path / "second") as second:

        def step() -> bool:
            try:
                back_up(station, second.path / "copy")
            except DiskFull:
                return False
            return True

        assert with_ever_more_room(second, step, lambda: sound(station, [])) > 5
        with open_station(second.path / "copy", who=WHO) as copy:
            assert fsck(copy).ok


def test_the_journal_alone_finds_no_room(tmp_path: Path) -> None:
    """A change that is committed counts; its notes wait in the database until the journal has room."""
    home = tmp_path / "home"
    home.mkdir()
    with small_disk(home / "journal") as disk:
        with open_station(home, who=WHO) as station:
            disk.leave(0)
            for number in range(1, 6):
                open_case(station, NewCase(f"A990126000000202603{number:04}", "张某盗窃案", "盗窃"))
            assert station.store.damages() != []
        with open_station(home, who=WHO) as station:
            assert len(station.store.cases.all()) == 5
            disk.make_room()
            station.store.note("case.seen", f"A990126000000202603{1:04}")
            assert station.store.damages() == []
        for lost in home.glob("juanzong.db*"):
            lost.unlink()
        rebuild_library(station.home, WHO)
        with Store(station.home, SystemClock(), WHO) as again:
            assert len(again.cases.all()) == 5
