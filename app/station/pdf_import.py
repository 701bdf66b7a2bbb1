"""Asking a process for the pages of a PDF, and telling what went wrong in words."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from app.station.errors import PdfBroken, PdfLocked
from dossier.progress import OnProgress, silent

TIMEOUT_S = 1800


@dataclass(frozen=True)
class PdfPages:
    """Page pictures of a PDF with their resolution (dpi), in order. `electronic`: it was born digital (电子原件)."""

    pictures: tuple[tuple[Path, int], ...]
    electronic: bool


def pdf_pages(source: Path, folder: Path, on_page: OnProgress = silent) -> PdfPages:
    """The pages of a PDF as pictures written into `folder`. What `on_page` raises ends it.

    Raises:
        PdfLocked: it needs a password.
        PdfBroken: it cannot be parsed, is too large, or the parser died or hung on it.
        OSError: there is no room in `folder`.
    """
    told = ask_process("app.station.pdf_pages", source, folder, on_page)
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


def ask_process(module: str, source: Path, folder: Path, on_page: OnProgress) -> Told:
    """Let the process of a module write the pages of `source` into `folder`. What `on_page` raises ends it.

    Raises `OSError`: there is no room in `folder`.
    """
    lines: list[dict[str, Any]] = []
    started = time.monotonic()
    with _killed_in_the_end([sys.executable, "-m", module, str(source), str(folder)]) as said:
        for line in said:
            if line.startswith("{"):
                lines.append(json.loads(line))
                if "page" in lines[-1]:
                    on_page(int(lines[-1]["page"]), int(lines[-1]["of"]))
    last = lines[-1] if lines else {}
    if time.monotonic() - started >= TIMEOUT_S:
        return Told((), {"detail": f"not read within {TIMEOUT_S // 60} minutes"})
    if last.get("error") == "full":
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    return Told(tuple((folder / str(line["file"]), int(line["dpi"])) for line in lines if "file" in line), last)


@contextmanager
def _killed_in_the_end(command: Sequence[str]) -> Iterator[IO[str]]:
    """Lend what a program says; it is killed after `TIMEOUT_S`, and where nobody wants to hear more."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as program:
        late = threading.Timer(TIMEOUT_S, program.kill)
        late.start()
        try:
            yield cast("IO[str]", program.stdout)  # a pipe, as asked for
        finally:
            late.cancel()
            program.kill()
