"""A volume as OFD, as a receiver's reader takes it: the pages, pictures and text of its PDF."""

from __future__ import annotations

import hashlib
import resource
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ofdkit
import pypdf
import pytest

from dossier.model import Dossier, Face, Volume
from dossier.volumes import Making, expected_text, write_loose, write_loose_ofd, write_volume, write_volume_ofd
from dossier.volumes.errors import PictureUnusable
from dossier.volumes.ofd_archive import NAMESPACE
from ocr.engines.types import Line
from tests.packaging.dossier.volumes.readers import by_pdfium
from tests.packaging.dossier.volumes.samples import LINES, make_document, make_dossier, make_volume, quad

FaceMaker = Callable[..., Face]
OFD = f"{{{NAMESPACE}}}"


def _volume(*faces: Face) -> tuple[Volume, Dossier]:
    volume = make_volume([make_document("1", "讯问笔录<第1次> & \x07附件", faces)])
    return volume, make_dossier(volume)


def _written(volume: Volume, dossier: Dossier, making: Making, folder: Path) -> tuple[Path, Path]:
    pdf = write_volume(volume, dossier, folder / "v.pdf", made=making).path
    write_volume_ofd(volume, dossier, pdf, folder / "v.ofd", made=making)
    return pdf, folder / "v.ofd"


def _text(ofd: Path, page: int) -> str:
    with ofdkit.open(ofd) as document:
        return "".join("".join(run.text.split()) for run in document.pages[page].runs)


