"""The payload: signed volumes and loose documents, their access copies, electronic originals, what was read."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dossier.kept import KeptVolumes
from dossier.model import Document, Dossier, ElectronicPage, Face, Volume
from dossier.package.bag import PAYLOAD
from dossier.package.bound import AccessCopies, Bound, VolumeForm
from dossier.package.closing import Form
from dossier.package.digest import Digests, digest_file
from dossier.package.index import PackedCopy, PackedFile, PackedOriginal
from dossier.package.names import safe_name
from dossier.package.originals import pack_original
from dossier.package.recognised import text_bytes
from dossier.profile import Profile
from dossier.progress import Progress
from dossier.volumes import BuiltVolume, Making
from dossier.volumes.leaves import original_path, originals
from signing.pdf import sign_pdf
from signing.types import Level, Signer

SIGNATURES = 1
WORK_A_FORM, WORK_A_PICTURE, WORK_VERIFYING = 1, 6, 1  # on one face, as they compare
ACCESS = "access/"  # in a package: the access copies


@dataclass(frozen=True)
class Payload:
    """The content of a package: files in the dossier's order, every file's digests, the level all signatures reached.

    `codecs`: how the pictures are coded, by form.
    """

    volumes: tuple[PackedFile, ...]
    loose: tuple[PackedFile, ...]
    originals: tuple[PackedOriginal, ...]
    digests: Mapping[str, Digests]
    codecs: Mapping[VolumeForm, Mapping[str, str | bool]]
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
        progress: Progress,
    ) -> None:
        self._dossier = dossier
        self._naming = profile.rules.naming
        self._forms = [VolumeForm(form) for form in profile.rules.volume_forms]
        self._top = PAYLOAD if Form(profile.rules.package.form) is Form.BAGIT else ""
        self._folder = folder
        self._unsigned = unsigned
        self._signer = signer
        self._making = making
        self._kept = kept
        self._progress = progress
        self._digests: dict[str, Digests] = {}
        self._codecs: dict[VolumeForm, Mapping[str, str | bool]] = {}
        self._levels: list[Level] = []

    def build(self) -> Payload:
        """Raises what building and signing raise: `VolumeError`, `SigningError`, `OSError`, `OriginalChanged`."""
        dossier = self._dossier
        documents = [*(entry.document for volume in dossier.volumes for entry in volume.entries), *dossier.loose]
        packed = tuple(self._add_original(page) for page in originals(documents))
        found = {each.digests.sha256: each.found for each in packed}
        self._making = replace(self._making, signatures_found=found)
        volumes = tuple(self._add_volume(volume) for volume in dossier.volumes)
        loose = tuple(self._add_loose(order, document) for order, document in enumerate(dossier.loose, start=1))
        level = min(self._levels, default=Level.B_B, key=list(Level).index)
        return Payload(volumes, loose, packed, self._digests, self._codecs, level)

    def _add_original(self, page: ElectronicPage) -> PackedOriginal:
        path = f"{self._top}{original_path(page)}"
        packed = pack_original(page, self._room(path), path, now=self._making.now)
        self._digests[path] = packed.digests
        return packed

    def _add_volume(self, volume: Volume) -> PackedFile:
        name = self._naming.volume_file.format(vol_seq=volume.sequence, vol_code=volume.code, vol_title=volume.title)
        return self._add(f"volumes/{self._safe(name)}", volume, dict(volume.page_numbers))

    def _add_loose(self, order: int, document: Document) -> PackedFile:
        name = self._naming.loose_file.format(order=order, doctype=document.kind, title=document.title)
        return self._add(f"loose/{self._safe(name)}", document, {})

    def _add(self, name: str, what: Volume | Document, numbers: Mapping[str, int]) -> PackedFile:
        bound = Bound(what, self._dossier, self._making)
        faces = [face for document in bound.documents for face in document.faces]
        done = self._progress.done
        path, text_path = f"{self._top}{name}", f"{self._top}text/{Path(name).stem}.json"
        built = self._write(bound, VolumeForm.PDF, self._unsigned / Path(name).name, bound.write_pdf)
        signed = sign_pdf(
            built.path,
            self._room(path),
            self._signer,
            reason=f"{self._dossier.submission_title} {Path(name).stem}",
            location=self._making.unit,
            now=self._making.now,
        )
        self._progress.add(WORK_A_FORM * len(faces))
        copies = self._add_copies(name, bound, built.path)
        built.path.unlink()
        self._room(text_path).write_bytes(text_bytes(path, faces, numbers))
        self._digests[path] = digest_file(self._folder / path)
        self._digests[text_path] = digest_file(self._folder / text_path)
        self._levels.append(signed.level)
        self._progress.reach(done + work_on(len(faces), len(self._forms)))
        return PackedFile(
            path=path,
            text_path=text_path,
            digests=self._digests[path],
            signatures=SIGNATURES,
            physical_pages=built.physical_pages,
            pictures={face.id: _picture_sha256(face) for face in faces},
            copies=copies,
        )

    def _add_copies(self, name: str, bound: Bound, pdf: Path) -> tuple[PackedCopy, ...]:
        """`pdf`: the evidence volume before it was signed."""
        made: list[PackedCopy] = []
        with tempfile.TemporaryDirectory(dir=self._unsigned) as folder:
            access = AccessCopies(bound, pdf, Path(folder), partial(self._progress.add, WORK_A_PICTURE))
            for form in self._forms:
                if form is VolumeForm.PDF:
                    continue
                path = f"{self._top}{ACCESS}{name.removesuffix('.pdf')}{form.suffix}"
                built = self._write(bound, form, self._room(path), partial(access.write, form))
                self._digests[path] = digest_file(built.path)
                made.append(PackedCopy(form, path, self._digests[path], built.physical_pages))
        return tuple(made)

    def _write(self, bound: Bound, form: VolumeForm, out: Path, build: Callable[[Path], BuiltVolume]) -> BuiltVolume:
        """What was kept from the sealing before, else what `build` writes. Loose documents are always built."""
        if self._kept is not None and isinstance(bound.what, Volume):
            built = self._kept.write(bound.what, self._dossier, self._making, form, out, partial(build, out))
        else:
            built = build(out)
        self._codecs[form] = built.codec
        return built

    def _room(self, path: str) -> Path:
        """The file at `path` of the package, in a folder that is there."""
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        return target

    def _safe(self, name: str) -> str:
        return safe_name(
            name.removesuffix(".pdf"), ".pdf", forbidden=self._naming.forbidden_chars, max_bytes=self._naming.max_bytes
        )


def work_on(faces: int, forms: int) -> int:
    """The work of writing so many faces in so many forms."""
    return faces * (WORK_A_FORM * forms + (WORK_A_PICTURE if forms > 1 else 0))


def _picture_sha256(face: Face) -> str:
    with face.picture.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
