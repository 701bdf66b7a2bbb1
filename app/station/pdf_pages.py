"""One PDF to page pictures, in a process of its own: foreign bytes may crash or hang the parser, not the station.

`python -m app.station.pdf_pages FILE FOLDER` writes `00001.jpg` or `00001.png`... and prints one JSON line a page; the
last line is {"pages": n} or {"error": "locked" | "broken" | "large" | "full", "detail": "..."}.
"""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from app.store.room import FULL

RENDER_DPI = 300
MOST_PAGES = 3000
LARGEST_SIDE_PT = 3370.0  # A0
MEMORY_BYTES = 4 * 1024**3
CPU_SECONDS = 1800
_FORMS = 3  # how deep drawings within drawings are looked into


def main(source: Path, folder: Path) -> None:
    """Write the pages and say how it went on standard output."""
    limit_process()
    try:
        document = pdfium.PdfDocument(source)
        if len(document) > MOST_PAGES:
            say(error="large", detail=f"{len(document)} pages; at most {MOST_PAGES} are taken")
            return
        electronic = raw.FPDF_GetSignatureCount(document) > 0
        for number, page in enumerate(document, start=1):
            electronic = electronic or _has_text(page)
            file, dpi = _write(page, folder / f"{number:05d}")
            say(page=number, of=len(document), file=file.name, dpi=dpi)
    except pdfium.PdfiumError as error:
        # pdfium names the cause only by this number (fpdfview.h, FPDF_ERR_PASSWORD).
        locked = raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD
        say(error="locked" if locked else "broken", detail=str(error))
        return
    except _PageTooLarge as error:
        say(error="large", detail=str(error))
        return
    except OSError as error:
        if error.errno not in FULL:
            raise
        say(error="full", detail=str(error))
        return
    say(pages=len(document), electronic=electronic)


def limit_process() -> None:
    """Let this process have as much memory and time as any honest file needs, and no more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


class _PageTooLarge(Exception):
    pass


def _write(page: pdfium.PdfPage, stem: Path) -> tuple[Path, int]:
    """The scanner's own JPEG where the page is one picture and nothing else; a 300 dpi render otherwise.

    The resolution follows from the page's size: JPEGs inside a PDF seldom carry one of their own.
    """
    width, height = page.get_size()
    if max(width, height) > LARGEST_SIDE_PT:
        raise _PageTooLarge(f"a page measures {width / 72:.1f} x {height / 72:.1f} inches")
    picture = _only_picture(page)
    if picture is not None:
        out = stem.with_suffix(".jpg")
        out.write_bytes(picture.data)
        return out, round(picture.width_px / (width / 72))
    return render(page, stem.with_suffix(".png")), RENDER_DPI


def render(page: pdfium.PdfPage, out: Path) -> Path:
    """Draw a page at `RENDER_DPI` into the PNG `out`."""
    page.render(scale=RENDER_DPI / 72).to_pil().save(out, dpi=(RENDER_DPI, RENDER_DPI), compress_level=1)
    return out


def _has_text(page: pdfium.PdfPage) -> bool:
    """Whether there is text to be seen; a scanner's text layer is not."""
    return any(
        raw.FPDFTextObj_GetTextRenderMode(item) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=_FORMS)
    )


@dataclass(frozen=True)
class _Jpeg:
    data: bytes
    width_px: int


def _only_picture(page: pdfium.PdfPage) -> _Jpeg | None:
    objects = list(page.get_objects(max_depth=_FORMS))
    pictures = [item for item in objects if item.type == raw.FPDF_PAGEOBJ_IMAGE]
    if len(pictures) != 1 or _has_text(page) or page.get_rotation():
        return None
    left, bottom, right, top = pictures[0].get_bounds()
    width, height = page.get_size()
    if (right - left) * (top - bottom) < 0.9 * width * height or pictures[0].get_filters() != ["DCTDecode"]:
        return None
    return _Jpeg(bytes(pictures[0].get_data(decode_simple=False)), pictures[0].get_px_size()[0])


def say(**line: object) -> None:
    """Print one line of the answer."""
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
