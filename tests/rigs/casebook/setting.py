"""The forms of forms.txt, and what the blocks of one paper work on."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from casebook.model import Paper
from casebook.sheet import Sheet
from casebook.style import Style

_WORDING = re.compile(r"<<(.*?)>>")

Block = tuple[str, str]


@cache
def forms() -> dict[str, tuple[Block, ...]]:
    """All forms of forms.txt by their name."""
    found: dict[str, list[Block]] = {}
    name = ""
    for line in Path(__file__).with_name("forms.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
            found[name] = []
        elif line and not line.startswith("#"):
            tag, _, text = line.partition(" ")
            found[name].append((tag, text))
    return {name: tuple(blocks) for name, blocks in found.items()}


@dataclass
class Setting:
    """What the blocks of one paper work on."""

    paper: Paper
    style: Style
    rng: random.Random
    sheet: Sheet
    facts: dict[str, Any] = field(default_factory=dict)  # of the truth

    def fill(self, text: str) -> str:
        return self.worded(text).format_map(self.paper.values)

    def worded(self, text: str) -> str:
        text = _WORDING.sub(lambda found: self._wording(found[1].split("|")), text)
        for usual, own in self.style.words:
            text = text.replace(usual, own)
        return text

    def _wording(self, ways: list[str]) -> str:
        """Tuning styles never take the last wording."""
        return ways[-1] if self.style.held_out and self.rng.random() < 0.7 else self.rng.choice(ways[:-1])

    def value(self, key: str) -> Any:
        return self.paper.values[key]
