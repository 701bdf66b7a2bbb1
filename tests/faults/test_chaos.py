"""A line that is reset time and again, or hardly carries anything: the package arrives, and little is sent twice.

20 resets within 12 MB and 1 MB at 300 kB/s; `JUANZONG_CHAOS_MB=200 JUANZONG_SLOW_KB_S=64` asks for more.
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from relay import Relay

from app.platform.inbox import Judgement
from app.platform.serve import serving
from signing.training import TrainingPki
from signing.types import TrustAnchors
from transfer.http import MAX_BODY
from transfer.send import Delivered, Destination, Pace, deliver
from transfer.tus import CHUNK
from transfer.types import PackageRef, Verdict

RESETS = 20
SIZE = int(os.environ.get("JUANZONG_CHAOS_MB", "12")) * 1_000_000
SLOW = int(os.environ.get("JUANZONG_SLOW_KB_S", "300")) * 1000
SLOW_SIZE = 1_000_000
PATIENT = Pace(tries=5, pause=lambda _: 0.05)


@pytest.fixture
def folder(home: Path, relay: Relay):
    place = home / "training-platform"
    with serving(place, home / "keys", port=relay.to_port, judge=lambda *_: Judgement(True, None, (), "")):
        yield place


def bring(package: PackageRef, relay: Relay, pki: TrainingPki) -> Delivered:
    destination = Destination(relay.url, TrustAnchors((pki.root,)))
    return deliver(package, destination, now=lambda: dt.datetime.now(dt.UTC), pace=PATIENT)


def test_twenty_resets_cost_less_than_a_chunk_each(make_package, folder: Path, relay: Relay, pki: TrainingPki):
    package = make_package(SIZE)
    moments = [int(SIZE * (each + 0.5) / (RESETS + 0.5)) for each in range(RESETS)]
    relay.breaks, relay.answer_breaks = moments[::2], moments[1::2]
    done = bring(package, relay, pki)
    print(f"{relay.resets} resets, {SIZE / 1e6:.0f} MB, sent again {(relay.count - SIZE) / 1e6:.1f} MB")
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert (folder / "received" / package.id / "package.zip").read_bytes() == package.path.read_bytes()
    assert relay.resets == RESETS
    assert SIZE < relay.count < SIZE + RESETS * (CHUNK + MAX_BODY)


def test_a_slow_line_carries_it_once(make_package, folder: Path, relay: Relay, pki: TrainingPki):
    package = make_package(SLOW_SIZE)
    relay.bytes_s, relay.delay_s = SLOW, 0.3
    done = bring(package, relay, pki)
    print(f"{SLOW / 1000:.0f} kB/s, answers after 0.3 s: {relay.lines} connections, {relay.count / 1e6:.2f} MB sent")
    assert done.receipt.sha256 == package.sha256
    assert relay.count < SLOW_SIZE + MAX_BODY
