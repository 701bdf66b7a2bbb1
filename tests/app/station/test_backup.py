"""A copy on a second disk that can be opened in the station's place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from app.station.backup import back_up
from app.station.errors import BackupAltersData, BackupInside, OriginalAltered
from app.station.fsck import Trouble, fsck
from app.station.importing import import_files
from app.station.scanning import Pile, scan
from app.station.standards import kept_files
from app.station.station import Station, Who, open_station
from drivers.scanners.types import ScanSettings

Draw = Callable[[str], Path]
CASE = "A9901260000002026030001"


def feed(station: Station, draw: Draw, *names: str) -> None:
    sheets = tuple(draw(f"{name}.png") for name in names)
    scan(station, CASE, Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297)), new_pile=True)


def test_the_copy_goes_on_where_the_station_was(station: Station, case: str, draw: Draw, tmp_path: Path) -> None:
    copy = tmp_path / "second disk"
    feed(station, draw, "1", "2")
    first = back_up(station, copy)
    standard = len(kept_files(station.home))
    assert standard > 0
    assert (first.copied, first.kept) == (standard + 4, 0)  # two pages with their capture records
    feed(station, draw, "3")
    second = back_up(station, copy)
    assert (second.copied, second.kept) == (2, standard + 4)
    with open_station(copy, who=Who("李文", "新站")) as replacement:
        assert fsck(replacement).ok
        pages = replacement.store.pages.of_case(replacement.store.cases.get(case).id)
        assert [page.sha256 for page in pages] == [
            page.sha256 for page in station.store.pages.of_case(station.store.cases.get(case).id)
        ]
        feed(replacement, draw, "4")


def test_what_pages_were_taken_from_is_looked_at_and_copied(station: Station, case: str, tmp_path: Path) -> None:
    Image.new("RGB", (620, 877), "white").save(tmp_path / "scan.pdf", resolution=75)
    import_files(station, case, [tmp_path / "scan.pdf"])
    (source,) = station.home.batch(case, 1).glob("sources/*")
    report = fsck(station)
    assert (report.ok, report.files) == (True, 2)
    back_up(station, tmp_path / "second disk")
    assert (tmp_path / "second disk" / station.home.relative(source)).read_bytes() == source.read_bytes()
    source.write_bytes(b"%PDF-1.7")
    (problem,) = fsck(station).problems
    assert (problem.trouble, problem.where) == (Trouble.ALTERED, station.home.relative(source))


def test_a_page_that_was_touched_is_not_copied(station: Station, case: str, draw: Draw, tmp_path: Path) -> None:
    feed(station, draw, "1")
    (page,) = station.store.pages.of_case(station.store.cases.get(case).id)
    page.file.chmod(0o600)
    page.file.write_bytes(page.file.read_bytes() + b"\0")
    with pytest.raises(OriginalAltered):
        back_up(station, tmp_path / "second disk")
    assert list((tmp_path / "second disk").rglob("*.png")) == []


@pytest.mark.parametrize("ending", [".png", ".json"])
def test_a_second_disk_that_alters_data_is_told_as_such(
    ending: str, station: Station, case: str, draw: Draw, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(station, draw, "1")
    reads_from_disk = os.posix_fadvise

    def alter(written: int, *asked: int) -> None:
        file = Path(f"/proc/self/fd/{written}").resolve()
        if file.name.endswith(f"{ending}.part"):
            file.write_bytes(b"?" + file.read_bytes()[1:])
        reads_from_disk(written, *asked)

    monkeypatch.setattr(os, "posix_fadvise", alter)
    with pytest.raises(BackupAltersData):
        back_up(station, tmp_path / "second disk")
    assert list((tmp_path / "second disk").rglob(f"*{ending}")) == []
    monkeypatch.undo()
    back_up(station, tmp_path / "second disk")
    assert len(list((tmp_path / "second disk").rglob(f"*{ending}"))) == 1


def test_not_into_the_library_itself(station: Station) -> None:
    with pytest.raises(BackupInside):
        back_up(station, station.home.path / "backup")
