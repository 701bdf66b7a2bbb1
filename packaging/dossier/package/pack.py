"""Around the payload: the files that describe it, and the lists, in the form the profile asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossier.checks import Explanation
from dossier.model import Dossier, Finding
from dossier.package.bag import finish_bag
from dossier.package.bound import VolumeForm
from dossier.package.closing import AUDIT_NAME, PROFILE, Closed, Form, write_all
from dossier.package.conformity import CONFORMITY_NAME, conformity_bytes
from dossier.package.eep import EEP_NAME, eep_bytes
from dossier.package.index import INDEX_NAME
from dossier.package.index_write import Earlier, Statements, index_bytes
from dossier.package.information import information
from dossier.package.payload import Payload
from dossier.package.schema import EEP, FOLDER, INDEX, schema_bytes
from dossier.profile import Profile
from dossier.volumes import Making
from signing.types import Signer


@dataclass(frozen=True)
class Told:
    """What goes into a package besides the dossier itself."""

    audit: bytes  # the case's trail, one JSON record a line
    findings: Sequence[Finding]
    explained: Sequence[Explanation]
    earlier: Sequence[Earlier]


def close(
    folder: Path, payload: Payload, dossier: Dossier, profile: Profile, told: Told, making: Making, signer: Signer
) -> Closed:
    """Write everything but the seal into `folder`, where the payload lies.

    Raises `NameUnsafe`, `SigningError`, `OSError`.
    """
    form = Form(profile.rules.package.form)
    said = Statements(profile.status, making.now.isoformat(), tuple(told.explained), tuple(told.earlier))
    describing = _describing(dossier, profile, payload, told)
    if form is Form.BAGIT:
        index = index_bytes(dossier, payload.volumes, payload.loose, payload.originals, said)
        info = information(dossier, profile, making, payload.codecs[VolumeForm.PDF])
        return finish_bag(folder, payload.digests, info, {INDEX_NAME: index, **describing})
    if form is Form.PLAIN:
        listed = {**payload.digests, **write_all(folder, describing)}
        index = index_bytes(dossier, payload.volumes, payload.loose, payload.originals, replace(said, listed=listed))
        lists = write_all(folder, {INDEX_NAME: index})
        return Closed({**listed, **lists}, lists)
    index = index_bytes(dossier, payload.volumes, payload.loose, payload.originals, said)
    describing |= {INDEX_NAME: index, f"{FOLDER}{EEP}": schema_bytes(EEP)}
    listed = {**payload.digests, **write_all(folder, describing)}
    eep = eep_bytes(dossier, payload, listed, making, signer)
    lists = write_all(folder, {EEP_NAME: eep})
    return Closed({**listed, **lists}, lists)


def _describing(dossier: Dossier, profile: Profile, payload: Payload, told: Told) -> dict[str, bytes]:
    """The files that are the same in every form."""
    conformity = conformity_bytes(
        dossier, profile, told.findings, told.explained, level=payload.level, codecs=payload.codecs
    )
    return {
        AUDIT_NAME: told.audit,
        CONFORMITY_NAME: conformity,
        f"{FOLDER}{INDEX}": schema_bytes(INDEX),
        **_below(PROFILE, profile.files),
    }


def _below(folder: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {f"{folder}{name}": data for name, data in files.items()}
