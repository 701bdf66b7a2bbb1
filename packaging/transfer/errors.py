"""What can go wrong here, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class TransferError(Exception):
    """`key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form."""

    key: ClassVar[str] = "transfer.fault"
    text: ClassVar[str] = "It did not work: {detail}."
    remedy: ClassVar[str] = "Nothing was lost. Try again."
    exit_code: ClassVar[int] = 4

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))
