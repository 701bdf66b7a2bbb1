"""The five colours (五色预警)."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"  # exceeded
