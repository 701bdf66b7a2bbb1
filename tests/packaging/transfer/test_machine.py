"""Sender and receiver over a line that loses, doubles, delays and cuts messages, while both die at any moment.

The real client and the real platform's request handler; only the line between them is played. 500 examples;
`JUANZONG_EXAMPLES=5000` asks for more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPResponse
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from cryptography.hazmat.primitives import hashes
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from app.platform.checking import Checking
from app.platform.inbox import Inbox, Judgement
from app.platform.server import Handler
from app.platform.uploads import Uploads
from signing.types import Signer, TrustAnchors
from transfer import tus
from transfer.errors import TransferError
from transfer.outbox import require_step
from transfer.retry import Standing, after_failure
from transfer.send import Destination, Pace, UploadState, deliver
from transfer.types import PackageRef, SendState, Verdict

EXAMPLES = int(os.environ.get("JUANZONG_EXAMPLES", "500"))
CHUNK = 1000
SIZES = (2500, 700)
NOW = dt.datetime.now(dt.UTC)  # the training keys are made for it
HASTY = Pace(receipt_wait=0.3, tries=3, pause=lambda _: 0.0)
MEMORY = Path("/dev/shm")  # noqa: S108 - a disk would make 500 examples take minutes


class Fault(StrEnum):
    """What becomes of one message."""

    NONE = "none"
    LOST = "lost"
    ANSWER_LOST = "answer lost"
    DOUBLED = "doubled"
    DOUBLED_LATE = "the sender hears the second answer"
    DELAYED = "arrives when the sender has long given up"
    CUT = "half of it arrives"
    BUSY = "the platform is busy"
    RESTART = "the platform dies after it acted and before it answers"
    FORGOTTEN = "the platform lost its uploads"
    SENDER_DIES = "the sender dies waiting for the answer"


class Killed(BaseException):
    """The sender's process is gone."""


