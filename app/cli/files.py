"""Files that the user names: what a command makes, and the password of a key."""

from __future__ import annotations

from pathlib import Path

from app.station.errors import FileNotWritten, FileUnreadable, OutputIsOriginal
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


def password_in(file: Path) -> str:
    """What stands in a password file, without the end of its line. Raises `FileUnreadable`."""
    try:
        return file.read_text("utf-8").rstrip("\n")
    except OSError as fault:
        raise FileUnreadable(file=file, detail=fault.strerror) from fault
    except UnicodeDecodeError as fault:
        raise FileUnreadable(file=file, detail=fault.reason) from fault
