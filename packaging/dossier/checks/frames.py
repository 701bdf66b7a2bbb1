"""The old cover (封面), catalogue (目录) and remarks sheet (备考表) in the pile beside the papers between them.

They are not bound in, but they tell what the unit once put together: what they list and is not there was lost.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from dossier.checks.facts import Fact
from dossier.checks.findings import defect, raised
from dossier.checks.subject import Placed, Subject
from dossier.model import Finding, Severity
from ocr.reading.text import Fold, flatten

LEAST_CELLS = 3  # serial, title, page
SINGLE_FIGURE = 0.5  # sureness of the only page number that disagrees: more often a slip than a lost page
COVER, CATALOGUE, REMARKS, BACK = "FM01", "FM02", "FM08", "FM09"
_SERIAL = re.compile(r"\d{1,3}")
_PAGES = re.compile(r"(\d{1,4})(?:[-~—]\d{1,4})?")


@dataclass(frozen=True)
class PaperVolume:
    """One volume as it lay in the pile."""

    cover: Placed | None
    catalogue: tuple[Placed, ...]
    papers: tuple[Placed, ...]
    remarks: Placed | None

    @property
    def pages(self) -> int:
        """Its numbered pages: blank faces have no number."""
        return sum(_pages(placed) for placed in self.papers)

    @property
    def first_pages(self) -> dict[str, int]:
        """Document id -> its first page number."""
        ends = accumulate((_pages(placed) for placed in self.papers), initial=1)
        return {placed.document.id: page for placed, page in zip(self.papers, ends, strict=False)}


@dataclass(frozen=True)
class Listed:
    """One line of a catalogue. None: no title the profile knows, or no page number, was read in it."""

    title: Fact | None
    page: Fact | None


class _Titles:
    """Under which titles the kinds of paper go, with what the engine confuses folded together (讯问, 询问)."""

    def __init__(self, subject: Subject) -> None:
        profile = subject.profile
        self._fold = Fold(profile.lexicon().confusions)
        self._kinds: defaultdict[str, set[str]] = defaultdict(set)
        for kind in profile.kinds:
            for title in profile.titles(kind.code):
                self._kinds[self._plain(title)].add(kind.code)
        for placed in subject.placed:
            if placed.document.kind is not None:
                self._kinds[self._plain(placed.document.title)].add(placed.document.kind)

    def kinds(self, title: str) -> frozenset[str]:
        return frozenset(self._kinds.get(self._plain(title), ()))

    def _plain(self, title: str) -> str:
        return self._fold(flatten(title)[0])


def counts_of_frames(subject: Subject) -> Iterator[Finding]:
    """C-11: cover and remarks sheet are filled in and tell the pages there are; the covers, how many volumes."""
    volumes = _paper_volumes(subject)
    covers = sum(volume.cover is not None for volume in volumes)
    for volume in volumes:
        yield from _counted(subject, volume.cover, "pages", volume.pages, "页")
        yield from _counted(subject, volume.cover, "volumes", covers, "卷")
        yield from _counted(subject, volume.remarks, "pages", volume.pages, "页")


def catalogue_kept(subject: Subject) -> Iterator[Finding]:
    """DF28: what the catalogue lists is there, at its page; what is there is listed."""
    volumes = [volume for volume in _paper_volumes(subject) if volume.catalogue]
    if not volumes:
        return
    titles = _Titles(subject)
    for volume in volumes:
        lines = [line for sheet in volume.catalogue for line in _listed(sheet, titles)]
        if lines:
            yield from _compared(subject, volume, lines, titles)


def _counted(subject: Subject, sheet: Placed | None, name: str, count: int, unit: str) -> Iterator[Finding]:
    if sheet is None or not sheet.texts:
        return
    said = sheet.fact(name)
    if said is None:
        yield raised(subject, "C-11", "check.frame-empty", Severity.WARN, sheet, unit=unit)
    elif float(said.value) != count:
        yield raised(
            subject, "C-11", "check.frame-count", Severity.BLOCK, sheet, said, said=said.value, wanted=count, unit=unit
        )


def _compared(subject: Subject, volume: PaperVolume, lines: list[Listed], titles: _Titles) -> Iterator[Finding]:
    sheet, first_page = volume.catalogue[0], volume.first_pages
    left, moved = list(volume.papers), []
    for line in lines:
        if line.title is None:
            continue
        alike = [paper for paper in left if paper.document.kind in titles.kinds(line.title.value)]
        if not alike:
            yield defect(subject, "DF28", "defect.not-there", sheet, line.title, said=line.title.value)
            continue
        wanted = int(line.page.value) if line.page else None
        paper = next((paper for paper in alike if first_page[paper.document.id] == wanted), alike[0])
        left.remove(paper)
        if line.page and first_page[paper.document.id] != wanted:
            moved.append((line.page, paper))
    for page, paper in moved[:1]:
        sure = page.sure if len(moved) > 1 else SINGLE_FIGURE
        yield defect(
            subject, "DF28", "defect.other-page", sheet, replace(page, sure=min(page.sure, sure)),
            said=page.value, wanted=first_page[paper.document.id], paper=paper.document.title, count=len(moved),
        )  # fmt: skip
    if all(line.title is not None for line in lines):
        for paper in left:
            yield defect(subject, "DF28", "defect.not-listed", paper, paper=paper.document.title)


def _paper_volumes(subject: Subject) -> list[PaperVolume]:
    """By the order of the pile, which a document's id keeps. Papers between no frame sheets belong to none."""
    pile = sorted((*subject.placed, *subject.frames), key=lambda placed: placed.document.id)
    volumes: list[PaperVolume] = []
    open_one: dict[str, list[Placed]] | None = None
    for placed in pile:
        kind = placed.document.kind
        if kind == COVER or (kind == CATALOGUE and (open_one is None or open_one["papers"])):
            volumes += _closed(open_one)
            open_one = defaultdict(list)
        if open_one is None:
            continue
        open_one[kind if kind in (COVER, CATALOGUE, REMARKS) else "papers"].append(placed)
        if kind in (REMARKS, BACK):
            volumes += _closed(open_one)
            open_one = None
    return volumes + _closed(open_one)


