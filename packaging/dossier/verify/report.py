"""What verification says; the JSON form is a contract of the command line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dossier.checks.texts import describe
from dossier.model import Finding, Severity
from dossier.package.sealing import Seal
from signing.types import SignatureReport


@dataclass(frozen=True)
class VerifyReport:
    """One package, judged. Fields about its content are empty where the package could not be read that far.

    `signatures`: where no root was named they are judged among themselves and none is `trusted`.
    """

    package_id: str | None
    profile: str | None  # id@version
    profile_status: str | None  # "draft, unverified" unless a publisher signed it
    training: bool | None
    case_no: str | None
    submission: str | None
    sealed_at: str | None  # ISO 8601, claimed by the sealing station
    volumes: int
    documents: int
    pages: int
    findings: tuple[Finding, ...]
    signatures: tuple[SignatureReport, ...]

    @property
    def ok(self) -> bool:
        return not any(finding.severity is Severity.BLOCK for finding in self.findings)


def unread(finding: Finding, seal: Seal | None = None) -> VerifyReport:
    """Of a package whose content was not looked at, for what `finding` says. `seal`: what it claims of itself."""
    return VerifyReport(
        package_id=seal.package_id if seal else None,
        profile=seal.profile if seal else None,
        profile_status=None,
        training=seal.training if seal else None,
        case_no=seal.case_no if seal else None,
        submission=seal.submission if seal else None,
        sealed_at=seal.sealed_at if seal else None,
        volumes=0,
        documents=0,
        pages=0,
        findings=(finding,),
        signatures=(),
    )


def report_json(report: VerifyReport, language: str = "zh") -> dict[str, Any]:
    """The report with its findings in words; `language` is "zh" or "en"."""
    return {
        "ok": report.ok,
        "package_id": report.package_id,
        "profile": report.profile,
        "profile_status": report.profile_status,
        "training": report.training,
        "case_no": report.case_no,
        "submission": report.submission,
        "sealed_at": report.sealed_at,
        "volumes": report.volumes,
        "documents": report.documents,
        "pages": report.pages,
        "findings": [_finding(each, language) for each in report.findings],
        "signatures": [_signature(each) for each in report.signatures],
    }


def _finding(finding: Finding, language: str) -> dict[str, str]:
    message, remedy = describe(finding, language)
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "where": finding.where,
        "message": message,
        "remedy": remedy,
    }


def _signature(report: SignatureReport) -> dict[str, Any]:
    return {
        "where": report.where,
        "ok": report.ok,
        "intact": report.intact,
        "trusted": report.trusted,
        "covers_whole_file": report.covers_whole_file,
        "signer": report.signer,
        "issuer": report.issuer,
        "root_sha256": report.root_sha256,
        "signed_at": report.signed_at.isoformat() if report.signed_at else None,
        "time_basis": report.time_basis,
        "level": report.level,
        "problems": list(report.problems),
    }
