"""Is the connection paid for by volume? Asked of NetworkManager over D-Bus, by systemd's own `busctl`."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

from app.station.background import Run, system_run
from transfer.metered import Line

ASKED_FOR_S = 10.0  # how long an answer counts
_ASK = (
    *("busctl", "--system", "--timeout=5", "--auto-start=no", "get-property"),
    *("org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager", "org.freedesktop.NetworkManager", "Metered"),
)
# NMMetered of NetworkManager's D-Bus API: 1 and 3 say yes, for sure and by guess; 2 and 4 no; 0 is not known
_LINES = {1: Line.METERED, 3: Line.METERED, 2: Line.FREE, 4: Line.FREE}


def ask_network_manager(run: Run = system_run) -> Line:
    """`UNKNOWN` too when there is no NetworkManager, no bus or no answer."""
    try:
        done = run(_ASK)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return Line.UNKNOWN
    kind, _, value = done.stdout.strip().partition(" ")
    return _LINES.get(int(value), Line.UNKNOWN) if kind == "u" and value.isdigit() else Line.UNKNOWN


class LineWatch:
    """Asks again when the last answer is older than ten seconds."""

    def __init__(self, monotonic: Callable[[], float], ask: Callable[[], Line] = ask_network_manager) -> None:
        self._monotonic = monotonic
        self._ask = ask
        self._line = Line.UNKNOWN
        self._until = float("-inf")

    def __call__(self) -> Line:
        if self._monotonic() >= self._until:
            self._line = self._ask()
            self._until = self._monotonic() + ASKED_FOR_S
        return self._line
