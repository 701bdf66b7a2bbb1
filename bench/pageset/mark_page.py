"""A page of marks in the making: its sheet, its truth, and lines of print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from pageset import marks
from pageset.ink import Ink
from pageset.mark_scanner import Box, Sheet
from pageset.mark_style import MarkStyle
from pageset.marks import Cover

TEXT = (
    "犯罪嫌疑人张建国供述二〇二三年十二月五日晚在幸福路饮酒后驾驶小型轿车行驶至人民医院路口时被交通警察"
    "当场查获经呼气式酒精检测结果为每百毫升一百八十六毫克以上笔录我看过和我说的一样经依法告知诉讼权利义务"
)


@dataclass(frozen=True)
class DrawnMark:
    kind: str  # seal or fingerprint
    shape: str
    box: Box
    readable: bool = True  # False: a smudge, to be asked about


@dataclass(frozen=True)
class DrawnZone:
    box: Box
    printed: tuple[Box, ...]  # boxes of printed text, as a reader would give them
    signed: bool
    pressed: bool  # a fingerprint was put there


@dataclass
class MarkPage:
    """A page in the making and its truth."""

    sheet: Sheet
    rng: np.random.Generator
    marks: list[DrawnMark] = field(default_factory=list)
    zones: list[DrawnZone] = field(default_factory=list)
    printed: list[Box] = field(default_factory=list)

    @property
    def style(self) -> MarkStyle:
        return self.sheet.style

    def seal(self, shape: str, cover: Cover, x: float, y: float, ink: Ink | None = None) -> None:
        inks = self.style.inks.seals
        self.put("seal", shape, cover, x, y, ink or inks[int(self.rng.integers(len(inks)))])

    def put(self, kind: str, shape: str, cover: Cover, x: float, y: float, ink: Ink, *, readable: bool = True) -> None:
        """Press a cover with its middle at (x, y) mm."""
        left, top = x - cover.shape[1] / marks.PX_PER_MM / 2, y - cover.shape[0] / marks.PX_PER_MM / 2
        self.marks.append(DrawnMark(kind, shape, self.sheet.press(left, top, cover, ink), readable))


Case = Callable[[MarkPage], None]


def body(page: MarkPage, top: float = 52.0, bottom: float = 285.0, title: str = "讯问笔录") -> None:
    """A title, 20 mm above, and lines of print from `top` to `bottom` mm."""
    rng, style = page.rng, page.style
    em, pitch = float(rng.uniform(4.2, 5.6)), float(rng.uniform(8, 11))
    page.sheet.write(80, top - 20, title, style.faces.head, 8.0)
    for y in np.arange(top, bottom - pitch, pitch):
        start, full = int(rng.integers(0, 60)), int(160 / em)
        count = full if rng.random() < 0.75 else int(rng.integers(4, full))
        page.printed.append(page.sheet.write(25, float(y), (TEXT * 3)[start : start + count], style.faces.text, em))
