"""Dates in figures that a finding rests on are read a second time before the finding is raised.

What the second reading gave stands in the trail. Where it differs the date's characters are trusted less from then on,
so that every check asks instead, here and at the receiver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace

from app.station.errors import SecondReadingFailed
from app.station.station import Station
from app.store.audit import Step
from dossier.model import Document, Dossier, Face, Finding, Severity
from dossier.progress import OnProgress
from ocr.careful import less_trusted
from ocr.engines.types import Line
from ocr.imaging.types import Box
from ocr.pool import new_worker
from ocr.reading.text import bounds
from ocr.second_reading import DatesJob, DateSpan, SecondReading, dates_in_figures, read_dates_bounded

EVENT = "date.read-again"


@dataclass(frozen=True)
class DateSeen:
    """One date as it was read first: its page's SHA-256, its words, and its left and top pixel."""

    page: str
    words: str
    left: int
    top: int


@dataclass(frozen=True)
class DatesOfFace:
    """Dates in figures of one face that something is raised by and that were read only once."""

    face: Face = field(hash=False)  # all its lines: compared, too long to hash
    spans: tuple[DateSpan, ...]


def read_once(station: Station, dossier: Dossier, findings: Iterable[Finding]) -> tuple[DatesOfFace, ...]:
    """What `read_again` has to read before the findings stand. A date whose picture is gone is left as it is."""
    known = outcomes(station.store.audit.newest_first(dossier.case.case_no))
    return tuple(
        DatesOfFace(face, new)
        for face, spans in _accusing(dossier, findings)
        if (new := tuple(span for span in spans if _seen(face, span) not in known)) and face.picture.is_file()
    )


def read_again(station: Station, case_no: str, faces: Sequence[DatesOfFace], on_progress: OnProgress) -> bool:
    """Read each of the dates once more; whether one was read otherwise. Progress counts faces.

    Raises `SecondReadingFailed`, `OcrError`: what was read until then is kept.
    """
    agreed = True
    with new_worker() as worker:
        for done, each in enumerate(faces):
            on_progress(done, len(faces))
            face = each.face
            job = DatesJob(face.picture, face.dpi, face.lines, face.marks, each.spans)
            try:
                readings = worker.submit(read_dates_bounded, job).result()
            except BrokenProcessPool as fault:
                raise SecondReadingFailed(page=face.id) from fault
            for span, reading in zip(each.spans, readings, strict=True):
                _note(station, case_no, _seen(face, span), reading)
                agreed = agreed and reading.agrees
    return not agreed


def outcomes(trail: Iterable[Step]) -> dict[DateSeen, bool]:
    """Whether the second reading of each date agreed, by the case's trail."""
    said = [step.detail for step in trail if step.event == EVENT]
    return {
        DateSeen(str(each["sha256"]), str(each["words"]), *_corner(each["corner"])): bool(each["agrees"])
        for each in said
    }


def doubted(document: Document, known: Mapping[DateSeen, bool]) -> Document:
    """The document with the dates trusted less that were read otherwise."""
    pages = {seen.page for seen, agrees in known.items() if not agrees}
    if not any(face.original_sha256 in pages for face in document.faces):
        return document
    return replace(document, faces=tuple(_doubted(face, known) for face in document.faces))


def _doubted(face: Face, known: Mapping[DateSeen, bool]) -> Face:
    lines = list(face.lines)
    for span in dates_in_figures(face.lines):
        if known.get(_seen(face, span)) is False:
            lines[span.line] = less_trusted(lines[span.line], range(span.start, span.end))
    return replace(face, lines=tuple(lines))


def _accusing(dossier: Dossier, findings: Iterable[Finding]) -> Iterator[tuple[Face, list[DateSpan]]]:
    """The dates in figures, by their faces, that something is raised by."""
    raised = [finding for finding in findings if finding.severity is not Severity.INFO and not finding.asks]
    boxes: defaultdict[str, list[Box]] = defaultdict(list)
    for place in (place for finding in raised for place in finding.rests_on):
        if place.box is not None:
            boxes[place.face].append(place.box)
    for face in (face for document in dossier.documents for face in document.faces if face.id in boxes):
        spans = [span for span in dates_in_figures(face.lines) if _in_one(face, span, boxes[face.id])]
        if spans:
            yield face, spans


def _in_one(face: Face, span: DateSpan, boxes: Iterable[Box]) -> bool:
    left, top, right, bottom = _box(face.lines[span.line], span)
    x, y = (left + right) / 2, (top + bottom) / 2
    return any(x0 <= x <= x0 + width and y0 <= y <= y0 + height for x0, y0, width, height in boxes)


def _box(line: Line, span: DateSpan) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the characters of a date."""
    boxes = [bounds(char.box) for char in line.chars[span.start : span.end]]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _seen(face: Face, span: DateSpan) -> DateSeen:
    line = face.lines[span.line]
    left, top, _, _ = _box(line, span)
    return DateSeen(face.original_sha256, line.text[span.start : span.end], round(left), round(top))


def _note(station: Station, case_no: str, seen: DateSeen, reading: SecondReading) -> None:
    station.store.note(
        EVENT, case_no, sha256=seen.page, words=seen.words, corner=[seen.left, seen.top],
        best=reading.best, second=reading.second, agrees=reading.agrees,
    )  # fmt: skip


def _corner(said: object) -> tuple[int, int]:
    if not isinstance(said, list):
        raise TypeError(said)
    left, top = said
    return int(left), int(top)
