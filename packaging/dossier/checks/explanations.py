"""Why a finding may stand: a named person's reason (说明). It travels inside the sealed package."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Finding, Severity


@dataclass(frozen=True)
class Explanation:
    """Covers one finding: the same check, message and parameters on the same face, or at the same place if it has none.

    `by` is the person, `at` an aware time.
    """

    id: str
    key: str
    params: tuple[tuple[str, str], ...]
    face: str | None
    where: str
    by: str
    reason: str
    at: dt.datetime

    def covers(self, finding: Finding) -> bool:
        """Page numbers move when documents are re-ordered, faces do not: the face decides where there is one."""
        same_place = self.face == finding.face and (self.face is not None or self.where == finding.where)
        return (self.id, self.key, self.params) == (finding.id, finding.key, finding.params) and same_place


def explain(finding: Finding, *, by: str, reason: str, at: dt.datetime) -> Explanation:
    """Raises `ValueError` when nobody is named or no reason is given."""
    if not by.strip() or not reason.strip():
        raise ValueError("an explanation needs a person and a reason")
    return Explanation(
        finding.id, finding.key, finding.params, finding.face, finding.where, by.strip(), reason.strip(), at
    )


def unexplained(findings: Sequence[Finding], explanations: Sequence[Explanation]) -> tuple[Finding, ...]:
    """The blocking findings nobody has explained."""
    return tuple(
        finding
        for finding in findings
        if finding.severity is Severity.BLOCK
        and not (finding.waivable and any(each.covers(finding) for each in explanations))
    )
