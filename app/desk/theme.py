"""The one place for colours, sizes and type. Dark mode inverts the frame, never the page."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from dossier.deadlines import Level

FONT_FAMILY = "Noto Sans CJK SC"
TEXT_PX = 14
SMALL_PX = 12
TITLE_PX = 17
TARGET_PX = 44  # what a finger hits on the touch tablet
GAP_PX = 8
MARGIN_PX = 16
RADIUS_PX = 4
THUMBNAIL = (128, 181)
DOUBTFUL = 0.90  # a line read with less confidence is shown as doubtful


@dataclass(frozen=True)
class Colours:
    """Frame colours as #RRGGBB. `accent` is the only colour that invites; `seal` only marks and blocks."""

    surface: str
    raised: str
    ink: str
    quiet_ink: str
    line: str
    accent: str
    on_accent: str
    seal: str
    done: str
    doubt: str
    stripe: str
    well: str  # what the paper lies on


LIGHT = Colours(
    surface="#FBFAF7",
    raised="#FFFFFF",
    ink="#1F2933",
    quiet_ink="#52606D",
    line="#D9DEE3",
    accent="#1F4E79",
    on_accent="#FFFFFF",
    seal="#B3261E",
    done="#2F6B3C",
    doubt="#8A5A00",
    stripe="#F3E3B3",
    well="#E9E7E1",
)
DARK = Colours(
    surface="#1B2128",
    raised="#232B33",
    ink="#E6EAEE",
    quiet_ink="#A9B4BF",
    line="#39434D",
    accent="#7FB2E5",
    on_accent="#10202F",
    seal="#FF8A80",
    done="#8CCB9A",
    doubt="#E2B65C",
    stripe="#4A4023",
    well="#12161B",
)
PAPER = "#FFFFFF"
# Deadlines and nothing else: on the light surface, and on the dark one.
_LIMITS = {
    Level.GREEN: ("#2F6B3C", "#8CCB9A"),
    Level.BLUE: ("#1B64B0", "#7FB2E5"),
    Level.YELLOW: ("#C9A100", "#F0D060"),
    Level.ORANGE: ("#D9730D", "#F5A25D"),
    Level.RED: ("#B3261E", "#FF8A80"),
}


def colours() -> Colours:
    """The set that fits the desktop's colour scheme."""
    return DARK if QApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def colour(name: str) -> QColor:
    """A colour of the set in force by its field name, for painters."""
    return QColor(getattr(colours(), name))


def limit_colour(level: Level) -> QColor:
    """Of a deadline (五色预警)."""
    return QColor(_LIMITS[level][colours() is DARK])


def limit_icon(level: Level) -> QIcon:
    """A square in the colour of a deadline; being selected does not change it."""
    square = QPixmap(SMALL_PX, SMALL_PX)
    square.fill(limit_colour(level))
    icon = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        icon.addPixmap(square, mode)
    return icon


def font(pixels: int = TEXT_PX, *, bold: bool = False) -> QFont:
    """Text in `pixels`; digits of Noto Sans CJK are tabular as they come."""
    face = QFont(FONT_FAMILY)
    face.setPixelSize(pixels)
    face.setBold(bold)
    return face


def apply(app: QApplication) -> None:
    """Give the application its type, palette and quiet widgets."""
    app.setStyle("fusion")
    app.setFont(font())
    app.setPalette(_palette(colours()))
    app.setStyleSheet(_style(colours()))


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: c.surface,
        QPalette.ColorRole.Base: c.raised,
        QPalette.ColorRole.AlternateBase: c.surface,
        QPalette.ColorRole.WindowText: c.ink,
        QPalette.ColorRole.Text: c.ink,
        QPalette.ColorRole.Button: c.raised,
        QPalette.ColorRole.ButtonText: c.ink,
        QPalette.ColorRole.ToolTipBase: c.ink,
        QPalette.ColorRole.ToolTipText: c.surface,
        QPalette.ColorRole.PlaceholderText: c.quiet_ink,
        QPalette.ColorRole.Highlight: c.accent,
        QPalette.ColorRole.HighlightedText: c.on_accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.quiet_ink))
    return palette


