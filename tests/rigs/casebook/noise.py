"""What the engine would have read of a face: its lines, split and joined as it does, with its errors and doubts.

The real engine read 2 of 6,322 printed characters wrong and none of 340 written ones on drawn pages of two tuning
styles, with 1 % of the characters below a confidence of 0.68 and 2 % below 0.95. The rates of CLEAN lie above: what is
written by hand at the upper end (95 %) of what none of 340 allows, and seals over dates spoil more than was seen.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

from casebook.model import Face, Print, Stamp, width_of
from ocr.engines.types import Char, Line, PageText, Quad

DPI = 300
PX = DPI / 25.4
PAGE = (2480, 3508)  # pixels of A4 upright

# What it writes for a character, most often first; from drawn pages and findings/forms.md 2.
CONFUSIONS = {
    "押": "砷神",
    "提": "捉",
    "诉": "拆讲讶",
    "辨": "辩",
    "搜": "艘",
    "捺": "捻播",
    "证": "正征",
    "份": "伯仿",
    "查": "杳",
    "院": "阮",
    "此": "北",
    "人": "入八",
    "月": "目用",
    "日": "曰口",
    "〇": "OQ○",
    "讯": "汛询",
    "询": "讯",
    "逮": "速",
    "捕": "埔",
    "勘": "堪",
    "鉴": "签",
    "扣": "扫",
    "检": "险",
    "0": "O8",
    "1": "7l",
    "3": "8",
    "5": "6",
    "6": "8",
    "8": "3",
    "9": "4",
    "X": "x",
    "〔": "[(",
    "〕": "])",
    "（": "(",
    "）": ")",
    "：": ":",
    "晖": "辉",
    "辉": "晖",
    "末": "未",
    "未": "末",
}


@dataclass(frozen=True)
class Rates:
    """Chances per character (`*_wrong`), per line (`lost`), and of doubts about characters read right."""

    print_wrong: float = 0.0005
    hand_wrong: float = 0.009
    under_seal_wrong: float = 0.004
    lost: float = 0.0005
    doubted: float = 0.015
    hand_doubted: float = 0.1


CLEAN = Rates()
POOR = Rates(0.005, 0.1, 0.05, 0.003, 0.06, 0.4)  # faded and creased paper


def read_by_engine(face: Face, seed: str, rates: Rates = CLEAN) -> PageText:
    """The lines of a face in pixels of A4 at 300 dpi; the same seed gives the same errors."""
    rng = random.Random(f"read/{seed}")
    lines = []
    for pieces in _lines(face.prints):
        if rng.random() >= rates.lost:
            lines.append(_line(pieces, face.stamps, rng, rates))
    return PageText("ppocr", "drawn", {}, tuple(line for line in lines if line.text.strip()))


def page_size(face: Face) -> tuple[int, int]:
    """Width and height in pixels of the page that shows the face upright."""
    return (PAGE[1], PAGE[0]) if face.lying else PAGE


def _lines(prints: Sequence[Print]) -> list[list[Print]]:
    """Pieces that stand closely side by side are read as one line; long blanks part a line."""
    parted = [part for piece in prints if not piece.upright for part in _parted(piece)]
    lines = [[piece] for piece in prints if piece.upright]
    for piece in parted:
        last = lines[-1][-1] if lines else None
        beside = (
            last is not None
            and not last.upright
            and abs(last.top - piece.top) < 0.4 * piece.size
            and last.hand == piece.hand
        )
        gap = piece.left - (last.left + last.width) if last is not None else 99.0
        if beside and -1 < gap < 0.9 * piece.size and abs(last.size - piece.size) < 0.1:  # type: ignore[union-attr]
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _parted(piece: Print) -> list[Print]:
    """Two full blanks or more make two lines."""
    text = piece.text
    for blank in ("　　", "    "):
        if blank in text.strip():
            before, _, after = text.partition(blank)
            at = piece.left + width_of(before + blank, piece.size)
            first = Print(before, piece.left, piece.top, piece.size, piece.hand, piece.large)
            return [first, *_parted(Print(after, at, piece.top, piece.size, piece.hand, piece.large))]
    return [piece]


def _line(pieces: Sequence[Print], stamps: Sequence[Stamp], rng: random.Random, rates: Rates) -> Line:
    chars: list[Char] = []
    for number, piece in enumerate(pieces):
        if piece.upright:
            chars += [_below(piece, place, rng, rates) for place in range(len(piece.text))]
            continue
        if number:
            chars.append(
                _char(" ", 1.0, pieces[number - 1].left + pieces[number - 1].width, piece.top, 0.5, piece.size)
            )
        x = piece.left
        for char in piece.text:
            wide = width_of(char, piece.size)
            chars.append(_read(char, x, piece, wide, _covered(x, piece, stamps), rng, rates))
            x += wide
    kept = [char for char in chars if char.text]
    while kept and kept[0].text.isspace():
        kept.pop(0)
    while kept and kept[-1].text.isspace():
        kept.pop()
    seen = [char.confidence for char in kept if not char.text.isspace()]
    box = _around(kept) if kept else ((0.0, 0.0),) * 4
    return Line("".join(char.text for char in kept), sum(seen) / len(seen) if seen else 0.0, box, tuple(kept))


def _below(piece: Print, place: int, rng: random.Random, rates: Rates) -> Char:
    """One character of an upright stamp."""
    lower = replace(piece, top=piece.top + place * piece.size)
    return _read(piece.text[place], piece.left, lower, piece.size, False, rng, rates)


def _read(char: str, x: float, piece: Print, wide: float, covered: bool, rng: random.Random, rates: Rates) -> Char:
    wrong = rates.hand_wrong if piece.hand else rates.under_seal_wrong if covered else rates.print_wrong
    doubted = rates.hand_doubted if piece.hand or covered else rates.doubted
    text, confidence = char, 0.9 + 0.1 * rng.random() ** 0.2
    if not char.isspace() and rng.random() < wrong:
        text = (
            rng.choice(CONFUSIONS.get(char, "〓")) if char in CONFUSIONS else rng.choice(("", "一", "口", "之", char))
        )
        confidence = rng.uniform(0.35, 0.98) if text != char else confidence
    elif rng.random() < doubted:
        confidence = rng.uniform(0.5, 0.95)
    if char in "：（），" and rng.random() < 0.3:
        text = {"：": ":", "（": "(", "）": ")", "，": ","}[char]
    return _char(text, confidence, x, piece.top, wide, piece.size)


def _covered(x: float, piece: Print, stamps: Sequence[Stamp]) -> bool:
    return any(
        stamp.kind in ("seal", "fingerprint")
        and stamp.left < x < stamp.left + stamp.width
        and stamp.top < piece.top + piece.size / 2 < stamp.top + stamp.height
        for stamp in stamps
    )


def _char(text: str, confidence: float, x: float, y: float, wide: float, high: float) -> Char:
    left, top, right, bottom = x * PX, y * PX, (x + wide) * PX, (y + high) * PX
    return Char(text, confidence, ((left, top), (right, top), (right, bottom), (left, bottom)))


def _around(chars: Sequence[Char]) -> Quad:
    left, top = chars[0].box[0]
    right, bottom = chars[-1].box[2]
    return ((left, top), (right, top), (right, bottom), (left, bottom))
