"""What is truly on the sheets: collected while drawing, written as truth.json."""

from dataclasses import dataclass, field
from typing import Any

from papercase.units import Box


@dataclass(frozen=True)
class Line:
    """A piece of one visual line, in reading order. `kind`: print, hand, seal (words of a seal) or mark (演示样本)."""

    text: str
    box: Box
    kind: str

    def as_json(self) -> dict[str, Any]:
        return {"text": self.text, "box": list(self.box), "kind": self.kind, "hand": self.kind == "hand"}


@dataclass(frozen=True)
class Mark:
    """A seal (印章), fingerprint (指印) or signature (签名)."""

    kind: str
    box: Box

    def as_json(self) -> dict[str, Any]:
        return {"kind": self.kind, "box": list(self.box)}


@dataclass(frozen=True)
class Zone:
    """A place where somebody signs or gives a print; `box` is where the hand writes."""

    label: str
    box: Box
    wants_signature: bool
    wants_print: bool
    signed: bool
    printed: bool

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "box": list(self.box),
            "wants_signature": self.wants_signature,
            "wants_print": self.wants_print,
            "signed": self.signed,
            "printed": self.printed,
        }


@dataclass
class FaceTruth:
    """All that is known of one face; boxes are those of the straight, upright face."""

    lines: list[Line] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    zones: list[Zone] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    page_of: tuple[int, int] | None = None
    photo: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "page_of": list(self.page_of) if self.page_of else None,
            "photo": self.photo,
            "lines": [line.as_json() for line in self.lines],
            "marks": [mark.as_json() for mark in self.marks],
            "zones": [zone.as_json() for zone in self.zones],
            "fields": self.fields,
        }
