"""Typefaces of the page sets, all from Debian packages, and type at a size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

FONTS = Path("/usr/share/fonts")
PLATE_DPI = 600
PX_PER_MM = PLATE_DPI / 25.4
MM_PER_PT = 25.4 / 72


class FontMissing(Exception):
    """A typeface's Debian package is not installed."""


class Typeface(Enum):
    """(file below /usr/share/fonts, index in the collection, Debian package)"""

    SONG = ("opentype/noto/NotoSerifCJK-Regular.ttc", 2, "fonts-noto-cjk")  # 宋体
    SONG_BOLD = ("opentype/noto/NotoSerifCJK-Bold.ttc", 2, "fonts-noto-cjk")
    SONG_BLACK = ("opentype/noto/NotoSerifCJK-Black.ttc", 2, "fonts-noto-cjk-extra")
    SONG_SEMIBOLD = ("opentype/noto/NotoSerifCJK-SemiBold.ttc", 2, "fonts-noto-cjk-extra")
    SONG_MEDIUM = ("opentype/noto/NotoSerifCJK-Medium.ttc", 2, "fonts-noto-cjk-extra")
    SONG_THIN = ("opentype/noto/NotoSerifCJK-ExtraLight.ttc", 2, "fonts-noto-cjk-extra")
    SONG_LIGHT = ("opentype/noto/NotoSerifCJK-Light.ttc", 2, "fonts-noto-cjk-extra")
    SONG_TC = ("opentype/noto/NotoSerifCJK-Medium.ttc", 3, "fonts-noto-cjk-extra")  # traditional (繁体)
    HEI = ("opentype/noto/NotoSansCJK-Regular.ttc", 2, "fonts-noto-cjk")  # 黑体
    HEI_BOLD = ("opentype/noto/NotoSansCJK-Bold.ttc", 2, "fonts-noto-cjk")
    HEI_MEDIUM = ("opentype/noto/NotoSansCJK-Medium.ttc", 2, "fonts-noto-cjk-extra")
    HEI_BLACK = ("opentype/noto/NotoSansCJK-Black.ttc", 2, "fonts-noto-cjk-extra")
    HEI_THIN = ("opentype/noto/NotoSansCJK-Light.ttc", 2, "fonts-noto-cjk-extra")
    HEI_LIGHT = ("opentype/noto/NotoSansCJK-DemiLight.ttc", 2, "fonts-noto-cjk-extra")
    MONO = ("opentype/noto/NotoSansCJK-Regular.ttc", 7, "fonts-noto-cjk")
    MING = ("truetype/arphic/uming.ttc", 0, "fonts-arphic-uming")
    MING_TC = ("truetype/arphic/uming.ttc", 2, "fonts-arphic-uming")
    KAI = ("truetype/arphic/ukai.ttc", 0, "fonts-arphic-ukai")  # 楷体
    KAI_TC = ("truetype/arphic/ukai.ttc", 2, "fonts-arphic-ukai")
    PEN = ("truetype/kiloji/kiloji.ttf", 0, "fonts-kiloji")  # a person's hand; few simplified characters
    ZEN_HEI = ("truetype/wqy/wqy-zenhei.ttc", 0, "fonts-wqy-zenhei")
    MICRO_HEI = ("truetype/wqy/wqy-microhei.ttc", 0, "fonts-wqy-microhei")
    MICRO_MONO = ("truetype/wqy/wqy-microhei.ttc", 1, "fonts-wqy-microhei")
    GB_SONG = ("truetype/arphic-gbsn00lp/gbsn00lp.ttf", 0, "fonts-arphic-gbsn00lp")
    GB_KAI = ("truetype/arphic-gkai00mp/gkai00mp.ttf", 0, "fonts-arphic-gkai00mp")
    WENKAI = ("truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", 0, "fonts-lxgw-wenkai")
    WENKAI_BOLD = ("truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf", 0, "fonts-lxgw-wenkai")
    WENKAI_LIGHT = ("truetype/lxgw-wenkai/LXGWWenKai-Light.ttf", 0, "fonts-lxgw-wenkai")
    WENKAI_MONO = ("truetype/lxgw-wenkai/LXGWWenKaiMono-Regular.ttf", 0, "fonts-lxgw-wenkai")
    DROID = ("truetype/droid/DroidSansFallbackFull.ttf", 0, "fonts-droid-fallback")
    SMILEY = ("truetype/smiley-sans/SmileySans-Oblique.ttf", 0, "fonts-smiley-sans")  # slanting
    BABELSTONE = ("truetype/babelstone/BabelStoneHan.ttf", 0, "fonts-babelstone-han")
    HANA_MING = ("truetype/hanazono/HanaMinA.ttf", 0, "fonts-hanazono")
    TW_KAI = ("truetype/cns11643/TW-Kai-98_1.ttf", 0, "fonts-cns11643-kai")
    TW_SONG = ("truetype/cns11643/TW-Sung-98_1.ttf", 0, "fonts-cns11643-sung")
    FANG_SONG_TC = ("truetype/cwtex/cwfs.ttf", 0, "fonts-cwtex-fs")  # 仿宋, traditional only
    KAI_CWTEX_TC = ("truetype/cwtex/cwkai.ttf", 0, "fonts-cwtex-kai")


@dataclass(frozen=True)
class Type:
    """A typeface at a size in points (1/72 inch)."""

    typeface: Typeface
    points: float

    @property
    def em(self) -> float:
        """Side of one Chinese character in mm."""
        return self.points * MM_PER_PT

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return load(self.typeface, self.points * PLATE_DPI / 72)

    def advance(self, text: str) -> float:
        """Width of the text set solid, in mm."""
        return self.font.getlength(text) / PX_PER_MM


@cache
def load(typeface: Typeface, size_px: float) -> ImageFont.FreeTypeFont:
    """The typeface at a size in plate pixels. Raises FontMissing."""
    file, index, package = typeface.value
    if not (FONTS / file).exists():
        raise FontMissing(f"{FONTS / file} is missing: apt install {package}")
    return ImageFont.truetype(FONTS / file, size_px, index=index, layout_engine=ImageFont.Layout.BASIC)


@cache
def drawable(character: str, typeface: Typeface) -> bool:
    """True when the typeface has the character and draws something for it. Raises FontMissing."""
    return ord(character) in _mapped(typeface) and load(typeface, 20.0).getmask(character).getbbox() is not None


@cache
def _mapped(typeface: Typeface) -> frozenset[int]:
    file, index, _ = typeface.value
    with TTFont(FONTS / file, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap())
