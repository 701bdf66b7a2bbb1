"""Pages with seals, fingerprints and signatures, and pages with red that is none of these; each with its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.inking import smooth_field

from pageset import marks
from pageset.ink import GEL_PEN, TONER, Ink
from pageset.mark_scanner import Box, Sheet, scanned
from pageset.mark_style import MarkStyle
from pageset.marks import Cover, px

TEXT = (
    "犯罪嫌疑人张建国供述二〇二三年十二月五日晚在幸福路饮酒后驾驶小型轿车行驶至人民医院路口时被交通警察"
    "当场查获经呼气式酒精检测结果为每百毫升一百八十六毫克以上笔录我看过和我说的一样经依法告知诉讼权利义务"
)
MOST_WORN = 0.35
LABEL = "被讯问人（签名、捺指印）："


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


def draw_marks(style: MarkStyle, case: str, seed: int) -> tuple[NDArray[np.uint8], MarkPage]:
    """The scan (B, G, R, 300 dpi) of one case of CASES in a style; the same arguments give the same page."""
    rng = np.random.default_rng([seed, *case.encode(), *style.name.encode()])
    page = MarkPage(Sheet(style, rng), rng)
    CASES[case](page)
    return scanned(page.sheet, style.scanner, rng), page


def body(page: MarkPage, top: float = 52.0, bottom: float = 285.0) -> None:
    """A title and lines of print from `top` to `bottom` mm."""
    rng, style = page.rng, page.style
    em, pitch = float(rng.uniform(4.2, 5.6)), float(rng.uniform(8, 11))
    page.sheet.write(80, top - 20, "讯问笔录", style.faces.head, 8.0)
    for y in np.arange(top, bottom - pitch, pitch):
        start, full = int(rng.integers(0, 60)), int(160 / em)
        count = full if rng.random() < 0.75 else int(rng.integers(4, full))
        page.printed.append(page.sheet.write(25, float(y), (TEXT * 3)[start : start + count], style.faces.text, em))


def sealed(
    page: MarkPage, *, shape: str, faint: bool = False, over: bool = True, ruled: bool = False, worn: bool = False
) -> None:
    """One seal, over text, upon ruled paper or on bare paper; `worn`: up to a third of it left no ink."""
    if ruled:
        for y in np.arange(60, 285, page.rng.uniform(7, 11)):
            page.sheet.rule(22, float(y), 188, float(y), page.rng.uniform(0.2, 0.4))
    body(page, bottom=285 if over else 150)
    strength = float(page.rng.uniform(*(page.style.press.faint if faint else page.style.press.strength)))
    style = replace(page.style, press=replace(page.style.press, bare=MOST_WORN)) if worn else page.style
    cover = SHAPES[shape](style, page.rng, strength)
    page.seal("faint" if faint else shape, cover, page.rng.uniform(60, 150), page.rng.uniform(185, 255))


def two_seals(page: MarkPage) -> None:
    """Two round seals whose edges cross, or a name seal upon a round one's rim."""
    body(page)
    x, y, strength = page.rng.uniform(70, 110), page.rng.uniform(180, 230), page.rng.uniform(*page.style.press.strength)
    page.seal("two", marks.round_seal(page.style, page.rng, strength), x, y)
    second = marks.round_seal if page.rng.random() < 0.6 else marks.square_seal
    page.seal(
        "two", second(page.style, page.rng, strength), x + page.rng.uniform(30, 38), y + page.rng.uniform(-15, 25)
    )


def seam_seal(page: MarkPage) -> None:
    """A seal across the edges of the sheets (骑缝章): a quarter to three quarters of it are here."""
    body(page)
    strength, x = page.rng.uniform(*page.style.press.strength), page.rng.uniform(-9, 9)
    cover = marks.round_seal(page.style, page.rng, strength)
    page.seal("seam", cover, x if page.rng.random() < 0.5 else 210 - x, page.rng.uniform(60, 240))


def red_head(page: MarkPage) -> None:
    """A red letterhead (红头), its rule and number."""
    em = page.rng.uniform(13, 18)
    page.sheet.write(105 - em * 4, 22, "岭南市公安局文件", page.style.faces.head, em, page.style.inks.red)
    page.sheet.rule(25, 52, 185, 52, page.rng.uniform(0.7, 1.5), page.style.inks.red)
    body(page, top=80)


def head_and_seal(page: MarkPage) -> None:
    red_head(page)
    cover = marks.round_seal(page.style, page.rng, page.rng.uniform(*page.style.press.strength))
    page.seal("head", cover, page.rng.uniform(60, 150), float(page.rng.choice([38.0, 230.0])))


def printed_finger(page: MarkPage, *, on: str, light: bool = False, part: bool = False, ink: Ink | None = None) -> None:
    """A fingerprint on bare paper, on text or on a signature."""
    body(page, bottom=285 if on == "text" else 200)
    rng, style = page.rng, page.style
    strength = float(rng.uniform(0.3, 0.45) if light else rng.uniform(0.65, 0.95))
    x, y = rng.uniform(50, 160), rng.uniform(225, 265)
    if on == "hand":
        page.sheet.press(x - 20, y - 10, marks.signature(style, rng, str(rng.choice(marks.NAMES)), 9), GEL_PEN)
    shape = "black" if ink else "light" if light else "part" if part else on
    cover = marks.fingerprint(style, rng, strength, part=part)
    page.put("fingerprint", shape, cover, x, y, ink or style.inks.paste)


