"""Our upload beside `curl -T`, to the same server on loopback: `bench/upload.py [--mb 300] [--gb 2] [--rounds 7]`.

Twice: to @tus/server, which leaves the disk to the system, so that the senders count (install it with `npm ci` in
tests/faults/tus-server); and to the training platform, which makes what it answers for safe on the disk first.

curl sends the whole file as one PATCH of the same protocol; we send chunks, each answered before the next. Every
sending has a fresh server, and who goes first changes with the round; the ratio is the median of the rounds' own
ratios. Memory: growth of both processes' peaks from a small to a large file, receipt and hashing included.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import datetime as dt
import hashlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from cryptography.hazmat.primitives import hashes

from app.platform.inbox import Judgement
from app.platform.serve import platform
from app.platform.tls import server_context, station_files
from signing.training import ensure_training_pki
from signing.trust import load_anchors
from transfer.errors import AwaitingReceipt
from transfer.send import Destination, Pace, UploadState, deliver
from transfer.tls import client_context
from transfer.types import PackageRef

PIECE = 1024**2
Sender = Callable[[str, PackageRef, Path], float]  # address, package, keys; seconds
TUS_SERVER = Path(__file__).parents[1] / "tests" / "faults" / "tus-server"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mb", type=int, default=300)
    parser.add_argument("--gb", type=float, default=2.0)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="juanzong-bench-") as name:
        folder = Path(name)
        keys = folder / "keys"
        ensure_training_pki(keys, now=_now())
        _speed(folder, keys, given.mb, given.rounds)
        _memory(folder, keys, int(given.gb * 1000))


def _speed(folder: Path, keys: Path, megabytes: int, rounds: int) -> None:
    file = _file(folder / "package.bin", megabytes, 0)
    package = _package(file)
    server_context(keys, now=_now())  # makes the certificates
    print(f"{megabytes} MB, medians of {rounds} rounds")
    print("| server | line | curl -T, MB/s | ours, MB/s | ours of curl |")
    print("|---|---|---|---|---|")
    for name, server in (("@tus/server", _reference), ("training platform", _platform)):
        for tls in (False, True):
            took: dict[Sender, list[float]] = {_curl: [], _ours: []}
            for number in range(rounds):
                for send in sorted(took, key=lambda each: (each is _ours) ^ number % 2):
                    place = folder / f"{name[1:4]}-{tls}-{number}-{send.__name__}"
                    with server(place, keys, tls=tls) as url:
                        took[send].append(send(url, package, keys))
                    shutil.rmtree(place)
            curl, ours = (megabytes / statistics.median(took[send]) for send in (_curl, _ours))
            ratio = statistics.median(theirs / own for theirs, own in zip(took[_curl], took[_ours], strict=True))
            print(
                f"| {name} | {'mutual TLS' if tls else 'plain'} | {curl:.0f} | {ours:.0f} | {ratio:.2f} |", flush=True
            )


def _memory(folder: Path, keys: Path, megabytes: int) -> None:
    small, large = _file(folder / "small.bin", 20, 7), _file(folder / "large.bin", megabytes, 8)
    with _process(folder / "platform-memory", keys, tls=False) as (url, pid):
        command = [sys.executable, __file__, "deliver", url, str(pid), str(keys), str(small), str(large)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip())


def deliver_both(url: str, platform_pid: int, keys: Path, small: Path, large: Path) -> None:
    """In a process of its own: growth of its peak memory, and of the platform's, from the small to the large file."""
    packages = _package(small), _package(large)
    destination = Destination(url, load_anchors([keys / "training" / "root.pem"]))
    deliver(packages[0], destination, now=_now)
    before, cpu = [_peak(pid) for pid in (os.getpid(), platform_pid)], time.process_time()
    deliver(packages[1], destination, now=_now)
    cpu = time.process_time() - cpu
    grown = [(_peak(pid) - old) / 1024 for pid, old in zip((os.getpid(), platform_pid), before, strict=True)]
    size = packages[1].size / 1e6
    print(f"{size:.0f} MB to the receipt: sender +{grown[0]:.1f} MB and {cpu:.1f} s of CPU with hashing", end=", ")
    print(f"platform +{grown[1]:.1f} MB")


