"""tus 1.0 (https://tus.io/protocols/resumable-upload): creation, HEAD for the offset, PATCH chunk by chunk."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urljoin, urlsplit, urlunsplit

from transfer.errors import PackageAltered, PlatformBroken, TransferError
from transfer.http import GONE, Answer, Wire, fault
from transfer.package import reading
from transfer.throttle import Throttle
from transfer.types import PackageRef

VERSION = {"Tus-Resumable": "1.0.0"}
LEAST_CHUNK = 256 * 1024
FIRST_CHUNK = 1024**2
CHUNK = 8 * 1024**2  # the largest, and so the most that is sent again, unless the line carries more in `LOSS_S`
CHUNK_S = 10.0  # what a chunk should take: long enough that answers cost little, short enough to lose
LARGEST_CHUNK = 32 * 1024**2
LOSS_S = 1.0  # on a fast line it is time that counts: the pause for the platform's disk weighs more than the loss
PIECE = 256 * 1024
ASK_DEADLINE_S = 30.0
SLOWEST_BYTES_S = 32 * 1024  # a chunk slower than this is given up and gone on with later


class TusUpload:
    """One package's upload to one platform."""

    def __init__(self, wire: Wire, package: PackageRef, throttle: Throttle) -> None:
        self._wire = wire
        self._package = package
        self._throttle = throttle
        self._chunk = FIRST_CHUNK

    async def create(self) -> str:
        """Begin an upload; returns its address. Raises `TransferError`."""
        endpoint = f"{self._wire.base}/files"
        headers = {
            **VERSION,
            "Upload-Length": str(self._package.size),
            "Upload-Metadata": _metadata(
                {
                    "filename": self._package.path.name,
                    "filetype": "application/zip",
                    "package_id": self._package.id,
                    "sha256": self._package.sha256,
                    "sm3": self._package.sm3,
                    "station": self._package.station,
                }
            ),
        }
        answer = await self._wire.ask("POST", endpoint, headers=headers, deadline_s=ASK_DEADLINE_S)
        if answer.status in GONE:
            raise PlatformBroken(url=self._wire.base, detail=f"it takes no uploads (HTTP {answer.status})")
        if answer.status != 201:
            raise fault(answer, self._wire.base)
        return self._own(endpoint, answer.headers.get("location", ""))

    def known_as(self, url: str) -> str:
        """The address of an upload begun earlier, at the platform's present address: ports and names change."""
        parts = urlsplit(url)
        return urljoin(self._wire.base, urlunsplit(("", "", "/" + parts.path.lstrip("/"), parts.query, "")))

    async def offset(self, url: str) -> int:
        """How many bytes the platform holds. Raises `UploadGone` and other `TransferError`s."""
        answer = await self._wire.ask("HEAD", url, headers=VERSION, deadline_s=ASK_DEADLINE_S)
        if answer.status not in (200, 204):
            raise fault(answer, self._wire.base)
        return self._within(answer, 0, self._package.size)

    async def send_chunk(self, url: str, offset: int) -> int:
        """Send the next chunk from `offset`; returns the new offset. Raises `TransferError`.

        Chunks follow the line: what one took decides the size of the next, and one that failed halves it.
        """
        length = min(self._chunk, self._package.size - offset)
        started = asyncio.get_running_loop().time()
        try:
            reached = await self._patch(url, offset, length)
        except TransferError:
            self._chunk = max(LEAST_CHUNK, self._chunk // 2)
            raise
        self._chunk = next_chunk(length, asyncio.get_running_loop().time() - started)
        return reached

    async def _patch(self, url: str, offset: int, length: int) -> int:
        headers = {
            **VERSION,
            "Upload-Offset": str(offset),
            "Content-Type": "application/offset+octet-stream",
            "Content-Length": str(length),
        }
        answer = await self._wire.ask(
            "PATCH",
            url,
            headers=headers,
            body=self._pieces(offset, length),
            deadline_s=ASK_DEADLINE_S + length / self._throttle.slowest(SLOWEST_BYTES_S),
        )
        if answer.status != 204:
            raise fault(answer, self._wire.base)
        return self._within(answer, offset + 1, offset + length)

    async def _pieces(self, offset: int, length: int) -> AsyncIterator[bytes]:
        with reading(self._package.path) as file:
            file.seek(offset)
            while length > 0:
                piece = file.read(min(PIECE, length))
                if not piece:
                    raise PackageAltered(file=self._package.path.name)
                await self._throttle.wait(len(piece))
                length -= len(piece)
                yield piece

    def _within(self, answer: Answer, least: int, most: int) -> int:
        value = answer.headers.get("upload-offset", "")
        # int() alone would take '٣' and '-1', and minutes for a million digits
        if not (value.isascii() and value.isdigit() and len(value) < 19 and least <= int(value) <= most):
            raise PlatformBroken(url=self._wire.base, detail=f"it claims to hold {value[:40]!r} bytes")
        return int(value)

    def _own(self, endpoint: str, location: str) -> str:
        """An upload address on another machine would carry the dossier away."""
        try:
            url = urljoin(endpoint, location)
            own = bool(location) and urlsplit(url)[:2] == urlsplit(endpoint)[:2]
        except ValueError:  # brackets that hold no IPv6 address
            own = False
        if not own:
            raise PlatformBroken(url=self._wire.base, detail=f"it sends the upload to {location[:100]!r}")
        return url


def next_chunk(length: int, seconds: float) -> int:
    """How large the next chunk should be after one of `length` bytes took `seconds`: at most eight times that."""
    rate = length / max(seconds, 1e-3)
    aim = max(LEAST_CHUNK, min(rate * CHUNK_S, CHUNK), min(rate * LOSS_S, LARGEST_CHUNK))
    return int(min(aim, 8 * max(length, LEAST_CHUNK)))


def _metadata(fields: Mapping[str, str]) -> str:
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items())
