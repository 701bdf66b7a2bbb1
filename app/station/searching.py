"""Searching all cases, and where on the page it stands (全文检索)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from app.station.results import load
from app.station.station import Station
from app.store.search import Hit, Wanted, squeezed
from ocr.engines.types import Line, Quad

MOST_BOXES = 20


@dataclass(frozen=True)
class Found:
    """`volume`: title of the volume its document belongs to, "" while that is not known. `boxes`: around each place,
    in pixels of the page's upright picture, at most `MOST_BOXES`."""

    hit: Hit
    volume: str
    boxes: tuple[tuple[int, int, int, int], ...]  # x, y, width, height


def search(station: Station, wanted: Wanted, limit: int) -> list[Found]:
    """Pages of all cases, those read last first.

    Raises `ValueError` when nothing is asked for.
    """
    if not squeezed(wanted.text) and replace(wanted, text="") == Wanted():
        raise ValueError("nothing to look for")
    titles = {volume.code: volume.title for volume in station.profile.volumes}
    return [
        Found(hit, _volume(station, hit, titles), _boxes(station, hit, squeezed(wanted.text)))
        for hit in station.store.search.find(wanted, limit)
    ]


def _volume(station: Station, hit: Hit, titles: dict[str, str]) -> str:
    if hit.kind is None or not station.profile.knows(hit.kind):
        return ""
    return titles.get(station.profile.kind(hit.kind).volume, "")


def _boxes(station: Station, hit: Hit, sought: str) -> tuple[tuple[int, int, int, int], ...]:
    stored = station.store.pages.result(hit.page_id)
    if not sought or stored is None:
        return ()
    return places(load(stored, station.home.derived(hit.case_no)).text.lines, sought)


def places(lines: Sequence[Line], sought: str) -> tuple[tuple[int, int, int, int], ...]:
    """Where `sought` (squeezed) stands; what runs over the end of a line has a box on each."""
    runs = [squeezed(line.text) for line in lines]
    text, starts = "".join(runs), list(accumulate(map(len, runs), initial=0))
    boxes: list[tuple[int, int, int, int]] = []
    at = text.find(sought)
    while at >= 0 and len(boxes) < MOST_BOXES:
        for line, (start, end) in zip(lines, pairwise(starts), strict=True):
            first, last = max(at, start) - start, min(at + len(sought), end) - start
            if first < last:
                boxes.append(_around(line, first, last))
        at = text.find(sought, at + len(sought))
    return tuple(boxes)


def _around(line: Line, first: int, last: int) -> tuple[int, int, int, int]:
    """Around the characters `first` to `last` of a line as squeezed; the whole line where its characters have none."""
    owners = [char for char in line.chars for _ in squeezed(char.text)]
    quads: list[Quad] = [char.box for char in owners[first:last]] if len(owners) >= last else [line.box]
    xs, ys = [x for quad in quads for x, _ in quad], [y for quad in quads for _, y in quad]
    x, y = round(min(xs)), round(min(ys))
    return x, y, round(max(xs)) - x, round(max(ys)) - y