def _peak(pid: int) -> int:
    """KiB of the process's largest resident set (proc(5))."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0])


@contextlib.contextmanager
def _platform(folder: Path, keys: Path, *, tls: bool) -> Iterator[str]:
    with _process(folder, keys, tls=tls) as (url, _):
        yield url


@contextlib.contextmanager
def _process(folder: Path, keys: Path, *, tls: bool) -> Iterator[tuple[str, int]]:
    """The training platform in a process of its own; its address and number."""
    command = [sys.executable, __file__, "serve", str(folder), str(keys), str(int(tls))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None  # noqa: S101 - for the type checker
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.kill()


@contextlib.contextmanager
def _reference(folder: Path, keys: Path, *, tls: bool) -> Iterator[str]:
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = ["node", str(TUS_SERVER / "serve.mjs"), str(port), str(folder)]
    if tls:
        made = station_files(keys).ca.parent
        command += [str(made / name) for name in ("ca.pem", "platform.pem", "platform.key")]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(port)
            yield f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        finally:
            process.kill()


def _wait_for(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.05)
    raise TimeoutError("the server does not answer")


def serve(folder: Path, keys: Path, tls: bool) -> None:
    with platform(folder, keys, judge=lambda *_: Judgement(True, None, (), ""), tls=tls) as receiver:
        print(receiver.url, flush=True)
        receiver.serve_forever()


def _ours(url: str, package: PackageRef, keys: Path) -> float:
    """Seconds from the first byte sent to the last one acknowledged."""
    moments: list[float] = []

    def note(_: UploadState) -> None:
        moments.append(time.perf_counter())

    anchors = load_anchors([keys / "training" / "root.pem"])
    verify = client_context(station_files(keys)) if url.startswith("https:") else True
    with contextlib.suppress(AwaitingReceipt):  # the reference server knows none
        deliver(package, Destination(url, anchors, verify), now=_now, on_state=note, pace=Pace(receipt_wait=0.0))
    return moments[-1] - moments[0]


def _curl(url: str, package: PackageRef, keys: Path) -> float:
    files = station_files(keys)
    secure = url.startswith("https:")
    with httpx.Client(base_url=url, verify=client_context(files) if secure else True, trust_env=False) as http:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(package.size), "Upload-Metadata": _told(package)}
        location = http.post("/files", headers=headers).raise_for_status().headers["location"]
    command = ["curl", "--silent", "--fail", "--noproxy", "*", "-X", "PATCH", "-T", str(package.path), url + location]
    command += ["-H", "Tus-Resumable: 1.0.0", "-H", "Upload-Offset: 0", "-H", "Expect:"]
    command += ["-H", "Content-Type: application/offset+octet-stream"]
    if secure:
        command += ["--cacert", str(files.ca), "--cert", str(files.certificate), "--key", str(files.key)]
    started = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - started


def _file(path: Path, megabytes: int, seed: int) -> Path:
    block = hashlib.shake_256(bytes([seed])).digest(1_000_000)
    with path.open("wb") as out:
        for number in range(megabytes):
            out.write(number.to_bytes(8, "big") + block[8:])
    return path


def _package(file: Path) -> PackageRef:
    sha256, sm3 = _digests(file)
    return PackageRef(sha256[:32], file, file.stat().st_size, sha256, sm3, "bench")


def _told(package: PackageRef) -> str:
    fields = {"package_id": package.id, "sha256": package.sha256, "sm3": package.sm3, "filename": package.path.name}
    return ",".join(f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in fields.items())


def _digests(file: Path) -> tuple[str, str]:
    sha256, sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
    with file.open("rb") as data:
        while piece := data.read(PIECE):
            sha256.update(piece)
            sm3.update(piece)
    return sha256.hexdigest(), sm3.finalize().hex()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["serve", folder, keys, tls]:
            serve(Path(folder), Path(keys), tls == "1")
        case ["deliver", url, pid, keys, small, large]:
            deliver_both(url, int(pid), Path(keys), Path(small), Path(large))
        case _:
            main()
