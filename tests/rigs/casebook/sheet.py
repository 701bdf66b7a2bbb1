"""Setting one paper: lines flow down a face and on to the next one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from casebook.furniture import furnished
from casebook.model import Face, Print, Stamp, width_of
from casebook.style import Style

LONG, SHORT = 297.0, 210.0  # sides of A4
NEVER_FIRST = "，。、；：？！）》”’%:),;"
_WORD = re.compile(r"[0-9A-Za-z.:-]+|.", re.DOTALL)
HAND = 7.0  # height of handwriting
# how a place for a hand is worded, by the style's `signed`: for a name, and for a name and a finger
SIGNED = {
    "bracket": {"S": "（签名）", "F": "（签名、捺指印）"},
    "after": {"S": "签名", "F": "签名捺印"},
    "written": {"S": "（签字）", "F": "（签字并捺印）"},
    "short": {"S": "签名", "F": "签名（捺印）"},
    "own": {"S": "（本人签名）", "F": "（本人签名、按指印）"},
}


@dataclass
class Sheet:
    """The faces of one paper while it is being set; `y` is where the next line goes."""

    style: Style
    values: dict[str, Any]
    bottom: float = 262.0
    title: str = ""
    unit: str = ""
    copied: bool = False  # from somebody else's papers
    lying: bool = False  # A4 across
    running_foot: str = ""  # printed at the foot of every face
    ruled: bool = False  # prose stands on printed lines
    counted: bool = False  # 第n页 共m页 on every face
    signed_foot: tuple[str, str, Any] | None = None  # label, mode and person at the foot of every face
    done: list[Face] = field(default_factory=list)
    prints: list[Print] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = min(self.style.top, 22.0) if self.lying else self.style.top

    @property
    def width(self) -> float:
        return LONG if self.lying else SHORT

    @property
    def right(self) -> float:
        return self.width - self.style.right

    @property
    def pitch(self) -> float:
        return self.style.pitch * self.style.body

    def text(self, text: str) -> str:
        return self.style.signs(text)

    def put(
        self, text: str, left: float, *, size: float | None = None, hand: bool = False, large: bool = False
    ) -> float:
        """Print a piece at the current height; returns where it ends."""
        size = size or self.style.body
        piece = Print(self.text(text), left, self.y, size, hand, large)
        if text.strip():
            self.prints.append(piece)
        return left + piece.width

    def down(self, mm: float | None = None) -> None:
        self.y += self.pitch if mm is None else mm
        if self.y > self.bottom:
            self.turn()

    def room(self, mm: float) -> None:
        """Turn the page unless so much is left."""
        if self.y + mm > self.bottom:
            self.turn()

    def centred(self, text: str, size: float, *, large: bool = True) -> None:
        text = self.text(text)
        self.put(text, self.width / 2 - width_of(text, size) / 2, size=size, large=large)
        self.down(1.6 * size)

    def flush_right(self, text: str, *, inset: float = 0.0) -> None:
        text = self.text(text)
        self.put(text, self.right - inset - width_of(text, self.style.body))
        self.down()

    def prose(self, text: str, *, indent: float = 2.0, hand: bool = False) -> None:
        """A paragraph in lines of the full width."""
        size = HAND if hand else self.style.body
        for number, line in enumerate(broken(self.text(text), size, self.right - self.style.left, indent * size)):
            self.put(line, self.style.left + (indent * size if number == 0 else 0.0), size=size, hand=hand)
            if self.ruled:
                self.rules.append((self.style.left, self.y + 1.25 * size, self.right, self.y + 1.25 * size))
            self.down(None if not hand else 1.5 * HAND)

    def turn(self) -> None:
        """Close the face and begin the next one."""
        if self.prints or self.stamps:
            self._finish()
        self.y = min(self.style.top, 30.0)

    def _finish(self) -> None:
        if self.signed_foot is not None:
            self.y = 268.0
            label, mode, person = self.signed_foot
            self._place_for_hand(label, mode, person, dated=False)
        self.done.append(Face(tuple(self.prints), tuple(self.stamps), None, tuple(self.rules), self.lying))
        self.prints, self.stamps, self.rules = [], [], []

    def seal(self, unit: str, date: str) -> None:
        """The unit's name and the date at the right, the seal over both."""
        self.room(4 * self.pitch)
        self.down(0.6 * self.pitch)
        top = self.y
        self.flush_right(self.style.sealed.format(unit=unit), inset=8.0)
        self.flush_right(date, inset=8.0)
        if not self.values.get("unsealed"):
            self.stamps.append(Stamp("seal", self.right - 55, top - 14, 42, 42, unit))
        self.down(0.6 * self.pitch)

    def sign(self, label: str, mode: str, person: Any, *, dated: bool) -> None:
        """A place for a hand, signed unless the paper's values say `unsigned`. Modes: S name, F name and finger,
        P as F on a warrant, where the label has a colon and (捺指印) stands apart."""
        self._place_for_hand(label, mode, person, dated=dated)
        self.down(1.35 * self.pitch)

    def _place_for_hand(self, label: str, mode: str, person: Any, *, dated: bool) -> None:
        style, name = self.style, getattr(person, "name", str(person))
        words = SIGNED.get(style.signed, {}).get(mode, "")
        x = self.put(f"{label}{words}：", style.left) + 4
        signed = label not in self.values.get("unsigned", ())
        if signed:
            self.y -= 1.0
            end = self.put(name, x, size=HAND, hand=True)
            self.stamps.append(Stamp("signature", x, self.y - 1, end - x, HAND + 2, name))
            self.y += 1.0
            if mode in "FP" and label not in self.values.get("unprinted", ()):
                self.stamps.append(Stamp("fingerprint", end + 1, self.y - 6, 15, 21, name))
            x = end + 18
        if not words and mode in "FP":
            x = self.put("（捺指印）", max(x, 118.0)) + 3
        if dated and signed:
            day = format(self.values["at"], style.signed_day)
            if x + width_of(day, 5.0) < self.width - 8:
                self.put(day, x + 2, size=5.0, hand=True)

    def row(self, cells: list[str], *, size: float | None = None, widths: list[float] | None = None) -> None:
        """One row of a table, ruled; a figure wider than its cell is set smaller."""
        size = size or self.style.body * 0.86
        self.room(2 * size)
        widths = widths or [1.0] * len(cells)
        span = self.right - self.style.left
        x = self.style.left
        top, tallest, edges = self.y, self.y, [x]
        for cell, share in zip(cells, widths, strict=True):
            wide = span * share / sum(widths)
            self.y, shown = top, self.text(cell)
            widest = max((width_of(word, 1.0) for word in _WORD.findall(shown)), default=1.0)
            fitting = min(size, (wide - 2.0) / widest)
            for line in broken(shown, fitting, wide - 2.0, 0.0):
                self.put(line, x + 1.0, size=fitting)
                self.y += 1.35 * fitting
            tallest = max(tallest, self.y)
            x += wide
            edges.append(x)
        over, under = top - 1.5, tallest + 0.7 * size - 1.5  # where the next row's upper rule comes
        self.rules += [(edge, over, edge, under) for edge in edges]
        self.rules += [(self.style.left, over, self.right, over), (self.style.left, under, self.right, under)]
        self.y = tallest
        self.down(0.7 * size)

    def finish(self) -> tuple[Face, ...]:
        if self.prints or self.stamps:
            self._finish()
        return furnished(
            tuple(self.done),
            self.style,
            title=self.title,
            unit=self.unit,
            case_no=str(self.values["case_no"]),
            counted=self.counted,
            own_foot=self.running_foot,
            copied=self.copied,
        )


def broken(text: str, size: float, width: float, indent: float) -> list[str]:
    """The text in lines of at most `width`, the first one shorter by `indent`; a figure is not torn apart."""
    lines, current, used, room = [], "", 0.0, width - indent
    for word in _WORD.findall(text):
        wide = width_of(word, size)
        if current and used + wide > room and word not in NEVER_FIRST:
            lines.append(current)
            current, used, room = "", 0.0, width
        current += word
        used += wide
    return [*lines, current] if current else lines
