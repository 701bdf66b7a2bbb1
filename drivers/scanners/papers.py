"""Paper sizes by name (ISO 216, JIS P 0138 for B, ISO/IEC 7810 for ID-1, GB/T 788-1987's trimmed 787 x 1092 mm sheet
for the 开 sizes that files from before GB/T 9704-2012 are written on)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Paper:
    """Upright, in millimetres."""

    width_mm: float
    height_mm: float


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        "A3": Paper(297, 420),
        "A4": Paper(210, 297),
        "A5": Paper(148, 210),
        "B4": Paper(257, 364),
        "B5": Paper(182, 257),
        "8K": Paper(260, 368),
        "16K": Paper(184, 260),
        "32K": Paper(130, 184),
        "ID-1": Paper(85.6, 54),
        "Letter": Paper(215.9, 279.4),
        "Legal": Paper(215.9, 355.6),
    }
)
_CHINESE = MappingProxyType({"8开": "8K", "16开": "16K", "32开": "32K", "身份证": "ID-1"})
_BY_NAME = MappingProxyType({name.casefold(): size for name, size in PAPERS.items()})


def paper(name: str) -> Paper:
    """The paper of that name, in any case or by its Chinese name (16开). Raises KeyError."""
    return _BY_NAME[_CHINESE.get(name, name).casefold()]
