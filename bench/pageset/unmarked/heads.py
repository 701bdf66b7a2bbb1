"""Red heads (红头) of offices, letter paper and notices (布告)."""

from __future__ import annotations

import cv2
import numpy as np

from pageset.ink import TONER, Ink
from pageset.lettering import Typeface
from pageset.mark_page import TEXT, MarkPage, body
from pageset.marks import PX_PER_MM, Cover, px
from pageset.unmarked.drawing import by_hand, centred, frame, lettered, press_around, some_pen

HEADS = (
    "岭南市公安局文件",
    "东海县人民检察院",
    "云山区看守所",
    "岭南市公安局交通警察支队",
    "办案情况通报",
    "会议纪要",
    "督办通知单",
    "东海县人民法院公函",
)
OFFICES = (("东海县人民检察院", "东海县公安局"), ("岭南市公安局", "岭南市司法局"), ("云山区人民法院", "云山区看守所"))
BELOW = ("岭公字〔2023〕17号", "东检函〔2023〕206号", "第38期", "2023年第4号")
NOTICES = ("布告", "公告", "悬赏通告", "喜报", "倡议书", "温馨提示")


def red_head(page: MarkPage) -> None:
    """A red letterhead (红头), its rule and number."""
    em = page.rng.uniform(13, 18)
    page.sheet.write(105 - em * 4, 22, "岭南市公安局文件", page.style.faces.head, em, page.style.inks.red)
    page.sheet.rule(25, 52, 185, 52, page.rng.uniform(0.7, 1.5), page.style.inks.red)
    body(page, top=80)


def spaced_head(page: MarkPage) -> None:
    """A red head in any of the style's typefaces, set close or wide; below it a rule, two, one with a star, or none."""
    rng, red = page.rng, page.style.inks.red
    head, em = str(rng.choice(HEADS)), float(rng.uniform(9, 24))
    room = max(0.0, (176 - len(head) * em) / (len(head) - 1))
    top = float(rng.uniform(18, 40))
    centred(page, top, head, _face(page), em, red, apart=min(room, em * float(rng.uniform(0, 1.2))))
    level = top + em * 1.2 + float(rng.uniform(10, 16))
    if rng.random() < 0.7:
        _number(page, level - 8)
    _rules_below(page, level)
    body(page, top=level + 32)


def joint_head(page: MarkPage) -> None:
    """Two offices above each other, a large word beside them (联合行文), or a head in two lines."""
    rng, red, face = page.rng, page.style.inks.red, _face(page)
    top, em = float(rng.uniform(18, 32)), float(rng.uniform(9, 12.5))
    first, second = OFFICES[int(rng.integers(len(OFFICES)))]
    if rng.random() < 0.5:
        wide = max(len(first), len(second)) * em
        left = 105 - (wide + em * 3.8) / 2
        for y, office in ((top, first), (top + em * 1.5, second)):
            lettered(page, left, y, office, face, em, red, apart=(wide - len(office) * em) / (len(office) - 1))
        lettered(page, left + wide + em * 0.6, top + em * 0.4, "文件", face, em * 1.6, red)
    else:
        centred(page, top, first, face, em, red, apart=em * float(rng.uniform(0.1, 0.5)))
        centred(page, top + em * 1.6, "刑事案件审查意见", _face(page), em * float(rng.uniform(1.0, 1.5)), red)
    level = top + em * 3.4 + float(rng.uniform(9, 16))
    _number(page, level - 8)
    _rules_below(page, level)
    body(page, top=level + 32)


def letter_paper(page: MarkPage) -> None:
    """Letter paper (信笺): a small red head, rules at top and bottom, red lines, some words by hand."""
    rng, red = page.rng, page.style.inks.red
    em, top = float(rng.uniform(7, 11)), float(rng.uniform(14, 22))
    centred(page, top, str(rng.choice(HEADS[:4])), _face(page), em, red, apart=em * float(rng.uniform(0.1, 0.8)))
    _double_rule(page, top + em * 1.5, thick_first=True)
    _double_rule(page, 278, thick_first=False)
    foot = "地址：岭南市云山区幸福路18号  电话：000-5550138"
    lettered(page, 25, 281, foot, page.style.faces.text, 3.2, red if rng.random() < 0.7 else TONER)
    pitch, ink = float(rng.uniform(9, 12)), some_pen(page)
    for i, y in enumerate(np.arange(top + em * 1.5 + 18, 268, pitch)):
        page.sheet.rule(22, float(y), 188, float(y), 0.25, red)
        if i < 5:
            start = int(rng.integers(0, 60))
            by_hand(page, 26, float(y) - pitch * 0.8, TEXT[start : start + 14], pitch * 0.62, ink)


