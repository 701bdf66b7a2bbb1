"""Files become pages: byte for byte, in natural order, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.station.errors import FileUnreadable, NothingToImport
from app.station.importing import import_files
from app.station.station import Station
from ocr.errors import PictureBroken, PictureUnknown

Draw = Callable[[str], Path]


def test_a_folder_comes_in_as_a_person_would_count_it(station: Station, case: str, draw: Draw) -> None:
    for name in ("10.png", "2.png", "1.png"):
        draw(name)
    done = import_files(station, case, [draw("1.png").parent])
    sources = [station.home.path / page.file for page in done.pages]
    wanted = [(draw("1.png").parent / name).read_bytes() for name in ("1.png", "2.png", "10.png")]
    assert [source.read_bytes() for source in sources] == wanted
    assert {page.origin for page in done.pages} == {"file"}


def test_a_bad_file_is_refused_by_itself(station: Station, case: str, draw: Draw) -> None:
    good, cut, text = draw("good.png"), draw("cut.png"), draw("x.png").with_name("text.png")
    cut.write_bytes(cut.read_bytes()[:-200])
    text.write_text("no picture")
    done = import_files(station, case, [cut, good, text])
    assert len(done.pages) == 1
    assert [(item.path.name, type(item.error)) for item in done.refused] == [
        ("cut.png", PictureBroken),
        ("text.png", PictureUnknown),
    ]


def test_a_file_that_cannot_be_read_is_refused_by_itself(station: Station, case: str, draw: Draw) -> None:
    broken = Path("/proc/self/mem")  # its first bytes cannot be read, like those of a bad sector
    done = import_files(station, case, [draw("1.png"), broken, draw("2.png")])
    assert len(done.pages) == 2
    assert [(item.path, type(item.error)) for item in done.refused] == [(broken, FileUnreadable)]
    (batch,) = station.store.pages.batches(station.store.cases.get(case).id)
    assert batch.state == "complete"


def test_an_import_whose_medium_is_pulled_out_is_not_whole(station: Station, case: str, draw: Draw) -> None:
    files = [draw(name) for name in ("1.png", "2.png", "3.png")]
    kept = [file.read_bytes() for file in files]

    def pull_out(done: int, _of: int) -> None:
        if done == 1000:  # thousandths: the first file is in
            for file in files[1:]:
                file.unlink(missing_ok=True)

    done = import_files(station, case, files, on_progress=pull_out)
    assert len(done.pages) == 1
    assert [(item.path, type(item.error)) for item in done.refused] == [(files[1], FileUnreadable)]
    (batch,) = station.store.pages.batches(station.store.cases.get(case).id)
    assert (batch.state, batch.reason) == ("stopped", "io")
    for file, data in zip(files, kept, strict=True):
        file.write_bytes(data)
    again = import_files(station, case, files)
    assert (len(again.pages), again.known) == (2, (files[0],))


def test_the_same_bytes_come_in_once_whatever_they_are_called(station: Station, case: str, draw: Draw) -> None:
    first = draw("1.png")
    twin = first.with_name("copy.png")
    twin.write_bytes(first.read_bytes())
    done = import_files(station, case, [first, twin])
    assert (len(done.pages), done.known) == (1, (twin,))
    assert import_files(station, case, [twin]).known == (twin,)


def test_nothing_to_import_opens_no_batch(station: Station, case: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToImport):
        import_files(station, case, [tmp_path / "empty"])
    assert station.store.pages.batches(station.store.cases.get(case).id) == []


def test_pages_and_audit_record_of_a_file_appear_together(station: Station, case: str, draw: Draw) -> None:
    import_files(station, case, [draw("1.png")])
    trail = station.store.audit.export(case).decode()
    assert trail.count("file.imported") == 1
    assert station.store.audit.verify().ok
