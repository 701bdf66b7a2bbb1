"""Where on a page it stands."""

from __future__ import annotations

import pytest

from app.station.searching import places, search
from app.station.station import Station
from app.store.search import Wanted
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


def test_nothing_asked(station: Station) -> None:
    with pytest.raises(ValueError, match="nothing"):
        search(station, Wanted("  "), 10)
