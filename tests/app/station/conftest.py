"""A station in an empty home, and a few drawn sheets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from app.station.cases import NewCase, open_case
from app.station.station import Station, Who, open_station
from dossier.model import Person

CASE = "A9901260000002026030001"


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    with open_station(tmp_path / "home", who=Who("李文", "测试站")) as opened:
        yield opened


@pytest.fixture
def case(station: Station) -> str:
    open_case(station, NewCase(CASE, "张某危险驾驶案", "危险驾驶", persons=(Person(1, "张某", "嫌疑人"),)))
    return CASE


@pytest.fixture
def draw(tmp_path: Path) -> Callable[[str], Path]:
    """A small sheet with a mark of its own."""

    def sheet(name: str) -> Path:
        path = tmp_path / "sheets" / name
        path.parent.mkdir(exist_ok=True)
        image = Image.new("RGB", (413, 585), "white")
        ImageDraw.Draw(image).text((40, 40), name * 5, fill="black")
        image.save(path, dpi=(50, 50))
        return path

    return sheet
