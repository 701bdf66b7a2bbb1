"""Where the paper lies and who has it, told by the trail."""

from __future__ import annotations

import pytest

from app.station.cases import NewCase, open_case
from app.station.errors import BarcodeTaken, PaperNotOut, PaperNowhere, PaperOut
from app.station.paper import PaperAct, Place, paper_chain, return_paper, store_paper, take_paper
from app.station.station import Station
from app.store.errors import CaseUnknown

OTHER = "A9901260000002026030002"
HERE, THERE = Place("三号架", "12", "JZ-0001"), Place("五号架", "2", "JZ-0001")


def test_the_chain_of_custody(station: Station, case: str) -> None:
    store_paper(station, case, HERE)
    take_paper(station, case, "王武", "提审")
    return_paper(station, case)
    store_paper(station, case, THERE)
    assert [(step.act, step.place, step.person, step.reason, step.by) for step in paper_chain(station, case)] == [
        (PaperAct.STORED, HERE, "", "", "李文"),
        (PaperAct.TAKEN, HERE, "王武", "提审", "李文"),
        (PaperAct.RETURNED, HERE, "王武", "", "李文"),
        (PaperAct.STORED, THERE, "", "", "李文"),
    ]
    assert station.store.audit.verify().ok


def test_paper_is_at_one_place_at_a_time(station: Station, case: str) -> None:
    with pytest.raises(PaperNowhere):
        take_paper(station, case, "王武", "提审")
    store_paper(station, case, HERE)
    with pytest.raises(PaperNotOut):
        return_paper(station, case)
    take_paper(station, case, "王武", "提审")
    with pytest.raises(PaperOut, match="王武"):
        take_paper(station, case, "赵六", "阅卷")
    with pytest.raises(PaperOut):
        store_paper(station, case, THERE)
    assert len(paper_chain(station, case)) == 2


def test_a_label_is_on_one_case(station: Station, case: str) -> None:
    open_case(station, NewCase(OTHER, "甲", "盗窃"))
    store_paper(station, case, HERE)
    with pytest.raises(BarcodeTaken, match=case):
        store_paper(station, OTHER, HERE)
    store_paper(station, case, Place("三号架", "12", "JZ-0009"))
    store_paper(station, OTHER, HERE)
    store_paper(station, OTHER, Place("三号架", "", ""))
    with pytest.raises(CaseUnknown):
        paper_chain(station, "A1")
