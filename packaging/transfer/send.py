"""Delivering one package: go on where it stopped, upload, and wait for the signed receipt. Only that counts."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from signing.types import TrustAnchors
from transfer.errors import AwaitingReceipt, PlatformBusy, PlatformDown, Stopped, TransferError, UploadGone
from transfer.http import Wire, client, fault
from transfer.package import require_whole
from transfer.receipt import SignedReceipt, check_receipt
from transfer.throttle import Rate, Spend, Throttle, unlimited, unmetered
from transfer.tus import ASK_DEADLINE_S, TusUpload
from transfer.types import PackageRef, Receipt, Verdict

UNKNOWN, CHECKING = 404, 202  # what GET /receipts/ID answers while there is no receipt
TRIES_WITHOUT_PROGRESS = 5
RECEIPT_WAIT_S = 120.0


@dataclass(frozen=True)
class Destination:
    """A platform: where it is, and whose signature on a receipt is believed."""

    url: str
    anchors: TrustAnchors
    verify: ssl.SSLContext | bool = True
    transport: httpx.AsyncBaseTransport | None = None  # what carries the requests; None: the network


@dataclass(frozen=True)
class UploadState:
    """What must be kept to go on later."""

    url: str
    offset: int


@dataclass(frozen=True)
class Delivered:
    receipt: Receipt
    signed: SignedReceipt


@dataclass(frozen=True)
class Pace:
    """How patient a delivery is; times in seconds."""

    receipt_wait: float = RECEIPT_WAIT_S
    tries: int = TRIES_WITHOUT_PROGRESS
    longest_asked: float = 10.0  # a platform that asks for a longer pause is left alone: others may go elsewhere
    pause: Callable[[int], float] = field(default=lambda attempt: min(0.5 * 2**attempt, 8.0))


def deliver(
    package: PackageRef,
    destination: Destination,
    *,
    now: Callable[[], dt.datetime],
    resume: UploadState | None = None,
    on_state: Callable[[UploadState], None] = lambda _: None,
    should_stop: Callable[[], bool] = lambda: False,
    pace: Pace | None = None,
    rate: Rate = unlimited,
    spend: Spend = unmetered,
) -> Delivered:
    """Bring a package to the platform and its receipt back. Not to be called inside a running event loop.

    `on_state` is told after every chunk, so that an interrupted delivery goes on by `resume`. A package the platform
    already has is not sent again. The receipt may say that the platform rejects the package. Before every piece `rate`
    is asked and `spend` is told.

    Raises:
        PlatformDown, PlatformBusy, UploadGone, AwaitingReceipt, Stopped, WindowClosed: later; nothing is lost.
        LineMetered, LineUnknown, MeteredAmountSpent, if `spend` raises them: the same.
        PlatformRefused, PlatformBroken, CertificateRefused, AddressUnusable: not by itself.
        PackageAltered, PackageUnreadable: the file is not what was sealed.
        ReceiptForged, ReceiptForOther, ReceiptHashDiffers, ReceiptBroken: not arrived.
    """
    require_whole(package)
    throttle = Throttle(rate, spend)
    signed = asyncio.run(_Delivery(package, destination, on_state, should_stop, pace or Pace(), throttle).run(resume))
    return Delivered(check_receipt(signed, package, destination.anchors, now=now()), signed)


class _Delivery:
    def __init__(
        self,
        package: PackageRef,
        destination: Destination,
        on_state: Callable[[UploadState], None],
        should_stop: Callable[[], bool],
        pace: Pace,
        throttle: Throttle,
    ) -> None:
        self._package = package
        self._destination = destination
        self._on_state = on_state
        self._should_stop = should_stop
        self._pace = pace
        self._throttle = throttle
        self._url: str | None = None
        self._furthest = 0
        self._failures = 0  # in a row, without a byte gained

    async def run(self, resume: UploadState | None) -> SignedReceipt:
        async with client(self._destination.verify, self._destination.transport) as http:
            wire = Wire(self._destination.url, http)
            upload = TusUpload(wire, self._package, self._throttle)
            self._url = upload.known_as(resume.url) if resume else None
            while True:
                try:
                    return await self._attempt(wire, upload)
                except UploadGone as gone:
                    self._url = None
                    await self._pause_after(gone)
                except (PlatformDown, PlatformBusy) as later:
                    await self._pause_after(later)

    async def _attempt(self, wire: Wire, upload: TusUpload) -> SignedReceipt:
        """Ask first: what got lost may have been the platform's answer, not the package."""
        status, signed = await self._ask_receipt(wire)
        if signed is not None and not self._damaged(signed):
            return signed
        if status != CHECKING:
            await self._send(upload)
        return await self._wait_for_receipt(wire)

    async def _send(self, upload: TusUpload) -> None:
        if self._url is None:
            self._url = await upload.create()
            self._on_state(UploadState(self._url, 0))
        url = self._url
        offset = await upload.offset(url)
        self._gain(offset)  # on a slow line a chunk that was given up has left its beginning there
        while offset < self._package.size:
            if self._should_stop():
                raise Stopped
            offset = await upload.send_chunk(url, offset)
            self._on_state(UploadState(url, offset))
            self._gain(offset)

    def _gain(self, offset: int) -> None:
        """Only what was never reached before counts: a platform may take and forget for ever."""
        if offset > self._furthest:
            self._furthest, self._failures = offset, 0

    async def _pause_after(self, fault: TransferError) -> None:
        self._failures += 1
        asked = fault.retry_after if isinstance(fault, PlatformBusy) else 0
        if self._failures >= self._pace.tries or asked > self._pace.longest_asked:
            raise fault
        if self._should_stop():
            raise Stopped from fault
        await asyncio.sleep(max(asked, self._pace.pause(self._failures)))

    async def _wait_for_receipt(self, wire: Wire) -> SignedReceipt:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._pace.receipt_wait
        pause = 0.1
        while loop.time() < end and not self._should_stop():
            _, signed = await self._ask_receipt(wire)
            if signed is not None:
                return signed
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)
        raise AwaitingReceipt

    async def _ask_receipt(self, wire: Wire) -> tuple[int, SignedReceipt | None]:
        """The receipt, or `UNKNOWN`: the platform does not have the package, or `CHECKING`: it has it and is at it."""
        answer = await wire.ask("GET", f"{wire.base}/receipts/{self._package.id}", deadline_s=ASK_DEADLINE_S)
        if answer.status in (UNKNOWN, CHECKING):
            return answer.status, None
        if answer.status != 200:
            raise fault(answer, wire.base)
        return answer.status, SignedReceipt.from_text(answer.body)

    def _damaged(self, signed: SignedReceipt) -> bool:
        """The platform rejected other bytes than ours under our id: an earlier sending was damaged on its way."""
        receipt = signed.read()
        ours = receipt.package_id == self._package.id
        same = (receipt.sha256, receipt.sm3) == (self._package.sha256, self._package.sm3)
        return ours and not same and receipt.verdict is Verdict.REJECTED
