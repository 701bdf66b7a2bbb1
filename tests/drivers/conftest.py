from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from drivers.scanners.types import Event, PageDone, Progress

_FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
A4_AT_100_DPI = (827, 1169)


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "卷宗 spool"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def draw_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[Path]]:
    """The first n of seven page pictures of A4 at 100 dpi with paper grain, in a Pillow mode. Not to be changed."""

    @cache
    def draw(mode: str) -> list[Path]:
        folder = tmp_path_factory.mktemp(f"纸张-{mode}")
        font = ImageFont.truetype(_FONT, 40)
        paths = []
        for number in range(1, 8):
            width, height = A4_AT_100_DPI
            grain = np.random.default_rng(number).integers(225, 256, (height, width), dtype=np.uint8)
            page = Image.fromarray(grain).convert("RGB")
            pen = ImageDraw.Draw(page)
            pen.text((90, 100), f"讯问笔录　第{number}页", font=font, fill=(20, 20, 30))
            pen.ellipse((500, 800, 700, 1000), outline=(200, 20, 20), width=8)
            path = folder / f"第{number}页.png"
            page.convert(mode, dither=Image.Dither.NONE).save(path)
            paths.append(path)
        return paths

    return lambda count, mode="RGB": draw(mode)[:count]


@pytest.fixture
def told() -> Callable[[Iterable[Event]], list[Event]]:
    """All events of a session but the progress, which comes when it likes."""

    def collect(session: Iterable[Event]) -> list[Event]:
        return [event for event in session if not isinstance(event, Progress)]

    return collect


@pytest.fixture
def pages_of() -> Callable[[Iterable[Event]], list[PageDone]]:
    def collect(events: Iterable[Event]) -> list[PageDone]:
        return [event for event in events if isinstance(event, PageDone)]

    return collect
