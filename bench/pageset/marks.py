"""Impressions of seals (印章), fingers (指印) and pens: coverage of ink, 0 to 1, at 300 dpi. No national emblem."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from papercase.fingerprints import finger
from papercase.handwriting import bend
from papercase.inking import smooth_field
from PIL import Image, ImageDraw

from pageset.lettering import Typeface, drawable, load
from pageset.mark_style import Centre, Framed, MarkStyle

PX_PER_MM = 300 / 25.4
WORDS = ("与原件核对无异", "此件由本人提供", "复印属实")
CLERKS = ("提取人王志强", "见证人孙玉兰", "复印于案管科")
CENTRE_WORD = "演示"
NAMES = ("张建国", "李晓梅", "王志强", "陈立", "赵文博", "孙玉兰")
Cover = NDArray[np.float32]


def px(mm: float) -> int:
    return round(mm * PX_PER_MM)


def round_seal(style: MarkStyle, rng: np.random.Generator, strength: float) -> Cover:
    diameter = float(rng.choice(style.seals.round_mm))
    return _ring_seal(style, rng, strength, diameter, diameter)


def oval_seal(style: MarkStyle, rng: np.random.Generator, strength: float) -> Cover:
    wide, high = style.seals.oval_mm[int(rng.integers(len(style.seals.oval_mm)))]
    return _ring_seal(style, rng, strength, wide, high)


def square_seal(style: MarkStyle, rng: np.random.Generator, strength: float) -> Cover:
    """A name seal, its letters raised (朱文) or, one in four, cut in (白文)."""
    side = float(rng.choice(style.seals.square_mm))
    face = Image.new("L", (px(side + 4), px(side + 4)), 0)
    pen, middle = ImageDraw.Draw(face), face.width / 2
    cut_in = rng.random() < 0.25
    edge = (px(2), px(2), face.width - px(2), face.height - px(2))
    rim = rng.uniform(*style.seals.rim)
    pen.rectangle(edge, outline=255, width=px(rim), fill=255 if cut_in else 0)
    room = side - 2 * rim - 1.6
    name = (str(rng.choice(NAMES)) + "之印")[:4]
    for i, letter in enumerate(name):
        at = (middle + px(room / 4) * (1 - 2 * (i // 2)), middle + px(room / 4) * (2 * (i % 2) - 1))
        pen.text(at, letter, font=load(style.faces.seal, px(room / 2) * 0.98), fill=0 if cut_in else 255, anchor="mm")
    return pressed(face, style, rng, strength, min(style.press.turn_deg, 12.0))


def box_seal(style: MarkStyle, rng: np.random.Generator, strength: float) -> Cover:
    """A rectangular stamp (条形章) of one of the style's kinds."""
    kinds = style.seals.framed
    kind = kinds[int(rng.integers(len(kinds)))] if len(kinds) > 1 else kinds[0]
    if kind is Framed.LINE:
        words, high = str(rng.choice(WORDS)), float(rng.uniform(10, 14))
        rim = float(rng.uniform(0.5, 0.8))
        lines, letters, wide, rules = (words,), 0.6, len(words) * high * 0.62 + 6, False
    else:
        lines, rules = _framed_lines(kind, rng), kind is Framed.RECEIPT
        row = float(rng.uniform(6.5, 9))
        high, wide, letters = row * len(lines), max(map(len, lines)) * row * 0.6 + 6, 0.58 / len(lines)
        rim = float(rng.uniform(0.4, 0.8))
    face = Image.new("L", (px(wide + 4), px(high + 4)), 0)
    pen, edge = ImageDraw.Draw(face), (px(2), px(2), face.width - px(2), face.height - px(2))
    pen.rounded_rectangle(edge, px(style.seals.corner_mm), outline=255, width=px(rim))
    for i, words in enumerate(lines):
        middle = face.width / 2, px(2 + high * (i + 0.5) / len(lines))
        pen.text(middle, words, font=load(style.faces.seal, px(high * letters)), fill=255, anchor="mm")
        if rules and i:
            level = px(2 + high * i / len(lines))
            pen.line((edge[0], level, edge[2], level), fill=255, width=px(0.4))
    return pressed(face, style, rng, strength, min(style.press.turn_deg, 6.0))


def _framed_lines(kind: Framed, rng: np.random.Generator) -> tuple[str, ...]:
    day = f"2023.{int(rng.integers(1, 13)):02}.{int(rng.integers(1, 29)):02}"
    if kind is Framed.LINES:
        return str(rng.choice(WORDS)), str(rng.choice(CLERKS))
    if kind is Framed.RECEIPT:
        return "云山分局收文章", day, f"第{int(rng.integers(1, 9000))}号"
    return "云山看守所", day, "收讫"


