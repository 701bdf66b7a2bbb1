"""Background sending: what is due goes out by itself; people hold it back and hurry it; clocks and disks misbehave."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from click.testing import CliRunner
from outbox_rig import HASTY, AddPackage, platform, row, spoil

from app.cli.main import cli
from app.station.outbox_acts import cancel, pause, resume, retry_now
from app.station.sending import destination_at, only_sender, send_all, send_package
from app.station.sending_errors import PackageSettled, PackageUnknown, PlanBroken
from app.station.sending_loop import keep_sending
from app.station.sending_plan import load_timetable, plan_file
from app.station.station import Station, open_station
from app.store.errors import DiskFull
from transfer.errors import Stopped, WindowClosed
from transfer.retry import CLOSED_S
from transfer.tus import CHUNK, FIRST_CHUNK
from transfer.types import SendState

THURSDAY = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@dataclass
class Hand:
    """A clock moved by hand; the wall and the monotonic one apart."""

    wall: dt.datetime = THURSDAY
    seconds: float = 1000.0

    def now(self) -> dt.datetime:
        return self.wall

    def monotonic_ns(self) -> int:
        return int(self.seconds * 1e9)

    def sleep(self, seconds: float) -> None:
        self.wall += dt.timedelta(seconds=seconds)
        self.seconds += seconds


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def timed(station: Station, clock: Hand) -> Station:
    """The same station by that clock."""
    return replace(station, clock=clock)


def run(station: Station, url: str, rounds: int, on_round: Callable[[int], None] = lambda _: None) -> list[tuple]:
    """Keep sending for so many idle rounds of a second each; returns when what was tried."""
    told: list[tuple] = []
    idle = 0

    def sleep(seconds: float) -> None:
        nonlocal idle
        idle += 1
        station.clock.sleep(seconds)  # type: ignore[attr-defined]
        on_round(idle)

    keep_sending(
        station,
        url,
        sleep=sleep,
        should_stop=lambda: idle >= rounds,
        on_outcome=lambda outcome: told.append((station.clock.monotonic_ns() / 1e9, *outcome)),
        pace=HASTY,
    )
    return told


def states(station: Station) -> list[SendState]:
    return [item.state for item in station.store.outbox.all()]


def test_what_is_sealed_later_goes_out_by_itself(timed: Station, add_package: AddPackage):
    add_package(1)
    with platform(timed) as url:
        run(timed, url, 3, on_round=lambda number: number == 1 and add_package(2))
    assert states(timed) == [SendState.ARRIVED, SendState.ARRIVED]


def test_a_platform_that_is_down_is_asked_once_a_minute_and_gets_all_when_it_is_back(
    timed: Station, add_package: AddPackage, nobody: str
):
    for seed in range(1, 4):
        add_package(seed)
    tried = run(timed, nobody, 200)
    moments = [moment for moment, _, _ in tried]
    assert len(tried) == 4
    assert all(later - earlier >= CLOSED_S for earlier, later in pairwise(moments))
    with platform(timed) as url:
        run(timed, url, 400)
    assert states(timed) == [SendState.ARRIVED] * 3


@pytest.mark.parametrize("days", [-3, 3])
def test_a_clock_set_by_days_neither_loses_nor_hurries_an_attempt(
    timed: Station, add_package: AddPackage, clock: Hand, days: int, nobody: str
):
    add_package()

    def set_the_clock(number: int) -> None:
        if number == 5:
            clock.wall += dt.timedelta(days=days)

    moments = [moment for moment, _, _ in run(timed, nobody, 70, on_round=set_the_clock)]
    assert len(moments) == 2
    assert moments[1] - moments[0] >= CLOSED_S
    with platform(timed) as url:  # another process after the clock was set: the row's time may be days off
        run(timed, url, 2 if days > 0 else 400)
    assert states(timed) == [SendState.ARRIVED]


def test_one_bad_package_of_a_hundred_and_ninety_nine_arrive(timed: Station, add_package: AddPackage):
    ids = [add_package(seed, size=500) for seed in range(1, 101)]
    bad = ids[7]
    spoil(timed, bad)
    with platform(timed) as url:
        run(timed, url, 2)
    assert row(timed, bad).state is SendState.QUARANTINED
    assert {row(timed, each).state for each in ids if each != bad} == {SendState.ARRIVED}


def test_what_is_paused_waits_until_it_may_go_on(timed: Station, add_package: AddPackage):
    held, free = add_package(1), add_package(2)
    assert [item.state for item in pause(timed, [held])] == [SendState.PAUSED]
    with platform(timed) as url:
        run(timed, url, 3)
        assert (row(timed, held).state, row(timed, free).state) == (SendState.PAUSED, SendState.ARRIVED)
        resume(timed, [])
        run(timed, url, 1)
    assert row(timed, held).state is SendState.ARRIVED


@pytest.mark.parametrize(("act", "state"), [(pause, SendState.PAUSED), (cancel, SendState.CANCELLED)])
def test_another_window_stops_what_is_being_sent_and_it_goes_on_later(
    station: Station, add_package: AddPackage, act, state: SendState
):
    package_id = add_package(size=FIRST_CHUNK + CHUNK)

    def held_back(sent: int, _size: int) -> None:
        if sent == FIRST_CHUNK:
            with open_station(station.home.path, who=station.who) as other:
                act(other, [package_id])

    with platform(station) as url:
        with only_sender(station):
            item = row(station, package_id)
            error = send_package(station, item, destination_at(station, url), on_progress=held_back)
        assert isinstance(error, Stopped)
        waiting = row(station, package_id)
        assert (waiting.state, waiting.sent, waiting.attempts) == (state, FIRST_CHUNK, 0)
        assert send_all(station, url) == []
        resume(station, [package_id])
        send_all(station, url)
    assert row(station, package_id).state is SendState.ARRIVED


def test_trying_now_forgets_the_pause(timed: Station, add_package: AddPackage, nobody: str):
    package_id = add_package()
    run(timed, nobody, 1)
    assert row(timed, package_id).next_at is not None
    retry_now(timed, [package_id])
    assert (row(timed, package_id).next_at, row(timed, package_id).attempts) == (None, 0)


def test_acts_on_what_is_not_there_or_settled_are_said(timed: Station, add_package: AddPackage):
    with pytest.raises(PackageUnknown):
        pause(timed, ["nothing"])
    package_id = add_package()
    with platform(timed) as url:
        run(timed, url, 1)
    with pytest.raises(PackageSettled):
        cancel(timed, [package_id])


CLOSED_AT_NINE = '[[rate]]\nat = "08:00"\nkb_per_s = 0\n[[rate]]\nat = "09:01"\n'


def test_outside_its_window_nothing_goes_out_and_the_list_says_until_when(timed: Station, add_package: AddPackage):
    package_id = add_package()
    plan_file(timed.home).write_text(CLOSED_AT_NINE)
    with platform(timed) as url:
        run(timed, url, 59)
        assert row(timed, package_id).state is SendState.QUEUED
        assert not list((timed.home.platform / "uploads").iterdir())
        run(timed, url, 2)
    assert row(timed, package_id).state is SendState.ARRIVED


def test_a_window_that_closes_stops_an_upload_within_a_piece(station: Station, add_package: AddPackage):
    package_id = add_package(size=2 * CHUNK)
    asked = 0

    def rate() -> float | None:
        nonlocal asked
        asked += 1
        return None if asked < 12 else 0.0

    with platform(station) as url:
        with only_sender(station):
            error = send_package(station, row(station, package_id), destination_at(station, url), rate=rate)
        assert isinstance(error, WindowClosed)
        waiting = row(station, package_id)
        assert (waiting.state, waiting.attempts, waiting.next_at) == (SendState.QUEUED, 0, None)
        assert 0 < waiting.sent < 2 * CHUNK
        send_all(station, url)
    assert row(station, package_id).state is SendState.ARRIVED


@pytest.mark.parametrize(
    "text",
    [
        "[[rate]]",
        '[[rate]]\nat = "25:00"',
        '[[rate]]\nat = "08:00"\nkb_per_s = -1',
        '[[rate]]\nat = "08:00"\nkb_per_s = inf',
        '[[rate]]\nat = "08:00"\ndays = ["someday"]',
        '[[rate]]\nat = "08:00"\nspeed = 1',
        "rate = 5",
        "[[",
        "#" * 70_000,
    ],
)
def test_a_timetable_that_is_none_is_said_to_be_broken(station: Station, text: str):
    plan_file(station.home).write_text(text)
    with pytest.raises(PlanBroken):
        load_timetable(station.home)


def test_the_list_tells_in_plain_words_what_each_waits_for(station: Station, add_package: AddPackage, nobody: str):
    waits, held = add_package(1), add_package(2)
    pause(station, [held])
    send_all(station, nobody, pace=HASTY)
    told = {line["package"]: line for line in listed(station)}
    assert (told[waits]["state"], told[held]["state"]) == ("queued", "paused")
    assert nobody in told[waits]["reason"]
    assert dt.datetime.fromisoformat(told[waits]["next_at"]).tzinfo is not None
    plan_file(station.home).write_text('[[rate]]\nat = "00:00"\nkb_per_s = 0\n')
    told = {line["package"]: line for line in listed(station)}
    assert "timetable" in told[waits]["reason"] or "时间表" in told[waits]["reason"]
    assert told[waits]["next_at"] is None


def listed(station: Station) -> list[dict]:
    done = CliRunner().invoke(cli, ["--home", str(station.home.path), "--json", "outbox", "list"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_a_library_that_is_full_keeps_every_package_and_says_so(station: Station, add_package: AddPackage):
    """SQLite's own limit: no page more than it has."""
    package_id = add_package(size=20_000)
    database = station.store._db
    with platform(station) as url:
        limit = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {limit}")
        with suppress(DiskFull):
            for number in range(1000):
                with station.store.change("note", "A9901260000002026030001", number=number):
                    pass
        with pytest.raises(DiskFull):
            send_all(station, url)
        assert row(station, package_id).state is SendState.QUEUED
        database.execute("PRAGMA max_page_count = 1073741823")
        send_all(station, url)
    assert row(station, package_id).state is SendState.ARRIVED


