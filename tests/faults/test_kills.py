"""`kill -9` of either side in the middle of an upload: the same bytes arrive, and no more than a chunk is sent twice a
kill. Sender and platform are processes of their own; a relay between them counts what goes over.

5 kills within 60 MB; `JUANZONG_KILLS=20 JUANZONG_KILL_MB=200` asks for more.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from relay import Relay

from app.platform.serve import serving
from signing.training import TrainingPki
from signing.types import TrustAnchors
from transfer.http import MAX_BODY
from transfer.send import Destination, Pace, deliver
from transfer.tus import CHUNK
from transfer.types import PackageRef

KILLS = int(os.environ.get("JUANZONG_KILLS", "5"))
SIZE = int(os.environ.get("JUANZONG_KILL_MB", "60")) * 1_000_000
HERE = Path(__file__).parent
TUS_SERVER = HERE / "tus-server"
CARELESS = HERE.parent / "rigs" / "careless_platform.py"
SENDER = """
import datetime, json, sys
from pathlib import Path
from transfer.errors import AwaitingReceipt, ReceiptHashDiffers
from transfer.send import Destination, Pace, UploadState, deliver
from transfer.types import PackageRef
from signing.trust import load_anchors
package, url, root, kept, wait = json.loads(sys.argv[1]), *sys.argv[2:]
package = PackageRef(**{**package, "path": Path(package["path"])})
kept = Path(kept)
def keep(state):
    part = kept.with_suffix(".part")
    part.write_text(json.dumps({"url": state.url, "offset": state.offset}))
    part.replace(kept)
resume = UploadState(**json.loads(kept.read_text())) if kept.exists() else None
now = lambda: datetime.datetime.now(datetime.timezone.utc)
pace = Pace(receipt_wait=float(wait), tries=600, pause=lambda _: 0.2)
try:
    deliver(package, Destination(url, load_anchors([Path(root)])), now=now, resume=resume, on_state=keep, pace=pace)
    print("arrived")
except (AwaitingReceipt, ReceiptHashDiffers) as error:
    print(error.key)
"""


@dataclass(frozen=True)
class Kind:
    """A platform to send to. `said`: how a whole delivery to it ends."""

    command: Callable[[Path, int], list[str]]
    received: Callable[[Path, PackageRef], Path]
    said: str
    wait_s: float


def _ours(home: Path, port: int) -> list[str]:
    return [sys.executable, "-m", "app", "--home", str(home), "--quiet", "platform", "serve", "--port", str(port)]


def _node(home: Path, port: int) -> list[str]:
    return ["node", str(TUS_SERVER / "serve.mjs"), str(port), str(home / "tus")]


def _uploaded(home: Path, _package: PackageRef) -> Path:
    (file,) = (path for path in (home / "tus").iterdir() if path.suffix != ".json")
    return file


KINDS = {
    "ours": Kind(
        _ours, lambda home, package: home / "training-platform/received" / package.id / "package.zip", "arrived", 60.0
    ),
    # complete is not arrived: it knows no receipts
    "@tus/server": Kind(_node, _uploaded, "transfer.awaiting-receipt", 0.5),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, home: Path) -> Kind:
    (home / "tus").mkdir()
    if request.param == "@tus/server" and not (TUS_SERVER / "node_modules").is_dir():
        npm = shutil.which("npm")
        assert npm, "npm is missing; installer/test installs it"
        subprocess.run(
            [npm, "ci", "--no-audit", "--no-fund", "--omit=optional", "--silent"], cwd=TUS_SERVER, check=True
        )
    return KINDS[request.param]


@contextmanager
def killed_at_end(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    with killed_at_end(command):
        for _ in range(1200):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        else:
            raise TimeoutError("the platform does not answer")
        yield


def sender(package: PackageRef, url: str, home: Path, wait_s: float) -> list[str]:
    described = json.dumps({**vars(package), "path": str(package.path)})
    root = home / "keys" / "training" / "root.pem"
    return [sys.executable, "-c", SENDER, described, url, str(root), str(home / "state.json"), str(wait_s)]


def wait_until(relay: Relay, count: float, process: subprocess.Popen[str]) -> None:
    while relay.count < count and process.poll() is None:
        time.sleep(0.002)
    assert process.poll() is None, "it ended before it could be killed"


def moments(size: int) -> list[float]:
    """Bytes gone over at each kill."""
    return [size * (each + 0.5) / (KILLS + 0.5) for each in range(KILLS)]


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def report(what: str, relay: Relay) -> None:
    print(f"{what}: {KILLS} kills, {SIZE / 1e6:.0f} MB, sent again {(relay.count - SIZE) / 1e6:.1f} MB")


def allowed() -> int:
    """Each kill costs `CHUNK` at most, though requests are longer on so fast a line; headers and the relay's buffers
    besides."""
    return SIZE + KILLS * (CHUNK + MAX_BODY) + 1024**2


def test_the_sender_is_killed_again_and_again(kind: Kind, make_package, home: Path, relay: Relay):
    package = make_package(SIZE)
    with running(kind.command(home, relay.to_port), relay.to_port):
        for count in moments(SIZE):
            with killed_at_end(sender(package, relay.url, home, kind.wait_s)) as process:
                wait_until(relay, count, process)
        with killed_at_end(sender(package, relay.url, home, kind.wait_s)) as process:
            said, _ = process.communicate(timeout=300)
    assert said.strip() == kind.said
    assert digest(kind.received(home, package)) == package.sha256
    report("sender", relay)
    assert SIZE < relay.count < allowed()


def test_the_platform_is_killed_again_and_again(kind: Kind, make_package, home: Path, relay: Relay):
    package = make_package(SIZE)
    with killed_at_end(sender(package, relay.url, home, kind.wait_s)) as process:
        for count in moments(SIZE):
            with killed_at_end(kind.command(home, relay.to_port)):
                wait_until(relay, count, process)
        with killed_at_end(kind.command(home, relay.to_port)):
            said, _ = process.communicate(timeout=300)
    assert said.strip() == kind.said
    assert digest(kind.received(home, package)) == package.sha256
    report("platform", relay)
    assert SIZE < relay.count < allowed()


def test_a_platform_that_corrupts_under_kills_never_makes_it_arrived(
    make_package, home: Path, relay: Relay, keys: Path
):
    """It calls the upload complete; its receipt is over what it holds, and that is not what was sealed."""
    package = make_package(20_000_000)
    folder = home / "careless"
    command = [sys.executable, str(CARELESS), str(folder), str(keys), str(relay.to_port)]
    with killed_at_end(sender(package, relay.url, home, 60.0)) as process:
        with killed_at_end(command):
            wait_until(relay, 12_000_000, process)
        with killed_at_end(command):
            said, _ = process.communicate(timeout=300)
    assert said.strip() == "transfer.receipt-hash-differs"
    assert not (folder / "received" / package.id / "package.zip").exists()


def test_a_line_too_bad_for_a_whole_chunk_brings_it_over_bit_by_bit(
    make_package, home: Path, relay: Relay, pki: TrainingPki
):
    package = make_package(6_000_000)
    relay.longest_line = 1_000_000
    anchors = TrustAnchors((pki.root,))
    with serving(home / "training-platform", home / "keys", port=relay.to_port):
        pace = Pace(tries=3, pause=lambda _: 0.05)
        done = deliver(package, Destination(relay.url, anchors), now=lambda: dt.datetime.now(dt.UTC), pace=pace)
    assert done.receipt.sha256 == package.sha256
    assert relay.lines > 6
