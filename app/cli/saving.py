"""Files that the user names for what a command makes."""

from __future__ import annotations

from pathlib import Path

from app.station.errors import FileNotWritten, OutputIsOriginal
from app.store.durable import replace


def save(file: Path, data: bytes, original: Path | None = None) -> None:
    """Write all of it or nothing. `original`: what it was made of, which stays as it is.

    Raises `FileNotWritten`, `OutputIsOriginal`.
    """
    if original is not None and file.exists() and file.samefile(original):
        raise OutputIsOriginal(file=file)
    try:
        replace(file, data)
    except OSError as fault:
        raise FileNotWritten(file=file, detail=fault.strerror) from fault
