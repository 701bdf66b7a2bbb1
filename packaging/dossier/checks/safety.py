"""S-01, S-04: what was brought in was searched for malware, and every step was taken by somebody who may take it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatchcase

from dossier.checks.findings import finding
from dossier.checks.process import BROUGHT_IN
from dossier.checks.subject import CASE, Subject
from dossier.model import Finding, Severity, Step
from dossier.profile.acceptance import Role

INFECTED = "file.infected"


def malware(subject: Subject) -> Iterator[Finding]:
    """S-01: malware on a medium blocks, also where the file was not taken; files nobody searched, or with old
    signatures, are told."""
    steps = subject.dossier.steps or ()
    for step in steps:
        if step.event == INFECTED and step.scan is not None:
            yield finding("S-01", "check.malware", Severity.BLOCK, CASE, malware=step.scan.found, file=step.about[:12])
    scans = [(step, step.scan) for step in steps if step.event == BROUGHT_IN]
    unsearched = sum(scan is None or not scan.scanner for _, scan in scans)
    if unsearched:
        yield finding("S-01", "check.not-searched", Severity.WARN, CASE, count=unsearched)
    most = dt.timedelta(days=subject.profile.acceptance.signature_days)
    searched = [(step, scan.signatures) for step, scan in scans if scan is not None and scan.scanner]
    old = [made for step, made in searched if made is None or step.at.date() - made > most]
    if old:
        oldest = min((made for made in old if made is not None), default=None)
        yield finding("S-01", "check.signatures-old", Severity.WARN, CASE, count=len(old), oldest=oldest or "?")


def permissions(subject: Subject) -> Iterator[Finding]:
    """S-04: each step was taken by an operator with a role, and the role allows such a step."""
    roles = subject.profile.acceptance.roles
    steps = subject.dossier.steps
    if not steps or not roles:
        return
    unknown = sum(step.role is None for step in steps)
    if unknown:
        yield finding("S-04", "check.roles-unknown", Severity.INFO, CASE, count=unknown)
    outside: defaultdict[tuple[str, str, str], list[Step]] = defaultdict(list)
    for step in steps:
        if step.role is not None and not _may(roles.get(step.role), step.event):
            outside[step.by, step.role, step.event].append(step)
    for (by, name, event), taken in outside.items():
        role, last = roles.get(name), max(step.at for step in taken)
        yield finding(
            "S-04", "check.not-permitted" if name else "check.no-role", Severity.BLOCK, CASE,
            person=by, step=event, count=len(taken), at=f"{last:%Y-%m-%d %H:%M}",
            role=role.title if role else name, role_en=role.title_en if role else name,
        )  # fmt: skip


def _may(role: Role | None, event: str) -> bool:
    return role is not None and any(fnmatchcase(event, step) for step in role.steps)
