"""Separator sheets (分隔页): printed, laid between documents, told again by the codes read from the scan.

A sheet bears a QR code with where the pages after it belong, and the Code 39 word PATCHT, by which other scanning
programs split a batch. The QR code's text is `JZ1.` + base64url(JSON [case, volume, kind]) + `.` + base64url(MAC).

The MAC is HMAC-SHA256 (RFC 2104) cut to 128 bits, half the hash and so the least RFC 2104 section 5 allows: case files
hold other people's codes, and only a sheet of this office may say where pages go. A signature would prove that to
strangers too, who never see a sheet, and make the code coarser to print.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import io
import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from drivers.errors import SeparatorFontMissing

MAX_FIELD_CHARS = 60
MIN_KEY_BYTES = 16
SHEET_DPI = 300
SHEET_PX = (2480, 3508)  # A4 (ISO 216), width and height
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")  # Debian fonts-noto-cjk

_PREFIX = "JZ1"
_MAC_BYTES = 16
_MAX_CODE_CHARS = 1500
_PATCH = "PATCHT"
_MARGIN = 240
_QR_PX = 1100


@dataclass(frozen=True)
class Label:
    """Where the pages after a sheet belong: case (案号), volume (卷) and document kind (文书种类); empty: not said.

    Raises ValueError for a text of over MAX_FIELD_CHARS characters or with control characters.
    """

    case: str
    volume: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        for text in astuple(self):
            if len(text) > MAX_FIELD_CHARS or not text.isprintable():
                raise ValueError(f"a separator's texts are printable and at most {MAX_FIELD_CHARS} characters")


@dataclass(frozen=True)
class Separator:
    """A page that parts two documents. `label` is None for PATCHT alone and where two labels contradict each other."""

    label: Label | None


def make_sheet(
    label: Label | None, key: bytes, *, shown: tuple[str, str, str] | None = None, font: Path = FONT
) -> bytes:
    """An A4 separator sheet at 300 dpi as a PNG; without a label a plain PATCHT sheet.

    `shown`: case, volume and kind in the words of people, where the label holds codes.

    Raises SeparatorFontMissing, and ValueError for a key under MIN_KEY_BYTES.
    """
    _check_key(key)
    sheet = Image.new("L", SHEET_PX, 255)
    pen = ImageDraw.Draw(sheet)
    pen.text((SHEET_PX[0] // 2, _MARGIN), "分隔页　请勿装订", font=_typeface(font, 130), fill=0, anchor="ma")
    if label is not None:
        _paste_centred(sheet, _code(_sealed_text(label, key), zxingcpp.BarcodeFormat.QRCode, _QR_PX), top=500)
        top = 1680
        for name, text in zip(("案号", "卷", "文书"), shown or astuple(label), strict=True):
            top = _write_field(pen, font, name, text, top)
    patch = _code(_PATCH, zxingcpp.BarcodeFormat.Code39, SHEET_PX[0] - 4 * _MARGIN)
    _paste_centred(sheet, patch.resize((patch.width, 260), Image.Resampling.NEAREST), top=2820)
    pen.text((SHEET_PX[0] // 2, 3120), _PATCH, font=_typeface(font, 70), fill=0, anchor="ma")
    out = io.BytesIO()
    sheet.save(out, "PNG", dpi=(SHEET_DPI, SHEET_DPI))
    return out.getvalue()


def separator_of(texts: Iterable[str], words: Iterable[str], key: bytes) -> Separator | None:
    """What a page separates that bears these QR `texts` and Code 39 `words`; None for a page that is no separator.

    QR codes of others are not looked at. Raises ValueError for a key under MIN_KEY_BYTES.
    """
    _check_key(key)
    labels = {label for text in texts if (label := _opened_text(text, key)) is not None}
    if len(labels) == 1:
        return Separator(labels.pop())
    return Separator(None) if labels or _PATCH in words else None


def _sealed_text(label: Label, key: bytes) -> str:
    body = _encoded(json.dumps(astuple(label), ensure_ascii=False, separators=(",", ":")).encode())
    return f"{_PREFIX}.{body}.{_encoded(_mac(body, key))}"


def _opened_text(text: str, key: bytes) -> Label | None:
    prefix, *rest = text[: _MAX_CODE_CHARS + 1].split(".")
    if prefix != _PREFIX or len(rest) != 2 or len(text) > _MAX_CODE_CHARS or not text.isascii():
        return None
    body, mac = rest
    if not hmac.compare_digest(_encoded(_mac(body, key)), mac):
        return None
    return Label(*json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))))


def _check_key(key: bytes) -> None:
    if len(key) < MIN_KEY_BYTES:
        raise ValueError(f"a separator key has at least {MIN_KEY_BYTES} bytes")


def _mac(body: str, key: bytes) -> bytes:
    return hmac.digest(key, f"{_PREFIX}.{body}".encode(), hashlib.sha256)[:_MAC_BYTES]


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _code(text: str, kind: zxingcpp.BarcodeFormat, width: int) -> Image.Image:
    """The code with its quiet zone, in whole pixels a module, at most `width` wide."""
    options = {"ec_level": "M"} if kind == zxingcpp.BarcodeFormat.QRCode else {}
    drawn = Image.fromarray(np.array(zxingcpp.create_barcode(text, kind, **options).to_image()))
    scale = max(1, width // drawn.width)
    return drawn.resize((drawn.width * scale, drawn.height * scale), Image.Resampling.NEAREST)


def _paste_centred(sheet: Image.Image, code: Image.Image, *, top: int) -> None:
    sheet.paste(code, ((sheet.width - code.width) // 2, top))


def _write_field(pen: ImageDraw.ImageDraw, font: Path, name: str, text: str, top: int) -> int:
    """Write `name：text` over as many lines as it takes; where the next field starts."""
    face = _typeface(font, 84)
    line = f"{name}："
    room = SHEET_PX[0] - 2 * _MARGIN
    for character in text or "（不限）":
        if pen.textlength(line + character, font=face) > room:
            pen.text((_MARGIN, top), line, font=face, fill=0)
            line, top = "　　", top + 110
        line += character
    pen.text((_MARGIN, top), line, font=face, fill=0)
    return top + 130


@cache
def _typeface(font: Path, size: int) -> ImageFont.FreeTypeFont:
    try:
        return ImageFont.truetype(str(font), size)
    except OSError as error:
        raise SeparatorFontMissing(file=font) from error
