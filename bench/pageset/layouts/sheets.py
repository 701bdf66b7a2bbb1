"""Sheets with little or odd print: handwriting, slips, cards, photographs, drawings, slides."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.idnumber import id_number
from papercase.inking import smooth_field
from papercase.pictures import breath_test, parked_car, portrait

from pageset import world
from pageset.hand import press_finger, sign, write_hand
from pageset.ink import OFFSET, THERMAL
from pageset.lettering import Type, Typeface, drawable
from pageset.plate import Plate
from pageset.style import Look

Pixels = NDArray[np.uint8]


def statement(look: Look, rng: np.random.Generator) -> Plate:
    """A statement in a person's own hand (亲笔供词) on ruled paper, signed and printed."""
    return _own_hand(look, rng, ruled=True)


def letter(look: Look, rng: np.random.Generator) -> Plate:
    """A letter by hand without rules; lines climb or fall by some 0.5 degrees, on the whole page by nothing."""
    return _own_hand(look, rng, ruled=False)


def _own_hand(look: Look, rng: np.random.Generator, *, ruled: bool) -> Plate:
    plate, height = Plate(ink=look.ink), look.points * 25.4 / 72
    source = world.paragraph if drawable("证", look.hand) else world.traditional_paragraph
    text = "".join(character for character in source(rng, 6) if drawable(character, look.hand))
    room, pitch = plate.width - look.left - look.right, look.pitch * height
    y, each = look.top + 10, int(room / height)
    count = min(int(np.ceil(len(text) / each)), int(np.ceil((240 - y) / pitch)))
    slopes = np.zeros(count) if ruled else rng.normal(0, 0.5, count)
    for slope in slopes - slopes.mean():
        write_hand(plate, look.left, y, text[:each], height, rng, face=look.hand, ink=look.pen, slope_deg=float(slope))
        if ruled:
            plate.rule(
                look.left, y + 0.62 * height, plate.width - look.right, y + 0.62 * height, width=0.15, ink=OFFSET
            )
        text, y = text[each:], y + pitch
    name = world.person(rng)
    sign(plate, 140, y + 8, name, rng, face=Typeface.KAI, ink=look.pen)
    press_finger(plate, 168, y + 9, name, rng)
    return plate


def slips(look: Look, rng: np.random.Generator) -> Plate:
    """Till slips on thermal paper glued on a sheet, some a little crooked."""
    plate, body = Plate(ink=look.ink), Type(look.body, look.points)
    plate.write(look.left, 14, "票据粘贴单", Type(look.title, 14))
    for left in (18.0, 84.0, 148.0)[: int(rng.integers(1, 4))]:
        y = 30 + rng.uniform(0, 12)
        plate.write(
            left,
            y,
            str(rng.choice(["乡邻便利店", "溪桥加油站", "望陵大药房", "南津停车场"])),
            Type(look.title, 12),
            ink=THERMAL,
        )
        for _ in range(int(rng.integers(8, 20))):
            y += look.pitch * body.em
            thing = str(rng.choice(world.THINGS))[:5]
            plate.write(left, y, thing, body, ink=THERMAL)
            plate.write(left + 34, y, f"{rng.integers(1, 900) / 10:7.2f}", body, ink=THERMAL)
        plate.write(left, y + 8, f"合计：{rng.integers(20, 900)}.00元", body, ink=THERMAL)
        plate.write(
            left, y + 14, f"{world.day(rng)} {rng.integers(0, 24):02d}:{rng.integers(0, 60):02d}", body, ink=THERMAL
        )
    return plate


def identity_cards(look: Look, rng: np.random.Generator) -> Plate:
    """Copies of both sides of an identity card (身份证复印件) with a note by hand."""
    plate, body = Plate(ink=look.ink), Type(look.body, 10.5)
    name, born, x = world.person(rng), world.day(rng).replace(year=1985), 62.0
    for y in (50.0, 130.0):
        for x0, y0, x1, y1 in (
            (x, y, x + 86, y),
            (x, y + 54, x + 86, y + 54),
            (x, y, x, y + 54),
            (x + 86, y, x + 86, y + 54),
        ):
            plate.rule(x0, y0, x1, y1, width=0.3, ink=look.rule_ink)
    plate.paste(x + 58, 57, 24, portrait(24, 32, grey=True))
    rows = (
        f"姓名  {name}",
        "性别  男   民族  汉",
        f"出生  {born.year} 年 {born.month} 月 {born.day} 日",
        f"住址  {rng.choice(world.PLACES)}{rng.integers(1, 99)}号",
    )
    for row, text in enumerate(rows):
        plate.write(x + 5, 56 + 8 * row, text, body)
    plate.write(x + 5, 95, f"公民身份号码  {id_number(born, int(rng.integers(1, 999)))}", body)
    plate.write(x + 30, 145, "演示居民身份证", Type(Typeface.HEI_BOLD, 14))
    plate.write(x + 14, 172, f"签发机关  {world.POLICE}", body)
    write_hand(plate, 60, 205, "此件与原件核对无异", 7.0, rng, face=look.hand, ink=look.pen)
    sign(plate, 120, 222, name, rng, face=look.hand, ink=look.pen)
    return plate


def captioned_photos(look: Look, rng: np.random.Generator) -> Plate:
    """Two photographs with a caption each."""
    plate, body = Plate(ink=look.ink), Type(look.body, 14)
    for y, picture in ((28.0, breath_test(160, 100)), (158.0, parked_car(160, 100))):
        plate.paste(25, y, 160, picture)
        plate.centred(y + 104, f"照片{1 if y < 100 else 2}：{rng.choice(world.PLACES)}现场", body)
    return plate


def photo(look: Look, rng: np.random.Generator) -> Plate:
    """A photograph over nearly the whole sheet, no writing: hills, water, boulders."""
    plate = Plate(ink=look.ink)
    plate.paste(12, 15, 186, landscape(186, 262, rng))
    return plate


def landscape(width_mm: float, height_mm: float, rng: np.random.Generator) -> Pixels:
    """Something like a photograph, (height, width, 3) R, G, B at 150 dpi; soft shapes in natural colours."""
    wide, high = round(width_mm * 150 / 25.4), round(height_mm * 150 / 25.4)
    rows = np.linspace(0, 1, high, dtype=np.float32)[:, None, None]
    top, foot = rng.uniform(120, 200) + rng.uniform(-30, 30, 3), rng.uniform(50, 120) + rng.uniform(-30, 30, 3)
    picture = np.broadcast_to(top * (1 - rows) + foot * rows, (high, wide, 3)).astype(np.float32)
    for cell in (wide / 3, wide / 9, wide / 30, 6.0):
        relief = smooth_field(rng, high, wide, cell)
        picture = picture + relief[:, :, None] * rng.uniform(10, 22) * rng.uniform(0.8, 1.2, 3).astype(np.float32)
    for _ in range(int(rng.integers(4, 14))):
        centre = (int(rng.uniform(0, wide)), int(rng.uniform(0.3 * high, high)))
        axes = (int(rng.uniform(20, 240)), int(rng.uniform(20, 160)))
        colour = tuple(float(part) for part in rng.uniform(30, 190) + rng.uniform(-30, 30, 3))
        drawn = cv2.ellipse(np.ascontiguousarray(picture), centre, axes, rng.uniform(0, 180), 0, 360, colour, -1)
        picture = np.asarray(drawn, np.float32)
    soft = cv2.GaussianBlur(picture, (0, 0), 1.3) + rng.standard_normal((high, wide, 1)) * 4
    return np.asarray(np.clip(soft, 0, 255), np.uint8)
