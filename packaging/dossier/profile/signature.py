"""A profile signed by its publisher: `manifest.txt` lists every file by SHA-256, `manifest.p7s` is a detached CMS over
it. Signed is the whole set, the base's files included: a region answers for all that holds in its cases.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from dossier.package.manifest import manifest_bytes
from dossier.profile.errors import ProfileAltered
from dossier.profile.folder import MANIFEST, SIGNATURE, SIGNING
from signing.cms import sign_detached, verify_detached
from signing.training import TRAINING_UNIT
from signing.types import Signer, TrustAnchors

_FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Endorsement:
    """Who signed a profile. `believed`: the certificate leads to a root this station believes, and not for training."""

    signer: str
    root_sha256: str | None
    believed: bool


def digests_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by name; the signature's own files are left out."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name not in SIGNING}


def sign_files(files: Mapping[str, bytes], signer: Signer, *, now: dt.datetime) -> dict[str, bytes]:
    """The two files that make a profile a signed one. Raises `SigningError`."""
    manifest = manifest_bytes(digests_of(files))
    return {MANIFEST: manifest, SIGNATURE: sign_detached(manifest, signer, now=now)}


def endorsement_of(files: Mapping[str, bytes], anchors: TrustAnchors | None) -> Endorsement | None:
    """Who signed these files; None when nobody did. Raises `ProfileAltered` when they are not what was signed."""
    if not any(name in files for name in SIGNING):
        return None
    for name in SIGNING:
        if name not in files:
            raise ProfileAltered(file=name, detail="it is missing")
    listed = files[MANIFEST].splitlines()
    for line in manifest_bytes(digests_of(files)).splitlines():
        if line not in listed:
            raise ProfileAltered(file=line[66:].decode(), detail="it was changed or added")
        listed.remove(line)
    if listed:
        raise ProfileAltered(file=listed[0][66:].decode(errors="replace"), detail="it is missing")
    report = verify_detached(files[MANIFEST], files[SIGNATURE], anchors, at=_FAR_FUTURE, where=SIGNATURE)
    if not report.intact:
        raise ProfileAltered(file=SIGNATURE, detail="; ".join(report.problems) or "the signature does not hold")
    training = TRAINING_UNIT in f"{report.signer}{report.issuer}"
    return Endorsement(report.signer, report.root_sha256, report.ok and not training)
