"""The outbox's rules."""

from __future__ import annotations

import pytest

from transfer.outbox import FOLLOWS, require_step
from transfer.types import SendState


@pytest.mark.parametrize("final", [SendState.ARRIVED, SendState.REJECTED])
def test_arrived_and_rejected_are_final(final: SendState):
    for state in SendState:
        with pytest.raises(ValueError, match="cannot become"):
            require_step(final, state)


def test_every_other_state_leads_to_arrival():
    for state in set(SendState) - {SendState.ARRIVED, SendState.REJECTED}:
        reached = {state}
        while (more := reached.union(*(FOLLOWS[each] for each in reached))) != reached:
            reached = more
        assert SendState.ARRIVED in reached


def test_what_a_person_holds_back_is_not_sent_before_it_is_queued_again():
    for held in (SendState.PAUSED, SendState.CANCELLED, SendState.QUARANTINED):
        with pytest.raises(ValueError, match="cannot become"):
            require_step(held, SendState.SENDING)
