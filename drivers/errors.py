"""What can go wrong at a device, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class DriverError(Exception):
    """A device did not do what was asked.

    `key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form, so
    that the package speaks for itself at a Python prompt. `params` fill the placeholders of both.
    """

    key: ClassVar[str] = "driver.fault"
    text: ClassVar[str] = "The device reported a fault: {detail}."
    remedy: ClassVar[str] = "Look at the device's own display, then try again."
    exit_code: ClassVar[int] = 3

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))
