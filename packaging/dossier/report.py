"""The acceptance report on paper (检测报告): what was looked at, what was found, who answers for what may stand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from dossier.checks import Explanation, describe
from dossier.model import Dossier, Finding, Place, Severity
from dossier.volumes.typeset import typeset

_STATES = {Severity.BLOCK: "不得移送", Severity.WARN: "请核对", Severity.INFO: "提示"}
_EXPLAINED = "已说明"
MOST_PICTURES = 2  # a finding: what it points at, and what that is held against


def check_report(
    dossier: Dossier,
    findings: Sequence[Finding],
    explanations: Sequence[Explanation],
    *,
    profile: str,
    unit: str,
    checker: str,
    at: dt.datetime,
    crops: Mapping[Place, bytes] | None = None,
) -> bytes:
    """Return the report as a PDF/A-2b of as many pages as it takes. `profile`: its name with its standing; `at`: aware.
    `crops`: JPEGs of the places that findings rest on; those that are missing are left out.

    Raises `SheetFailed`.
    """
    rows = [_row(finding, explanations, crops or {}) for finding in findings]
    counted = Counter(row["state"] for row in rows)
    return typeset(
        "report",
        {
            "case_no": dossier.case.case_no,
            "name": dossier.case.name,
            "submission": dossier.submission_title,
            "training": dossier.training,
            "verdict": "不得移送" if counted[_STATES[Severity.BLOCK]] else "可以移送",
            "counts": [[state, str(counted[state])] for state in (*_STATES.values(), _EXPLAINED)],
            "volumes": [
                [str(volume.sequence), volume.title, str(len(volume.entries)), str(volume.pages)]
                for volume in dossier.volumes
            ],
            "rows": rows,
            "made": f"{unit}　{checker}　{at:%Y-%m-%d %H:%M}",
            "profile": profile,
        },
    )


def places_shown(findings: Sequence[Finding]) -> tuple[Place, ...]:
    """The places of which the report has pictures, each once."""
    return tuple(dict.fromkeys(place for finding in findings for place in finding.rests_on[:MOST_PICTURES]))


def _row(finding: Finding, explanations: Sequence[Explanation], crops: Mapping[Place, bytes]) -> dict[str, object]:
    message, remedy = describe(finding, "zh")
    answer = next((each for each in explanations if finding.waivable and each.covers(finding)), None)
    explained = answer is not None and finding.severity is Severity.BLOCK
    return {
        "id": finding.id,
        "item": finding.item,
        "state": _EXPLAINED if explained else _STATES[finding.severity],
        "where": finding.where,
        "message": message,
        "remedy": remedy,
        "answer": f"{answer.by}（{answer.at:%Y-%m-%d}）：{answer.reason}" if answer else "",
        "pictures": [
            {"where": place.where, "whole": place.box is None, "jpeg": list(crops[place])}
            for place in finding.rests_on[:MOST_PICTURES]
            if place in crops
        ],
    }
