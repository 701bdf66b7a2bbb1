"""What a crash can leave in a spool folder, and what becomes of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from drivers.errors import SpoolInUse, SpoolOccupied
from drivers.scanners import ScanSettings, open_session, recover
from drivers.scanners.spool import locked, open_part
from drivers.scanners.types import PageDone, Source


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> list[PageDone]:
    settings = ScanSettings(source=Source.ADF, dpi=75, page_limit=3)
    with open_session("test:0", settings, tmp_path_factory.mktemp("batch")) as session:
        return [event for event in session if isinstance(event, PageDone)]


@pytest.fixture
def three_pages(spool: Path, batch: list[PageDone]) -> list[PageDone]:
    shutil.copytree(batch[0].path.parent, spool, dirs_exist_ok=True)
    return [replace(page, path=spool / page.path.name) for page in batch]


def test_whole_pages_are_found_again_as_they_were_told(spool: Path, three_pages: list[PageDone]) -> None:
    assert recover(spool) == three_pages
    assert recover(spool, from_sequence=3) == three_pages[2:]


def test_a_page_half_written_is_removed(spool: Path, three_pages: list[PageDone]) -> None:
    (spool / "000004.part").write_bytes(three_pages[0].path.read_bytes()[:500])
    (spool / "000004.json.part").write_text("{")
    assert recover(spool) == three_pages
    assert len(list(spool.iterdir())) == 6


def test_a_page_cut_off_before_its_last_rename_is_completed(spool: Path, three_pages: list[PageDone]) -> None:
    three_pages[2].path.rename(spool / "000003.part")
    assert recover(spool) == three_pages
    assert three_pages[2].path.is_file()


def test_a_page_without_its_sidecar_is_set_aside(spool: Path, three_pages: list[PageDone]) -> None:
    content = three_pages[1].path.read_bytes()
    (spool / "000002.json").unlink()
    assert recover(spool) == [three_pages[0], three_pages[2]]
    assert not three_pages[1].path.exists()
    assert (spool / "000002.orphan").read_bytes() == content


def test_a_second_orphan_of_that_number_gets_another_name(spool: Path, three_pages: list[PageDone]) -> None:
    (spool / "000002.orphan").write_bytes(b"first")
    (spool / "000002.json").unlink()
    recover(spool)
    assert (spool / "000002.orphan").read_bytes() == b"first"
    assert (spool / "000002-2.orphan").is_file()


@pytest.mark.parametrize(
    "damage",
    [
        lambda page: page.write_bytes(page.read_bytes()[:-1]),
        lambda page: page.write_bytes(page.read_bytes()[:-1] + b"?"),
        lambda page: page.with_suffix(".json").write_text("{}"),
        lambda page: page.with_suffix(".json").write_bytes(b"\xff" * 100),
        lambda page: page.with_suffix(".json").write_text(" " * (2 << 20)),
        lambda page: shutil.copy(page.with_name("000003.json"), page.with_suffix(".json")),
    ],
    ids=["cut", "altered", "empty record", "no text", "huge record", "another page's record"],
)
def test_a_page_that_is_not_what_its_record_says_is_set_aside(
    spool: Path, three_pages: list[PageDone], damage: Callable[[Path], object]
) -> None:
    damage(three_pages[1].path)
    assert recover(spool) == [three_pages[0], three_pages[2]]
    assert (spool / "000002.orphan").is_file()
    assert (spool / "000002.orphan.json").is_file()


def test_other_files_in_the_folder_are_left_alone(spool: Path, three_pages: list[PageDone]) -> None:
    kept = [spool / "说明.txt", spool / "000009.short", spool / "notes.part"]
    for path in kept:
        path.write_text("x")
    recover(spool)
    assert all(path.is_file() for path in kept)


def test_a_number_in_use_is_never_opened_again(spool: Path, three_pages: list[PageDone]) -> None:
    with pytest.raises(SpoolOccupied):
        open_part(spool, 3)
    open_part(spool, 4).close()
    with pytest.raises(SpoolOccupied):
        open_part(spool, 4)


def test_a_spool_that_is_written_to_is_not_recovered(spool: Path) -> None:
    with locked(spool, 0), pytest.raises(SpoolInUse):
        recover(spool, wait_s=0.1)
