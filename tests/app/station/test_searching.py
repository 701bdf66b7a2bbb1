"""Where on a page it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.station.scanning import Pile, scan
from app.station.searching import places, search
from app.station.station import Station, exclusive
from app.store.errors import CaseInUse
from app.store.pages import FoundOnPage
from app.store.records import Page
from app.store.search import Wanted
from app.store.store import Store, SystemClock
from drivers.scanners.types import ScanSettings
from ocr.engines.types import Char, Line, Quad


def quad(x: float, y: float, width: float) -> Quad:
    return ((x, y), (x + width, y), (x + width, y + 30), (x, y + 30))


def line(text: str, y: float, *, bare: bool = False) -> Line:
    chars = tuple(Char(char, 0.9, quad(100 + 30 * index, y, 28)) for index, char in enumerate(text))
    return Line(text, 0.9, quad(100, y, 30 * len(text)), () if bare else chars)


def test_a_box_around_each_place_and_on_each_line() -> None:
    lines = (line("证人 张三", 200), line("看见张", 300), line("三离开", 400))
    assert places(lines, "张三") == ((190, 200, 58, 30), (160, 300, 28, 30), (100, 400, 28, 30))


def test_a_line_without_characters_is_marked_whole() -> None:
    assert places((line("看见张三离开", 300, bare=True),), "张三") == ((100, 300, 180, 30),)


def test_searching_while_a_pile_is_being_scanned(station: Station, case: str, draw: Callable[[str], Path]) -> None:
    """In another process's place: another connection, while the scanner's session is open and the case is locked."""
    sheets = tuple(draw(f"{number}.png") for number in (1, 2, 3))
    found: list[list[int]] = []

    def read_and_look(page: Page) -> None:
        with station.store.change("page.processed", case):
            station.store.pages.set_result(page.id, FoundOnPage("{}", "证人张三", False, "", "", ""))
        with pytest.raises(CaseInUse), exclusive(station, case):
            pass
        with Store(station.home, SystemClock(), station.who) as other:
            found.append([hit.page for hit in other.search.find(Wanted("张三"), 10)])

    scan(station, case, Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297)), on_page=read_and_look)
    assert found == [[1], [2, 1], [3, 2, 1]]


def test_nothing_asked(station: Station) -> None:
    with pytest.raises(ValueError, match="nothing"):
        search(station, Wanted("  "), 10)
