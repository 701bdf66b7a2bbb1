"""What keeps the training platform from starting, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class PlatformError(Exception):
    """`key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form."""

    key: ClassVar[str] = "platform.fault"
    text: ClassVar[str] = "The training platform does not run: {detail}."
    remedy: ClassVar[str] = "Nothing it has received is lost. Start it again."
    exit_code: ClassVar[int] = 4

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class PortTaken(PlatformError):
    key = "platform.port-taken"
    text = "The training platform cannot use port {port}: {detail}."
    remedy = "Choose another one with --port; 0 takes any free one."


class PlatformRunning(PlatformError):
    key = "platform.running"
    text = "A training platform runs for this home already."
    remedy = "Use that one, or stop it first."
