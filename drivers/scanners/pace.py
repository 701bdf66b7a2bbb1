"""When a batch goes on: new paper in the feeder, the time of the next page on the glass, the scanner's button."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drivers.scanners import buttons
from drivers.scanners.sane_native import Device
from drivers.scanners.sensors import paper_loaded
from drivers.scanners.types import Wait, Waiting

TOLD_EVERY_S = 1.0


@dataclass(frozen=True)
class Clock:
    """`now`: seconds, monotonic; `pause`: wait so many seconds, less when the batch is cancelled; `check` raises when
    it is."""

    now: Callable[[], float]
    pause: Callable[[float], object]
    check: Callable[[], None]


def until(clock: Clock, end: float, sequence: int, wait: Wait) -> Iterator[Waiting]:
    """Wait until the time `end`, saying so every TOLD_EVERY_S seconds."""
    while (left := end - clock.now()) > 0:
        yield Waiting(sequence, wait, left)
        clock.pause(min(TOLD_EVERY_S, left))
        clock.check()


def for_paper(device: Device, clock: Clock, end: float, sequence: int) -> Iterator[Waiting]:
    """Wait for paper until the time `end`: as long as the feeder's sensor tells of none, or TOLD_EVERY_S seconds where
    no sensor tells, as then only an attempt to feed can find out."""
    soon = clock.now() + TOLD_EVERY_S
    yield from until(clock, min(soon, end), sequence, Wait.PAPER)
    while clock.now() < end and paper_loaded(device) is False:
        yield from until(clock, min(clock.now() + TOLD_EVERY_S, end), sequence, Wait.PAPER)


def for_button(device: Device, clock: Clock, sequence: int) -> Iterator[Waiting]:
    """Wait for a press of one of the scanner's buttons, without end."""
    told = clock.now()
    yield Waiting(sequence, Wait.BUTTON, None)
    for pressed in buttons.presses(device, clock.pause):
        clock.check()
        if pressed is not None:
            return
        if clock.now() - told >= TOLD_EVERY_S:
            told = clock.now()
            yield Waiting(sequence, Wait.BUTTON, None)