def smudged_finger(page: MarkPage) -> None:
    body(page, bottom=200)
    cover = marks.smudge(page.style, page.rng)
    page.put("fingerprint", "smudge", cover, 120, page.rng.uniform(225, 260), page.style.inks.paste, readable=False)


def page_number(page: MarkPage) -> None:
    body(page)
    number, em = str(int(page.rng.integers(10, 300))), page.rng.uniform(6, 10)
    page.sheet.write(180, 12, number, page.style.faces.head, em, page.style.inks.red)


def red_pen(page: MarkPage) -> None:
    """Corrections in red: words, strokes, a ring around a word."""
    body(page, bottom=240)
    rng, style = page.rng, page.style
    for y in (60, 110, 250):
        word = marks.signature(style, rng, str(rng.choice(("同意", "更正为三日", "请核实"))), float(rng.uniform(7, 12)))
        page.sheet.press(rng.uniform(30, 130), y, word, style.inks.red)
    wide, high = px(rng.uniform(18, 40)), px(rng.uniform(12, 24))
    ring = np.zeros((high + 20, wide + 20), np.float32)
    angles = np.linspace(0, 2 * np.pi, 60)
    wobble = 1 + 0.04 * np.sin(3 * angles + rng.uniform(0, 6))
    x, y = wide / 2 * np.cos(angles) * wobble + wide / 2 + 10, high / 2 * np.sin(angles) * wobble + high / 2 + 10
    points = np.round(np.stack([x, y], axis=1)).astype(np.int32)
    cv2.polylines(ring, [points], False, 0.9, 6, cv2.LINE_AA)
    page.sheet.press(rng.uniform(30, 130), rng.uniform(80, 200), ring, style.inks.red)


def photograph(page: MarkPage) -> None:
    """A colour photograph with red things on it, round ones among them."""
    body(page, top=180)
    rng = page.rng
    height, width = px(90), px(120)
    light = 0.55 + 0.35 * smooth_field(rng, height, width, 250)
    picture = np.stack([light + 0.12 * smooth_field(rng, height, width, 300) for _ in range(3)], axis=2)
    picture = np.clip(picture, 0.03, 1).astype(np.float32)
    for _ in range(int(rng.integers(2, 5))):
        at = (int(rng.integers(100, width - 100)), int(rng.integers(100, height - 100)))
        red = (0.75, float(rng.uniform(0.05, 0.2)), 0.15)
        cv2.circle(picture, at, int(rng.integers(60, 220)), red, int(rng.choice([-1, 20])), cv2.LINE_AA)
    for _ in range(3):
        x, y = int(rng.integers(0, width - 200)), int(rng.integers(0, height - 150))
        cv2.rectangle(picture, (x, y), (x + 200, y + 130), tuple(float(v) for v in rng.uniform(0.1, 0.9, 3)), -1)
    page.sheet.paste(45, 40, cv2.GaussianBlur(picture, (0, 0), 3))


def red_rules(page: MarkPage) -> None:
    """Paper with red lines."""
    for y in range(50, 270, 10):
        page.sheet.rule(22, y, 188, y, 0.35, page.style.inks.red)
    page.sheet.rule(28, 40, 28, 275, 0.35, page.style.inks.red)
    body(page, bottom=240)


def red_form(page: MarkPage) -> None:
    """An invoice: frame, cells and words in red, figures in black."""
    rng, red, sheet = page.rng, page.style.inks.red, page.sheet
    top, step = float(rng.uniform(40, 80)), float(rng.uniform(11, 14))
    sheet.write(75, top - 18, "云山增值税发票", page.style.faces.text, 8, red)
    columns = [20.0, 62.0, 95.0, 128.0, 160.0, 190.0]
    for row in range(7):
        sheet.rule(20, top + step * row, 190, top + step * row, 0.35, red)
        for left in columns[:-1] if row < 6 else ():
            sheet.write(
                left + 3,
                top + step * row + 3.5,
                str(rng.choice(("项目名称", "单价", "数量", "金额"))),
                page.style.faces.text,
                4,
                red,
            )
            sheet.write(left + 20, top + step * row + 4, str(int(rng.integers(10, 999))), page.style.faces.text, 3.6)
    for x in columns:
        sheet.rule(x, top, x, top + 6 * step, 0.35, red)
    body(page, top=top + 6 * step + 35)


