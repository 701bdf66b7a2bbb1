"""Metered connections: who goes, how much a day, and what the clerk is told."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from case_facts import case_facts
from click.testing import CliRunner
from outbox_rig import HASTY, AddPackage, platform, row

from app.cli.main import cli
from app.station.metering import Meter
from app.station.network import ASKED_FOR_S, LineWatch, ask_network_manager
from app.station.outbox_stand import standing
from app.station.sending import send_all
from app.station.sending_errors import PlanBroken
from app.station.sending_loop import keep_sending
from app.station.sending_plan import plan_file
from app.station.station import Station
from transfer.errors import LineMetered, LineUnknown, MeteredAmountSpent
from transfer.metered import Line
from transfer.priority import URGENT_TAG
from transfer.types import SendState


@pytest.fixture
def rule(station: Station) -> Callable[[str], None]:
    def write(text: str) -> None:
        plan_file(station.home).write_text(f"[metered]\n{text}\n", "utf-8")

    return write


def metered() -> Line:
    return Line.METERED


def answering(answer: str, code: int = 0) -> Callable[[Sequence[str]], subprocess.CompletedProcess[str]]:
    return lambda command: subprocess.CompletedProcess(command, code, answer, "")


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("u 0\n", Line.UNKNOWN),
        ("u 1\n", Line.METERED),
        ("u 2\n", Line.FREE),
        ("u 3\n", Line.METERED),
        ("u 4\n", Line.FREE),
        ("u 99\n", Line.UNKNOWN),
        ("", Line.UNKNOWN),
        ('s "u 1"\n', Line.UNKNOWN),
    ],
)
def test_what_network_manager_says(answer: str, line: Line):
    assert ask_network_manager(answering(answer)) is line


def test_without_bus_or_program_nobody_knows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    assert ask_network_manager() is Line.UNKNOWN  # the real busctl
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask_network_manager() is Line.UNKNOWN


def test_it_is_asked_again_after_a_while():
    now, asked = [0.0], []

    def ask() -> Line:
        asked.append(now[0])
        return Line.FREE

    watch = LineWatch(lambda: now[0], ask)
    for moment in (0.0, ASKED_FOR_S - 1, ASKED_FOR_S, ASKED_FOR_S + 1):
        now[0] = moment
        assert watch() is Line.FREE
    assert asked == [0.0, ASKED_FOR_S]


def test_without_a_rule_nobody_is_asked(station: Station, add_package: AddPackage):
    def ask() -> Line:
        raise AssertionError("there is no rule")

    add_package()
    with platform(station) as url:
        ((item, _),) = send_all(station, url, pace=HASTY, meter=Meter(station, ask))
    assert item.state is SendState.ARRIVED


@pytest.mark.parametrize(("line", "fault"), [(Line.METERED, LineMetered), (Line.UNKNOWN, LineUnknown)])
def test_a_held_package_says_why_and_goes_once_the_line_is_free(
    station: Station, add_package: AddPackage, rule, line: Line, fault: type
):
    rule('send = "never"')
    package_id = add_package()
    lines = [line]
    meter = Meter(station, lambda: lines[0])
    with platform(station) as url:
        ((item, error),) = send_all(station, url, pace=HASTY, meter=meter)
        assert isinstance(error, fault)
        assert (item.state, item.sent, item.attempts) == (SendState.QUEUED, 0, 0)
        assert isinstance(standing(station, item, meter).fault, fault)
        lines[0] = Line.FREE
        send_all(station, url, pace=HASTY, meter=meter)
    assert row(station, package_id).state is SendState.ARRIVED
    assert standing(station, row(station, package_id), meter).fault is None


def test_custody_goes_where_others_wait(station: Station, add_package: AddPackage, case_id: int, rule):
    rule('send = "urgent"')
    package_id = add_package()
    meter = Meter(station, metered)
    assert isinstance(meter.hold(row(station, package_id)), LineMetered)
    held = case_facts()
    with station.store.change("case.amended", held.case_no):
        station.store.cases.amend(case_id, replace(held, tags=held.tags | {URGENT_TAG}))
    with platform(station) as url:
        ((item, _),) = send_all(station, url, pace=HASTY, meter=meter)
    assert item.state is SendState.ARRIVED


def test_the_amount_of_a_day_is_kept_over_restarts_and_is_there_again_tomorrow(
    station: Station, add_package: AddPackage, rule
):
    rule("mb_a_day = 2")
    smaller, larger = add_package(1, size=900_000), add_package(2, size=3_000_000)
    with platform(station) as url:
        meter = Meter(station, metered)
        outcomes = {item.package.id: error for item, error in send_all(station, url, pace=HASTY, meter=meter)}
        assert outcomes[smaller] is None
        assert isinstance(outcomes[larger], MeteredAmountSpent)
        assert row(station, larger).state is SendState.QUEUED
        later = Meter(station, metered)
        told = standing(station, row(station, larger), later)
        assert isinstance(told.fault, MeteredAmountSpent)
        assert told.next_at == later.tomorrow().isoformat(timespec="minutes")
        tomorrow = replace(station, clock=Tomorrow())
        assert Meter(tomorrow, metered).hold(row(station, larger)) is None


class Tomorrow:
    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC).astimezone() + dt.timedelta(days=1)

    def monotonic_ns(self) -> int:
        return 0


def test_sending_in_the_background_keeps_to_it(station: Station, add_package: AddPackage, rule):
    rule('send = "never"')
    package_id = add_package()
    rounds: list[float] = []
    with platform(station) as url:
        keep_sending(station, url, sleep=rounds.append, should_stop=lambda: len(rounds) == 3, pace=HASTY, line=metered)
        assert row(station, package_id).state is SendState.QUEUED
        keep_sending(
            station,
            url,
            sleep=rounds.append,
            should_stop=lambda: row(station, package_id).state is SendState.ARRIVED,
            pace=HASTY,
            line=lambda: Line.FREE,
        )


def test_many_small_packages_count_what_they_weigh(station: Station, add_package: AddPackage, rule):
    rule("mb_a_day = 2")
    ids = [add_package(seed, size=60_000) for seed in range(1, 21)]
    rounds: list[float] = []
    with platform(station) as url:
        keep_sending(station, url, sleep=rounds.append, should_stop=lambda: len(rounds) == 2, pace=HASTY, line=metered)
    assert {row(station, each).state for each in ids} == {SendState.ARRIVED}
    kept = json.loads((station.home.path / "metered.json").read_text())
    assert 1_200_000 <= kept["bytes"] <= 2_300_000


def test_what_another_process_sent_counts_too(station: Station, add_package: AddPackage, rule):
    rule("mb_a_day = 2")
    package_id = add_package()
    one, other = Meter(station, metered), Meter(station, metered)
    for _ in range(8):
        one.spender(row(station, package_id))(256 * 1024)
    other.reload()
    assert isinstance(other.hold(row(station, package_id)), MeteredAmountSpent)


def test_the_clerk_reads_why_and_may_send_all_the_same(station: Station, add_package: AddPackage, rule):
    rule('send = "never"\nline = "metered"')
    package_id = add_package()

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner(env={"JUANZONG_LANG": "zh_CN"}).invoke(cli, ["--home", str(station.home.path), *arguments])
        assert done.exit_code == code, done.output
        return done.output

    with platform(station) as url:
        assert "当前网络按流量计费" in run("outbox", "send", "--to", url, code=4)
        (told,) = json.loads(run("--json", "outbox", "list"))
        assert (told["state"], told["reason"]) == ("queued", "当前网络按流量计费,按规定此封卷包不走此网络。")
        run("outbox", "send", "--to", url, "--metered")
    assert row(station, package_id).state is SendState.ARRIVED


@pytest.mark.parametrize("text", ['send = "sometimes"', "mb_a_day = -1", 'line = "perhaps"', "other = 1"])
def test_a_rule_that_is_none_is_said_to_be_none(station: Station, rule, text: str):
    rule(text)
    with pytest.raises(PlanBroken, match="metered"):
        Meter(station)


def test_a_spoilt_account_is_said_to_be_spoilt(station: Station, rule):
    rule("mb_a_day = 2")
    (station.home.path / "metered.json").write_text("[]")
    with pytest.raises(PlanBroken, match="metered"):
        Meter(station)
