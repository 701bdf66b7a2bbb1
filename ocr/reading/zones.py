"""Places for a hand: where a printed label asks for a signature or a fingerprint (签名、捺指印)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr.imaging.types import Box
from ocr.reading.text import Fold, Page, Row, span
from ocr.reading.types import LabelledZone

WIDTH_MM, HEIGHT_MM = 90.0, 25.0
LEAST_WIDTH_MM = 25.0  # with less room to the right the hand writes below the label
PAGE_EDGE_MM = 5.0
LEAST_GAP_MM = 12.0

_SIGN = r"[签鉴][名字收章]"
_PRINT = r"[捺播捻按]手?指?印|指印"
_SIGNS, _PRINTS = re.compile(_SIGN), re.compile(_PRINT)
_BRACKET = re.compile(
    rf"(?P<who>[^:;,。()?!]{{0,20}}):?\((?P<marks>[^()]{{0,14}}(?:{_SIGN}|{_PRINT})[^()]{{0,10}})\)?:?"
)
_COLON = re.compile(rf"(?:^|(?<=[)。;,]))(?P<who>[一-龥、/]{{2,16}}?(?:{_SIGN})(?:[、或并及和]?(?:{_PRINT}))?)(?::|$)")
_STOP = re.compile(r"[一-龥]{2,}[:)]|[一-龥]{5}|年.{0,3}月|(?:19|20)\d{2}[年.\-]")


@dataclass(frozen=True)
class _Label:
    row: Row
    start: int  # flat characters of the row
    end: int  # the hand writes from here
    text: str
    sign: bool
    print: bool
    mark: Row | None = None  # (捺指印) read as a line of its own


def find_zones(page: Page, known_labels: Sequence[str], fold: Fold) -> tuple[LabelledZone, ...]:
    """Return the zones in reading order; boxes in pixels, at most 90 x 25 mm, inside the page.

    Labels that are known are given in their wording; those that do not say 签名 themselves count at the start of a
    line, before a colon.
    """
    bare = [fold(label) for label in known_labels if not _SIGNS.search(label) and not _PRINTS.search(label)]
    labels = [label for row in page.rows for label in _labels(row, page, fold, bare)]
    return tuple(
        LabelledZone(
            _wording(label.text, known_labels, fold),
            _box(label, labels, page),
            wants_signature=label.sign,
            wants_print=label.print,
        )
        for label in labels
    )


def _wording(text: str, known_labels: Sequence[str], fold: Fold) -> str:
    """Return the known label that a misread one stands for; of 被讯问人 and 被询问人 the one more like it."""
    alike = [label for label in known_labels if fold(label) == fold(text) and len(label) == len(text)]
    return min(alike, key=lambda label: sum(a != b for a, b in zip(label, text, strict=True)), default=text)


def _labels(row: Row, page: Page, fold: Fold, bare: Sequence[str]) -> Iterator[_Label]:
    found = False
    for match in _BRACKET.finditer(row.flat):
        found = True
        yield _bracketed(row, match, page)
    if found:
        return
    for match in _COLON.finditer(row.flat):
        found = True
        yield _Label(row, match.start(), match.end(), match["who"], sign=True, print=bool(_PRINTS.search(match["who"])))
    if found:
        return
    label, colon, _ = row.flat.partition(":")
    if colon and fold(label) in bare:
        yield _Label(row, 0, len(label) + 1, label, sign=True, print=False)


def _bracketed(row: Row, match: re.Match[str], page: Page) -> _Label:
    """被讯问人(签名、捺指印) asks behind the bracket; 被拘留人: (捺指印) leaves the room for the name before it."""
    sign, prints = bool(_SIGNS.search(match[0])), bool(_PRINTS.search(match["marks"]))
    if sign or not prints:
        return _Label(row, match.start(), match.end(), match[0].strip(":"), sign, prints)
    person = match["who"]
    if person:
        return _Label(row, match.start(), match.end("who"), f"{person}({match['marks']})", sign=True, print=True)
    before = [r for r in page.rows if r is not row and r.right <= row.left + row.height and r.beside(row)]
    owner = max((r for r in before if ":" in r.flat), key=lambda r: r.right, default=None)
    if owner is None:
        return _Label(row, match.start(), match.end(), match[0].strip(":"), sign=False, print=True)
    person, _, _ = owner.flat.partition(":")  # the name may already stand behind it
    return _Label(owner, 0, len(person) + 1, f"{person}({match['marks']})", sign=True, print=True, mark=row)


def _box(label: _Label, labels: Sequence[_Label], page: Page) -> Box:
    x, y, width, height = span(label.row, label.start, label.end)
    px = page.px_per_mm
    left = float(x + width)
    right = min(left + WIDTH_MM * px, page.width - PAGE_EDGE_MM * px, _stop(label, left, page))
    middle = y + height / 2
    top, bottom = middle - HEIGHT_MM / 2 * px, middle + HEIGHT_MM / 2 * px
    if right - left < LEAST_WIDTH_MM * px:
        left, right = x, min(x + WIDTH_MM * px, page.width - PAGE_EDGE_MM * px)
        top, bottom = y + height, y + height + HEIGHT_MM * px
    else:
        top, bottom = _between(label, labels, page, (left, top, right, bottom))
    top, bottom = max(top, 0.0), min(bottom, float(page.height))
    return round(left), round(top), round(right - left), round(bottom - top)


def _stop(label: _Label, left: float, page: Page) -> float:
    """Where the next printed thing on the line begins: another label, a date; a signature read as text is none."""
    stops = [
        row.left
        for row in page.rows
        if row is not label.row
        and row is not label.mark
        and row.beside(label.row)
        and row.left - left > LEAST_GAP_MM * page.px_per_mm
        and (_STOP.search(row.flat) or _SIGNS.search(row.flat))
    ]
    return min(stops, default=float(page.width))


def _between(
    label: _Label, labels: Sequence[_Label], page: Page, box: tuple[float, float, float, float]
) -> tuple[float, float]:
    """Keep the box out of the lines above and below: their ink is not this person's."""
    left, top, right, bottom = box
    zone_rows = {id(other.row) for other in labels}
    for row in page.rows:
        zone = id(row) in zone_rows  # its hand writes to the right of it
        if row is label.row or row.beside(label.row) or (row.right < left and not zone) or row.left > right:
            continue
        if row.middle < label.row.middle:
            top = max(top, min(row.bottom, label.row.top))
        else:
            bottom = min(bottom, max(row.top, label.row.bottom))
    return top, bottom
