"""Evidence and its papers: appraisals told, counts declared, things balanced, seals over dates, copies explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dossier.checks.facts import Fact
from dossier.checks.findings import asked, defect, finding, raised
from dossier.checks.signatures import SEAL_CONFIDENCE
from dossier.checks.subject import Placed, Subject
from dossier.model import Face, Finding, Severity
from ocr.imaging.types import Box, MarkKind

SUSPECT_OR_VICTIM = ("嫌疑人", "被害人")
GONE = ("WZ05", "WZ06", "ZJ07")  # 发还, 销毁, 随案移送
OVER_DATE_SEALS = frozenset({"B", "P", "C"})  # bureau, procuracy, court: over the date
NEAR_DATE_MM = 12.0
SHORTEST_TITLE = 4
_THING = re.compile(
    r"^(?P<no>\d{1,2})[.、]?(?P<name>[一-龥A-Za-z]{2,12}?)(?P<count>\d{1,4})"
    r"(?P<unit>部|台|个|张|把|辆|件|本|条|只|双|块|枚|瓶|支|串|份|套|元)"
)
_ORIGIN = re.compile(r"与原件|核对无异|提供人|调取人|提取人|业务专用章|查询专用章")
_HASH = re.compile(r"完整性校验|校验值|哈希|SHA|MD5|SM3", re.IGNORECASE)
_ATTACHED = re.compile(r"附(?:件)?:(?P<list>.{4,60})")


def appraisals_told(subject: Subject) -> Iterator[Finding]:
    """DF24: the result of an appraisal is told to the suspects, and to the victims it is about (ZC15)."""
    notices = subject.of_kind("ZC15")
    told = {name for notice in notices for name in subject.names_of(notice)}
    for report in subject.of_kind("JD01"):
        for person in subject.dossier.case.persons:
            concerned = person.role == "嫌疑人" or (person.role == "被害人" and person.name in report.flat)
            if not concerned or person.name in told:
                continue
            yield defect(subject, "DF24", "defect.not-told", report, person=person.name, role=person.role)


def declared_counts(subject: Subject) -> Iterator[Finding]:
    """DF27: the indictment opinion's 本案卷宗_卷_页 is what the dossier holds."""
    volumes = subject.dossier.volumes
    counts = {"volumes": (len(volumes), "卷"), "pages": (sum(volume.pages for volume in volumes), "页")}
    for opinion in subject.of_kind("ZJ05"):
        for name, (count, unit) in counts.items():
            said = opinion.fact(name)
            if said is not None and float(said.value) != count:
                yield defect(
                    subject, "DF27", "defect.declared", opinion, said, said=said.value, wanted=count, unit=unit
                )


def things_balance(subject: Subject) -> Iterator[Finding]:
    """DF29: every seized thing is given back, destroyed or handed on, where there is any such list."""
    lists = subject.of_kind(*GONE)
    rest = "".join(placed.flat for placed in lists)
    for seized in subject.of_kind("WZ01") if lists else ():
        for thing in _things(seized):
            if thing.value not in rest:
                yield defect(subject, "DF29", "defect.thing-left", seized, thing, said=thing.value)


def seizure_signers(subject: Subject) -> Iterator[Finding]:
    """DF30: a seizure list has a place for the witness; an empty one is told by C-09. A place that was not read looks
    like one that is not there: this asks."""
    for seized in subject.of_kind("WZ01"):
        if seized.texts and "见证人" not in seized.flat:
            yield asked(defect(subject, "DF30", "defect.no-witness-place", seized), seized.document.confidence)


def seals_over_dates(subject: Subject) -> Iterator[Finding]:
    """DF41: the organ's seal lies over the date of its paper."""
    for placed in subject.placed:
        if placed.kind is None or placed.kind.seal not in OVER_DATE_SEALS:
            continue
        dates = [date for date in placed.facts("date") if date.face is not None and date.box is not None]
        sealed = [date for date in dates if date.face is not None and _seals(date.face)]
        if sealed and not any(_over(date) for date in sealed):
            yield defect(subject, "DF41", "defect.seal-apart", placed, sealed[0], said=sealed[0].value)


def copies_with_origin(subject: Subject) -> Iterator[Finding]:
    """DF50: a copied paper says where its original is and who gave it, or bears a seal."""
    for placed in subject.of_kind("SZ01"):
        sealed = any(_seals(face) for face in placed.document.faces)
        if placed.texts and not sealed and not _ORIGIN.search(placed.flat):
            yield defect(subject, "DF50", "defect.no-origin", placed)


def unfilled_blanks(subject: Subject) -> Iterator[Finding]:
    """DF36: a fill-in form has no blank that was left empty; a hand that was not read looks the same, so this asks."""
    for blanks in subject.profile.acceptance.unfilled:
        pattern = re.compile("|".join(blanks.words))
        for placed in subject.of_kind(*blanks.kinds):
            for text in placed.texts:
                match = pattern.search(text.flat)
                if match:
                    said = text.said(match.start(), match.end(), match[0])
                    yield defect(subject, "DF36", "defect.unfilled", placed, said, said=match[0])
                    break


def attachments(subject: Subject) -> Iterator[Finding]:
    """C-07: papers that a paper names as attached (附:…) are in the dossier."""
    present = {placed.document.kind for placed in subject.placed}
    for placed in subject.placed:
        for text in placed.texts:
            for match in _ATTACHED.finditer(text.flat):
                for code, title in _named(subject, match["list"]):
                    if code not in present:
                        said = text.said(match.start(), match.end(), title)
                        yield raised(subject, "C-07", "check.attachment", Severity.WARN, placed, said, title=title)


def recordings(subject: Subject) -> Iterator[Finding]:
    """C-14: audio, video and electronic data are listed with a digest (完整性校验值)."""
    for placed in subject.of_kind("ST02"):
        if placed.texts and not _HASH.search(placed.flat):
            yield finding("C-14", "check.no-digest", Severity.WARN, placed.where(), face=placed.document.faces[0])


def _things(seized: Placed) -> Iterator[Fact]:
    """The names of things, from the rows of the list: number, name, quantity."""
    for text in seized.texts:
        for cells in text.table():
            match = _THING.match("".join(cell.value for cell in cells))
            holder = next((cell for cell in cells if match and match["name"] in cell.value), None)
            if match and holder is not None:
                yield replace(holder, value=match["name"])


def _named(subject: Subject, words: str) -> Iterator[tuple[str, str]]:
    for kind in subject.profile.kinds:
        if len(kind.title) >= SHORTEST_TITLE and kind.title in words and kind.required != "local":
            yield kind.code, kind.title


def _seals(face: Face) -> list[Box]:
    return [mark.box for mark in face.marks if mark.kind is MarkKind.SEAL and mark.confidence >= SEAL_CONFIDENCE]


def _over(date: Fact) -> bool:
    """Whether a seal lies over the date, or hardly beside it."""
    if date.face is None or date.box is None:
        return False
    left, top, wide, high = date.box
    reach = NEAR_DATE_MM * date.face.dpi / 25.4
    for x, y, width, height in _seals(date.face):
        apart_x = max(left - (x + width), x - (left + wide))
        apart_y = max(top - (y + height), y - (top + high))
        if max(apart_x, apart_y) <= reach:
            return True
    return False
