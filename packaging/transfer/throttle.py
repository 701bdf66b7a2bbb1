"""Keeping to a rate, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from transfer.errors import WindowClosed

Rate = Callable[[], float | None]  # bytes a second now; None: no limit, 0: nothing may go out
Spend = Callable[[int], None]  # told how many bytes go out now; raises `TransferError` when they may not


def unlimited() -> float | None:
    return None


def unmetered(_: int) -> None:
    """Whatever goes out costs nothing."""


class Throttle:
    """Asked before every piece, so that a window that closes stops the upload within one."""

    def __init__(self, rate: Rate, spend: Spend) -> None:
        self._rate = rate
        self._spend = spend
        self._free_at = 0.0  # loop time

    def slowest(self, usual: float) -> float:
        """The rate below which a chunk counts as stuck: `usual`, or half of what is allowed. Raises `WindowClosed`."""
        rate = self._allowed()
        return usual if rate is None else min(usual, rate / 2)

    async def wait(self, length: int) -> None:
        """Until `length` more bytes may go. Raises `WindowClosed`, and what `spend` raises."""
        self._spend(length)
        rate = self._allowed()
        if rate is None:
            return
        now = asyncio.get_running_loop().time()
        await asyncio.sleep(max(0.0, self._free_at - now))
        self._free_at = max(now, self._free_at) + length / rate

    def _allowed(self) -> float | None:
        rate = self._rate()
        if rate is not None and rate <= 0:
            raise WindowClosed
        return rate
