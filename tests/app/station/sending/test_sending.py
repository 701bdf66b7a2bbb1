"""The outbox at work: nothing is lost, nothing blocks, and only a signed receipt counts as arrival."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from outbox_rig import HASTY, REASON, AddPackage, platform, reject, row, spoil

from app.i18n.catalogue import load
from app.station import sending
from app.station.carrying import export_packages
from app.station.reasons import fault_of
from app.station.receipts import import_receipts, package_ref, receipt_of
from app.station.sending import send_all
from app.station.sending_errors import AlreadySending
from app.station.station import Station, open_station
from app.store.store import Who
from transfer.errors import (
    MediumGone,
    PackageAltered,
    PlatformDown,
    ReceiptForged,
    ReceiptForOther,
    Stopped,
    TransferError,
)
from transfer.send import Destination, deliver
from transfer.tus import CHUNK, FIRST_CHUNK
from transfer.types import SendState


def test_what_is_sent_arrives_with_its_receipt_beside_it(station: Station, add_package: AddPackage):
    package_id = add_package()
    told: list[tuple[int, int]] = []
    with platform(station) as url:
        ((sent, error),) = send_all(station, url, on_progress=lambda *step: told.append(step))
    assert error is None
    assert sent.state is SendState.ARRIVED
    assert told[-1] == (50_000, 50_000)
    receipt = receipt_of(station, package_id)
    assert receipt is not None
    assert receipt.sha256 == sent.package.sha256
    assert sent.package.file.with_suffix(".receipt").read_text() == sent.receipt


def test_a_real_dossier_never_goes_to_the_training_platform(station: Station, add_package: AddPackage):
    exercise, real = add_package(seed=1), add_package(seed=2, training=False)
    with platform(station) as url:
        sent = send_all(station, url)
    assert [item.package.id for item, _ in sent] == [exercise]
    assert row(station, real).state is SendState.QUEUED


def test_what_has_arrived_is_not_sent_again(station: Station, add_package: AddPackage, nobody: str):
    add_package()
    with platform(station) as url:
        send_all(station, url)
    assert send_all(station, nobody, pace=HASTY) == []


def test_every_step_is_in_the_trail(station: Station, add_package: AddPackage):
    add_package()
    with platform(station) as url:
        send_all(station, url)
    trail = station.store.audit.export("A9901260000002026030001").splitlines()
    events = [json.loads(json.loads(line)["record"])["event"] for line in trail]
    assert events == ["case.opened", "dossier.sealed", "package.state", "receipt.taken"]


def test_a_platform_that_is_down_leaves_all_waiting_and_is_asked_once(
    station: Station, add_package: AddPackage, nobody: str
):
    first, second = add_package(1), add_package(2)
    outcomes = send_all(station, nobody, pace=HASTY)
    assert [type(error) for _, error in outcomes] == [PlatformDown, PlatformDown]
    assert [row(station, each).state for each in (first, second)] == [SendState.QUEUED, SendState.QUEUED]
    assert (row(station, first).attempts, row(station, second).attempts) == (1, 0)
    fault = fault_of(row(station, first))
    assert fault is not None
    assert load("zh_CN").error(fault).message.startswith(f"平台 {nobody} 没有应答")
    with platform(station) as url:
        assert {item.state for item, _ in send_all(station, url)} == {SendState.ARRIVED}


def test_a_platform_that_stays_down_never_sets_a_package_aside(station: Station, add_package, nobody: str):
    package_id = add_package()
    for _ in range(5):
        send_all(station, nobody, pace=HASTY)
    assert (row(station, package_id).state, row(station, package_id).attempts) == (SendState.QUEUED, 5)


def test_an_altered_package_is_set_aside_and_the_others_arrive(station: Station, add_package: AddPackage):
    bad, good = add_package(1), add_package(2)
    spoil(station, bad)
    with platform(station) as url:
        errors = {item.package.id: error for item, error in send_all(station, url)}
    assert isinstance(errors[bad], PackageAltered)
    assert row(station, bad).state is SendState.QUARANTINED
    assert row(station, good).state is SendState.ARRIVED


def test_three_equal_refusals_set_a_package_aside_until_a_person_sends_it_again(
    station: Station, add_package: AddPackage, monkeypatch: pytest.MonkeyPatch
):
    package_id = add_package()
    believed = sending.anchors_for
    monkeypatch.setattr(sending, "anchors_for", lambda _home: None)  # believes no platform: each receipt is a forgery
    with platform(station) as url:
        states = []
        for _ in range(3):
            ((item, error),) = send_all(station, url, pace=HASTY)
            assert isinstance(error, ReceiptForged)
            states.append(item.state)
        assert states == [SendState.QUEUED, SendState.QUEUED, SendState.QUARANTINED]
        assert send_all(station, url) == []
        monkeypatch.setattr(sending, "anchors_for", believed)
        ((item, error),) = send_all(station, url, set_aside=True)
    assert (item.state, error) == (SendState.ARRIVED, None)
    assert row(station, package_id).reason is None


def test_a_rejected_package_says_why(station: Station, add_package: AddPackage):
    add_package()
    with platform(station, reject) as url:
        ((item, error),) = send_all(station, url)
    assert error is None
    assert item.state is SendState.REJECTED
    assert item.reason == f"缺页;{REASON}"
    assert fault_of(item) is None


def test_stopping_is_no_failure_and_the_next_sending_goes_on(station: Station, add_package: AddPackage):
    package_id = add_package(size=FIRST_CHUNK + CHUNK)
    with platform(station) as url:
        steps: list[int] = []
        ((item, error),) = send_all(
            station,
            url,
            on_progress=lambda sent, _: steps.append(sent),
            should_stop=lambda: FIRST_CHUNK in steps,
        )
        assert isinstance(error, Stopped)
        assert (item.state, item.sent, item.attempts) == (SendState.QUEUED, FIRST_CHUNK, 0)
        steps.clear()
        send_all(station, url, on_progress=lambda sent, _: steps.append(sent))
    assert steps[-1] == FIRST_CHUNK + CHUNK
    assert FIRST_CHUNK not in steps
    assert row(station, package_id).state is SendState.ARRIVED


SENDS = """
import sys, time
from pathlib import Path
from app.station.sending import send_all
from app.station.station import open_station
def pause(sent, size):
    print(sent, flush=True)
    if sent:
        time.sleep(60)
