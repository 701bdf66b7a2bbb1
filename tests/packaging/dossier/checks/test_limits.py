"""Limits that run more than once: supplementary investigation (补充侦查) and the review after it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.checks import run_checks
from dossier.checks.limits import Limit, case_limits
from dossier.checks.subject import Subject
from dossier.deadlines import Level
from dossier.model import Document, Finding
from dossier.profile import load_profile
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW, day

PROFILE = load_profile()
LATER = NOW + dt.timedelta(days=200)
Paper = Callable[[int, str, dt.date], Document]


@pytest.fixture
def paper(tmp_path: Path) -> Paper:
    def drawn(number: int, kind: str, date: dt.date) -> Document:
        title = PROFILE.kind(kind).title
        face = casefile.face(tmp_path, number, [title, f"{date.year}年{date.month}月{date.day}日"])
        return casefile.document(kind, title, face, date=date)

    return drawn


def limits(papers: list[Document], rule: str) -> list[Limit]:
    subject = Subject(casefile.dossier(PROFILE, papers), PROFILE, LATER)
    return [limit for limit in case_limits(subject) if limit.rule.id == rule]


def test_each_return_sets_the_limit_going_again(paper: Paper) -> None:
    papers = [
        paper(1, "ZJ05", day(5, 18)),
        paper(2, "ZJ03", day(6, 1)),
        paper(3, "ZJ04", day(6, 20)),
        paper(4, "ZJ03", day(7, 1)),
        paper(5, "ZJ04", day(8, 4)),
    ]
    returned = limits(papers, "D-TB")
    assert [(limit.started[2].earliest.date(), limit.late) for limit in returned] == [
        (day(6, 1), False),
        (day(7, 1), True),
    ]
    review = limits(papers, "D-SC")
    assert [limit.started[2].earliest.date() for limit in review] == [day(5, 18), day(6, 20), day(8, 4)]
    assert [limit.running for limit in review] == [False, False, True]
    assert review[-1].level is Level.RED


def test_a_return_without_an_answer_is_not_ended_by_the_next_ones(paper: Paper) -> None:
    papers = [paper(2, "ZJ03", day(6, 1)), paper(4, "ZJ03", day(7, 1)), paper(5, "ZJ04", day(7, 20))]
    assert [limit.running for limit in limits(papers, "D-TB")] == [True, False]


def test_a_third_return_is_one_too_many(paper: Paper) -> None:
    papers = [paper(number, "ZJ03", day(number, 1)) for number in (5, 6, 7)]
    found: list[Finding] = [
        each
        for each in run_checks(casefile.dossier(PROFILE, papers), PROFILE, now=LATER)
        if each.key == "deadline.times"
    ]
    assert [(each.id, dict(each.params)["said"]) for each in found] == [("D-TB", "3")]
    assert found[0].rests_on[0].words == "2026年7月1日"


def test_without_a_paper_nothing_runs() -> None:
    assert limits([], "D-TB") == limits([], "D-SC") == []


@pytest.mark.parametrize(("signed", "asked"), [("2026.1.2一", True), ("2026.1.2", False)])
def test_a_notice_dated_before_its_arrest_is_shown_too_and_its_last_figure_may_be_lost(
    tmp_path: Path, signed: str, asked: bool
) -> None:
    arrested, told = PROFILE.kind("QZ13").title, PROFILE.kind("QZ14").title
    announced = "本证已于2026年01月27日20时向我宣布"
    papers = [
        casefile.document("QZ13", arrested, casefile.face(tmp_path, 1, [arrested, announced]), date=day(1, 27)),
        casefile.document(
            "QZ14", told, casefile.face(tmp_path, 2, [told, f"被逮捕人家属(签名):{signed}"]), date=day(1, 27)
        ),
    ]
    (found,) = (
        each for each in run_checks(casefile.dossier(PROFILE, papers), PROFILE, now=LATER) if each.id == "D-DB-TZ"
    )
    assert (found.key, found.asks) == ("deadline.overdue", asked)
    assert [place.words for place in found.rests_on] == ["2026年01月27日20时", "2026.1.2"]
