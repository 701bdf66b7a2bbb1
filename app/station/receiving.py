"""Receiving a package (接收): a search for malware, its verification, the sender's own checks on its content, a verdict
and the return slip.

The slip (回执) is what a platform would have sent: signed, bound to the whole file, taken by the sending station with
`outbox import-receipts`. One that rejects carries the standard's reasons (退回原因).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.platform.inbox import Inbox, Judgement
from app.platform.uploads import Announced
from app.station.limits import calendar_of
from app.station.malware import NOT_SEARCHED, Scanner, installed, search, told
from app.station.sending_errors import PackageInPieces, ReasonUnknown, VerdictImpossible
from app.station.station import Station
from app.store.durable import replace as write_over
from dossier.checks import describe, run_checks
from dossier.deadlines import Calendar
from dossier.model import Finding, MalwareScan, Severity
from dossier.package.digest import digest_file
from dossier.package.errors import TagFileBroken
from dossier.package.index_write import Earlier
from dossier.package.sealing import SEAL_NAME, ExplainedFinding, parse_seal
from dossier.profile import Profile, ProfileAltered, ProfileInvalid
from dossier.profile.model import OTHER_REASON
from dossier.verify import VerifyReport, verify_package
from dossier.verify.content import read_content
from dossier.verify.source import open_source, read_tag_file, whole_package
from dossier.verify.unopened import report_infected
from signing.types import Signer, TrustAnchors
from transfer.receipt import SignedReceipt
from transfer.types import Verdict

MOST_REASONS = 20


@dataclass(frozen=True)
class Examined:
    """A package, looked at. `open`: what blocks in its content and nobody answered for; empty where it is not sound."""

    report: VerifyReport
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...]
    profile: Profile | None  # the one inside
    earlier: tuple[Earlier, ...]
    scan: MalwareScan = NOT_SEARCHED

    @property
    def ok(self) -> bool:
        return self.report.ok and not self.open


@dataclass(frozen=True)
class Said:
    """What a person decides. `code`: a reason of the standard, for a rejection."""

    verdict: Verdict
    reason: str
    code: str = OTHER_REASON


@dataclass(frozen=True)
class Slip:
    """The answer to a package. `again`: it had been answered before, and that answer stands."""

    examined: Examined
    signed: SignedReceipt
    file: Path
    again: bool


def examine(
    package: Path, anchors: TrustAnchors | None, now: dt.datetime, calendar: Calendar | None = None
) -> Examined:
    """Judge a package and, where it is sound, run the checks of the standard inside on what it holds, as of the moment
    it was sealed. `package`: its one file; `calendar`: as for `run_checks`. Raises `OSError`.
    """
    report = verify_package(package, anchors, now=now)
    if not report.ok or report.sealed_at is None:
        return Examined(report, (), (), None, ())
    try:
        with open_source(package) as source:
            content = read_content(source, anchors)
            explained = parse_seal(read_tag_file(source, SEAL_NAME)).explained
    except (TagFileBroken, ProfileInvalid, ProfileAltered) as fault:
        return Examined(report, _unreadable(fault), _unreadable(fault), None, ())
    sealed_at = dt.datetime.fromisoformat(report.sealed_at)
    findings = run_checks(content.dossier, content.profile, now=sealed_at, calendar=calendar)
    blocking = tuple(each for each in findings if each.severity is Severity.BLOCK and not _answered(each, explained))
    return Examined(report, findings, blocking, content.profile, content.earlier)


def receive(
    station: Station,
    package: Path,
    signer: Signer,
    *,
    unit: str,
    anchors: TrustAnchors | None,
    said: Said | None = None,
    out: Path | None = None,
    scanner: Scanner | None = None,
) -> Slip:
    """Take a package in, answer it and write the slip as `ID.receipt` into `out` (else beside the package).

    Without `said` the checks decide. A copy of the package and its answer stay in `received/` of the home; a package
    that has its answer gets the same again. `scanner`: searches the package for malware before anything of it but its
    seal is opened; None: the one installed. One with malware is sent back, and no copy of it stays.

    Raises `PackageInPieces`, `PartsIncomplete`, `VerdictImpossible`, `ReasonUnknown`, `SigningError`, `OSError`:
    nothing was answered.
    """
    work = station.home.path / "received" / ".work"
    work.mkdir(parents=True, exist_ok=True)
    copy = work / f"{hashlib.sha256(bytes(package)).hexdigest()}.zip"
    try:
        with whole_package(package) as whole:
            if whole.is_dir():
                raise PackageInPieces(path=package)
            shutil.copyfile(whole, copy)
        scan = search(scanner or installed(), [copy])[copy]
        return _answer(station, copy, scan, signer, unit, anchors, said, out or package.resolve().parent)
    finally:
        copy.unlink(missing_ok=True)


def _answer(
    station: Station,
    copy: Path,
    scan: MalwareScan,
    signer: Signer,
    unit: str,
    anchors: TrustAnchors | None,
    said: Said | None,
    out: Path,
) -> Slip:
    if scan.found:
        examined = Examined(report_infected(copy, scan.found), (), (), None, (), scan)
    else:
        examined = replace(examine(copy, anchors, station.clock.now(), calendar_of(station)), scan=scan)
    judgement = _judged(examined, said, examined.profile or station.profile)
    digests = digest_file(copy)
    name = examined.report.package_id or digests.sha256[:32]
    announced = Announced(name, digests.sha256, digests.sm3, digests.size, "", copy.name)
    inbox = Inbox(
        station.home.path / "received" / "packages", lambda _path, _id: judgement, signer, unit, station.clock.now
    )
    again = inbox.settled(announced)
    inbox.take(announced, copy)
    signed = inbox.receipt(name)
    if signed is None:  # take() writes it or raises
        raise FileNotFoundError(name)
    file = out / f"{name}.receipt"
    write_over(file, signed.to_text().encode())
    receipt = signed.read()
    if not again:
        with station.store.change(
            "package.received", judgement.case or name, package=name, verdict=receipt.verdict.value
        ) as change:
            change.detail["reasons"] = [receipt.reason_code or "", *receipt.reasons]
            change.detail["malware"] = told(scan)
    return Slip(examined, signed, file, again)


def _judged(examined: Examined, said: Said | None, profile: Profile) -> Judgement:
    case = examined.report.case_no or ""
    if said is None:
        blocking = [each for each in examined.report.findings if each.severity is Severity.BLOCK] + list(examined.open)
        reasons = tuple(_words(each) for each in blocking[:MOST_REASONS])
        code = profile.rules.return_reason(blocking[0].id) if blocking else None
        return Judgement(examined.ok, code, reasons, case, keep=not examined.scan.found)
    if said.verdict is Verdict.ACCEPTED:
        if not examined.report.ok:
            raise VerdictImpossible
        return Judgement(True, None, (said.reason,) if said.reason else (), case)
    known = (*profile.rules.return_reasons, OTHER_REASON)
    if said.code not in known:
        raise ReasonUnknown(code=said.code, known="、".join(known))
    return Judgement(False, said.code, (said.reason,), case, keep=not examined.scan.found)


def _answered(finding: Finding, explained: Sequence[ExplainedFinding]) -> bool:
    """Did the sender answer for it, under seal, where the standard lets it stand for a reason?"""
    return finding.waivable and any(
        (each.check, each.key, dict(each.params), each.face)
        == (finding.id, finding.key, dict(finding.params), finding.face or "")
        and (each.face != "" or each.where == finding.where)
        for each in explained
    )


def _unreadable(fault: TagFileBroken | ProfileInvalid | ProfileAltered) -> tuple[Finding, ...]:
    where = str(fault.params.get("name") or fault.params.get("file"))
    return (Finding("A-13", "verify.tag-file-broken", Severity.BLOCK, where, (("reason", str(fault)),)),)


def _words(finding: Finding) -> str:
    message, _ = describe(finding, "zh")
    return f"{finding.id} {finding.where}:{message}"
