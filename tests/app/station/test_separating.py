"""Separator sheets among the pages of a case: printed, taken in, found, and what they do to the filing."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from app.station.cases import NewCase, open_case
from app.station.errors import ForeignSeparator, KindUnknown, SeparatorKeyBroken, VolumeUnknown
from app.station.filing import build_dossier, load_documents
from app.station.importing import import_files
from app.station.processing import process
from app.station.separating import (
    Stretch,
    guided,
    patch_sheets,
    put_into,
    separator_faces,
    separator_key,
    separator_pages,
    separator_sheets,
    stretches,
)
from app.station.station import Station
from app.station.views import page_views
from app.store.records import Page
from drivers.scanners.separators import Label, Separator
from ocr.pool import open_pool
from tests.app.station.papers import opens

CASE, OTHER = "A9901260000002026030001", "A9901260000002026030002"
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
DPI = 100


def page(path: Path, *lines: str) -> Path:
    """A sheet with a title and text on it."""
    sheet = Image.new("RGB", (827, 1169), "white")
    pen = ImageDraw.Draw(sheet)
    pen.text((300, 110), lines[0], font=ImageFont.truetype(SERIF, 40, index=2), fill=20)
    for number, line in enumerate(lines[1:], 1):
        pen.text((90, 110 + 60 * number), line, font=ImageFont.truetype(SERIF, 18, index=2), fill=20)
    sheet.save(path, dpi=(DPI, DPI))
    return path


def printed(pdf: bytes, path: Path, *, turn: int = 0) -> Path:
    """The PDF's first sheet as it comes back from the scanner."""
    sheet = pdfium.PdfDocument(pdf)[0].render(scale=150 / 72, rotation=turn).to_pil()
    sheet.convert("L").save(path, dpi=(150, 150))
    return path


def test_a_pile_with_separators_is_filed_as_they_say(station: Station, case: str, tmp_path: Path) -> None:
    open_case(station, NewCase(OTHER, "李某盗窃案", "盗窃"))
    kind, patch = separator_sheets(station, case, kinds=["GS01"]), patch_sheets(station)
    words = "兹派我局侦查人员对犯罪嫌疑人张某执行拘留，送看守所羁押。"
    pile = [
        page(tmp_path / "1.png", "拘  留  证", words),
        printed(kind, tmp_path / "2.png"),
        page(tmp_path / "3.png", "拘  留  证", words[:20]),
        page(tmp_path / "4.png", "", "上述情况已经核对无误，与所述相符。"),
        printed(patch, tmp_path / "5.png", turn=180),
        page(tmp_path / "6.png", "", "上述情况已经核对无误。"),
    ]
    import_files(station, case, pile)
    with open_pool(1) as pool:
        assert process(station, case, pool) == len(pile)
        record = station.store.cases.get(case)
        documents = load_documents(station, record)
        filed = [(doc.kind, [face.id for face in doc.faces]) for doc in documents]
        assert documents[1].confidence >= 0.5  # what the sheet says is sure; what is read of the next page less
        assert filed == [("QZ03", ["000001"]), ("GS01", ["000003", "000004"]), (None, ["000006"])]
        assert separator_faces(station, case) == [2, 5]
        assert [view.number for view in page_views(station, case) if view.separator] == [2, 5]
        dossier = build_dossier(station, case, "base")
        assert {number for volume in dossier.volumes for _, number in volume.page_numbers} == {1, 2}

        strange = [
            printed(separator_sheets(station, OTHER), tmp_path / "7.png"),
            page(tmp_path / "8.png", "拘  留  证"),
        ]
        import_files(station, case, strange)
        process(station, case, pool)
    assert separator_faces(station, case) == [2, 5, 7]
    with pytest.raises(ForeignSeparator, match=f"Page 7 .* {OTHER}"):
        build_dossier(station, case, "base")


def face(number: int, sheet: int, side: str = "front", *, blank: bool = False) -> Page:
    return Page(
        id=number,
        case_id=1,
        number=number,
        batch_id=1,
        sequence=number,
        sheet=sheet,
        side=side,
        file=Path(f"{number}.png"),
        sha256="",
        dpi=300,
        origin="hardware",
        captured_at="",
        processed=True,
        blank=blank,
        evidence=None,
        thumbnail=None,
        failure=None,
    )


PILE = [face(1, 1), face(2, 1, "back", blank=True), face(3, 2), face(4, 2, "back", blank=True), face(5, 3)]


def apart(pages: Sequence[Page], *found: int) -> list[int]:
    return sorted(separator_pages(pages, dict.fromkeys(found, Separator(None))))


def test_the_blank_other_side_of_a_separator_goes_with_it() -> None:
    assert apart(PILE, 3) == [3, 4]
    assert apart([PILE[0], PILE[1], replace(PILE[2], blank=True), replace(PILE[3], blank=False)], 4) == [3, 4]
    assert apart([*PILE[:3], replace(PILE[3], blank=False)], 3) == [3]


def test_stretches_leave_no_page_out_and_believe_this_case_alone() -> None:
    found = {3: Separator(Label(CASE, "Z", "GS01")), 5: Separator(Label(OTHER, "W", "QZ03"))}
    pages = [*PILE, face(6, 4)]
    assert stretches(pages, found, CASE) == [Stretch(False, None, (0, 1)), Stretch(True, None, (5,))]
    found = {3: found[3]}
    assert stretches(pages, found, CASE) == [Stretch(False, None, (0, 1)), Stretch(True, found[3].label, (4, 5))]
    assert stretches(pages, {}, CASE) == [Stretch(False, None, tuple(range(6)))]


def test_a_separator_puts_papers_of_any_kind_into_the_supplementary_volume(station: Station, case: str) -> None:
    profile = station.profile
    reading = opens("GS01")
    into = {volume: Stretch(True, Label(case, volume), (0,)) for volume in ("B", "Z", "W")}
    assert [put_into(stretch.label, profile) for stretch in into.values()] == ["B", None, None]
    kinds = [told.kind for stretch in into.values() for told in guided([reading], stretch, profile) if told]
    assert kinds == [reading.kind, reading.kind, None]


def test_the_key_is_made_once_for_its_owner_alone(station: Station) -> None:
    key = separator_key(station)
    file = station.home.keys / "separator.key"
    assert (file.read_bytes(), len(key), stat.S_IMODE(file.stat().st_mode)) == (key, 32, 0o600)
    assert separator_key(station, random=bytes) == key
    file.write_bytes(key[:8])
    with pytest.raises(SeparatorKeyBroken):
        separator_key(station)


def test_only_what_the_standard_knows_is_printed(station: Station, case: str) -> None:
    assert len(pdfium.PdfDocument(separator_sheets(station, case, volumes=["W"], kinds=["GS01"], copies=2))) == 4
    width, height = pdfium.PdfDocument(patch_sheets(station))[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (210, 297)
    with pytest.raises(KindUnknown):
        separator_sheets(station, case, kinds=["讯问笔录"])
    with pytest.raises(VolumeUnknown):
        separator_sheets(station, case, volumes=["Q9"])