def _style(c: Colours) -> str:
    return f"""
QMainWindow, QDialog {{ background: {c.surface}; }}
QToolTip {{ border: 0; padding: 6px 8px; background: {c.ink}; color: {c.surface}; }}
#header, #steps {{ background: {c.raised}; }}
#bar {{ background: {c.raised}; border-top: 1px solid {c.line}; }}
#pane {{ background: {c.raised}; }}
#paneTitle {{ color: {c.quiet_ink}; font-size: {SMALL_PX}px; }}
#quiet {{ color: {c.quiet_ink}; font-size: {SMALL_PX}px; }}
#caseName {{ font-size: {TITLE_PX}px; font-weight: bold; }}
#sentence {{ font-size: 15px; }}
#emptyTitle {{ font-size: 20px; font-weight: bold; }}
#faultBar {{ background: {c.raised}; border-left: 6px solid {c.seal}; border-bottom: 1px solid {c.line}; }}
#faultTitle {{ color: {c.seal}; font-weight: bold; }}
#faultBar[byHand="true"] {{ border-left-color: {c.accent}; }}
#faultBar[byHand="true"] #faultTitle {{ color: {c.ink}; }}
#inlineFault {{ color: {c.seal}; }}
QAbstractItemView {{ background: {c.raised}; border: 0; outline: 0; selection-background-color: {c.raised};
  selection-color: {c.ink}; }}
QTreeView::item {{ padding: 5px 4px; }}
QTreeView::item:selected, QTableView::item:selected, QListView#findings::item:selected {{
  background: {c.surface}; color: {c.accent}; }}
QHeaderView::section {{ background: {c.raised}; color: {c.quiet_ink}; border: 0; border-bottom: 1px solid {c.line};
  padding: 8px; font-size: {SMALL_PX}px; }}
QTableView::item {{ border-bottom: 1px solid {c.line}; padding: 0 8px; }}
QSplitter::handle {{ background: {c.line}; }}
QPushButton, QToolButton {{ min-height: 30px; padding: 3px 12px; border: 1px solid {c.line};
  border-radius: {RADIUS_PX}px; background: {c.raised}; color: {c.ink}; }}
QPushButton:hover, QToolButton:hover {{ border-color: {c.accent}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.accent}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.quiet_ink}; background: {c.surface}; }}
QPushButton:checked, QToolButton:checked {{ border-color: {c.accent}; color: {c.accent}; font-weight: bold; }}
QPushButton#primary, QPushButton:default, QToolButton#primary {{ background: {c.accent}; color: {c.on_accent};
  border-color: {c.accent}; font-weight: bold; }}
QPushButton:default:disabled, QToolButton#primary:disabled {{ background: {c.line}; color: {c.quiet_ink};
  border-color: {c.line}; }}
QToolButton#primary, #bar QToolButton {{ min-height: {TARGET_PX - 10}px; }}
#pane QToolButton {{ min-height: 22px; padding: 2px 8px; font-size: {SMALL_PX}px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QComboBox, QSpinBox {{ min-height: 32px; }}
QLineEdit, QPlainTextEdit {{ min-height: 30px; padding: 2px 8px; border: 1px solid {c.line};
  border-radius: {RADIUS_PX}px; background: {c.raised}; color: {c.ink}; }}
QLineEdit:focus, QPlainTextEdit:focus {{ border: 2px solid {c.accent}; }}
QProgressBar {{ border: 0; background: {c.line}; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
QScrollBar:vertical {{ width: 12px; background: transparent; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; }}
QScrollBar::handle {{ background: {c.line}; border-radius: 4px; margin: 2px; min-height: 40px; min-width: 40px; }}
QScrollBar::handle:hover {{ background: {c.quiet_ink}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QGraphicsView {{ background: {c.well}; border: 0; }}
"""
