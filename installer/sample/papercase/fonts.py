"""Typefaces of the sample case, all from Debian packages."""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTCollection
from PIL import ImageFont

from papercase.errors import FontMissing, GlyphMissing
from papercase.units import PX_PER_PT

NOTO = "/usr/share/fonts/opentype/noto/"
ARPHIC = "/usr/share/fonts/truetype/arphic/"


class Typeface(Enum):
    """(file, index in the collection, Debian package)"""

    SONG = (NOTO + "NotoSerifCJK-Regular.ttc", 2, "fonts-noto-cjk")  # 宋体: bodies of documents
    SONG_BOLD = (NOTO + "NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk")  # 小标宋 look: titles
    SONG_BLACK = (NOTO + "NotoSerifCJK-Black.ttc", 2, "fonts-noto-cjk-extra")  # red heads
    HEI = (NOTO + "NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk")  # 黑体: slips, cards
    HEI_BOLD = (NOTO + "NotoSansCJK-Bold.ttc", 2, "fonts-noto-cjk")
    MING = (ARPHIC + "uming.ttc", 0, "fonts-arphic-uming")  # print-outs of older systems
    KAI = (ARPHIC + "ukai.ttc", 0, "fonts-arphic-ukai")  # 楷体: what handwriting is bent from


@dataclass(frozen=True)
class Type:
    """A typeface at a size in points (1/72 inch)."""

    typeface: Typeface
    points: float

    @property
    def em(self) -> float:
        """Side of one Chinese character, in mm."""
        return self.points * 25.4 / 72

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return load(self.typeface, self.points * PX_PER_PT)

    def advance(self, text: str) -> float:
        """Width of the text set solid, in mm."""
        return self.font.getlength(text) / PX_PER_PT * 25.4 / 72


@cache
def load(typeface: Typeface, size_px: float) -> ImageFont.FreeTypeFont:
    """The typeface at a size in pixels. Raises FontMissing."""
    path, index, package = typeface.value
    if not Path(path).exists():
        raise FontMissing(path=path, package=package)
    return ImageFont.truetype(path, size_px, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def characters(typeface: Typeface) -> frozenset[int]:
    """Code points that the typeface can draw."""
    path, index, _ = typeface.value
    with TTCollection(path, lazy=True) as collection:
        return frozenset(collection.fonts[index].getBestCmap())


def require(text: str, typeface: Typeface) -> None:
    """Raises GlyphMissing when the typeface would draw an empty box (tofu)."""
    for character in text:
        if ord(character) not in characters(typeface):
            raise GlyphMissing(character=character, typeface=typeface.name)