def test_a_disk_that_is_full_at_any_write_loses_nothing(
    station: Station, add_package: AddPackage, monkeypatch: pytest.MonkeyPatch
):
    """The disk refuses the n-th write to be made safe, on either side, for every n until none is refused."""
    impatient = replace(HASTY, receipt_wait=0.5)
    refused = 0
    for nth in range(1, 40):
        package_id = add_package(nth, size=1000)
        count = 0

        def fsync(handle: int, real=os.fsync, nth: int = nth) -> None:
            nonlocal count
            count += 1
            if count == nth:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            real(handle)

        with platform(station) as url, monkeypatch.context() as broken:
            broken.setattr(os, "fsync", fsync)
            try:
                send_all(station, url, pace=impatient)
            except DiskFull:
                refused += 1
        with platform(station) as url:  # started again: it takes in what its own full disk kept it from
            send_all(station, url, pace=impatient)
        assert row(station, package_id).state is SendState.ARRIVED, nth
        if count < nth:
            break
    else:
        pytest.fail("it never came to an end")
    assert refused > 0


def test_nobody_there_is_no_lie_about_sending(station: Station, add_package: AddPackage):
    """A process killed while sending leaves its row; no list says that somebody sends."""
    package_id = add_package()
    with station.store.change("package.state", "A9901260000002026030001"):
        station.store.outbox.move(package_id, SendState.SENDING, reason=None, next_at=None, at="now")
    assert [line["state"] for line in listed(station)] == ["queued"]
    with only_sender(station):
        assert [line["state"] for line in listed(station)] == ["sending"]
