"""Separator sheets: what is printed is found again, and no other code in a case file is taken for one."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from drivers.errors import SeparatorFontMissing
from drivers.scanners import ScanSettings, open_session
from drivers.scanners.separators import Label, Separator, make_sheet, separator_of
from drivers.scanners.types import Mode, PageDone
from ocr.imaging.codes import CodeKind, read_codes

KEY = bytes(range(32))
LABEL = Label("京公（刑）立字〔2026〕第0371号", "诉讼卷（第三卷）", "起诉意见书")
LONGEST = Label("案" * 60, "卷" * 60, "书" * 60)


def gray(picture: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(picture)) as image:
        return np.asarray(image.convert("L"))


def read_separator(picture: np.ndarray, dpi: int) -> Separator | None:
    """What the station makes of a page: its codes read by imaging, judged here."""
    codes = read_codes(picture, dpi)
    texts, words = ([code.text for code in codes if code.kind is kind] for kind in CodeKind)
    return separator_of(texts, words, KEY)


def with_codes(*codes: tuple[str, zxingcpp.BarcodeFormat]) -> np.ndarray:
    """A page at 300 dpi that bears these codes."""
    page = Image.new("L", (2480, 3508), 255)
    for number, (text, kind) in enumerate(codes):
        code = Image.fromarray(np.array(zxingcpp.create_barcode(text, kind).to_image(scale=8)))
        page.paste(code, (300, 300 + 1000 * number))
    return np.asarray(page)


def text_of(label: Label, key: bytes = KEY) -> str:
    """What the QR code of that label's sheet says."""
    found = zxingcpp.read_barcodes(gray(make_sheet(label, key)), formats=zxingcpp.BarcodeFormat.QRCode)
    return found[0].text


@pytest.mark.parametrize("label", [LABEL, LONGEST, Label("A-1"), None], ids=["usual", "longest", "case only", "patch"])
def test_a_sheet_is_read_in_all_four_turns(label: Label | None) -> None:
    sheet = gray(make_sheet(label, KEY))
    assert sheet.shape == (3508, 2480)
    for turns in range(4):
        assert read_separator(np.rot90(sheet, turns), 300) == Separator(label)


def test_sheets_laid_askew_into_the_scanner_are_told_from_pages(
    spool: Path, tmp_path: Path, draw_pages: Callable[..., list[Path]]
) -> None:
    pile = []
    for number, label in enumerate((LABEL, None)):
        with Image.open(io.BytesIO(make_sheet(label, KEY))) as sheet:
            askew = sheet.rotate(2 - 4 * number, resample=Image.Resampling.BICUBIC, fillcolor=235)
        grain = np.random.default_rng(number).normal(0, 12, (askew.height, askew.width))
        noisy = Image.fromarray(np.clip(np.asarray(askew) * 0.85 + 20 + grain, 0, 255).astype(np.uint8))
        picture = tmp_path / f"分隔页{number}.png"
        noisy.resize((1654, 2339)).save(picture)
        pile += [picture, *draw_pages(1, "L")]
    settings = ScanSettings(mode=Mode.GRAY, dpi=200, feed=tuple(pile))
    with open_session("pnm:0", settings, spool) as session:
        pages = [event for event in session if isinstance(event, PageDone)]
    read = [read_separator(gray(page.path.read_bytes()), page.record.dpi) for page in pages]
    assert read == [Separator(LABEL), None, Separator(None), None]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/a",
        "JZ1",
        "JZ1..",
        "JZ1.AAAA.AAAA",
        "JZ1.案.卷",
        text_of(LABEL, b"x" * 32),
        text_of(LABEL)[:-3] + "AAA",
        text_of(LABEL).replace("JZ1.", "JZ2."),
    ],
    ids=["address", "prefix", "empty", "made up", "not ascii", "other office", "altered MAC", "other version"],
)
def test_a_foreign_qr_code_is_no_separator(text: str) -> None:
    page = with_codes((text, zxingcpp.BarcodeFormat.QRCode))
    assert zxingcpp.read_barcodes(page)[0].text == text
    assert read_separator(page, 300) is None


def test_a_label_altered_by_one_letter_is_not_believed() -> None:
    prefix, body, mac = text_of(LABEL).split(".")
    forged = ".".join((prefix, body[:-1] + chr(ord(body[-1]) ^ 1), mac))
    assert read_separator(with_codes((forged, zxingcpp.BarcodeFormat.QRCode)), 300) is None


def test_code_39_splits_by_the_patch_word_alone() -> None:
    code39 = zxingcpp.BarcodeFormat.Code39
    assert read_separator(with_codes(("PATCHT", code39)), 300) == Separator(None)
    assert read_separator(with_codes(("A2026-0371", code39)), 300) is None
    assert read_separator(with_codes(("PATCHT", zxingcpp.BarcodeFormat.QRCode)), 300) is None


def test_two_labels_on_one_page_leave_the_choice_to_the_clerk() -> None:
    qr = zxingcpp.BarcodeFormat.QRCode
    same, other = text_of(LABEL), text_of(Label("另案"))
    assert read_separator(with_codes((same, qr), (same, qr)), 300) == Separator(LABEL)
    assert read_separator(with_codes((same, qr), (other, qr)), 300) == Separator(None)


def test_a_page_without_a_code_is_no_separator(draw_pages: Callable[..., list[Path]]) -> None:
    (page,) = draw_pages(1, "L")
    assert read_separator(gray(page.read_bytes()), 100) is None


def test_wrong_use_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 60"):
        Label("案" * 61)
    with pytest.raises(ValueError, match="printable"):
        Label("案\n号")
    with pytest.raises(ValueError, match="16 bytes"):
        make_sheet(LABEL, b"short")
    with pytest.raises(ValueError, match="16 bytes"):
        separator_of((), (), b"short")
    with pytest.raises(SeparatorFontMissing):
        make_sheet(LABEL, KEY, font=tmp_path / "no.ttc")
