"""Saying what is missing, unsigned, crooked or contradictory, and who answers for what may stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.station.crops import crops
from app.station.errors import FindingUnknown
from app.station.filing import build_dossier
from app.station.limits import calendar_of
from app.station.second_look import DatesOfFace, read_again, read_once
from app.station.station import Station
from dossier.checks import run_checks, unexplained
from dossier.checks.errors import FindingNotWaivable
from dossier.checks.explanations import explain as explain_finding
from dossier.model import Dossier, Finding
from dossier.progress import OnProgress, silent
from dossier.report import check_report, places_shown


@dataclass(frozen=True)
class Checked:
    """The findings on one submission. `open`: those that block and that nobody has explained. `read_once`: dates that
    findings rest on and that a second reading may still doubt."""

    dossier: Dossier
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...]
    read_once: tuple[DatesOfFace, ...] = ()


def handle(finding: Finding) -> str:
    """How a clerk names a finding: the check and the face, or the check and the place."""
    return f"{finding.id}:{finding.face or finding.where}"


def check(station: Station, case_no: str, submission: str, on_progress: OnProgress = silent) -> Checked:
    """Run the profile's checks; the dates in figures that they accuse by are read a second time first, which takes
    seconds. Raises what `check_as_read` and `read_again` raise.
    """
    first = check_as_read(station, case_no, submission)
    if not first.read_once:
        return first
    if read_again(station, case_no, first.read_once, on_progress):
        return check_as_read(station, case_no, submission)
    return replace(first, read_once=())


def check_as_read(station: Station, case_no: str, submission: str) -> Checked:
    """Run the profile's checks on what is known of the pages by now. Raises what `build_dossier` raises."""
    dossier = build_dossier(station, case_no, submission)
    profile = station.profile_of(dossier.case)
    findings = run_checks(dossier, profile, now=station.clock.now(), calendar=calendar_of(station))
    explanations = station.store.cases.explanations(station.store.cases.get(case_no).id)
    once = read_once(station, dossier, findings)
    return Checked(dossier, findings, unexplained(findings, explanations), once)


def report(station: Station, case_no: str, submission: str) -> tuple[Checked, bytes]:
    """What `check` gives, and the same on paper: a PDF to print and sign. Raises what `check` raises, `SheetFailed`,
    `PictureBroken`."""
    checked = check(station, case_no, submission)
    record = station.store.cases.get(case_no)
    paper = check_report(
        checked.dossier,
        checked.findings,
        station.store.cases.explanations(record.id),
        profile=station.profile_of(record.case).label,
        unit=record.case.unit_name,
        checker=station.who.actor,
        at=station.clock.now(),
        crops=crops(checked.dossier, places_shown(checked.findings)),
    )
    return checked, paper


def explain(station: Station, case_no: str, submission: str, named: str, reason: str) -> Sequence[Finding]:
    """Let a finding stand, with the operator's name and reason; it travels inside the sealed package.

    Raises:
        FindingUnknown: the case has no such finding.
        FindingNotWaivable: the standard lets nobody waive it.
        ValueError: the reason is empty.
    """
    record = station.store.cases.get(case_no)
    meant = [finding for finding in check(station, case_no, submission).findings if handle(finding) == named]
    if not meant:
        raise FindingUnknown(handle=named, case_no=case_no)
    if not meant[0].waivable:
        raise FindingNotWaivable(finding=named)
    with station.store.change("finding.explained", case_no, finding=named, reason=reason):
        for finding in meant:
            explanation = explain_finding(finding, by=station.who.actor, reason=reason, at=station.clock.now())
            station.store.cases.explain(record.id, explanation)
    return meant
