"""Time-stamps from a service (RFC 3161)."""

from __future__ import annotations

from asn1crypto import cms
from pyhanko.sign.timestamps.aiohttp_client import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from signing.form import UNSOUND

_SECONDS = 10


class StampService(HTTPTimeStamper):
    """pyHanko's client, with one error, `TimestampRequestError`, for everything a service can do wrong."""

    def __init__(self, url: str) -> None:
        super().__init__(url, timeout=_SECONDS)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except UNSOUND as error:
            raise TimestampRequestError(f"the answer is no time-stamp: {error}") from error
