"""Figures alone: page numbers in red, and what a numbering machine (号码机) and a date stamp without a rim leave."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from pageset import marks
from pageset.ink import GEL_PEN, Ink
from pageset.lettering import load
from pageset.mark_page import MarkPage, body
from pageset.marks import PX_PER_MM, px


def page_number(page: MarkPage) -> None:
    body(page)
    number, em = str(int(page.rng.integers(10, 300))), page.rng.uniform(6, 10)
    page.sheet.write(180, 12, number, page.style.faces.head, em, page.style.inks.red)


def numbering_machine(page: MarkPage) -> None:
    """A running number in a corner, often a second one below it that strikes through the first or is struck askew;
    at times a date, a time of arrival, or a page number at the foot."""
    body(page)
    rng, number = page.rng, int(page.rng.integers(1, 900))
    ink = page.style.inks.seals[int(rng.integers(len(page.style.inks.seals)))] if rng.random() < 0.75 else GEL_PEN
    em = float(rng.uniform(5, 9))
    x, y = float(rng.uniform(150, 178)), float(rng.uniform(6, 16))
    _struck(page, x, y, f"{number:0{int(rng.choice((3, 4, 6)))}}", em, ink)
    if rng.random() < 0.5:
        _struck(page, x + float(rng.uniform(-12, 3)), y + float(rng.uniform(0.5, 2)) * em, f"{number + 1:06}", em, ink)
    if rng.random() < 0.6:
        day = f"2023.{int(rng.integers(1, 13)):02}.{int(rng.integers(1, 29)):02}"
        words = str(rng.choice((day, f"{day} 09:41", f"收 {day}", "DEC 05 2023")))
        _struck(page, float(rng.uniform(30, 140)), float(rng.uniform(30, 270)), words, float(rng.uniform(4, 8)), ink)
    if rng.random() < 0.5:
        words = str(rng.choice((f"-{number}-", f"第{number}页", f"{number}/900")))
        page.sheet.write(95, 286, words, page.style.faces.text, float(rng.uniform(4, 6)), page.style.inks.red)


def _struck(page: MarkPage, x: float, y: float, words: str, em: float, ink: Ink) -> None:
    """Figures of metal or rubber: unevenly inked, a little turned."""
    font = load(page.style.faces.head, px(em))
    tile = Image.new("L", (round(font.getlength(words)) + px(em), px(em * 1.8)), 0)
    ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), words, fill=255, font=font, anchor="mm")
    strength = float(page.rng.uniform(*page.style.press.strength))
    cover = marks.pressed(tile, page.style, page.rng, strength, float(min(page.style.press.turn_deg, 8.0)))
    rows, columns = np.nonzero(cover > 0)
    cover = cover[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    page.sheet.press(min(x, 205 - cover.shape[1] / PX_PER_MM), y, cover, ink)
