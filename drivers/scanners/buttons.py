"""Presses of a scanner's buttons, by polling its sensors: SANE knows no events."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drivers.scanners import sensors
from drivers.scanners.names import BUTTON_SENSORS
from drivers.scanners.sane_native import Device

POLL_S = 0.1
RELEASED_POLLS = 2  # so long must a button be up before it counts again: contacts bounce


def presses(device: Device, pause: Callable[[float], object]) -> Iterator[str | None]:
    """The name of each button as it goes down, None for each poll without one. Endless; `pause` waits so many seconds.

    A button held down counts once, and one that is down at the beginning not before it was let go. The first poll that
    sees it down counts, as some drivers (genesys) tell each press in one answer only.
    """
    up = {
        name: 0 if is_down else RELEASED_POLLS
        for name, is_down in sensors.read(device, BUTTON_SENSORS.fullmatch).items()
    }
    while True:
        pause(POLL_S)
        down = sensors.read(device, BUTTON_SENSORS.fullmatch)
        pressed = [name for name, is_down in down.items() if is_down and up.get(name, 0) >= RELEASED_POLLS]
        up = {name: 0 if is_down else up.get(name, 0) + 1 for name, is_down in down.items()}
        yield from pressed if pressed else (None,)
