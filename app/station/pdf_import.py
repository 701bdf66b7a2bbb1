"""Asking the PDF process for pages, and telling what went wrong in words."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from app.station.errors import PdfBroken, PdfLocked

TIMEOUT_S = 1800


@dataclass(frozen=True)
class PdfPages:
    """Page pictures of a PDF with their resolution (dpi), in order. `electronic`: it was born digital (电子原件)."""

    pictures: tuple[tuple[Path, int], ...]
    electronic: bool


def pdf_pages(source: Path, folder: Path) -> PdfPages:
    """The pages of a PDF as pictures written into `folder`.

    Raises:
        PdfLocked: it needs a password.
        PdfBroken: it cannot be parsed, is too large, or the parser died or hung on it.
        OSError: there is no room in `folder`.
    """
    command = [sys.executable, "-m", "app.station.pdf_pages", str(source), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as slow:
        raise PdfBroken(file=source.name, detail=f"not read within {TIMEOUT_S // 60} minutes") from slow
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    last = lines[-1] if lines else {}
    if last.get("error") == "locked":
        raise PdfLocked(file=source.name)
    if last.get("error") == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    if "pages" not in last:
        raise PdfBroken(file=source.name, detail=str(last.get("detail", "the PDF reader gave up")))
    pictures = tuple((folder / str(line["file"]), int(line["dpi"])) for line in lines if "file" in line)
    return PdfPages(pictures, bool(last["electronic"]))