def _parts(ofd: Path) -> dict[str, ET.Element]:
    with zipfile.ZipFile(ofd) as archive:
        return {name: ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")}  # noqa: S314 - our own file


def test_every_page_has_the_text_of_the_pdf(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    column = Line("云江市公安局", 0.9, quad(700, 200, 722, 340), ())
    written = face("1")
    upright = replace(written, lines=(*written.lines, column))
    volume, dossier = _volume(upright, face("2", [], side="back", blank=True), face("3", LINES[::-1]))
    pdf, ofd = _written(volume, dossier, making, tmp_path)
    pages = len(pypdf.PdfReader(pdf).pages)
    with ofdkit.open(ofd) as document:
        assert len(document.pages) == pages == 7
        assert not document.warnings
    for page in range(pages):
        assert _text(ofd, page) == "".join(by_pdfium(pdf, page))
    for page, own in enumerate(volume.entries[0].document.faces, start=2):
        assert _text(ofd, page) == "".join(expected_text(own))


def test_the_pictures_are_the_jpegs_of_the_faces(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    own = face("1")
    _, ofd = _written(*_volume(own), making, tmp_path)
    with zipfile.ZipFile(ofd) as archive:
        stored = archive.read("Doc_0/Res/Image_2.jpg")
        assert hashlib.sha256(stored).digest() == hashlib.sha256(own.picture.read_bytes()).digest()
        box = ET.fromstring(archive.read("Doc_0/Pages/Page_2/Content.xml")).findtext(f".//{OFD}PhysicalBox")  # noqa: S314 - our own file
    assert box == "0 0 210.058 296.926"


def test_all_that_is_referred_to_is_there_once(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    parts = _parts(_written(*_volume(face("1"), face("2")), making, tmp_path)[1])
    document = parts["Doc_0/Document.xml"]
    identifiers = [element.attrib["ID"] for root in parts.values() for element in root.iter() if "ID" in element.attrib]
    assert len(identifiers) == len(set(identifiers))
    assert max(map(int, identifiers)) == int(document.findtext(f".//{OFD}MaxUnitID") or "")
    pages = [page.attrib["ID"] for page in document.iter(f"{OFD}Page")]
    leads = [
        (each.attrib["Title"], each.find(f"{OFD}Actions//{OFD}Dest")) for each in document.iter(f"{OFD}OutlineElem")
    ]
    assert [(title, pages.index(to.attrib["PageID"])) for title, to in leads if to is not None] == [
        ("讯问笔录<第1次> & 附件", 2),
        ("第1页", 2),
        ("第2页", 3),
    ]
    used = {
        element.attrib[name]
        for root in parts.values()
        for element in root.iter()
        for name in ("ResourceID", "Font")
        if name in element.attrib
    }
    assert used <= set(identifiers)
    labels = [each.attrib["值"] for each in parts["Doc_0/Tags/PageLabels.xml"]]
    assert labels == ["前1", "前2", "1", "2", "后1", "后2"]


@pytest.mark.parametrize("text", ['<a href="x">&amp;]]>', "甲\x00\x0b\ufffe\ud800乙", "𠮷　𡈽", "\x01", "'\"\t\r\n'"])
def test_hostile_characters_leave_sound_xml(text: str, face: FaceMaker, making: Making, tmp_path: Path) -> None:
    own = replace(
        face("1", []),
        lines=(Line(text, 0.5, quad(90, 90, 300, 120), ()), Line("末行", 0.5, quad(90, 200, 140, 220), ())),
    )
    _, ofd = _written(*_volume(own), making, tmp_path)
    assert _text(ofd, 2) == "".join(expected_text(own))
    assert len(_parts(ofd)) == 11


def test_the_text_is_invisible_and_the_training_mark_is_drawn(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    volume, dossier = _volume(face("1"))
    _, ofd = _written(volume, dossier, making, tmp_path)
    page = _parts(ofd)["Doc_0/Pages/Page_2/Content.xml"]
    texts = list(page.iter(f"{OFD}TextObject"))
    assert len(texts) == len(LINES)
    assert {text.attrib["Alpha"] for text in texts} == {"0"}
    number, training = page.iter(f"{OFD}PathObject")
    # One reader paints a filling whatever its opacity: the mark must not lie over the words.
    assert [(path.get("Fill"), path.get("Stroke")) for path in (number, training)] == [
        ("true", "false"),
        ("false", "true"),
    ]
    assert [child.tag for child in training] == [f"{OFD}StrokeColor", f"{OFD}AbbreviatedData"]
    real = tmp_path / "real"
    real.mkdir()
    _, ofd = _written(volume, replace(dossier, training=False), making, real)
    assert len(list(_parts(ofd)["Doc_0/Pages/Page_2/Content.xml"].iter(f"{OFD}PathObject"))) == 1


def test_same_input_same_bytes(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    volume, dossier = _volume(face("1"))
    pdf, ofd = _written(volume, dossier, making, tmp_path)
    write_volume_ofd(volume, dossier, pdf, tmp_path / "again.ofd", made=making)
    assert ofd.read_bytes() == (tmp_path / "again.ofd").read_bytes()


def test_a_loose_document_has_its_faces_alone(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    document, dossier = make_document("9", "起诉意见书", [face("1"), face("2")]), make_dossier()
    pdf = write_loose(document, dossier, tmp_path / "l.pdf", made=making).path
    write_loose_ofd(document, dossier, pdf, tmp_path / "l.ofd", made=making)
    with ofdkit.open(tmp_path / "l.ofd") as read:
        assert len(read.pages) == 2


def test_a_bad_picture_leaves_no_file(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    own = face("1")
    volume, dossier = _volume(own)
    pdf = write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path
    own.picture.write_bytes(own.picture.read_bytes()[:-2])
    with pytest.raises(PictureUnusable):
        write_volume_ofd(volume, dossier, pdf, tmp_path / "v.ofd", made=making)
    assert not list(tmp_path.glob("*.ofd*"))
    assert not list(tmp_path.glob(".*"))


def test_memory_does_not_grow_with_the_pictures(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    own = face("1")
    jpeg = own.picture.read_bytes()
    filled = jpeg[:2] + (b"\xff\xfe\xff\xff" + bytes(0xFFFD)) * 8 + jpeg[2:]  # comments: half a megabyte
    own.picture.write_bytes(filled)
    volume, dossier = _volume(*(replace(own, id=str(number)) for number in range(200)))
    pdf = write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path
    few, few_dossier = _volume(own)
    few_folder = tmp_path / "few"
    few_folder.mkdir()
    _written(few, few_dossier, making, few_folder)  # loads what is loaded once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    write_volume_ofd(volume, dossier, pdf, tmp_path / "v.ofd", made=making)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # KiB
    assert (tmp_path / "v.ofd").stat().st_size > 200 * len(filled)
    assert grown < 24 << 10
