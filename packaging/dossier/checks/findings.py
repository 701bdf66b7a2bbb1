"""How a finding is made: about the case or a page, or resting on what was read, and then with all its places."""

from __future__ import annotations

from dataclasses import replace

from dossier.checks.facts import Fact
from dossier.checks.subject import Placed, Subject
from dossier.model import Face, Finding, Place, Severity


def finding(
    check: str,
    key: str,
    severity: Severity,
    where: str,
    *,
    face: Face | None = None,
    sure: float = 1.0,
    cut: float = 0.0,
    **params: object,
) -> Finding:
    """A finding about the case, a volume or a whole page, resting on something read with confidence `sure` (0 to 1).

    Below `cut` it is asked, not raised: a slip of the reading is not a defect.
    """
    words = {name: str(value) for name, value in params.items()}
    found = Finding(check, key, severity, where, tuple(sorted(words.items())), face.id if face else None)
    if face is not None:
        found = replace(found, rests_on=(Place(where, face.id, None),))
    return asked(found, sure) if sure < cut else found


def asked(found: Finding, sure: float) -> Finding:
    """The finding as a question: what it rests on was read with confidence `sure` (0 to 1) alone."""
    severity = min(found.severity, Severity.WARN, key=_weight)
    doubted = tuple(sorted((*found.params, ("doubt", f"{sure:.0%}"))))
    return replace(found, severity=severity, params=doubted)


def raised(
    subject: Subject,
    check: str,
    key: str,
    severity: Severity,
    placed: Placed,
    *facts: Fact,
    sure: float = 1.0,
    **params: object,
) -> Finding:
    """A finding that rests on `facts`, at most as sure as the least sure of them.

    It points at the first of the facts, else at the paper.
    """
    first = facts[0] if facts else None
    face = first.face if first and first.face else next(iter(placed.document.faces), None)
    found = finding(
        check, key, severity, placed.where(face), face=face,
        sure=min((sure, *(fact.sure for fact in facts))), cut=subject.cut, **params,
    )  # fmt: skip
    places = tuple(dict.fromkeys(place for fact in facts if (place := subject.place(fact)) is not None))
    return replace(found, box=first.box, rests_on=places) if first and places else found


def defect(subject: Subject, defect_id: str, key: str, placed: Placed, *facts: Fact, **params: object) -> Finding:
    """A finding of one of the profile's defects, as grave as the profile says."""
    rule = subject.profile.defect(defect_id)
    return raised(
        subject, defect_id, key, Severity(rule.severity), placed, *facts,
        sure=1.0, title=rule.title, title_en=rule.title_en, **params,
    )  # fmt: skip


def _weight(severity: Severity) -> int:
    return [Severity.INFO, Severity.WARN, Severity.BLOCK].index(severity)
