"""Slips of reading seen on drawn cases: each is asked or passed over, the defect beside it is still raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier.checks import run_checks
from dossier.checks.subject import Subject
from dossier.model import Document, Face, Finding, Severity
from dossier.profile import load_profile
from ocr.imaging.types import Verdict
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW, day

PROFILE = load_profile()


def checked(folder: Path, *more: Document) -> tuple[Finding, ...]:
    return run_checks(casefile.dossier(PROFILE, (*casefile.documents(folder), *more)), PROFILE, now=NOW)


def of(findings: tuple[Finding, ...], finding_id: str) -> list[Finding]:
    return [each for each in findings if each.id == finding_id]


def act(folder: Path, kind: str, title: str, *texts: str, number: int = 60) -> Document:
    face: Face = casefile.face(folder, number, (title, *texts), zones=(casefile.signed(),))
    return casefile.document(kind, title, face, date=day(3, 9))


@pytest.mark.parametrize(
    ("mentions", "severity"),
    [
        (("辨认对象:9张男性照片", "将9张照片混杂交其辨认"), Severity.BLOCK),
        (("辨认对象:12张男性照片", "将2张照片混杂交其辨认"), Severity.WARN),
        (("辨认对象:12张男性照片", "将12张照片混杂交其辨认"), None),
    ],
)
def test_two_mentions_of_the_photographs_that_differ(
    tmp_path: Path, mentions: tuple[str, str], severity: Severity | None
) -> None:
    found = of(checked(tmp_path, act(tmp_path, "BR01", "辨认笔录", *mentions)), "DF32")
    assert [each.severity for each in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("label", "asked"), [("被讯问人(捺指印)", False), ("(捺指印)", True)])
def test_a_place_whose_label_names_nobody(tmp_path: Path, label: str, asked: bool) -> None:
    papers = casefile.documents(tmp_path)
    blank = casefile.zone(label, Verdict.FILLED, Verdict.BLANK)
    dossier = casefile.dossier(PROFILE, casefile.changed_face(papers, "GS01", 1, zones=(blank,)))
    (found,) = (each for each in run_checks(dossier, PROFILE, now=NOW) if each.key == "check.print.missing")
    assert found.asks is asked
    assert (found.severity is Severity.BLOCK) is not asked


def test_a_list_of_things_on_which_no_witness_was_read_is_asked(tmp_path: Path) -> None:
    (found,) = of(checked(tmp_path, act(tmp_path, "WZ01", "扣押清单", "1 手机 1部", "以下空白")), "DF30")
    assert found.asks


def test_who_is_heard_is_no_officer_and_may_be_a_witness(tmp_path: Path) -> None:
    record = act(tmp_path, "ZR01", "询问笔录", "询问人:李文", "被询问人:严梁海")
    search = act(tmp_path, "BR02", "搜查笔录", "见证人:严梁海,住云山市", number=61)
    own = act(tmp_path, "BR04", "检查笔录", "见证人:李文,住云山市", number=62)
    assert [each.where for each in of(checked(tmp_path, record, search), "DF31")] == []
    found = of(checked(tmp_path, record, search, own), "DF31")
    assert [dict(each.params)["person"] for each in found] == ["李文"]


def test_when_a_record_was_printed_is_not_when_it_began(tmp_path: Path) -> None:
    record = act(tmp_path, "GS01", "讯问笔录", "讯问时间2026年3月9日10时20分", "打印时间:2026-03-01 08:00")
    subject = Subject(casefile.dossier(PROFILE, [record]), PROFILE, NOW)
    (placed,) = subject.placed
    assert [fact.value for fact in placed.facts("start")] == ["2026-03-09 10:20"]


def test_a_place_ends_where_the_next_label_begins(tmp_path: Path) -> None:
    record = act(tmp_path, "GS01", "讯问笔录", "讯问地点 讯问室2 讯问员 李文")
    (placed,) = Subject(casefile.dossier(PROFILE, [record]), PROFILE, NOW).placed
    assert [fact.value for fact in placed.facts("place")] == ["讯问室2"]
