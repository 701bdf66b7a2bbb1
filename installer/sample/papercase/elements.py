"""Pieces that many documents share: type sizes, titles, signature lines, the training mark."""

import datetime as dt
from dataclasses import dataclass

from papercase.case import short_day
from papercase.fingerprints import press
from papercase.fonts import Type, Typeface
from papercase.handwriting import sign, write_hand
from papercase.sheet import Ink, Sheet
from papercase.truth import Zone
from papercase.units import PX_PER_MM, box_px

TITLE = Type(Typeface.SONG_BOLD, 22)  # 小标宋 2号
BODY = Type(Typeface.SONG, 16)  # 3号
NOTE = Type(Typeface.SONG, 14)  # 4号
SMALL = Type(Typeface.SONG, 12)  # 小4号
TINY = Type(Typeface.SONG, 10.5)  # 5号
PRINTOUT = Type(Typeface.MING, 12)
TRAINING = Type(Typeface.HEI, 8)
TRAINING_WORDS = "演示样本"


def training_mark(sheet: Sheet) -> None:
    """The small grey 演示样本 in the lower right corner: nobody shall take the page for a real one."""
    x = 186.0
    end = sheet.write(x, 287.5, TRAINING_WORDS, TRAINING, ink=Ink.GREY, tracking=0.4, kind="mark")
    sheet.frame(x - 1.2, 286.6, end - x + 2.0, 4.6, line=0.15, ink=Ink.GREY)


@dataclass(frozen=True)
class Hand:
    """What a person leaves in a zone: signature, print (捺指印), short date."""

    name: str
    finger: bool = False
    date: dt.date | None = None


def signature_line(
    sheet: Sheet,
    x: float,
    y: float,
    label: str,
    type_: Type,
    *hands: Hand,
    wants_print: bool = False,
    room: float = 80.0,
    height: float = 9.0,
) -> None:
    """A printed label and what stands right of it; enters the zone. (x, y): top left of the label in mm.

    `room` is the width of the zone in mm. No hands: the zone stays empty.
    """
    left = sheet.write(x, y, label, type_) + 2.0
    middle = y + type_.em / 2 + 0.5
    reach = 11.0 if wants_print else height / 2 + 1.0
    sheet.truth.zones.append(
        Zone(
            label=label.rstrip("：:"),
            box=box_px(left, middle - reach, room, 2 * reach),
            wants_signature=True,
            wants_print=wants_print,
            signed=bool(hands),
            printed=any(hand.finger for hand in hands),
        )
    )
    for hand in hands:
        left = put_hand(sheet, left, middle, hand, height)


def put_hand(sheet: Sheet, x: float, middle: float, hand: Hand, height: float) -> float:
    """Signature, print over its end, date behind it; returns where the next may begin, in mm."""
    left, _, width, _ = sign(sheet, x, middle, hand.name, height=height)
    end = (left + width) / PX_PER_MM
    if hand.finger:
        press(sheet, end + 5.0, middle - 1.0, hand.name)
        end += 14.0
    if hand.date is not None:
        left, _, width, _ = write_hand(sheet, end + 2.0, middle + 0.5, short_day(hand.date), 0.72 * height, hand.name)
        end = (left + width) / PX_PER_MM
    return end + 4.0
