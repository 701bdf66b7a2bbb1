"""What drivers call the same thing: sources, modes, switches, buttons.

SANE fixes few option names and no values (SANE Standard 1.06, 4.5). The names are those of sane-backends 1.2 (fujitsu,
canon_dr, kvs1025/20xx/40xx, avision, epson2, epsonds, genesys, pixma, matsushita, xerox_mfp...) with its translations,
sane-airscan, and the makers' drivers brother4 and hpaio.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from drivers.scanners.types import Mode, Source

# Compared without case, spaces and punctuation; the first alias found in the device's list wins.
SOURCE_NAMES: Mapping[Source, tuple[str, ...]] = MappingProxyType(
    {
        Source.FLATBED: (
            "flatbed",
            "fb",
            "platen",
            "normal",
            "平板",
            "平台",
            "平板扫描仪",
            "フラットベッド",
            "Flachbett",
            "A plat",
            "Планшетный",
        ),
        Source.ADF: (
            "adf",
            "adf front",
            "adf simplex",
            "automatic document feeder",
            "automatic document feeder (left aligned)",
            "automatic document feeder (centrally aligned)",
            "front",
            "simplex",
            "feeder",
            "document feeder",
            "自动进纸器",
            "自动输稿器",
            "自动输稿器正面",
            "单面",
            "单工",
            "自動原稿送り装置",
            "ADF表面",
            "片面",
            "Automatischer Dokumenteneinzug",
            "Chargeur automatique de documents",
            "Chargeur automatique de document",
            "Автоматический податчик документов",
        ),
        Source.ADF_DUPLEX: (
            "adf duplex",
            "duplex",
            "automatic document feeder (duplex)",
            "automatic document feeder (left aligned, duplex)",
            "automatic document feeder (centrally aligned, duplex)",
            "adf both sides",
            "both sides",
            "双面",
            "双工",
            "自动进纸器双面",
            "自动输稿器双向",
            "ADF両面",
            "両面",
            "Dokumenteneinzug mit Duplex",
            "Chargeur automatique de documents, recto-verso",
            "Recto-verso",
            "Двухсторонний",
        ),
    }
)
MODE_NAMES: Mapping[Mode, tuple[str, ...]] = MappingProxyType(
    {
        Mode.COLOR: (
            "color",
            "colour",
            "24bit color",
            "color 24bit",
            "24bit color fast",
            "full color",
            "rgb",
            "彩色",
            "カラー",
            "Farbe",
            "Couleur",
            "Цветной",
        ),
        Mode.GRAY: (
            "gray",
            "grey",
            "grayscale",
            "greyscale",
            "true gray",
            "8bit gray",
            "256 gray",
            "灰度",
            "灰阶",
            "グレー",
            "Graustufen",
            "Gris",
        ),
        Mode.BW: (
            "lineart",
            "black & white",
            "black and white",
            "binary",
            "monochrome",
            "bw",
            "1bit",
            "黑白",
            "线稿",
            "線画",
            "Strichzeichnung",
            "Trait",
            "Штриховой",
        ),
    }
)
DUPLEX_OPTIONS = ("duplex", "adf-mode", "adf_mode")
DPI_OPTIONS = ("resolution", "x-resolution", "y-resolution")

Switch = tuple[str, bool | tuple[str, ...]]  # an option and what it is set to: a state, or one of these choices

FEED_ON: tuple[Switch, ...] = (("feeder-mode", ("continuous", "all pages")), ("batch-scan", True))
# By thickness (ultrasound) alone: a pile of receipts and A4 sheets is right, however the lengths differ.
STOP_AT_MULTIFEED: tuple[Switch, ...] = (
    ("df-action", ("stop",)),  # fujitsu; the sensors can be set only after it
    ("df-thickness", True),  # fujitsu, canon_dr
    ("double-feed", True),  # kvs1025, kvs20xx; a sensor of that name on fujitsu cannot be set
    ("dfeed", True),  # kvs40xx
    ("dfstop", False),  # kvs40xx: true means not to stop
)
MANUAL_FEED: tuple[Switch, ...] = (("manual-feed", ("wait_doc",)), ("bypassmode", True))  # kvs*; canon_dr
FREE_PAPER_SIZE: tuple[Switch, ...] = (("paper-size", ("user_def", "custom", "user defined")),)

PAPER_SENSORS = ("page-loaded", "adf-loaded")  # fujitsu; canon_dr
MULTIFEED_SENSORS = ("double-feed", "omr-df")  # fujitsu, its older models
COVER_SENSORS = ("cover-open",)
BUTTON_SENSORS = re.compile(r"scan|start|email|fax|copy|pdf|file|extra|button[ -]?\w*", re.ASCII)


def match_name(wanted: Sequence[str], offered: Iterable[str]) -> str | None:
    """The offered name that is one of the wanted ones, the wanted ones tried in order."""
    by_plain = {_plain(name): name for name in reversed(list(offered))}
    return next((by_plain[_plain(alias)] for alias in wanted if _plain(alias) in by_plain), None)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