def _closed(parts: dict[str, list[Placed]] | None) -> list[PaperVolume]:
    if parts is None:
        return []
    cover, remarks = (next(iter(parts[kind]), None) for kind in (COVER, REMARKS))
    papers = tuple(placed for placed in parts["papers"] if placed.document.kind != BACK)
    return [PaperVolume(cover, tuple(parts[CATALOGUE]), papers, remarks)]


def _listed(sheet: Placed, titles: _Titles) -> Iterator[Listed]:
    """The lines that begin with a serial number, each with what goes on below it."""
    for text in sheet.texts:
        lines: list[tuple[list[Fact], list[Fact]]] = []
        for cells in text.table():
            if _SERIAL.fullmatch(cells[0].value) and len(cells) >= LEAST_CELLS:
                lines.append((cells[1:], []))
            elif lines:
                lines[-1][1].extend(cells)
        for cells, below in lines:
            title = next(filter(None, (_title(cell, below, titles) for cell in cells)), None)
            page = next((cell for cell in reversed(cells) if _PAGES.fullmatch(cell.value)), None)
            yield Listed(title, _page(page) if page else None)


def _title(cell: Fact, below: list[Fact], titles: _Titles) -> Fact | None:
    """The title in a cell, which may go on in the next lines of its column; None: the profile knows none such."""
    value = cell.value
    for part in (None, *(each for each in below if _in_column(cell, each))):
        value += part.value if part else ""
        if titles.kinds(value):
            return replace(cell, value=value)
    return None


def _in_column(cell: Fact, other: Fact) -> bool:
    return bool(cell.box and other.box and abs(cell.box[0] - other.box[0]) < cell.box[3])


def _page(said: Fact) -> Fact:
    match = _PAGES.fullmatch(said.value)
    return said if match is None else replace(said, value=match[1])


def _pages(placed: Placed) -> int:
    return sum(not face.blank for face in placed.document.faces)
