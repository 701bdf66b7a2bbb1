"""Text as three readers give it, line by line, without white space."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pypdf
import pypdfium2


def _lines(text: str) -> list[str]:
    return [line for raw in text.splitlines() if (line := "".join(raw.split()))]


def by_pypdf(path: Path, page: int) -> list[str]:
    return _lines(pypdf.PdfReader(path).pages[page].extract_text())


def by_pdfium(path: Path, page: int) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return _lines(document[page].get_textpage().get_text_range())


def by_poppler(path: Path, page: int) -> list[str]:
    command = ["pdftotext", "-raw", "-f", str(page + 1), "-l", str(page + 1), str(path), "-"]
    return _lines(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


READERS = (by_pypdf, by_pdfium, by_poppler)
