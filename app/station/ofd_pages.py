"""One OFD to page pictures, in a process of its own, as `pdf_pages` does it for a PDF.

`python -m app.station.ofd_pages FILE FOLDER` writes `00001.png`... and prints one JSON line a page; the last line is
{"pages": n, "not_drawn": "..."} or {"error": "full" | the name of an `OfdError`, "params": {...}}.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2 as pdfium

from app.station.pdf_pages import RENDER_DPI, limit_process, render, say
from app.store.room import FULL
from dossier.ofd.errors import OfdBroken, OfdError
from dossier.ofd.reading_copy import draw_ofd
from dossier.volumes.errors import FontMissing


def main(source: Path, folder: Path) -> None:
    """Write the pages and say how it went on standard output."""
    limit_process()
    try:
        drawn = draw_ofd(source, folder / "drawn.pdf")
        for number, page in enumerate(pdfium.PdfDocument(folder / "drawn.pdf"), start=1):
            file = render(page, folder / f"{number:05d}.png")
            say(page=number, of=drawn.pages, file=file.name, dpi=RENDER_DPI)
    except OfdError as error:
        say(error=type(error).__name__, params={name: str(value) for name, value in error.params.items()})
        return
    except FontMissing as error:
        say(error=OfdBroken.__name__, params={"detail": str(error)})
        return
    except OSError as error:
        if error.errno not in FULL:
            raise
        say(error="full", detail=str(error))
        return
    say(pages=drawn.pages, not_drawn=drawn.not_drawn)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
