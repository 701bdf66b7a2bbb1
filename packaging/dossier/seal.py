"""Sealing (封卷): check, build, sign, pack, verify; only then does the package appear."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from dossier.checks import Explanation, run_checks, unexplained
from dossier.deadlines import Calendar
from dossier.kept import KeptVolumes
from dossier.model import Dossier, Finding, Severity
from dossier.package.closing import Closed, write_all
from dossier.package.container import write_container
from dossier.package.digest import Digests
from dossier.package.errors import DossierNotReady, PackageUnsound, ProfileDiffers
from dossier.package.index_write import Earlier
from dossier.package.pack import Told, close
from dossier.package.payload import WORK_VERIFYING, PayloadBuilder, work_on
from dossier.package.sealing import (
    SEAL_NAME,
    SIGNATURE_NAME,
    ExplainedFinding,
    Seal,
    list_digests,
    seal_bytes,
)
from dossier.profile import Profile, ProfileNotInForce
from dossier.progress import OnProgress, Progress, silent
from dossier.verify import verify_package
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
    earlier: Sequence[Earlier] = (),
    kept: KeptVolumes | None = None,
    calendar: Calendar | None = None,
    on_progress: OnProgress = silent,
) -> SealedPackage:
    """Make the package of `dossier` in `out`, named by its id. `audit`: the case's trail, one JSON record a line.
    `earlier`: the packages of the same submission that went out before, the oldest first. `kept`: the volumes of the
    sealing before; those that did not change are taken from there. `calendar`: as for `run_checks`. `on_progress`:
    how far it is; what that raises ends it, and nothing was made but volumes kept.

    `work` is a folder for intermediate files; what a killed run left there is replaced, and it is empty afterwards. The
    package appears whole, verified and on the disk, or not at all.

    Raises `DossierNotReady`, `ProfileDiffers`, `ProfileNotInForce`, `PackageUnsound`, `NameUnsafe`, `VolumeError`,
    `SigningError` and `OSError`.
    """
    findings = _check_ready(dossier, profile, making, explained, calendar)
    if work.exists():
        shutil.rmtree(work)
    folder, unsigned = work / "bag", work / "unsigned"
    unsigned.mkdir(parents=True)
    progress = Progress(_work(dossier, profile), on_progress)
    builder = PayloadBuilder(
        dossier, profile, folder, unsigned, signer=signer, making=making, kept=kept, progress=progress
    )
    payload = builder.build()
    told = Told(audit, findings, explained, earlier)
    closed = close(folder, payload, dossier, profile, told, making, signer)
    record = _record(dossier, profile, closed, signer, making, explained)
    files = {**closed.files, **_sign(folder, record, signer, making)}
    target = out / f"{record.package_id}.zip"
    with appearing(target) as part:
        with part.open("wb") as stream:
            digests = write_container(folder, record.package_id, files, stream)
        report = verify_package(part, None, now=making.now, on_progress=progress.rest)
        if not report.ok:
            raise PackageUnsound(findings=tuple(each for each in report.findings if each.severity is Severity.BLOCK))
    shutil.rmtree(work)
    return SealedPackage(
        record.package_id, target, digests.sha256, digests.sm3, digests.size, len(payload.volumes), payload.level
    )


def _work(dossier: Dossier, profile: Profile) -> int:
    """What there is to do, in the measure of `PayloadBuilder`."""
    bound = [entry.document for volume in dossier.volumes for entry in volume.entries]
    faces = sum(len(document.faces) for document in (*bound, *dossier.loose))
    return work_on(faces, len(profile.rules.volume_forms)) + WORK_VERIFYING * faces


def _check_ready(
    dossier: Dossier,
    profile: Profile,
    making: Making,
    explained: Sequence[Explanation],
    calendar: Calendar | None,
) -> tuple[Finding, ...]:
    """What the checks have to say, when nothing of it stands against sealing."""
    case = dossier.case
    if case.profile_sha256 != profile.sha256:
        raise ProfileDiffers(pinned=f"{case.profile_id} {case.profile_version}", given=profile.label)
    today = making.now.date()
    if not profile.in_force(today):
        start, end = profile.rules.valid_from, profile.rules.valid_to or "-"
        raise ProfileNotInForce(standard=profile.label, start=start, end=end, day=today)
    findings = run_checks(dossier, profile, now=making.now, calendar=calendar)
    open_findings = unexplained(findings, explained)
    if open_findings:
        raise DossierNotReady(findings=open_findings)
    return findings


def _record(
    dossier: Dossier, profile: Profile, closed: Closed, signer: Signer, making: Making, explained: Sequence[Explanation]
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
        form=profile.rules.package.form,
        lists=list_digests(closed.lists),
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
    return write_all(folder, written)
