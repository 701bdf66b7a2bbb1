"""Machine-readable codes on a page: QR (ISO/IEC 18004) and Code 39 (ISO/IEC 16388), as separator sheets bear them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import cv2
import zxingcpp

from ocr.imaging.scale import reduce_to
from ocr.imaging.types import Picture

LOOK_DPI: Final = 150  # reading takes a tenth of the time there and a sheet's codes are still coarse enough
MAX_CODES: Final = 16
MAX_CODE_CHARS: Final = 1500


class CodeKind(StrEnum):
    QR = "qr"
    CODE_39 = "code-39"


@dataclass(frozen=True)
class Code:
    kind: CodeKind
    text: str


def read_codes(picture: Picture, dpi: float) -> tuple[Code, ...]:
    """The codes of a page in any of the four turns, at most MAX_CODES; longer ones than MAX_CODE_CHARS are left out.

    What they say is foreign text: whoever acts on it proves first whose it is.
    """
    small = reduce_to(picture, dpi, LOOK_DPI)[0]
    gray = small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    formats = zxingcpp.BarcodeFormats((zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code39))
    found = zxingcpp.read_barcodes(gray, formats=formats, try_invert=False)
    return tuple(
        Code(CodeKind.QR if code.format == zxingcpp.BarcodeFormat.QRCode else CodeKind.CODE_39, code.text)
        for code in found[:MAX_CODES]
        if len(code.text) <= MAX_CODE_CHARS
    )
