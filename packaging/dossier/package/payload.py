"""The payload: the signed volumes and loose documents, and what was read on their pages."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dossier.kept import KeptVolumes
from dossier.model import Document, Dossier, Face, Volume
from dossier.package.bag import PAYLOAD
from dossier.package.closing import Form
from dossier.package.digest import Digests, digest_file
from dossier.package.index import PackedFile
from dossier.package.names import safe_name
from dossier.package.recognised import text_bytes
from dossier.profile import Profile
from dossier.volumes import BuiltVolume, Making, write_loose, write_volume
from signing.pdf import sign_pdf
from signing.types import Level, Signer

SIGNATURES = 1


@dataclass(frozen=True)
class Payload:
    """The content of a package: PDFs in the dossier's order, every file's digests, the level all signatures reached."""

    volumes: tuple[PackedFile, ...]
    loose: tuple[PackedFile, ...]
    digests: Mapping[str, Digests]
    codec: Mapping[str, str | bool]
    level: Level


class PayloadBuilder:
    """Builds into `folder`, in a bag below data/; unsigned files stand in `unsigned` for as long as they are needed."""

    def __init__(
        self,
        dossier: Dossier,
        profile: Profile,
        folder: Path,
        unsigned: Path,
        *,
        signer: Signer,
        making: Making,
        kept: KeptVolumes | None = None,
    ) -> None:
        self._dossier = dossier
        self._naming = profile.rules.naming
        self._top = PAYLOAD if Form(profile.rules.package.form) is Form.BAGIT else ""
        self._folder = folder
        self._unsigned = unsigned
        self._signer = signer
        self._making = making
        self._kept = kept
        self._digests: dict[str, Digests] = {}
        self._codec: dict[str, str | bool] = {}
        self._levels: list[Level] = []

    def build(self) -> Payload:
        """Raises what building and signing raise: `VolumeError`, `SigningError`, `OSError`."""
        for name in ("volumes", "loose", "text"):
            (self._folder / self._top / name).mkdir(parents=True)
        volumes = tuple(self._add_volume(volume) for volume in self._dossier.volumes)
        loose = tuple(self._add_loose(order, document) for order, document in enumerate(self._dossier.loose, start=1))
        level = min(self._levels, default=Level.B_B, key=list(Level).index)
        return Payload(volumes, loose, self._digests, self._codec, level)

    def _add_volume(self, volume: Volume) -> PackedFile:
        name = self._naming.volume_file.format(vol_seq=volume.sequence, vol_code=volume.code, vol_title=volume.title)
        return self._add(
            f"volumes/{self._safe(name)}",
            [face for entry in volume.entries for face in entry.document.faces],
            dict(volume.page_numbers),
            lambda out: self._write_volume(volume, out),
        )

    def _write_volume(self, volume: Volume, out: Path) -> BuiltVolume:
        def build() -> BuiltVolume:
            return write_volume(volume, self._dossier, out, made=self._making)

        return self._kept.write(volume, self._dossier, self._making, out, build) if self._kept else build()

    def _add_loose(self, order: int, document: Document) -> PackedFile:
        name = self._naming.loose_file.format(order=order, doctype=document.kind, title=document.title)
        return self._add(
            f"loose/{self._safe(name)}",
            document.faces,
            {},
            lambda out: write_loose(document, self._dossier, out, made=self._making),
        )

    def _add(
        self, name: str, faces: Sequence[Face], numbers: Mapping[str, int], write: Callable[[Path], BuiltVolume]
    ) -> PackedFile:
        path, text_path = f"{self._top}{name}", f"{self._top}text/{Path(name).stem}.json"
        built = write(self._unsigned / Path(name).name)
        signed = sign_pdf(
            built.path,
            self._folder / path,
            self._signer,
            reason=f"{self._dossier.submission_title} {Path(name).stem}",
            location=self._making.unit,
            now=self._making.now,
        )
        built.path.unlink()
        (self._folder / text_path).write_bytes(text_bytes(path, faces, numbers))
        self._digests[path] = digest_file(self._folder / path)
        self._digests[text_path] = digest_file(self._folder / text_path)
        self._codec |= built.codec
        self._levels.append(signed.level)
        return PackedFile(
            path=path,
            text_path=text_path,
            digests=self._digests[path],
            signatures=SIGNATURES,
            physical_pages=built.physical_pages,
            pictures={face.id: _picture_sha256(face) for face in faces},
        )

    def _safe(self, name: str) -> str:
        return safe_name(
            name.removesuffix(".pdf"), ".pdf", forbidden=self._naming.forbidden_chars, max_bytes=self._naming.max_bytes
        )


def _picture_sha256(face: Face) -> str:
    with face.picture.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
