"""Delivering one package: go on where it stopped, upload, and wait for the signed receipt. Only that counts."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field

from signing.types import TrustAnchors
from transfer.errors import AwaitingReceipt, PackageAltered, PlatformBusy, PlatformDown, UploadGone
from transfer.http import Wire, client, fault
from transfer.receipt import SignedReceipt, check_receipt
from transfer.tus import ASK_DEADLINE_S, TusUpload
from transfer.types import PackageRef, Receipt

TRIES_WITHOUT_PROGRESS = 5
RECEIPT_WAIT_S = 120.0


@dataclass(frozen=True)
class Destination:
    """A platform: where it is, and whose signature on a receipt is believed."""

    url: str
    anchors: TrustAnchors
    verify: ssl.SSLContext | bool = True


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
) -> Delivered:
    """Bring a package to the platform and its receipt back. Not to be called inside a running event loop.

    `on_state` is told after every chunk, so that an interrupted delivery goes on by `resume`. A package the platform
    already has is not sent again.

    Raises:
        PlatformDown, PlatformBusy, AwaitingReceipt: later; nothing is lost.
        PlatformRefused, PlatformBroken, CertificateRefused: not by itself.
        PackageAltered: the file is not what was sealed.
        ReceiptForged, ReceiptForOther, ReceiptHashDiffers, ReceiptBroken: not arrived.
    """
    _require_whole(package)
    signed = asyncio.run(_Delivery(package, destination, on_state, should_stop, pace or Pace()).run(resume))
    return Delivered(check_receipt(signed, package, destination.anchors, now=now()), signed)


class _Delivery:
    def __init__(
        self,
        package: PackageRef,
        destination: Destination,
        on_state: Callable[[UploadState], None],
        should_stop: Callable[[], bool],
        pace: Pace,
    ) -> None:
        self._package = package
        self._destination = destination
        self._on_state = on_state
        self._should_stop = should_stop
        self._pace = pace

    async def run(self, resume: UploadState | None) -> SignedReceipt:
        async with client(self._destination.verify) as http:
            wire = Wire(self._destination.url, http)
            signed = await self._ask_receipt(wire)
            if signed is None:
                await self._upload(TusUpload(wire, self._package), resume)
                signed = await self._wait_for_receipt(wire)
            return signed

    async def _upload(self, upload: TusUpload, resume: UploadState | None) -> None:
        url = resume.url if resume else None
        failures = 0
        while True:
            try:
                if url is None:
                    url = await upload.create()
                    self._on_state(UploadState(url, 0))
                offset = await upload.offset(url)
                while offset < self._package.size:
                    if self._should_stop():
                        raise PlatformDown(url=self._destination.url, detail="stopped here")
                    offset = await upload.send_chunk(url, offset)
                    self._on_state(UploadState(url, offset))
                    failures = 0
                return
            except UploadGone:
                url = None
                failures += 1
            except (PlatformDown, PlatformBusy):
                failures += 1
                if failures >= self._pace.tries or self._should_stop():
                    raise
                await asyncio.sleep(self._pace.pause(failures))
            if failures >= self._pace.tries:
                raise PlatformBusy(status=404)

    async def _wait_for_receipt(self, wire: Wire) -> SignedReceipt:
        loop = asyncio.get_running_loop()
        end = loop.time() + self._pace.receipt_wait
        pause = 0.1
        while loop.time() < end and not self._should_stop():
            signed = await self._ask_receipt(wire)
            if signed is not None:
                return signed
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)
        raise AwaitingReceipt

    async def _ask_receipt(self, wire: Wire) -> SignedReceipt | None:
        """None: the platform does not know the package, or is still checking it."""
        answer = await wire.ask("GET", f"{wire.base}/receipts/{self._package.id}", deadline_s=ASK_DEADLINE_S)
        if answer.status in (202, 404):
            return None
        if answer.status != 200:
            raise fault(answer, wire.base)
        return SignedReceipt.from_text(answer.body)


def _require_whole(package: PackageRef) -> None:
    if not package.path.is_file() or package.path.stat().st_size != package.size:
        raise PackageAltered(file=package.path.name)
    with package.path.open("rb") as data:
        if hashlib.file_digest(data, "sha256").hexdigest() != package.sha256:
            raise PackageAltered(file=package.path.name)