def fingerprint(style: MarkStyle, rng: np.random.Generator, strength: float, *, part: bool = False) -> Cover:
    """One press of a finger, 14 to 17 mm wide; `part`: only its tip or side."""
    ridges = _grown(style.fingers, rng) if style.fingers else _rings(rng)
    height, width = ridges.shape
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    across, along = (rng.uniform(0.3, 0.36), rng.uniform(0.26, 0.34)) if part else (rng.uniform(0.42, 0.47), 0.45)
    wobble = smooth_field(rng, height, width, 70)
    radius = np.hypot((columns / width - 0.5) / across, (rows / height - 0.5) / along) + 0.06 * wobble
    edge = 1 / (1 + np.exp((radius - 0.95) * 18))
    pressure = 0.85 + 0.15 * smooth_field(rng, height, width, 60)
    specks = np.where(smooth_field(rng, height, width, 4) > 0.9, 0.3, 1.0)
    cover = (strength * ridges * edge * np.clip(pressure, 0.5, 1.1) * specks).astype(np.float32)
    return _turned(cover, rng.uniform(-35, 35))


def smudge(style: MarkStyle, rng: np.random.Generator) -> Cover:
    """A finger that slid: no ridges are left."""
    return np.asarray(cv2.GaussianBlur(fingerprint(style, rng, 0.8), (0, 0), 6.0), np.float32)


def signature(style: MarkStyle, rng: np.random.Generator, text: str, em_mm: float) -> Cover:
    """A name by hand."""
    size = px(em_mm)
    line = np.zeros((size * 2, round(size * (1.1 * len(text) + 1))), np.float32)
    for i, character in enumerate(text):
        face = Image.new("L", (round(size * 1.5),) * 2, 0)
        typeface = style.faces.hand if drawable(character, style.faces.hand) else Typeface.KAI
        middle = (face.width / 2, face.height / 2)
        ImageDraw.Draw(face).text(middle, character, font=load(typeface, size), fill=255, anchor="mm")
        wildness = 0.4 if typeface is Typeface.PEN else 1.0
        glyph = bend(np.asarray(face, np.float32) / 255, rng, size, rng.normal(2, 2), wildness)
        left, top = round(size * 0.92 * i), round(size * (0.25 + rng.normal(0, 0.05)))
        rows = slice(max(0, top), min(line.shape[0], max(0, top) + glyph.shape[0]))
        part = line[rows, left : left + glyph.shape[1]]
        np.maximum(part, glyph[: part.shape[0], : part.shape[1]], out=part)
    return line * np.float32(rng.uniform(0.75, 0.95))


def _ring_seal(style: MarkStyle, rng: np.random.Generator, strength: float, wide: float, high: float) -> Cover:
    face = Image.new("L", (px(wide + 4), px(high + 4)), 0)
    pen, (x, y) = ImageDraw.Draw(face), (face.width / 2, face.height / 2)
    rim, unit = rng.uniform(*style.seals.rim), str(rng.choice(style.seals.units))
    pen.ellipse((px(2), px(2), face.width - px(2), face.height - px(2)), outline=255, width=px(rim))
    if style.seals.double_rim:
        gap = px(2 + rim + 0.8)
        pen.ellipse((gap, gap, face.width - gap, face.height - gap), outline=255, width=px(0.35))
    inner = rim + (1.4 if style.seals.double_rim else 0.0)
    letter_mm = min(wide, high) * style.seals.letter
    reach = letter_mm / 2 + inner + 0.8
    span = np.radians(min(250.0, 22.0 * len(unit) * 42 / max(wide, high)))
    for i, letter in enumerate(unit):
        angle = span * ((i + 0.5) / len(unit) - 0.5)
        tile = Image.new("L", (px(letter_mm * 1.4),) * 2, 0)
        font = load(style.faces.seal, px(letter_mm))
        ImageDraw.Draw(tile).text((tile.width / 2, tile.height / 2), letter, font=font, fill=255, anchor="mm")
        tile = _narrowed(tile, style.seals.narrow).rotate(-np.degrees(angle), resample=Image.Resampling.BICUBIC)
        at_x = x + px(wide / 2 - reach) * np.sin(angle) - tile.width / 2
        at_y = y - px(high / 2 - reach) * np.cos(angle) - tile.height / 2
        face.paste(255, (round(at_x), round(at_y)), tile)
    if style.seals.number:
        _number(face, style, rng, (wide / 2 - inner - 1.6, high / 2 - inner - 1.6))
    _centre(pen, style, x, y, min(wide, high), wide == high)
    chord = load(style.faces.seal, px(min(wide, high) * 0.1))
    if rng.random() < 0.5:
        pen.text((x, y + px(high * 0.28)), style.seals.below, font=chord, fill=255, anchor="mm")
    most_turn = style.press.turn_deg if wide == high else min(style.press.turn_deg, 15.0)
    return pressed(face, style, rng, strength, most_turn)


