"""Files become pages: byte for byte, in natural order, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.station.errors import NothingToImport
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
