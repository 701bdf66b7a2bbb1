"""The desk as a program: application, language, theme, window."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from app.desk import theme
from app.desk.desk import Desk
from app.desk.window import Window
from app.i18n.catalogue import load
from app.station.station import open_station

WORDS = Path(__file__).parents[1] / "i18n"


def run(home: Path, language: str) -> int:
    """Open the window and stay until it is closed. Raises `StoreError` when the library cannot be used."""
    with open_station(home):
        pass  # a library that cannot be used is told before a window opens
    app = QApplication(sys.argv[:1])
    window = build(app, home, language)
    window.show()
    return app.exec()


def build(
    app: QApplication, home: Path, language: str, words: Path = WORDS, settings: QSettings | None = None
) -> Window:
    """The window, loaded but not shown. `words`: folder of the compiled desk_<language>.qm files."""
    app.setApplicationName("juanzong")
    app.setDesktopFileName("juanzong")
    translate(app, language, words)
    theme.apply(app)
    desk = Desk(home, load(language))
    window = Window(desk, settings or QSettings(str(home / "desk.ini"), QSettings.Format.IniFormat))
    desk.load()
    return window


def translate(app: QApplication, language: str, words: Path) -> None:
    """Put the desk's words and Qt's own in force; a language without words stays English."""
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(language))
    places = ((f"desk_{language}", words), (f"qtbase_{language}", Path(_qt_words())))
    for name, folder in places:
        translator = QTranslator(app)
        if translator.load(name, str(folder)):
            app.installTranslator(translator)


def _qt_words() -> str:
    return QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
