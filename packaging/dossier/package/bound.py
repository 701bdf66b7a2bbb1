"""One bound thing of a dossier, a volume or a loose document, and the forms (形式) it is written in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from dossier.model import Document, Dossier, Volume
from dossier.volumes import BuiltVolume, Making, write_loose, write_loose_ofd, write_volume, write_volume_ofd
from dossier.volumes.access import ACCESS_CODEC, access_documents


class VolumeForm(StrEnum):
    """The profile says which a receiver gets. PDF: the evidence, signed. The others are access copies (阅卷副本)."""

    PDF = "pdf"
    ACCESS_PDF = "access_pdf"
    ACCESS_OFD = "access_ofd"

    @property
    def suffix(self) -> str:
        return ".ofd" if self is VolumeForm.ACCESS_OFD else ".pdf"


FORMATS = {
    VolumeForm.PDF: "PDF/A-2b",
    VolumeForm.ACCESS_PDF: "PDF/A-2b",
    VolumeForm.ACCESS_OFD: "OFD (GB/T 33190-2016)",
}


@dataclass(frozen=True)
class Bound:
    """A volume of `dossier`, or a loose document of it."""

    what: Volume | Document
    dossier: Dossier
    making: Making

    @property
    def documents(self) -> tuple[Document, ...]:
        return tuple(entry.document for entry in self.what.entries) if isinstance(self.what, Volume) else (self.what,)

    def write_pdf(self, out: Path, *, numbered: bool = False) -> BuiltVolume:
        """Raises `VolumeError`, `OSError`."""
        if isinstance(self.what, Volume):
            return write_volume(self.what, self.dossier, out, made=self.making, numbered=numbered)
        return write_loose(self.what, self.dossier, out, made=self.making)

    def write_ofd(self, pdf: Path, out: Path) -> BuiltVolume:
        """`pdf`: what `write_pdf` made. Raises `VolumeError`, `OSError`."""
        if isinstance(self.what, Volume):
            return write_volume_ofd(self.what, self.dossier, pdf, out, made=self.making)
        return write_loose_ofd(self.what, self.dossier, pdf, out, made=self.making)

    def showing(self, documents: Sequence[Document]) -> Bound:
        """The same with other pictures of its faces."""
        if isinstance(self.what, Document):
            return replace(self, what=documents[0])
        entries = zip(self.what.entries, documents, strict=True)
        return replace(
            self, what=replace(self.what, entries=tuple(replace(entry, document=each) for entry, each in entries))
        )


class AccessCopies:
    """Writes the access copies of one bound thing; its small pictures are made in `folder` when first asked for."""

    def __init__(self, bound: Bound, pdf: Path, folder: Path, on_picture: Callable[[], None] = lambda: None) -> None:
        """`pdf`: the evidence volume, for its frame sheets. `on_picture` is called after each picture made."""
        self._bound = bound
        self._pdf = pdf
        self._folder = folder
        self._on_picture = on_picture
        self._shown: Bound | None = None

    def write(self, form: VolumeForm, out: Path) -> BuiltVolume:
        """Raises `VolumeError`, `OSError`."""
        if self._shown is None:
            documents = access_documents(self._bound.documents, self._folder, self._on_picture)
            self._shown = self._bound.showing(documents)
        if form is VolumeForm.ACCESS_OFD:
            built = self._shown.write_ofd(self._pdf, out)
        else:
            built = self._shown.write_pdf(out, numbered=True)
        return replace(built, codec=ACCESS_CODEC)
