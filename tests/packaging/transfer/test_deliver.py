"""Delivering to a real platform over loopback."""

from __future__ import annotations

import dataclasses
import datetime as dt
import socket
import threading
import time
from base64 import b64encode
from itertools import pairwise
from pathlib import Path

import httpx
import pytest

from app.platform.inbox import Judgement
from app.platform.serve import serving
from signing.training import TrainingPki
from transfer.errors import AddressUnusable, AwaitingReceipt, PackageAltered, PlatformDown, PlatformRefused, Stopped
from transfer.send import Destination, Pace, UploadState, deliver
from transfer.tus import CHUNK, FIRST_CHUNK, LARGEST_CHUNK, LEAST_CHUNK, next_chunk
from transfer.types import PackageRef, Verdict


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def accept(_package: Path, _announced_id: str) -> Judgement:
    return Judgement(True, None, (), "")


def kept(folder: Path, package: PackageRef) -> Path:
    return folder / "received" / package.id / "package.zip"


def test_the_package_arrives_whole_and_the_receipt_says_so(make_package, destination, platform_folder):
    package = make_package(3 * CHUNK + 17)
    states: list[UploadState] = []
    done = deliver(package, destination, now=now, on_state=states.append)
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert (done.receipt.sha256, done.receipt.size) == (package.sha256, package.size)
    assert kept(platform_folder, package).read_bytes() == package.path.read_bytes()
    offsets = [state.offset for state in states]
    assert offsets[:2] == [0, FIRST_CHUNK]
    assert max(after - before for before, after in pairwise(offsets)) <= LARGEST_CHUNK
    assert offsets[-1] == package.size
    assert not list((platform_folder / "uploads").iterdir())