def _narrowed(tile: Image.Image, narrow: float) -> Image.Image:
    """The letter in the middle of a square tile, its width multiplied by `narrow`."""
    square = Image.new("L", tile.size, 0)
    slim = tile.resize((round(tile.width * narrow), tile.height), Image.Resampling.BICUBIC)
    square.paste(slim, ((tile.width - slim.width) // 2, 0))
    return square


def _number(face: Image.Image, style: MarkStyle, rng: np.random.Generator, reach_mm: tuple[float, float]) -> None:
    """Thirteen digits along the lower rim, their heads to the middle."""
    font = load(style.faces.seal, px(1.7))
    for i, digit in enumerate(rng.integers(0, 10, 13)):
        angle = np.radians(60.0) * (i / 12 - 0.5)
        tile = Image.new("L", (px(2.4),) * 2, 0)
        ImageDraw.Draw(tile).text((tile.width / 2,) * 2, str(digit), font=font, fill=255, anchor="mm")
        tile = tile.rotate(np.degrees(angle), resample=Image.Resampling.BICUBIC)
        at_x = face.width / 2 + px(reach_mm[0]) * np.sin(angle) - tile.width / 2
        at_y = face.height / 2 + px(reach_mm[1]) * np.cos(angle) - tile.height / 2
        face.paste(255, (round(at_x), round(at_y)), tile)


def _centre(pen: ImageDraw.ImageDraw, style: MarkStyle, x: float, y: float, size_mm: float, is_round: bool) -> None:
    radius = px(size_mm * 0.15)
    if style.seals.centre is Centre.STAR and is_round:
        turns = [(np.pi * i / 5, radius if i % 2 == 0 else radius * 0.38) for i in range(10)]
        pen.polygon([(x + r * np.sin(a), y - r * np.cos(a)) for a, r in turns], fill=255)
    elif style.seals.centre is Centre.ROSETTE and is_round:
        for angle in np.linspace(0, 2 * np.pi, 8, endpoint=False):
            at_x, at_y, petal = x + radius * 0.6 * np.cos(angle), y + radius * 0.6 * np.sin(angle), radius * 0.36
            pen.ellipse((at_x - petal, at_y - petal, at_x + petal, at_y + petal), outline=255, width=4)
    else:
        pen.text((x, y), CENTRE_WORD, font=load(style.faces.seal, px(size_mm * 0.19)), fill=255, anchor="mm")


def pressed(face: Image.Image, style: MarkStyle, rng: np.random.Generator, strength: float, turn_deg: float) -> Cover:
    """Turned, unevenly inked, bare on one side, grainy."""
    clean = np.asarray(face, np.float32) / 255
    height, width = clean.shape
    cover = cv2.GaussianBlur(clean, (0, 0), rng.uniform(0.7, 1.1))
    cover = cover * (0.85 + 0.2 * smooth_field(rng, height, width, width / 3))
    cover = cover * np.where(smooth_field(rng, height, width, 2.5) > 0.95, 0.35, 1.0)
    share, angle = rng.uniform(0, style.press.bare), rng.uniform(0, 2 * np.pi)
    rows, columns = np.mgrid[:height, :width]
    side = (columns / width - 0.5) * np.cos(angle) + (rows / height - 0.5) * np.sin(angle)
    cover = cover / (1 + np.exp((side - np.quantile(side, 1 - share)) * 40)) if share > 0.02 else cover
    return _turned(np.asarray(np.clip(cover * strength, 0, 1), np.float32), rng.uniform(-turn_deg, turn_deg))


def _turned(cover: Cover, deg: float) -> Cover:
    height, width = cover.shape
    side = int(np.hypot(height, width)) + 2
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), deg, 1.0)
    matrix[:, 2] += (side / 2 - width / 2, side / 2 - height / 2)
    return np.asarray(cv2.warpAffine(cover, matrix, (side, side)), np.float32)


def _grown(family: str, rng: np.random.Generator) -> Cover:
    """One of eight fingers, the ridges 0.45 to 0.5 mm apart."""
    ridges = finger(f"{family} {int(rng.integers(8))}")
    scale = 0.5 * rng.uniform(0.94, 1.04)
    return np.asarray(cv2.resize(ridges, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)


def _rings(rng: np.random.Generator) -> Cover:
    """Bent rings around a core, 0.44 to 0.52 mm apart."""
    height, width = px(rng.uniform(20, 24)), px(rng.uniform(14, 17))
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    core_x, core_y = width * rng.uniform(0.4, 0.6), height * rng.uniform(0.35, 0.6)
    radius = np.hypot((columns - core_x) * rng.uniform(1.1, 1.4), rows - core_y)
    radius = radius + px(0.8) * smooth_field(rng, height, width, 70)
    wave = np.sin(2 * np.pi * radius / (rng.uniform(0.44, 0.52) * PX_PER_MM))
    return np.asarray(1 / (1 + np.exp(-4 * (wave + rng.uniform(-0.2, 0.3)))), np.float32)
