"""C-04, U-06: who captured each page and what read it is on record."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.findings import finding
from dossier.checks.subject import CASE, Subject
from dossier.model import CaptureOrigin, Finding, Severity

CAPTURED, BROUGHT_IN = "page.arrived", "file.imported"


def process_recorded(subject: Subject) -> Iterator[Finding]:
    """C-04: the trail names who captured each page, or who brought in the files; no step is without a name."""
    steps = subject.dossier.steps
    if steps is None:
        return
    nameless = sum(not step.by.strip() for step in steps)
    if nameless:
        yield finding("C-04", "check.step-nameless", Severity.BLOCK, CASE, count=nameless)
    captured = {step.about for step in steps if step.event == CAPTURED}
    files = any(step.event == BROUGHT_IN for step in steps)
    lost = [
        (placed, face)
        for placed, face in subject.faces()
        if face.original_sha256 not in captured and not (files and face.origin is CaptureOrigin.FILE)
    ]
    for placed, face in lost[:1]:
        where = placed.where(face)
        yield finding("C-04", "check.capture-unrecorded", Severity.BLOCK, where, face=face, count=len(lost))


def environment(subject: Subject) -> Iterator[Finding]:
    """U-06: what read a page is recorded with it; what captured it is in the record of its capture."""
    for placed, face in subject.faces():
        if face.lines and not face.engine:
            yield finding("U-06", "check.reader-unknown", Severity.WARN, placed.where(face), face=face)
