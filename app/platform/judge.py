"""The acceptance check: the package's own verifier, and its findings in the words of the return slip (退回原因)."""

from __future__ import annotations

from pathlib import Path

from app.platform.inbox import Judge, Judgement
from dossier.checks import describe
from dossier.model import Finding, Severity
from dossier.profile import load_profile
from dossier.verify import verify_package
from signing.types import TrustAnchors

MOST_REASONS = 20
OTHER_ID = "包内编号与发送时申报的编号不符"


def judge_by(anchors: TrustAnchors) -> Judge:
    """A judge that believes signatures ending in `anchors`; reasons (退回原因) are the base standard's."""
    rules = load_profile().rules

    def judge(package: Path, announced_id: str) -> Judgement:
        report = verify_package(package, anchors)
        if report.ok and report.package_id != announced_id:
            return Judgement(False, "格式不符", (OTHER_ID,), report.case_no or "")
        blocking = [finding for finding in report.findings if finding.severity is Severity.BLOCK]
        return Judgement(
            ok=report.ok,
            reason_code=rules.return_reason(blocking[0].id) if blocking else None,
            reasons=tuple(_words(finding) for finding in blocking[:MOST_REASONS]),
            case=report.case_no or "",
        )

    return judge


def _words(finding: Finding) -> str:
    message, _ = describe(finding, "zh")
    return f"{finding.id} {finding.where}:{message}"
