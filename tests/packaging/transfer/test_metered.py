"""The rule for metered connections, and that it stops an upload within a piece."""

from __future__ import annotations

import datetime as dt

import pytest

from transfer.errors import LineMetered, LineUnknown, MeteredAmountSpent
from transfer.metered import Allowed, Line, MeteredRule
from transfer.retry import Blame, Standing, after_failure, blame
from transfer.send import UploadState, deliver
from transfer.tus import PIECE
from transfer.types import SendState

NEVER, URGENT, DAILY = MeteredRule(Allowed.NEVER), MeteredRule(Allowed.URGENT), MeteredRule(bytes_a_day=50_000_000)


@pytest.mark.parametrize(
    ("rule", "line", "urgent", "used", "fault"),
    [
        (NEVER, Line.FREE, False, 0, None),
        (NEVER, Line.METERED, True, 0, LineMetered),
        (NEVER, Line.UNKNOWN, True, 0, LineUnknown),
        (URGENT, Line.METERED, True, 0, None),
        (URGENT, Line.METERED, False, 0, LineMetered),
        (URGENT, Line.UNKNOWN, True, 0, None),  # it may go whatever the line is
        (URGENT, Line.UNKNOWN, False, 0, LineUnknown),
        (DAILY, Line.METERED, False, 49_999_999, None),
        (DAILY, Line.METERED, True, 50_000_000, MeteredAmountSpent),
        (DAILY, Line.FREE, False, 90_000_000, None),
        (MeteredRule(Allowed.URGENT, 10), Line.METERED, True, 10, MeteredAmountSpent),
        (MeteredRule(), Line.METERED, False, 10**12, None),
    ],
)
def test_who_may_go(rule: MeteredRule, line: Line, urgent: bool, used: int, fault: type | None):
    held = rule.hold(line, urgent=urgent, used_today=used)
    assert held is None if fault is None else isinstance(held, fault)


@pytest.mark.parametrize("fault", [LineMetered(), LineUnknown(), MeteredAmountSpent(mb=50)])
def test_being_held_is_to_nobodys_blame(fault):
    assert blame(fault) is Blame.MOMENT
    after = after_failure(Standing(SendState.SENDING), None, fault, gained=False, now=dt.datetime.now(), chance=0.5)
    assert after.state is SendState.QUEUED


def test_an_upload_stops_within_a_piece_and_goes_on_later(make_package, destination):
    package = make_package(8 * PIECE)
    gone: list[int] = []
    states: list[UploadState] = []

    def spend(length: int) -> None:
        if sum(gone) + length > 6 * PIECE:
            raise MeteredAmountSpent(mb=1)
        gone.append(length)

    def send(**more):
        return deliver(package, destination, now=lambda: dt.datetime.now(dt.UTC), on_state=states.append, **more)

    with pytest.raises(MeteredAmountSpent):
        send(spend=spend)
    assert sum(gone) == 6 * PIECE
    assert send(resume=states[-1]).receipt.sha256 == package.sha256
