"""What a drawn case is made of. Lengths in mm on A4, from its top left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Person:
    """Somebody in the case. `role`: 嫌疑人, 被害人, 证人, 民警, ...; printed as the name."""

    name: str
    role: str
    male: bool
    birth: dt.date
    id: str
    home: str
    job: str
    phone: str

    @property
    def sex(self) -> str:
        return "男" if self.male else "女"

    @property
    def born(self) -> str:
        return f"{self.birth.year}年{self.birth.month}月{self.birth.day}日"

    def __format__(self, spec: str) -> str:
        return self.name


@dataclass(frozen=True)
class Moment:
    """A time to the minute, printed by a form as {at:day}, {at:hour}, {at:minute}, {at:dot}, {at:dash},
    {at:clock}, {at:iso}, {at:slash}, {at:stamp}.

    `printed`: how the style prints day, hour and minute.
    """

    at: dt.datetime
    printed: str = "{y}年{m}月{d}日"

    def __format__(self, spec: str) -> str:
        at = self.at
        day = self.printed.format(y=at.year, m=at.month, d=at.day, mm=f"{at.month:02d}", dd=f"{at.day:02d}")
        return {
            "": day,
            "day": day,
            "hour": f"{day}{at.hour}时",
            "minute": f"{day}{at.hour:02d}时{at.minute:02d}分",
            "dot": f"{at.year}.{at.month}.{at.day}",
            "dash": f"{at:%Y-%m-%d %H:%M:%S}",
            "clock": f"{day}{at:%H:%M}",
            "iso": f"{at:%Y-%m-%d}",
            "slash": f"{at.year}/{at.month}/{at.day}",
            "stamp": chinese_day(at.date()),
            "year": str(at.year),
        }[spec]

    def later(self, **delta: float) -> Moment:
        """The moment some days=, hours= or minutes= later."""
        return replace(self, at=self.at + dt.timedelta(**delta))


def chinese_day(date: dt.date) -> str:
    """二〇二六年三月五日"""
    year = "".join(DIGITS[int(digit)] for digit in str(date.year))
    return f"{year}年{chinese_count(date.month)}月{chinese_count(date.day)}日"


def chinese_count(number: int) -> str:
    """1 to 99: 一, 十二, 二十"""
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones else "")


@dataclass(frozen=True)
class Print:
    """One piece of a visual line. `size`: height of a Chinese character; `hand`: by a person; `large`: a title."""

    text: str
    left: float
    top: float
    size: float
    hand: bool = False
    large: bool = False
    upright: bool = False  # one character below the other

    @property
    def width(self) -> float:
        return self.size if self.upright else width_of(self.text, self.size)


@dataclass(frozen=True)
class Stamp:
    """A seal (印章), fingerprint (指印) or signature (签名): its box, and whose it is."""

    kind: str
    left: float
    top: float
    width: float
    height: float
    whose: str


@dataclass(frozen=True)
class Face:
    """One side of a sheet in reading order. `page_of`: n and m where 第n页 共m页 is printed."""

    prints: tuple[Print, ...]
    stamps: tuple[Stamp, ...] = ()
    page_of: tuple[int, int] | None = None
    rules: tuple[tuple[float, float, float, float], ...] = ()  # drawn lines
    lying: bool = False  # A4 across (横向)

    @property
    def width(self) -> float:
        return 297.0 if self.lying else 210.0

    @property
    def height(self) -> float:
        return 210.0 if self.lying else 297.0

    @property
    def blank(self) -> bool:
        return not self.prints and not self.stamps

    @property
    def text(self) -> str:
        return "\n".join(piece.text for piece in self.prints)


@dataclass(frozen=True)
class Truth:
    """What reading must find on a paper. Dates in ISO form, numbers in their normal form, amounts in yuan."""

    kind: str
    title: str
    copy: str | None = None  # ours | stub | other | None where nothing is printed
    number: str | None = None
    date: str | None = None
    persons: tuple[str, ...] = ()  # names the paper is about
    id_numbers: tuple[str, ...] = ()
    charge: str | None = None
    ordinal: int | None = None
    amount: float | None = None
    volumes: int | None = None
    pages: int | None = None
    unit: str | None = None
    known: frozenset[str] = frozenset()  # names of all who may stand on the paper


@dataclass(frozen=True)
class Laid:
    """A paper as it lies on the table."""

    faces: tuple[Face, ...]
    truth: Truth


@dataclass(frozen=True)
class Paper:
    """One paper: a form and the values its blanks are filled with; `volume`: W 诉讼文书卷, Z 证据材料卷, X loose."""

    id: str
    form: str
    volume: str
    values: Mapping[str, Any]
    lay: Callable[[Paper], Laid] = field(compare=False, repr=False)

    @property
    def kind(self) -> str:
        return self.form.partition("-")[0]

    @cached_property
    def laid(self) -> Laid:
        return self.lay(self)

    @property
    def faces(self) -> tuple[Face, ...]:
        return self.laid.faces

    @property
    def truth(self) -> Truth:
        return self.laid.truth

    def altered(self, **values: Any) -> Paper:
        return replace(self, values={**self.values, **values})


@dataclass(frozen=True)
class Case:
    """One case: its persons in order, its facts, and its papers in the order of the pile."""

    kind: str
    seed: int
    style: str
    case_no: str
    name: str
    charge: str
    persons: tuple[Person, ...]
    tags: frozenset[str]
    papers: tuple[Paper, ...]

    def paper(self, form: str, number: int = 1) -> Paper:
        """The nth paper of a form. Raises `LookupError`."""
        found = [paper for paper in self.papers if paper.form == form]
        if len(found) < number:
            raise LookupError(f"{self.kind} has no paper {number} of {form}")
        return found[number - 1]

    def altered(self, paper: Paper, **values: Any) -> Case:
        """The case with other values on one paper."""
        return replace(self, papers=tuple(p.altered(**values) if p.id == paper.id else p for p in self.papers))

    def without(self, paper: Paper) -> Case:
        return replace(self, papers=tuple(p for p in self.papers if p.id != paper.id))

    def reordered(self, papers: tuple[Paper, ...]) -> Case:
        return replace(self, papers=papers)


def width_of(text: str, size: float) -> float:
    """Half-width characters take half the room."""
    return sum(size * (0.5 if ord(char) < 0x2000 else 1.0) for char in text)
