"""Pages with seals, fingerprints and signatures, and those without one (`unmarked`); each with its truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from pageset import marks
from pageset.ink import GEL_PEN, TONER, Ink
from pageset.mark_page import Case, DrawnZone, MarkPage, body
from pageset.mark_scanner import Sheet, scanned
from pageset.mark_style import MarkStyle
from pageset.marks import Cover, px
from pageset.unmarked import OTHERS
from pageset.unmarked.heads import red_head

MOST_WORN = 0.35
LABEL = "被讯问人（签名、捺指印）："


def draw_marks(style: MarkStyle, case: str, seed: int) -> tuple[NDArray[np.uint8], MarkPage]:
    """The scan (B, G, R, 300 dpi) of one case of CASES in a style; the same arguments give the same page."""
    rng = np.random.default_rng([seed, *case.encode(), *style.name.encode()])
    page = MarkPage(Sheet(style, rng), rng)
    CASES[case](page)
    return scanned(page.sheet, style.scanner, rng), page


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
ZONES: dict[str, Case] = {
    "empty": place_to_sign,
    "name": partial(place_to_sign, signed="name"),
    "initial": partial(place_to_sign, signed="initial"),
    "small name": partial(place_to_sign, signed="small"),
    "only a print": partial(place_to_sign, pressed=True),
    "name and print": partial(place_to_sign, signed="name", pressed=True),
}
CASES: dict[str, Case] = {**SEALS, **GRAY_SEALS, **PRINTS, **BLACK_PRINTS, **OTHERS, **ZONES}
