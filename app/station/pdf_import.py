"""Asking a process for the pages of a PDF, and telling what went wrong in words."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    told = ask_process("app.station.pdf_pages", source, folder)
    if told.last.get("error") == "locked":
        raise PdfLocked(file=source.name)
    if "pages" not in told.last:
        raise PdfBroken(file=source.name, detail=told.detail)
    return PdfPages(told.pictures, bool(told.last["electronic"]))


@dataclass(frozen=True)
class Told:
    """What a process that reads foreign bytes said: the pages it wrote, and its last line."""

    pictures: tuple[tuple[Path, int], ...]
    last: Mapping[str, Any]

    @property
    def detail(self) -> str:
        """Why there are no pages."""
        return str(self.last.get("detail", "its reader gave up"))


def ask_process(module: str, source: Path, folder: Path) -> Told:
    """Let the process of a module write the pages of `source` into `folder`.

    Raises `OSError`: there is no room in `folder`.
    """
    command = [sys.executable, "-m", module, str(source), str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        return Told((), {"detail": f"not read within {TIMEOUT_S // 60} minutes"})
    lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    last = lines[-1] if lines else {}
    if last.get("error") == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    return Told(tuple((folder / str(line["file"]), int(line["dpi"])) for line in lines if "file" in line), last)