@pytest.mark.parametrize(
    ("length", "seconds", "then"),
    [
        (FIRST_CHUNK, 0.001, 8 * FIRST_CHUNK),  # it grows step by step
        (CHUNK, 0.01, LARGEST_CHUNK),
        (LARGEST_CHUNK, 2.0, LARGEST_CHUNK // 2),  # above CHUNK no more than a second's worth may be lost
        (LARGEST_CHUNK, 8.0, CHUNK),
        (CHUNK, 10.0, CHUNK),
        (CHUNK, 40.0, CHUNK // 4),  # below it ten seconds' worth
        (LEAST_CHUNK, 60.0, LEAST_CHUNK),
        (1, 1.0, LEAST_CHUNK),
    ],
)
def test_chunks_follow_the_line(length: int, seconds: float, then: int):
    assert next_chunk(length, seconds) == then


@pytest.mark.parametrize("days", [-3, 3])
def test_a_station_clock_that_is_days_off_holds_up_nothing(make_package, destination, days: int):
    done = deliver(make_package(), destination, now=lambda: now() + dt.timedelta(days=days))
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert abs(done.receipt.received_at - now()) < dt.timedelta(hours=1)  # the platform's own


def test_a_second_delivery_gets_the_same_receipt_and_sends_nothing(make_package, destination):
    package = make_package()
    first = deliver(package, destination, now=now)
    states: list[UploadState] = []
    second = deliver(package, destination, now=now, on_state=states.append)
    assert second.signed == first.signed
    assert states == []


def test_receipts_are_numbered_without_gaps(make_package, destination):
    numbers = [deliver(make_package(seed=seed), destination, now=now).receipt.platform_sequence for seed in range(1, 5)]
    assert numbers == [1, 2, 3, 4]


def test_it_goes_on_where_it_stopped_though_the_platform_moved(
    make_package, keys: Path, anchors, platform_folder, hasty: Pace
):
    package = make_package(2 * FIRST_CHUNK + CHUNK)
    states: list[UploadState] = []
    with serving(platform_folder, keys, judge=accept) as url, pytest.raises(Stopped):
        deliver(
            package, Destination(url, anchors), now=now, on_state=states.append, should_stop=lambda: len(states) == 2
        )
    assert states[-1].offset == FIRST_CHUNK
    gone_on: list[UploadState] = []
    with serving(platform_folder, keys, judge=accept) as url:  # another port
        done = deliver(
            package, Destination(url, anchors), now=now, resume=states[-1], on_state=gone_on.append, pace=hasty
        )
    assert [state.offset for state in gone_on] == [2 * FIRST_CHUNK, package.size]
    assert done.receipt.sha256 == package.sha256


def test_an_upload_the_platform_forgot_is_begun_again(make_package, destination, hasty: Pace):
    package = make_package()
    forgotten = UploadState(f"{destination.url}/files/{'0' * 32}", 50_000)
    states: list[UploadState] = []
    done = deliver(package, destination, now=now, resume=forgotten, on_state=states.append, pace=hasty)
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert [state.offset for state in states] == [0, package.size]


def test_a_platform_that_is_down_leaves_the_package_waiting(make_package, anchors, hasty: Pace):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with pytest.raises(PlatformDown) as down:
        deliver(make_package(), Destination(url, anchors), now=now, pace=hasty)
    assert url in str(down.value)


@pytest.mark.parametrize("address", ["", "platform.example", "ftp://platform.example", "http://", "http://a:b"])
def test_an_address_that_is_none_is_said_to_be_none(make_package, anchors, address: str):
    with pytest.raises(AddressUnusable):
        deliver(make_package(), Destination(address, anchors), now=now)


def test_a_changed_package_is_not_sent(make_package, destination, platform_folder):
    package = make_package()
    content = bytearray(package.path.read_bytes())
    content[1234] ^= 1
    package.path.write_bytes(content)
    with pytest.raises(PackageAltered):
        deliver(package, destination, now=now)
    package.path.unlink()
    with pytest.raises(PackageAltered):
        deliver(package, destination, now=now)
    assert not list((platform_folder / "uploads").iterdir())


def test_a_package_that_shrinks_under_the_sending_is_not_padded(make_package, destination, platform_folder):
    package = make_package(2 * CHUNK)

    def cut(_: UploadState) -> None:
        with package.path.open("r+b") as file:
            file.truncate(1000)

    with pytest.raises(PackageAltered):
        deliver(package, destination, now=now, on_state=cut)
    assert not kept(platform_folder, package).exists()


def test_bytes_damaged_on_their_way_are_rejected_and_come_once_more(make_package, destination, hasty: Pace):
    """Somebody in between flips a bit: the platform signs for what it got, so it cannot pass for ours."""
    package = make_package()
    damaged = dataclasses.replace(package, path=package.path.with_suffix(".damaged"))
    damaged.path.write_bytes(package.path.read_bytes()[:-1] + b"?")
    announce_damaged(destination.url, damaged)
    done = deliver(package, destination, now=now, pace=hasty)
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert done.receipt.platform_sequence == 2


def announce_damaged(url: str, package: PackageRef) -> None:
    """What a broken proxy would do, with plain httpx: announced hashes and bytes that differ from them."""
    tus = {"Tus-Resumable": "1.0.0"}
    with httpx.Client(base_url=url, trust_env=False) as http:
        made = http.post(
            "/files",
            headers={**tus, "Upload-Length": str(package.size), "Upload-Metadata": metadata(package)},
        )
        http.patch(
            made.headers["location"],
            headers={**tus, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
            content=package.path.read_bytes(),
        ).raise_for_status()
        while (answer := http.get(f"/receipts/{package.id}")).status_code == 202:
            time.sleep(0.01)
        assert answer.status_code == 200


def metadata(package: PackageRef) -> str:
    fields = {"package_id": package.id, "sha256": package.sha256, "sm3": package.sm3}
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in fields.items())


def test_a_rejected_package_comes_back_with_its_reasons(make_package, keys: Path, anchors, platform_folder):
    def reject(_package: Path, _announced_id: str) -> Judgement:
        return Judgement(False, "缺页", ("C-01 第1卷:缺第3页",), "")

    with serving(platform_folder, keys, judge=reject) as url:
        done = deliver(make_package(), Destination(url, anchors), now=now)
    assert done.receipt.verdict is Verdict.REJECTED
    assert (done.receipt.reason_code, done.receipt.reasons) == ("缺页", ("C-01 第1卷:缺第3页",))


def test_without_a_receipt_it_has_not_arrived_and_the_judge_is_asked_again_at_the_next_start(
    make_package, keys: Path, anchors, platform_folder, pki: TrainingPki, caplog: pytest.LogCaptureFixture
):
    def break_down(_package: Path, _announced_id: str) -> Judgement:
        raise MemoryError

    package = make_package()
    with serving(platform_folder, keys, judge=break_down) as url:
        with pytest.raises(AwaitingReceipt):
            deliver(package, Destination(url, anchors), now=now, pace=Pace(receipt_wait=0.5))
        assert "MemoryError" in httpx.get(url, trust_env=False).text
    assert "broke off" in caplog.text
    sent: list[UploadState] = []
    with serving(platform_folder, keys, judge=accept) as url:
        done = deliver(package, Destination(url, anchors), now=now, on_state=sent.append)
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert sent == []


def test_a_refusal_is_told_in_the_platforms_words(make_package, destination):
    package = dataclasses.replace(make_package(), id="no/id")
    with pytest.raises(PlatformRefused, match="package_id, sha256 and sm3"):
        deliver(package, destination, now=now)


def test_what_is_being_checked_is_waited_for_not_sent_again(make_package, keys: Path, anchors, platform_folder):
    checked = threading.Event()

    def take_time(_package: Path, _announced_id: str) -> Judgement:
        assert checked.wait(20)
        return Judgement(True, None, (), "")

    package = make_package()
    with serving(platform_folder, keys, judge=take_time) as url:
        with pytest.raises(AwaitingReceipt):
            deliver(package, Destination(url, anchors), now=now, pace=Pace(receipt_wait=0.2))
        sent: list[UploadState] = []
        threading.Timer(0.5, checked.set).start()
        done = deliver(package, Destination(url, anchors), now=now, on_state=sent.append)
    assert done.receipt.verdict is Verdict.ACCEPTED
    assert sent == []
