"""The system's Noto CJK fonts, and outlines taken out of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from dossier.volumes.errors import FontMissing
from dossier.volumes.pdf import number
from dossier.volumes.text import layer_text

_FOLDER = Path("/usr/share/fonts/opentype/noto")  # Debian fonts-noto-cjk
_BOLD = "NotoSansCJK-Bold.ttc"
_SHEET_FONTS = ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", _BOLD)
_SIMPLIFIED = 2  # place of the simplified Chinese font in each collection
_LACKING = "〓"
CAP_HEIGHT = 733  # of Noto Sans CJK, in thousandths of the size


@dataclass(frozen=True)
class Outline:
    """One glyph as PDF path operators, in thousandths of the font size, origin on the baseline."""

    path: bytes
    advance: int


def sheet_fonts() -> Path:
    """Return the folder with the fonts of the frame sheets. Raises `FontMissing`."""
    for name in _SHEET_FONTS:
        _require(name)
    return _FOLDER


def printable(text: str) -> str:
    """Return `text` for a frame sheet: controls left out, and 〓 where the fonts lack a character, as printers do.

    Raises `FontMissing`.
    """
    known = _sheet_characters()
    return "".join(c if ord(c) in known else _LACKING for c in layer_text(text))


@cache
def _sheet_characters() -> frozenset[int]:
    with TTFont(_require(_SHEET_FONTS[0]), fontNumber=_SIMPLIFIED, lazy=True) as font:
        return frozenset(font.getBestCmap())


@cache
def bold_outlines(characters: str) -> dict[str, Outline]:
    """Return the outlines of `characters` in Noto Sans CJK SC Bold. Raises `FontMissing`."""
    with TTFont(_require(_BOLD), fontNumber=_SIMPLIFIED, lazy=True) as font:
        names = font.getBestCmap()
        return {character: font_outline(font, names[ord(character)]) for character in dict.fromkeys(characters)}


@cache
def stand_in_font(*, gothic: bool, bold: bool) -> TTFont:
    """Return the font that stands in for one that is not here. Raises `FontMissing`."""
    name = f"Noto{'Sans' if gothic else 'Serif'}CJK-{'Bold' if bold else 'Regular'}.ttc"
    return TTFont(_require(name), fontNumber=_SIMPLIFIED, lazy=True)


def font_outline(font: TTFont, name: str) -> Outline:
    """Return the outline of the glyph called `name`. Raises whatever fontTools raises on a broken font."""
    glyphs, scale = font.getGlyphSet(), 1000 / font["head"].unitsPerEm
    pen = _PathPen(glyphs)
    glyphs[name].draw(TransformPen(pen, (scale, 0, 0, scale, 0, 0)))
    return Outline(b"\n".join(pen.operators), round(glyphs[name].width * scale))


def _require(name: str) -> Path:
    if not (_FOLDER / name).is_file():
        raise FontMissing(font=name)
    return _FOLDER / name


class _PathPen(BasePen):  # type: ignore[misc]  # fontTools has no types
    """Writes the path construction operators of ISO 32000-1, 8.5.2."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.operators: list[bytes] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802  # names given by fontTools
        self._write(b"m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._write(b"l", pt)

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self._write(b"c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self.operators.append(b"h")

    def _write(self, operator: bytes, *points: tuple[float, float]) -> None:
        self.operators.append(b" ".join([number(value) for point in points for value in point] + [operator]))
