"""U-07 and U-08: is every page good enough to read, now and by a search?"""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.subject import Subject, finding
from dossier.model import Finding, Severity

PHOTO_KINDS = {"BR03", "WZ07", "ST01"}  # 现场勘验笔录, 物证照片, 视听资料: pages of photographs


def resolution(subject: Subject) -> Iterator[Finding]:
    """U-07: no page below the profile's resolution (DA/T 31)."""
    least = subject.profile.rules.image.dpi.min
    for placed, face in subject.faces():
        if face.dpi < least:
            yield finding("U-07", "check.dpi", Severity.BLOCK, placed.where(face), face=face, dpi=face.dpi, least=least)


def straightness(subject: Subject) -> Iterator[Finding]:
    """U-07: pages whose skew could not be decided are shown to a person."""
    for placed, face in subject.faces():
        if not face.straight and not face.blank:
            yield finding("U-07", "check.skew", Severity.WARN, placed.where(face), face=face)


def text_layer(subject: Subject) -> Iterator[Finding]:
    """U-08: a page with content of which no line was read cannot be searched."""
    for placed, face in subject.faces():
        if not face.blank and not face.lines and placed.document.kind not in PHOTO_KINDS:
            yield finding("U-08", "check.no-text", Severity.INFO, placed.where(face), face=face)
