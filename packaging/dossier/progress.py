"""How far a long piece of work is, told from within; whoever is told may raise, which ends the work there."""

from __future__ import annotations

from collections.abc import Callable

OnProgress = Callable[[int, int], None]  # done, of


def silent(_done: int, _of: int) -> None:
    """For those who do not ask."""


class Progress:
    """Counts towards `of`, in whatever measure the work has."""

    def __init__(self, of: int, on_progress: OnProgress = silent) -> None:
        self._of = of
        self._tell = on_progress
        self.done = 0

    def add(self, more: int) -> None:
        self.reach(self.done + more)

    def reach(self, done: int) -> None:
        """What was left out on the way, as it needed no work, counts as done."""
        self.done = done
        self._tell(done, self._of)

    def rest(self, done: int, of: int) -> None:
        """How far the last part is, which began where this stands."""
        self._tell(self.done + (self._of - self.done) * done // of, self._of)
