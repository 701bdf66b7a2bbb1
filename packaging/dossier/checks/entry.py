"""What was entered for the case itself: there, of the code sets, of sane characters; and the 三个规定 record."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from dossier.checks.facts import Fact, box_of
from dossier.checks.findings import finding, raised
from dossier.checks.subject import CASE, Placed, Subject
from dossier.model import Case, Face, Finding, Severity

_STAMPED = re.compile(r"\d{1,3}")
STAMP_BAND = 0.08  # of the page's height, from the top
STAMP_SIDE = 0.25  # of its width, from the edge the profile names
FEWEST_STAMPS = 0.6  # share of a volume's faces; fewer are figures of something else


def required_fields(subject: Subject) -> Iterator[Finding]:
    """C-03: what the metadata of a case needs is there."""
    case = subject.dossier.case
    values = {"案件名称": case.name, "案由": case.charge, "办案单位": case.unit_name}
    for label, value in values.items():
        if not value.strip():
            yield finding("C-03", "check.field-missing", Severity.WARN, CASE, label=label)
    if not subject.suspects:
        yield finding("C-03", "check.field-missing", Severity.WARN, CASE, label="犯罪嫌疑人")


def code_values(subject: Subject) -> Iterator[Finding]:
    """A-06: unit and roles are of the profile's code sets."""
    case, metadata = subject.dossier.case, subject.profile.rules.metadata
    values = [("unit_code", case.unit_code), *(("role", person.role) for person in case.persons)]
    for name, value in values:
        rule = metadata[name]
        if rule.pattern and not re.fullmatch(rule.pattern, value):
            yield finding("A-06", "check.code", Severity.WARN, CASE, label=rule.label, said=value)


def characters(subject: Subject) -> Iterator[Finding]:
    """A-08: no controls, no full-width or foreign digits, composed form (NFC) in what goes into the metadata."""
    for label, value in _case_values(subject.dossier.case):
        odd = "".join(sorted({char for char in value if _odd(char)}))
        if odd or unicodedata.normalize("NFC", value) != value:
            shown = " ".join(f"U+{ord(char):04X}" for char in odd)
            yield finding("A-08", "check.characters", Severity.BLOCK, CASE, label=label, said=shown or "NFC")


def lengths(subject: Subject) -> Iterator[Finding]:
    """A-04: nothing in the metadata is longer than the profile's limits."""
    case, limits = subject.dossier.case, subject.profile.acceptance.lengths
    values = [(CASE, label, value) for label, value in _case_values(case)]
    for placed in subject.placed:
        values += [
            (placed.where(), "题名", placed.document.title),
            (placed.where(), "文号", placed.document.number or ""),
        ]
    for where, label, value in values:
        most = limits.get(label)
        if most is not None and len(value) > most:
            yield finding("A-04", "check.too-long", Severity.BLOCK, where, label=label, said=len(value), most=most)


def interventions(subject: Subject) -> Iterator[Finding]:
    """C-13: the record of interventions (三个规定) has an entry, be it that nobody intervened (零报告)."""
    if not subject.dossier.interventions:
        yield finding("C-13", "check.no-interventions", Severity.BLOCK, CASE)


def stamped_numbers(subject: Subject) -> Iterator[Finding]:
    """C-12: where the paper carries stamped page numbers, they are those of the volume."""
    found: defaultdict[int, list[tuple[Placed, int, Fact]]] = defaultdict(list)
    numbers = {volume.sequence: dict(volume.page_numbers) for volume in subject.dossier.volumes}
    for placed, face in subject.faces():
        volume = placed.volume.sequence if placed.volume else 0
        page, stamp = numbers.get(volume, {}).get(face.id), stamped(subject, face)
        if page is not None and stamp is not None:
            found[volume].append((placed, page, stamp))
    for volume, stamps in found.items():
        wrong = [each for each in stamps if each[1] != int(each[2].value)]
        if wrong and len(stamps) >= FEWEST_STAMPS * len(numbers[volume]):
            placed, page, stamp = wrong[0]
            yield raised(
                subject, "C-12", "check.stamp", Severity.WARN, placed, stamp, page=page, said=stamp.value,
                count=len(wrong),
            )  # fmt: skip


def stamped(subject: Subject, face: Face) -> Fact | None:
    """The number alone in the corner where the profile has page numbers."""
    corners = subject.profile.rules.page_numbers.face
    right = (corners.front if face.side == "front" else corners.back) == "top_right"
    for line in face.lines:
        left, top, width, height = box_of(line)
        at_edge = left > (1 - STAMP_SIDE) * face.width_px if right else left + width < STAMP_SIDE * face.width_px
        words = line.text.strip()
        if at_edge and top + height < STAMP_BAND * face.height_px and _STAMPED.fullmatch(words):
            return Fact(str(int(words)), line.confidence, face, (left, top, width, height), words=words)
    return None


def _case_values(case: Case) -> list[tuple[str, str]]:
    """Label and value of what goes into the metadata of a case."""
    values = [("案件名称", case.name), ("案由", case.charge), ("办案单位", case.unit_name), ("案件编号", case.case_no)]
    for person in case.persons:
        values += [("姓名", person.name), ("公民身份号码", person.id_number or "")]
    return values


def _odd(char: str) -> bool:
    category = unicodedata.category(char)
    foreign_digit = category in ("Nd", "No") and char not in "0123456789"
    return category in ("Cc", "Cf", "Co", "Cn", "Cs") or foreign_digit or "Ａ" <= char <= "ｚ"
