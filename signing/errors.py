"""What can go wrong with keys and signatures, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class SigningError(Exception):
    """A key, a signature or a trail did not hold.

    `key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form.
    """

    key: ClassVar[str] = "signing.fault"
    text: ClassVar[str] = "Signing failed: {detail}."
    remedy: ClassVar[str] = "Nothing was signed. Check the key and try again."
    exit_code: ClassVar[int] = 6

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))
