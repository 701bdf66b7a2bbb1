"""What the tests of the desk share: drawn pages, and windows that are opened and ended."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.desk.application import build
from app.desk.window import Window

CASE = "A9901260000002026030001"
FONT = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
A4_100DPI = (827, 1169)
WORDS = Path(__file__).parents[2] / "app" / "i18n" / "desk_zh_CN.ts"


def draw_page(path: Path, lines: list[str], size: tuple[int, int] = A4_100DPI) -> Path:
    """Black text on white, as a flatbed would give it."""
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(FONT), size[0] // 30, index=2)
    for row, text in enumerate(lines):
        pen.text((size[0] // 8, size[1] // 10 + row * size[0] // 14), text, fill="black", font=font)
    dpi = round(size[0] / 8.27)
    page.save(path, dpi=(dpi, dpi))
    return path


class Desks:
    """Opens windows and ends their threads."""

    def __init__(self, app: QApplication, qtbot: QtBot, home: Path, words: Path) -> None:
        self._app, self._qtbot, self._home, self._words = app, qtbot, home, words
        self._open: list[Window] = []

    def open(self, language: str = "zh_CN") -> Window:
        settings = QSettings(str(self._home / "desk.ini"), QSettings.Format.IniFormat)
        window = build(self._app, self._home, language, self._words, settings)
        self._open.append(window)
        window.show()
        self._qtbot.waitUntil(lambda: window.desk.state.cases is not None, timeout=20_000)
        return window

    def open_case(self, language: str = "zh_CN") -> Window:
        window = self.open(language)
        window.cases.open_current()
        self._qtbot.waitUntil(lambda: window.desk.state.case is not None, timeout=20_000)
        return window

    def close(self) -> None:
        for window in self._open:
            if window.isVisible():
                window.desk.work.stop()
                self._qtbot.waitUntil(lambda: window.desk.state.running is None, timeout=60_000)  # noqa: B023
                window.close()
