"""Which waiting package goes first. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

URGENT_TAG = "custody"  # 在押: somebody sits while the dossier waits
AGEING = dt.timedelta(hours=24)
FRUITLESS = 3


@dataclass(frozen=True)
class Candidate:
    """A package that waits. `attempts`: fruitless ones in a row; `size` in bytes."""

    package_id: str
    tags: frozenset[str]
    sealed_at: dt.datetime
    size: int
    attempts: int


def in_order(waiting: Sequence[Candidate], now: dt.datetime) -> list[Candidate]:
    """First to go first.

    Every three fruitless attempts put a package behind those that failed less, so that none can hold up the queue.
    Then custody before the rest, but a day's waiting counts as much as custody, so that nothing starves; then the
    smaller one.
    """
    return sorted(waiting, key=lambda each: (each.attempts // FRUITLESS, -_rank(each, now), each.size, each.sealed_at))


def _rank(each: Candidate, now: dt.datetime) -> int:
    days = (now - each.sealed_at) // AGEING
    return max(0, days) + (1 if URGENT_TAG in each.tags else 0)
