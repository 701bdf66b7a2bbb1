"""The frame sheets of a volume, taken out of its PDF for the OFD: each as a picture and its text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from ocr.engines.types import Line

POINTS = 72  # per inch: the lines' pixels
_DPI = 150
_FORMS = 4  # sheets stand in one form each


@dataclass(frozen=True)
class FrameSheet:
    """Width and height in points, the picture as PNG, the text with its boxes in points from the top left."""

    width: float
    height: float
    png: bytes
    lines: tuple[Line, ...]


class VolumePdf:
    """The pages of a volume's PDF. `first_face`: the physical page its first bookmark leads to."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self.page_count: int = len(document)
        mark = next(iter(document.get_toc()), None)
        self.first_face: int = self.page_count if mark is None else mark.get_dest().get_index()

    def sheet(self, index: int) -> FrameSheet:
        """Return one page. Made for our own files, not for foreign ones."""
        page = self._document[index]
        width, height = page.get_size()
        out = io.BytesIO()
        page.render(scale=_DPI / POINTS).to_pil().save(out, "PNG")
        made = FrameSheet(width, height, out.getvalue(), tuple(_lines(page, height)))
        page.close()
        return made


@contextmanager
def open_volume(path: Path) -> Iterator[VolumePdf]:
    """Lend the PDF that `write_volume` made."""
    document = pypdfium2.PdfDocument(path)
    try:
        yield VolumePdf(document)
    finally:
        document.close()


def _lines(page: pypdfium2.PdfPage, height: float) -> Iterator[Line]:
    text_page = page.get_textpage()
    for each in page.get_objects(filter=[FPDF_PAGEOBJ_TEXT], max_depth=_FORMS, textpage=text_page):
        left, bottom, right, top = each.get_bounds()
        up, down = height - top, height - bottom
        yield Line(each.extract(), 1.0, ((left, up), (right, up), (right, down), (left, down)), ())
    text_page.close()
