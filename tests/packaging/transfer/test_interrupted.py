"""`kill -9` of either side while 60 MB go over: the same bytes arrive, and no more than a chunk is sent twice a kill.

Sender and platform are processes of their own; a relay between them counts what goes over. It may also cut the line.
"""

from __future__ import annotations

import datetime as dt
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from app.platform.serve import serving
from transfer.http import MAX_BODY
from transfer.send import Destination, Pace, deliver
from transfer.tus import CHUNK
from transfer.types import PackageRef

SIZE = 60_000_000
KILL_AT = (9_000_000, 27_500_000, 50_000_000)  # bytes gone over, never on a chunk's edge
ALLOWED = SIZE + len(KILL_AT) * (CHUNK + MAX_BODY) + 256 * 1024  # headers and the relay's buffers besides
PIECE = 64 * 1024
SENDER = """
import datetime, json, sys
from pathlib import Path
from transfer.send import Destination, UploadState, deliver
from transfer.types import PackageRef
from signing.trust import load_anchors
package, url, root, kept = json.loads(sys.argv[1]), *sys.argv[2:]
package = PackageRef(**{**package, "path": Path(package["path"])})
kept = Path(kept)
def keep(state):
    part = kept.with_suffix(".part")
    part.write_text(json.dumps({"url": state.url, "offset": state.offset}))
    part.replace(kept)
resume = UploadState(**json.loads(kept.read_text())) if kept.exists() else None
now = lambda: datetime.datetime.now(datetime.timezone.utc)
done = deliver(package, Destination(url, load_anchors([Path(root)])), now=now, resume=resume, on_state=keep)
print(done.receipt.sha256)
"""


class Relay:
    """Passes bytes on to the platform, 40 MB a second at most, and counts those of the sender."""

    def __init__(self, port: int) -> None:
        self.to_port = port
        self.count = 0
        self.lines = 0
        self.longest_line: float = float("inf")  # bytes of the sender after which a line is cut
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                sender, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(sender,), daemon=True).start()

    def _join(self, sender: socket.socket) -> None:
        with sender, suppress(OSError), socket.create_connection(("127.0.0.1", self.to_port)) as platform:
            back = threading.Thread(target=_pass_on, args=(platform, sender, lambda _: None), daemon=True)
            back.start()
            self.lines += 1
            _pass_on(sender, platform, self._counting())
            back.join()

    def _counting(self) -> Callable[[bytes], None]:
        start = self.count

        def note(piece: bytes) -> None:
            self.count += len(piece)
            if self.count - start > self.longest_line:
                raise ConnectionAbortedError
            time.sleep(len(piece) / 40e6)

        return note


def _pass_on(source: socket.socket, target: socket.socket, note: Callable[[bytes], None]) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            note(piece)
            target.sendall(piece)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def home(tmp_path: Path, keys: Path, pki) -> Path:
    place = tmp_path / "home"
    place.mkdir()
    (place / "keys").symlink_to(keys)
    return place


@pytest.fixture
def relay() -> Iterator[Relay]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    made = Relay(port)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    yield made
    made.listener.shutdown(socket.SHUT_RDWR)
    made.listener.close()


@contextmanager
def killed_at_end(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def start_platform(home: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "app", "--home", str(home), "--quiet", "platform", "serve", "--port", str(port)]


def wait_for_platform(port: int) -> None:
    for _ in range(400):
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/health", trust_env=False).status_code == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the platform does not answer")


def start_sender(package: PackageRef, url: str, home: Path) -> list[str]:
    described = json.dumps({**vars(package), "path": str(package.path)})
    root = home / "keys" / "training" / "root.pem"
    return [sys.executable, "-c", SENDER, described, url, str(root), str(home / "state.json")]


def wait_until(relay: Relay, count: int, process: subprocess.Popen[str]) -> None:
    while relay.count < count and process.poll() is None:
        time.sleep(0.005)
    assert process.poll() is None, "it ended before it could be killed"


def arrived(home: Path, package: PackageRef) -> bytes:
    return (home / "training-platform" / "received" / package.id / "package.zip").read_bytes()


def test_the_sender_is_killed_three_times(make_package, home: Path, relay: Relay):
    package = make_package(SIZE)
    with killed_at_end(start_platform(home, relay.to_port)):
        wait_for_platform(relay.to_port)
        for count in KILL_AT:
            with killed_at_end(start_sender(package, relay.url, home)) as sender:
                wait_until(relay, count, sender)
        with killed_at_end(start_sender(package, relay.url, home)) as sender:
            said, _ = sender.communicate(timeout=60)
    assert said.strip() == package.sha256
    assert arrived(home, package) == package.path.read_bytes()
    assert SIZE < relay.count < ALLOWED


def test_the_platform_is_killed_three_times(make_package, home: Path, relay: Relay):
    package = make_package(SIZE)
    with killed_at_end(start_sender(package, relay.url, home)) as sender:
        for count in KILL_AT:
            with killed_at_end(start_platform(home, relay.to_port)):
                wait_until(relay, count, sender)
        with killed_at_end(start_platform(home, relay.to_port)):
            said, _ = sender.communicate(timeout=60)
    assert said.strip() == package.sha256
    assert arrived(home, package) == package.path.read_bytes()
    assert SIZE < relay.count < ALLOWED


def test_a_line_too_bad_for_a_whole_chunk_brings_it_over_bit_by_bit(make_package, home: Path, relay: Relay, anchors):
    package = make_package(6_000_000)
    relay.longest_line = 1_000_000
    with serving(home / "training-platform", home / "keys", port=relay.to_port):
        pace = Pace(tries=3, pause=lambda _: 0.05)
        done = deliver(package, Destination(relay.url, anchors), now=lambda: dt.datetime.now(dt.UTC), pace=pace)
    assert done.receipt.sha256 == package.sha256
    assert relay.lines > 6
