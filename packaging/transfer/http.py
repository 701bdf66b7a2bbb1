"""Asking a server nobody should trust: every request has a deadline, every answer a size limit."""

from __future__ import annotations

import asyncio
import math
import ssl
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from transfer.errors import (
    AddressUnusable,
    CertificateRefused,
    OwnCertificateRefused,
    PlatformBroken,
    PlatformBusy,
    PlatformDown,
    PlatformRefused,
    TransferError,
    UploadGone,
)
from transfer.tls import is_refusal, ssl_fault

MAX_BODY = 64 * 1024
LATER = frozenset({408, 409, 423, 425, 429, 500, 502, 503, 504, 507})
GONE = frozenset({404, 410})
MUTE_IN_A_ROW = 3


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes  # at most MAX_BODY bytes


class Wire:
    """One connection to one platform."""

    def __init__(self, base: str, client: httpx.AsyncClient) -> None:
        """`base`: the platform's address without a trailing slash. Raises `AddressUnusable`."""
        if not _usable(base):
            raise AddressUnusable(address=base)
        self.base = base.rstrip("/")
        self._client = client
        self._heard = False
        self._mute = 0  # hung up without a word, in a row

    async def ask(
        self,
        method: str,
        url: str,
        *,
        deadline_s: float,
        headers: Mapping[str, str] | None = None,
        body: AsyncIterator[bytes] | None = None,
    ) -> Answer:
        """Send one request; the answer may have any status.

        A read timeout would never fire on a server that drips a byte a second, so the whole exchange has the deadline.

        Raises:
            PlatformDown: no whole answer in time, or the connection broke.
            CertificateRefused: it is not who it says it is. OwnCertificateRefused: it does not take us for who we are.
            PlatformBroken: what came back is no proper HTTP.
        """
        try:
            async with (
                asyncio.timeout(deadline_s),
                self._client.stream(method, url, headers=dict(headers or {}), content=body) as response,
            ):
                received = bytearray()
                async for piece in response.aiter_raw():
                    received += piece
                    if len(received) > MAX_BODY:
                        break
                self._heard = True
                return Answer(response.status_code, dict(response.headers), bytes(received[:MAX_BODY]))
        except TimeoutError as slow:
            raise PlatformDown(url=self.base, detail=f"no answer within {deadline_s:.0f} s") from slow
        except httpx.RemoteProtocolError as error:
            # A server that hangs up in the middle says nothing about itself; anything else is no HTTP. httpx has one
            # class for both.
            if "disconnected" in str(error) or "peer closed" in str(error):
                raise self._hung_up("it hung up") from error
            raise PlatformBroken(url=self.base, detail=str(error)[:200]) from error
        except (httpx.TransportError, ssl.SSLError) as error:  # httpx hands on what TLS says after the handshake
            raise self._broken_line(error) from error
        except httpx.InvalidURL as error:
            raise PlatformBroken(url=self.base, detail=str(error)[:200]) from error

    def _broken_line(self, error: Exception) -> TransferError:
        detail = str(error)[:200] or type(error).__name__
        tls = ssl_fault(error)
        if isinstance(tls, ssl.SSLCertVerificationError):
            return CertificateRefused(detail=detail)
        if tls is not None and is_refusal(tls):
            return OwnCertificateRefused(url=self.base, detail=tls.reason)
        if tls is not None and tls.reason == "WRONG_VERSION_NUMBER":
            return PlatformBroken(url=self.base, detail="it does not speak TLS")
        if isinstance(error, httpx.ReadError | httpx.WriteError):
            return self._hung_up(detail)
        return PlatformDown(url=self.base, detail=detail)

    def _hung_up(self, detail: str) -> TransferError:
        """In TLS 1.3 our certificate is judged after the handshake, and many a server then hangs up without a word."""
        self._mute += 1
        if self.base.startswith("https:") and not self._heard and self._mute >= MUTE_IN_A_ROW:
            return OwnCertificateRefused(url=self.base, detail="it hangs up after every handshake")
        return PlatformDown(url=self.base, detail=detail)


def client(
    verify: ssl.SSLContext | bool = True, transport: httpx.AsyncBaseTransport | None = None
) -> httpx.AsyncClient:
    """No redirects, no proxies from the environment, one connection kept. `transport`: other than the network."""
    return httpx.AsyncClient(
        transport=transport,
        follow_redirects=False,
        trust_env=False,
        verify=verify,
        timeout=httpx.Timeout(30.0),
        limits=httpx.Limits(max_connections=2),
    )


def fault(answer: Answer, url: str) -> TransferError:
    """What a status that is not the wanted one means."""
    if answer.status in GONE:
        return UploadGone()
    if answer.status in LATER:
        return PlatformBusy(status=answer.status, retry_after=_retry_after(answer.headers))
    if answer.status < 400:  # a redirect, or the page of a portal in between
        return PlatformBroken(url=url, detail=f"it answers with HTTP {answer.status}")
    words = answer.body[:200].decode("utf-8", "replace").strip()
    return PlatformRefused(status=answer.status, detail=words or "no reason given")


def _retry_after(headers: Mapping[str, str]) -> int:
    """Seconds, however it says it (RFC 9110 section 10.2.3). A date counts from the platform's own clock."""
    value = headers.get("retry-after", "")
    if value.isascii() and value.isdigit():
        return int(value[:9])
    try:
        wait = parsedate_to_datetime(value) - parsedate_to_datetime(headers.get("date", ""))
    except (ValueError, TypeError):  # no date, or only one of the two has a zone
        return 0
    return max(0, math.ceil(wait.total_seconds()))


def _usable(address: str) -> bool:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return False
    return url.scheme in ("http", "https") and bool(url.host) and not url.query and not url.fragment