def notice(page: MarkPage) -> None:
    """A notice (布告) within a red frame, its title large, its corners at times set off."""
    rng, red = page.rng, page.style.inks.red
    edge, top = float(rng.uniform(12, 22)), float(rng.uniform(14, 30))
    outer = (edge, top, 210 - edge, 297 - top)
    frame(page, outer, float(rng.uniform(0.8, 2.5)), red)
    gap = float(rng.uniform(2, 4))
    if rng.random() < 0.6:
        frame(page, (outer[0] + gap, outer[1] + gap, outer[2] - gap, outer[3] - gap), 0.35, red)
    if rng.random() < 0.5:
        for x in (outer[0], outer[2]):
            for y in (outer[1], outer[3]):
                press_around(page, x, y, np.full((px(gap * 2), px(gap * 2)), 0.95, np.float32), red)
    em, title = float(rng.uniform(16, 30)), str(rng.choice(NOTICES))
    apart = em * float(rng.uniform(0.2, 1.0)) if len(title) < 4 else 0.0
    centred(page, top + 14, title, _face(page), em, red if rng.random() < 0.75 else TONER, apart=apart)
    size = float(rng.uniform(5.5, 8))
    count, start = int((210 - 2 * edge - 24) / size), 0
    for y in np.arange(top + em + 32, 220 - top, size * 1.8):
        ink = red if rng.random() < 0.15 else TONER
        page.sheet.write(edge + 13, float(y), (TEXT * 9)[start : start + count], page.style.faces.text, size, ink)
        start += count
    page.sheet.write(120, 235 - top, "岭南市公安局", page.style.faces.text, 6.5)
    page.sheet.write(113, 246 - top, "二〇二三年十二月六日", page.style.faces.text, 6.0)


def _face(page: MarkPage) -> Typeface:
    faces = page.style.faces
    return (faces.head, faces.text, faces.seal)[int(page.rng.integers(3))]


def _number(page: MarkPage, y: float) -> None:
    """The number of the document (文号), in black or red, in the middle or on the left."""
    ink: Ink = TONER if page.rng.random() < 0.7 else page.style.inks.red
    words = str(page.rng.choice(BELOW))
    page.sheet.write(
        105 - len(words) * 1.9 if page.rng.random() < 0.6 else 28, y, words, page.style.faces.text, 4.6, ink
    )


def _rules_below(page: MarkPage, y: float) -> None:
    """Nothing, one red rule, a thick one with a thin one, or one with a star in its middle."""
    red, width = page.style.inks.red, float(page.rng.uniform(0.5, 1.6))
    kind = int(page.rng.integers(4))
    if kind == 1:
        page.sheet.rule(25, y, 185, y, width, red)
    elif kind == 2:
        _double_rule(page, y, thick_first=page.rng.random() < 0.5)
    elif kind == 3:
        half = float(page.rng.uniform(3.0, 5.0))
        page.sheet.rule(25, y, 105 - half - 1.5, y, width, red)
        page.sheet.rule(105 + half + 1.5, y, 185, y, width, red)
        press_around(page, 105, y + width / 2, _star(half), red)


def _double_rule(page: MarkPage, y: float, *, thick_first: bool) -> None:
    red, thick = page.style.inks.red, float(page.rng.uniform(0.8, 1.4))
    page.sheet.rule(25, y, 185, y, thick if thick_first else 0.3, red)
    page.sheet.rule(25, y + 2.0, 185, y + 2.0, 0.3 if thick_first else thick, red)


def _star(radius_mm: float) -> Cover:
    """A five-pointed star."""
    side = px(radius_mm * 2 + 1)
    middle = side / 2
    turns = [(np.pi * i / 5, radius_mm * PX_PER_MM * (1.0 if i % 2 == 0 else 0.382)) for i in range(10)]
    corners = np.array([(middle + far * np.sin(turn), middle - far * np.cos(turn)) for turn, far in turns])
    tile = np.zeros((side, side), np.uint8)
    cv2.fillPoly(tile, [np.round(corners).astype(np.int32)], 255, cv2.LINE_AA)
    return tile.astype(np.float32) / 255
