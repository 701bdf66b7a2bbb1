"""Submissions of a case: what was sealed stands, and the case goes on with the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.station.correcting import split
from app.station.errors import CaseSealed, SubmissionUnknown
from app.station.page_acts import set_aside
from app.station.station import Station
from app.station.submissions import activate_submission, open_submission, submissions
from app.store.errors import ArrangementUnknown
from tests.app.station.papers import CONTINUES, opens, queued, take_in
from transfer.types import SendState


def move(station: Station, case: str, package: str, state: SendState) -> None:
    with station.store.change(f"package.{state.value}", case):
        station.store.outbox.move(package, state, reason=None, next_at=None, at="now")


def test_an_arrived_submission_stands_and_the_next_is_opened(station: Station, case: str, tmp_path: Path) -> None:
    take_in(station, case, tmp_path / "pages", [opens("LA03"), CONTINUES, opens("GS01")])
    arrest = queued(station, case, "arrest")
    move(station, case, arrest, SendState.ARRIVED)
    with pytest.raises(CaseSealed):
        set_aside(station, case, [3], "x")
    open_submission(station, case, "prosecute", "侦查终结")
    set_aside(station, case, [3], "x")
    prosecute = queued(station, case, "prosecute")
    with pytest.raises(CaseSealed):
        split(station, case, 2, "x")
    assert [
        (each.arrangement.submission, each.arrangement.version, each.current, each.packages)
        for each in submissions(station, case)
    ] == [("arrest", 1, False, (arrest,)), ("prosecute", 1, True, (prosecute,))]


def test_a_returned_submission_is_changed_as_it_is_or_in_a_new_version(
    station: Station, case: str, tmp_path: Path
) -> None:
    take_in(station, case, tmp_path / "pages", [opens("LA03"), CONTINUES])
    first = queued(station, case, "base")
    move(station, case, first, SendState.REJECTED)
    split(station, case, 2, "退回:目录不符")
    queued(station, case, "base")
    with pytest.raises(CaseSealed):
        set_aside(station, case, [2], "x")
    assert open_submission(station, case, "base", "检察院要求重排").version == 2
    set_aside(station, case, [2], "x")
    activate_submission(station, case, "base", 1, "不改")
    with pytest.raises(CaseSealed):
        set_aside(station, case, [1], "x")
    assert [(each.arrangement.version, each.arrangement.active) for each in submissions(station, case)] == [
        (1, True),
        (2, False),
    ]


def test_what_is_not_known_opens_nothing(station: Station, case: str) -> None:
    with pytest.raises(SubmissionUnknown):
        open_submission(station, case, "nowhere", "x")
    with pytest.raises(SubmissionUnknown):
        open_submission(station, case, "base", "x", like="nowhere")
    with pytest.raises(ArrangementUnknown):
        activate_submission(station, case, "base", 1, "x")
    assert submissions(station, case) == []
