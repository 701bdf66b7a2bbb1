"""What must not leave the house or go into the dossier: grades, internal volumes, stubs."""

from __future__ import annotations

from collections.abc import Iterator

from dossier.checks.facts import Fact, box_of
from dossier.checks.findings import finding, raised
from dossier.checks.reading import squeezed
from dossier.checks.subject import CASE, Subject
from dossier.model import Face, Finding, Severity
from dossier.profile.model import CopyMarks

STUB_ROWS = 4  # so many of a stub's row labels make one, also where the word 存根 was not read


def security_grade(subject: Subject) -> Iterator[Finding]:
    """S-05: the grade (密级) is one the profile knows, and not above what an e-dossier may hold."""
    security = subject.profile.rules.security
    grade = subject.dossier.case.security
    if grade not in security.grades:
        yield finding("S-05", "check.grade-unknown", Severity.BLOCK, CASE, grade=grade)
    elif security.grades.index(grade) > security.grades.index(security.max_grade):
        yield finding("S-05", "check.grade-too-high", Severity.BLOCK, CASE, grade=grade, most=security.max_grade)


def internal_volumes(subject: Subject) -> Iterator[Finding]:
    """S-05: volumes that stay in the house (侦查工作卷, 秘密侦查卷) and their kinds are not in a submission."""
    staying = {volume.code for volume in subject.profile.volumes if not volume.forward}
    for placed in subject.placed:
        code = placed.volume.code if placed.volume else placed.kind.volume if placed.kind else None
        if code in staying:
            title = subject.profile.volume(code).title
            yield finding("S-05", "check.internal", Severity.BLOCK, placed.where(), title=title)


def wrong_copies(subject: Subject) -> Iterator[Finding]:
    """DF37: of a form in several copies only 此联附卷 belongs here, above all not the stub (存根)."""
    for placed, face in subject.faces():
        for key, fact in _copy_words(face, subject.profile.copy_marks):
            yield raised(subject, "DF37", key, Severity.BLOCK, placed, fact, word=fact.value)


def _copy_words(face: Face, marks: CopyMarks) -> Iterator[tuple[str, Fact]]:
    """Message key and the words that show another copy. 存根 counts only where it stands by itself."""
    lines = [
        Fact(squeezed(line.text).strip("〔〕()"), line.confidence, face, box_of(line), words=line.text)
        for line in face.lines
    ]
    if any(ours in line.value for line in lines for ours in marks.ours):
        return
    rows = [line for line in lines if line.value.startswith(marks.stub_rows)]
    stubs = [line for line in lines if line.value == marks.stub]
    if not stubs and len({row.value[:4] for row in rows}) >= STUB_ROWS:
        stubs = [min(rows, key=lambda row: row.sure)]
    others = [line for line in lines if any(other in line.value for other in marks.others)]
    for key, found in (("check.copy-stub", stubs), ("check.copy-other", others)):
        yield from ((key, fact) for fact in found[:1])
