"""What went into a case and by whom: lengths, formats, who captured, what read; and what every finding must tell."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.checks import Explanation, describe, explain, run_checks, unexplained
from dossier.model import CaptureOrigin, Dossier, Finding, MalwareScan, Severity, Step
from dossier.profile import load_profile
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW

PROFILE = load_profile()
IDS = [
    *(check.id for check in PROFILE.checks),
    *(defect.id for defect in PROFILE.acceptance.defects),
    *(rule.id for rule in PROFILE.deadlines),
]


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    return casefile.dossier(PROFILE, casefile.documents(tmp_path))


def said(dossier: Dossier) -> list[tuple[str, str, str]]:
    return [(each.id, each.key, each.where) for each in run_checks(dossier, PROFILE, now=NOW)]


def captures(dossier: Dossier) -> tuple[Step, ...]:
    bound = [entry.document for volume in dossier.volumes for entry in volume.entries]
    faces = [face for document in (*bound, *dossier.loose) for face in document.faces]
    return tuple(Step("page.arrived", "李文", NOW, face.original_sha256, "clerk") for face in faces)


IMPORTED = Step("file.imported", "李文", NOW, "0" * 64, "clerk", MalwareScan("ClamAV 1.4.6", NOW.date()))


def test_a_trail_that_names_who_captured_each_page_is_silent(dossier: Dossier) -> None:
    assert said(replace(dossier, steps=captures(dossier))) == []


def test_a_page_without_a_record_of_its_capture(dossier: Dossier) -> None:
    steps = captures(dossier)
    found = said(replace(dossier, steps=steps[1:]))
    assert [each[:2] for each in found] == [("C-04", "check.capture-unrecorded")]
    assert said(replace(dossier, steps=(IMPORTED,)))[0][0] == "C-04"
    nameless = (*steps, Step("case.filed", " ", NOW, role="clerk"))
    assert said(replace(dossier, steps=nameless)) == [("C-04", "check.step-nameless", "case")]


def test_pages_brought_in_as_files_have_the_record_of_their_file(tmp_path: Path) -> None:
    papers = casefile.documents(tmp_path)
    filed = tuple(
        replace(each, faces=tuple(replace(face, origin=CaptureOrigin.FILE) for face in each.faces)) for each in papers
    )
    dossier = casefile.dossier(PROFILE, filed)
    assert said(replace(dossier, steps=(IMPORTED,))) == []


def test_formats_and_what_read_a_page(tmp_path: Path) -> None:
    papers = casefile.documents(tmp_path)
    odd = casefile.changed_face(papers, "ZA02", original_name="000008.gif")
    assert said(casefile.dossier(PROFILE, odd)) == [("U-03", "check.format", "2/Z p.2 ZA02")]
    unread = casefile.changed_face(papers, "ZA02", engine="")
    assert said(casefile.dossier(PROFILE, unread)) == [("U-06", "check.reader-unknown", "2/Z p.2 ZA02")]


def test_nothing_is_longer_than_the_standard_lets_it(dossier: Dossier, tmp_path: Path) -> None:
    case = replace(dossier.case, name="案" * 201)
    assert said(replace(dossier, case=case)) == [("A-04", "check.too-long", "case")]
    long = casefile.changed(casefile.documents(tmp_path), "ZA02", title="到" * 201)
    assert said(casefile.dossier(PROFILE, long)) == [("A-04", "check.too-long", "2/Z p.2 ZA02")]


@pytest.mark.parametrize("blank", ["本证已于 年 月 日 时向我宣布。", "张三(性别,出生日期,住云山市)"])
def test_a_blank_that_nobody_filled(tmp_path: Path, blank: str) -> None:
    papers = casefile.documents(tmp_path)
    lines = tuple(casefile.line(text, row) for row, text in enumerate(["取保候审决定书", "此联附卷", blank]))
    found = run_checks(casefile.dossier(PROFILE, casefile.changed_face(papers, "QZ21", lines=lines)), PROFILE, now=NOW)
    assert [(each.id, each.severity) for each in found] == [("DF36", Severity.WARN)]
    assert found[0].box is not None


@pytest.mark.parametrize("finding_id", IDS)
def test_every_id_answers_an_item_of_the_standard_and_says_who_may_waive_it(finding_id: str) -> None:
    check = PROFILE.check_of(finding_id)
    assert check is not None
    assert check.da_t_70.strip()
    assert check.about.strip()
    assert check.waivable is (check.id not in ("C-13", "S-05"))


@pytest.mark.parametrize("grade", ["绝密", "内部"])
def test_what_nobody_may_waive_stays_open_whoever_answers_for_it(dossier: Dossier, grade: str) -> None:
    dossier = replace(dossier, case=replace(dossier.case, security=grade), interventions=())
    found = run_checks(dossier, PROFILE, now=NOW)
    answered = [_answer(each) for each in found]
    assert {each.id for each in unexplained(found, answered)} == {"C-13", *({"S-05"} if grade == "绝密" else ())}


def test_a_blocking_finding_stands_with_the_reason_of_a_named_person(tmp_path: Path) -> None:
    papers = casefile.changed_face(casefile.documents(tmp_path), "ZA02", dpi=100)
    found = run_checks(casefile.dossier(PROFILE, papers), PROFILE, now=NOW)
    assert [each.severity for each in found] == [Severity.BLOCK]
    assert unexplained(found, [_answer(each) for each in found]) == ()
    assert all(describe(found[0], language)[1] for language in ("zh", "en"))


def _answer(finding: Finding) -> Explanation:
    return explain(finding, by="王五", reason="原件如此", at=NOW + dt.timedelta(hours=1))