def round_things(page: MarkPage) -> None:
    """Black rings that are no seals: a clock face, a sketch of wheels, a table."""
    body(page, bottom=150)
    rng = page.rng
    for x in (60.0, 130.0):
        ring = np.zeros((px(50), px(50)), np.float32)
        radius = px(rng.uniform(9, 23))
        cv2.circle(ring, (px(25), px(25)), radius, 0.9, px(0.4), cv2.LINE_AA)
        for angle in np.arange(0, 2 * np.pi, np.pi / 2):
            end = (px(25) + int(radius * np.cos(angle)), px(25) + int(radius * np.sin(angle)))
            cv2.line(ring, (px(25), px(25)), end, 0.9, 4, cv2.LINE_AA)
        page.sheet.press(x, 165, ring, TONER)
    for y in range(225, 280, 9):
        page.sheet.rule(25, y, 185, y, 0.3)
    for x in range(25, 186, 20):
        page.sheet.rule(x, 225, x, 279, 0.3)


def place_to_sign(page: MarkPage, *, signed: str = "", pressed: bool = False) -> None:
    """A label and a place for a hand: `signed` is nothing, `name`, `initial` or `small`."""
    rng, style, sheet = page.rng, page.style, page.sheet
    em, y = float(rng.uniform(4.2, 5.2)), float(rng.uniform(215, 250))
    body(page, bottom=y - rng.uniform(2.5, 6))
    label = sheet.write(25, y, LABEL, style.faces.text, em)
    left, top = label[0] + label[2], label[1] - px(8)
    zone = (left, top, px(float(rng.uniform(45, 80))), px(float(rng.uniform(18, 24))))
    if rng.random() < 0.5:
        right = (left + zone[2]) / marks.PX_PER_MM
        sheet.rule(left / marks.PX_PER_MM, y + em + 1.5, right, y + em + 1.5, 0.25)
    page.printed.append(sheet.write(25, y + 18, "二〇二三年十二月六日", style.faces.text, em))
    for _ in range(int(rng.integers(0, 5))):  # dirt
        speck = np.full((px(0.25), px(0.25)), 0.7, np.float32)
        sheet.press(left / marks.PX_PER_MM + rng.uniform(2, 40), y + rng.uniform(-6, 8), speck, TONER)
    x = left / marks.PX_PER_MM + rng.uniform(1, 8)
    if signed:
        name, size = str(rng.choice(marks.NAMES)), {"name": rng.uniform(7, 11), "initial": 8.0, "small": 5.0}[signed]
        pen = style.inks.pens[int(rng.integers(len(style.inks.pens)))]
        cover = marks.signature(style, rng, name[:1] if signed == "initial" else name, float(size))
        sheet.press(x - 3, y + em / 2 - size, cover, pen)
    if pressed:
        cover = marks.fingerprint(style, rng, float(rng.uniform(0.6, 0.95)))
        page.put("fingerprint", "zone", cover, x + (25 if signed else 10), y + 1, style.inks.paste)
    page.zones.append(DrawnZone(zone, tuple(page.printed), bool(signed), pressed))


SHAPES: dict[str, Callable[[MarkStyle, np.random.Generator, float], Cover]] = {
    "round": marks.round_seal,
    "oval": marks.oval_seal,
    "square": marks.square_seal,
    "box": marks.box_seal,
}
SEALS: dict[str, Case] = {
    "round": partial(sealed, shape="round", over=False),
    "round over text": partial(sealed, shape="round"),
    "faint round": partial(sealed, shape="round", faint=True),
    "oval": partial(sealed, shape="oval"),
    "square": partial(sealed, shape="square"),
    "box": partial(sealed, shape="box", over=False),
    "two": two_seals,
    "seam": seam_seal,
    "red head": head_and_seal,
}
GRAY_SEALS: dict[str, Case] = {
    "gray round": partial(sealed, shape="round", over=False),
    "gray round over text": partial(sealed, shape="round"),
    "gray faint": partial(sealed, shape="round", faint=True),
    "gray worn": partial(sealed, shape="round", worn=True),
    "gray on rules": partial(sealed, shape="round", ruled=True),
}
PRINTS: dict[str, Case] = {
    "print": partial(printed_finger, on="paper"),
    "print on text": partial(printed_finger, on="text"),
    "print on a name": partial(printed_finger, on="hand"),
    "light print": partial(printed_finger, on="paper", light=True),
    "part of a print": partial(printed_finger, on="paper", part=True),
    "smudge": smudged_finger,
}
BLACK_PRINTS: dict[str, Case] = {
    "black print": partial(printed_finger, on="paper", ink=TONER),
    "black print on text": partial(printed_finger, on="text", ink=TONER),
}
OTHERS: dict[str, Case] = {
    "text": body,
    "head": red_head,
    "number": page_number,
    "red pen": red_pen,
    "photo": photograph,
    "red rules": red_rules,
    "invoice": red_form,
    "rings": round_things,
}
ZONES: dict[str, Case] = {
    "empty": place_to_sign,
    "name": partial(place_to_sign, signed="name"),
    "initial": partial(place_to_sign, signed="initial"),
    "small name": partial(place_to_sign, signed="small"),
    "only a print": partial(place_to_sign, pressed=True),
    "name and print": partial(place_to_sign, signed="name", pressed=True),
}
CASES: dict[str, Case] = {**SEALS, **GRAY_SEALS, **PRINTS, **BLACK_PRINTS, **OTHERS, **ZONES}
