"""What the desk proposes, from what it knows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.desk import words
from app.desk.actions import DOES, table
from app.desk.state import DeskState, Job, Mark, Next, Running, Step, next_act, steps
from app.station.overview import CaseOverview
from app.station.views import FindingView, PageView, UnfinishedView
from dossier.model import CaptureOrigin

CASE = CaseOverview("A1", "案", "由", "CN-GENERIC 2026.1", 1, 1, 0, 1, "read", ())
READ = PageView(1, 1, "front", CaptureOrigin.HARDWARE, Path("o.png"), Path("t.jpg"), Path("e.jpg"), False, None)
NEW = replace(READ, number=2, thumbnail=None, picture=None)
FAILED = replace(NEW, failure="broken")
BLOCK = FindingView("C-09:1", "block", "1/W p.1", "没有签名", "请补签", 1)
EMPTY = DeskState(cases=1, case=CASE)
DONE = replace(EMPTY, pages=(READ,), findings=())


def sealed(state: str) -> DeskState:
    return replace(DONE, case=replace(CASE, packages=("p",), state=state))


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (DeskState(), Next.WAIT),
        (DeskState(cases=0), Next.NEW_CASE),
        (DeskState(cases=2), Next.OPEN_CASE),
        (EMPTY, Next.SCAN),
        (replace(EMPTY, pages=(READ, NEW)), Next.READ),
        (replace(EMPTY, pages=(READ, FAILED)), Next.READ_AGAIN),
        (replace(DONE, unfinished=UnfinishedView(2, imported=False)), Next.FINISH_PILE),
        (replace(DONE, unfinished=UnfinishedView(2, imported=True)), Next.FINISH_IMPORT),
        (replace(DONE, findings=(BLOCK,)), Next.SETTLE),
        (replace(DONE, findings=(replace(BLOCK, state="explained"),)), Next.SEAL),
        (DONE, Next.SEAL),
        (sealed("queued"), Next.SEND),
        (sealed("awaiting-receipt"), Next.SEND),
        (sealed("rejected"), Next.REJECTED),
        (sealed("arrived"), Next.DONE),
        (replace(DONE, running=Running(Job.READ)), Next.WAIT),
    ],
)
def test_next_act(state: DeskState, act: Next) -> None:
    assert next_act(state) is act
    assert act is Next.WAIT or act in DOES


def test_steps_mark_what_is_done_what_is_now_and_what_blocks() -> None:
    marks = {step.step: step for step in steps(replace(DONE, findings=(BLOCK,)))}
    assert marks[Step.SCAN].mark is Mark.DONE
    assert marks[Step.SCAN].count == 1
    assert marks[Step.ARRANGE].mark is Mark.ACTIVE
    assert marks[Step.SEAL].mark is Mark.BLOCKED
    assert marks[Step.SEAL].count == 1
    assert marks[Step.DELIVER].mark is Mark.WAITING


def test_a_running_job_shows_in_the_step_it_belongs_to() -> None:
    state = replace(DONE, running=Running(Job.SEND, 1, 2))
    assert [step.mark for step in steps(state)] == [Mark.DONE] * 4 + [Mark.RUNNING]


def test_shares_of_work_are_told_in_percent_and_pages_are_counted() -> None:
    sealing, reading = (replace(DONE, running=Running(job, 60, 240)) for job in (Job.SEAL, Job.READ))
    assert words.sentence(Next.WAIT, sealing).replace(" ", "").endswith("25%")
    assert "240" in words.sentence(Next.WAIT, reading)


def test_training_is_what_no_real_device_captured() -> None:
    imported = replace(READ, origin=CaptureOrigin.FILE)
    simulated = replace(READ, origin=CaptureOrigin.SIMULATOR)
    assert not replace(EMPTY, pages=(READ, imported)).training
    assert replace(EMPTY, pages=(READ, simulated)).training


def test_no_two_acts_share_a_key_and_every_proposal_exists() -> None:
    acts = table()
    keys = [key for act in acts for key in act.keys]
    assert len(set(keys)) == len(keys)
    assert set(DOES.values()) <= {act.id for act in acts}
