"""Sealing (封卷): check, build, sign, pack, verify; only then does the package appear."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from dossier.checks import Explanation, run_checks, unexplained
from dossier.model import Dossier, Severity
from dossier.package.bag import PROFILE, Bag, finish_bag, write_file
from dossier.package.container import write_container
from dossier.package.digest import Digests, digest_bytes
from dossier.package.errors import DossierNotReady, PackageUnsound, ProfileDiffers
from dossier.package.index import INDEX_NAME, index_bytes
from dossier.package.information import information
from dossier.package.payload import Payload, PayloadBuilder
from dossier.package.sealing import (
    SEAL_NAME,
    SIGNATURE_NAME,
    ExplainedFinding,
    Seal,
    seal_bytes,
    tagmanifest_digests,
)
from dossier.profile import Profile
from dossier.verify import verify_package
from dossier.verify.trail import AUDIT_NAME
from dossier.volumes import Making
from signing.cms import sign_detached
from signing.durable import appearing
from signing.types import Level, Signer


@dataclass(frozen=True)
class SealedPackage:
    """A package on the disk that has passed verification. Digests and size are those of the whole file."""

    id: str
    path: Path
    sha256: str
    sm3: str
    size: int
    volumes: int
    level: Level


def seal(
    dossier: Dossier,
    profile: Profile,
    *,
    signer: Signer,
    audit: bytes,
    work: Path,
    out: Path,
    making: Making,
    explained: Sequence[Explanation] = (),
) -> SealedPackage:
    """Make the package of `dossier` in `out`, named by its id. `audit`: the case's trail, one JSON record a line.

    `work` is a folder for intermediate files; what a killed run left there is replaced, and it is empty afterwards. The
    package appears whole, verified and on the disk, or not at all.

    Raises `DossierNotReady`, `ProfileDiffers`, `PackageUnsound`, `NameUnsafe`, `VolumeError`, `SigningError` and
    `OSError`.
    """
    _check_ready(dossier, profile, making, explained)
    if work.exists():
        shutil.rmtree(work)
    folder, unsigned = work / "bag", work / "unsigned"
    unsigned.mkdir(parents=True)
    payload = PayloadBuilder(dossier, profile, folder, unsigned, signer=signer, making=making).build()
    bag = _close_bag(folder, payload, dossier, profile, audit, making, explained)
    record = _record(dossier, profile, bag, signer, making, explained)
    files = {**bag.files, **_sign(folder, record, signer, making)}
    target = out / f"{record.package_id}.zip"
    with appearing(target) as part:
        with part.open("wb") as stream:
            digests = write_container(folder, record.package_id, files, stream)
        report = verify_package(part, None, now=making.now)
        if not report.ok:
            raise PackageUnsound(findings=tuple(each for each in report.findings if each.severity is Severity.BLOCK))
    shutil.rmtree(work)
    return SealedPackage(
        record.package_id, target, digests.sha256, digests.sm3, digests.size, len(payload.volumes), payload.level
    )


def _check_ready(dossier: Dossier, profile: Profile, making: Making, explained: Sequence[Explanation]) -> None:
    case = dossier.case
    if case.profile_sha256 != profile.sha256:
        raise ProfileDiffers(pinned=f"{case.profile_id} {case.profile_version}", given=profile.label)
    open_findings = unexplained(run_checks(dossier, profile, now=making.now), explained)
    if open_findings:
        raise DossierNotReady(findings=open_findings)


def _close_bag(
    folder: Path,
    payload: Payload,
    dossier: Dossier,
    profile: Profile,
    audit: bytes,
    making: Making,
    explained: Sequence[Explanation],
) -> Bag:
    index = index_bytes(
        dossier,
        payload.volumes,
        payload.loose,
        explained,
        profile_status=profile.status,
        made_at=making.now.isoformat(),
    )
    tag_files = {
        INDEX_NAME: index,
        AUDIT_NAME: audit,
        **{f"{PROFILE}{name}": data for name, data in profile.files.items()},
    }
    return finish_bag(folder, payload.digests, information(dossier, profile, making, payload.codec), tag_files)


def _record(
    dossier: Dossier, profile: Profile, bag: Bag, signer: Signer, making: Making, explained: Sequence[Explanation]
) -> Seal:
    chain = (signer.certificate, *signer.chain)
    return Seal(
        case_no=dossier.case.case_no,
        submission=dossier.submission,
        profile=f"{profile.id}@{profile.version}",
        profile_sha256=profile.sha256,
        training=dossier.training,
        sealed_at=making.now.isoformat(),
        station=making.station,
        signer=signer.certificate.subject.rfc4514_string(),
        certificates=tuple(each.fingerprint(hashes.SHA256()).hex() for each in chain),
        tagmanifests=tagmanifest_digests(bag.tag_manifests),
        explained=tuple(_explained(each) for each in explained),
    )


def _explained(each: Explanation) -> ExplainedFinding:
    return ExplainedFinding(
        check=each.id,
        key=each.key,
        params=dict(each.params),
        where=each.where,
        face=each.face or "",
        by=each.by,
        reason=each.reason,
        at=each.at.isoformat(),
    )


def _sign(folder: Path, record: Seal, signer: Signer, making: Making) -> dict[str, Digests]:
    data = seal_bytes(record)
    written = {SEAL_NAME: data, SIGNATURE_NAME: sign_detached(data, signer, now=making.now)}
    for name, content in written.items():
        write_file(folder, name, content)
    return {name: digest_bytes(content) for name, content in written.items()}
