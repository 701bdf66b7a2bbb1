"""Checking a case: the report shows the parts of pages that its findings rest on; the trail tells who captured them."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdf

from app.station.checking import report
from app.station.crops import crops
from app.station.filing import build_dossier
from app.station.station import Station
from dossier.report import places_shown
from ocr.imaging.load import encode_jpeg
from tests.app.station.papers import SIZE, opens, take_in, value

WRONG = "二〇二六年三月一日"


def test_the_report_has_pictures_of_the_pages_it_speaks_of(station: Station, case: str, tmp_path: Path) -> None:
    late, early = value("2026-03-05"), value("2026-03-01")
    take_in(station, case, tmp_path / "pages", [opens("LA01", date=late), opens("LA03", date=early)], text=WRONG)
    faces = [
        face
        for volume in build_dossier(station, case, "base").volumes
        for e in volume.entries
        for face in e.document.faces
    ]
    faces[1].picture.unlink()
    faces[0].picture.write_bytes(encode_jpeg(np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)))

    checked, paper = report(station, case, "base")
    order = next(each for each in checked.findings if each.key == "check.date-order")
    assert {place.face for place in order.rests_on} == {face.id for face in faces}
    cut = crops(checked.dossier, places_shown(checked.findings))
    assert {place.face for place in cut} == {faces[0].id}
    pictures = [image for page in pypdf.PdfReader(io.BytesIO(paper)).pages for image in page.images]
    assert len(pictures) >= 1


def test_pages_that_were_brought_in_have_their_record(station: Station, case: str, tmp_path: Path) -> None:
    take_in(station, case, tmp_path / "pages", [opens("LA01")], text="受案登记表")
    checked, _ = report(station, case, "base")
    assert checked.dossier.steps
    assert {step.event for step in checked.dossier.steps} >= {"file.imported", "page.processed"}
    assert "C-04" not in {finding.id for finding in checked.findings}