class Wireless:
    """What a handler needs of a socket."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self.answer = b""

    def makefile(self, *_: object) -> io.BufferedReader:
        return io.BufferedReader(io.BytesIO(self._request))  # type: ignore[arg-type]

    def sendall(self, data: bytes) -> None:
        self.answer += bytes(data)

    def settimeout(self, _: float) -> None: ...

    def shutdown(self, _: int) -> None: ...


class Platform:
    """The training platform without its listening socket."""

    def __init__(self, folder: Path, signer: Signer) -> None:
        self._folder = folder
        self._signer = signer
        self.accepted: Counter[str] = Counter()
        self.start()

    def start(self) -> None:
        self.uploads = Uploads(self._folder / "uploads")
        self.inbox = Inbox(self._folder / "received", self._judge, self._signer, "平台", lambda: NOW)
        self.checking = Checking(self.uploads, self.inbox)
        self._settle()

    def _judge(self, _package: Path, package_id: str) -> Judgement:
        self.accepted[package_id] += 1
        return Judgement(True, None, (), "")

    def _settle(self) -> None:
        while pending := self.checking.pending():
            assert [each.fault for each in pending] == [None] * len(pending)
            time.sleep(0.0005)

    def stop(self) -> None:
        self.checking.close()

    def forget(self) -> None:
        self.stop()
        shutil.rmtree(self._folder / "uploads")
        self.start()

    def ask(self, request: bytes) -> httpx.Response:
        wire = Wireless(request)
        server = SimpleNamespace(uploads=self.uploads, inbox=self.inbox, checking=self.checking)
        Handler(cast(Any, wire), ("127.0.0.1", 1), cast(Any, server))
        self._settle()
        parsed = HTTPResponse(cast(Any, Wireless(wire.answer)), method=request.split(b" ")[0].decode())
        parsed.begin()
        return httpx.Response(parsed.status, headers=parsed.getheaders(), stream=httpx.ByteStream(parsed.read()))


class Line(httpx.AsyncBaseTransport):
    """Carries messages, each with the next fault of the plan."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self.plan: list[Fault] = []
        self._late: list[bytes] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        head, body = _raw(request), await request.aread()
        fault = self.plan.pop(0) if self.plan else Fault.NONE
        if fault is Fault.LOST:
            raise httpx.ConnectError("lost")
        if fault is Fault.DELAYED:
            self._late.append(head + body)
            raise httpx.ReadTimeout("nothing comes")
        if fault is Fault.BUSY:
            return httpx.Response(503, stream=httpx.ByteStream(b""))
        if fault is Fault.CUT:
            self._platform.ask(head + body[: len(body) // 2])
            raise httpx.WriteError("cut")
        if fault is Fault.FORGOTTEN:
            self._platform.forget()
        answer = self._platform.ask(head + body)
        if fault in (Fault.DOUBLED, Fault.DOUBLED_LATE):
            second = self._platform.ask(head + body)
            answer = second if fault is Fault.DOUBLED_LATE else answer
        self._late, late = [], self._late
        for each in late:
            self._platform.ask(each)
        if fault is Fault.RESTART:
            self._platform.stop()
            self._platform.start()
        if fault in (Fault.RESTART, Fault.ANSWER_LOST):
            raise httpx.ReadError("lost")
        if fault is Fault.SENDER_DIES:
            raise Killed
        return answer


def _raw(request: httpx.Request) -> bytes:
    lines = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name != "connection"]
    return "\r\n".join((*lines, "Connection: close", "", "")).encode()


@dataclass
class Row:
    """What the outbox keeps of a package."""

    package: PackageRef
    content: bytes
    standing: Standing = field(default_factory=lambda: Standing(SendState.QUEUED))
    last: TransferError | None = None
    upload: UploadState | None = None


def make_row(folder: Path, size: int) -> Row:
    content = random.Random(size).randbytes(size)
    path = folder / f"{size}.zip"
    path.write_bytes(content)
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    sha256 = hashlib.sha256(content).hexdigest()
    return Row(PackageRef(sha256[:32], path, size, sha256, sm3.finalize().hex(), "望陵所"), content)


class Delivery(RuleBasedStateMachine):
    """Two packages on their way."""

    signer: Signer
    anchors: TrustAnchors

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="juanzong-machine-", dir=MEMORY if MEMORY.is_dir() else None))
        self.platform = Platform(self.folder / "platform", self.signer)
        self.line = Line(self.platform)
        self.rows = [make_row(self.folder, size) for size in SIZES]

    @rule(which=st.sampled_from(range(len(SIZES))), plan=st.lists(st.sampled_from(Fault), max_size=8))
    def send(self, which: int, plan: list[Fault]) -> None:
        row = self.rows[which]
        if row.standing.state in (SendState.ARRIVED, SendState.QUARANTINED):
            return
        self.line.plan = plan
        before = row.upload.offset if row.upload else 0
        row.standing = Standing(SendState.SENDING, row.standing.attempts)
        try:
            done = deliver(
                row.package,
                Destination("http://platform", self.anchors, transport=self.line),
                now=lambda: NOW,
                resume=row.upload,
                on_state=lambda state: setattr(row, "upload", state),
                pace=HASTY,
            )
        except Killed:
            return  # the row stands as it was written last
        except TransferError as error:
            gained = row.upload is not None and row.upload.offset > before
            after = after_failure(row.standing, row.last, error, gained=gained, now=NOW, chance=0.5)
            require_step(SendState.SENDING, after.state)
            row.standing, row.last = after, error
            return
        assert done.receipt.verdict is Verdict.ACCEPTED
        row.standing = Standing(SendState.ARRIVED)

    @rule()
    def purge(self) -> None:
        """Retention: what has its receipt may go."""
        for row in self.rows:
            if row.standing.state is SendState.ARRIVED:
                row.package.path.unlink(missing_ok=True)

    @invariant()
    def at_most_one_copy_is_accepted(self) -> None:
        assert all(count == 1 for count in self.platform.accepted.values())
        received = self.platform.inbox.received()
        assert sorted(line.receipt.platform_sequence for line in received) == list(range(1, len(received) + 1))
        assert all(line.receipt.verdict is Verdict.ACCEPTED for line in received)

    @invariant()
    def what_is_accepted_is_what_was_sealed(self) -> None:
        for row in self.rows:
            if self.platform.accepted[row.package.id]:
                kept = self.folder / "platform" / "received" / row.package.id / "package.zip"
                assert kept.read_bytes() == row.content

    @invariant()
    def nothing_is_purged_before_its_receipt(self) -> None:
        for row in self.rows:
            if row.standing.state is SendState.ARRIVED:
                assert self.platform.accepted[row.package.id] == 1
            else:
                assert row.package.path.read_bytes() == row.content

    def teardown(self) -> None:
        """On a good line everything arrives, whatever was before."""
        try:
            for which, row in enumerate(self.rows):
                self.send(which, [])
                assert row.standing.state is SendState.ARRIVED
            self.at_most_one_copy_is_accepted()
            self.what_is_accepted_is_what_was_sealed()
        finally:
            self.platform.stop()
            shutil.rmtree(self.folder)


def test_on_the_worst_line_each_package_arrives_once(platform_signer, anchors, monkeypatch: pytest.MonkeyPatch):
    for name in ("FIRST_CHUNK", "LEAST_CHUNK", "CHUNK"):
        monkeypatch.setattr(tus, name, CHUNK)
    machine = type("Machine", (Delivery,), {"signer": platform_signer, "anchors": anchors})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=6,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