with open_station(Path(sys.argv[1])) as station:
    send_all(station, sys.argv[2], on_progress=pause)
"""


def test_a_station_killed_while_sending_goes_on_and_only_one_sends_at_a_time(station: Station, add_package):
    package_id = add_package(size=2 * CHUNK)
    with platform(station) as url:
        command = [sys.executable, "-c", SENDS, str(station.home.path), url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(2)] == ["0\n", f"{FIRST_CHUNK}\n"]
            with pytest.raises(AlreadySending):
                send_all(station, url)
            process.kill()
        assert (row(station, package_id).state, row(station, package_id).sent) == (SendState.SENDING, FIRST_CHUNK)
        steps: list[int] = []
        send_all(station, url, on_progress=lambda sent, _: steps.append(sent))
    assert steps[-1] == 2 * CHUNK
    assert FIRST_CHUNK not in steps
    assert row(station, package_id).state is SendState.ARRIVED


def test_a_medium_that_cannot_be_written_is_told(station: Station, add_package, tmp_path: Path):
    add_package()
    gone = tmp_path / "pulled out"
    gone.write_bytes(b"")
    with pytest.raises(MediumGone, match="pulled out"):
        export_packages(station, gone / "packages")


def test_a_package_goes_by_hand_and_its_receipt_comes_back(station: Station, add_package, tmp_path: Path):
    """Carried to where the platform is, sent from there, the receipt carried back."""
    package_id = add_package()
    (copy,) = export_packages(station, tmp_path / "disk")
    assert copy.read_bytes() == row(station, package_id).package.file.read_bytes()
    assert row(station, package_id).state is SendState.QUEUED
    anchors = sending.anchors_for(station.home.path)
    assert anchors is not None
    with platform(station) as url:
        there = deliver(
            package_ref(station, row(station, package_id)), Destination(url, anchors), now=station.clock.now
        )
    slip = tmp_path / "disk" / "slip.receipt"
    slip.write_text(there.signed.to_text())
    assert import_receipts(station, [slip]) == [there.receipt]
    assert row(station, package_id).state is SendState.ARRIVED
    before = station.store.audit.export("A9901260000002026030001")
    import_receipts(station, [slip])
    assert station.store.audit.export("A9901260000002026030001") == before


def test_a_receipt_for_no_package_of_ours_is_not_taken(station: Station, add_package, tmp_path: Path):
    package_id = add_package()
    with platform(station) as url:
        send_all(station, url)
    slip = row(station, package_id).package.file.with_suffix(".receipt")
    with (
        open_station(tmp_path / "elsewhere", who=Who("王", "别处")) as elsewhere,
        pytest.raises(ReceiptForOther, match=package_id),
    ):
        import_receipts(elsewhere, [slip])


def test_a_hundred_gigabytes_instead_of_a_receipt_are_not_read(station: Station, add_package, tmp_path: Path):
    huge = tmp_path / "huge.receipt"
    with huge.open("wb") as file:
        file.truncate(100 * 1024**3)  # a hole; reading it all would take the machine's memory
    started = time.monotonic()
    with pytest.raises(TransferError, match="larger than"):
        import_receipts(station, [huge])
    assert time.monotonic() - started < 30  # reading it takes minutes, and the memory
