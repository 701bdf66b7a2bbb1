"""Asking a process for the pages of an OFD."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.station.pdf_import import ask_process
from dossier.ofd.errors import OfdBroken, OfdTooLarge, OfdUnsafe
from dossier.progress import OnProgress, silent

_ERRORS = {error.__name__: error for error in (OfdBroken, OfdTooLarge, OfdUnsafe)}


@dataclass(frozen=True)
class OfdPages:
    """Page pictures of an OFD with their resolution (dpi), in order. `not_drawn`: what they do not show, in words."""

    pictures: tuple[tuple[Path, int], ...]
    not_drawn: str


def ofd_pages(source: Path, folder: Path, on_page: OnProgress = silent) -> OfdPages:
    """The pages of an OFD as pictures written into `folder`. What `on_page` raises ends it.

    Raises:
        OfdBroken: it is cut off, a part is wrong, or its reader died or hung on it.
        OfdTooLarge, OfdUnsafe: it goes beyond bounds, or holds what does not belong in one.
        OSError: there is no room in `folder`.
    """
    told = ask_process("app.station.ofd_pages", source, folder, on_page)
    if told.last.get("error") in _ERRORS:
        raise _ERRORS[told.last["error"]](**{**told.last["params"], "file": source.name})
    if "pages" not in told.last:
        raise OfdBroken(file=source.name, detail=told.detail)
    return OfdPages(told.pictures, str(told.last["not_drawn"]))
