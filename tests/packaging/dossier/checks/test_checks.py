"""Every check: silent on a clean case file, heard on one planted defect, asking where the reading was unsure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.checks import describe, run_checks
from dossier.model import Document, Dossier, Face, Finding, Severity
from dossier.profile import Profile, load_profile
from ocr.imaging.measures import CutOff, Exposure, Fingers, Light, Resolution, Side, Spread
from ocr.imaging.types import Border, Mark, MarkKind, PageAnalysis, Verdict
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW, changed, changed_face, day

Papers = tuple[Document, ...]
BLOCK, WARN, INFO = Severity.BLOCK, Severity.WARN, Severity.INFO


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile()


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    return casefile.documents(tmp_path_factory.mktemp("faces"))


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Face]:
    return lambda number, *texts, **more: casefile.face(tmp_path, number, texts, **more)


def check(profile: Profile, papers: Iterable[Document]) -> tuple[Finding, ...]:
    return run_checks(casefile.dossier(profile, papers), profile, now=NOW)


def said(findings: Iterable[Finding]) -> list[tuple[str, str, Severity, str]]:
    return [(each.id, each.key, each.severity, each.where) for each in findings]


def read(face: Face, *texts: str, confidence: float = 0.98) -> dict[str, object]:
    """Fields of a face that reads `texts`."""
    assert face
    return {"lines": tuple(casefile.line(text, row, confidence) for row, text in enumerate(texts))}


def faces_of(papers: Papers, kind: str) -> tuple[Face, ...]:
    return next(each.faces for each in papers if each.kind == kind)


def without(papers: Papers, *kinds: str) -> Papers:
    return tuple(each for each in papers if each.kind not in kinds)


def test_a_clean_case_file_is_silent(profile: Profile, papers: Papers) -> None:
    assert check(profile, papers) == ()


def test_missing_kinds_are_named_by_the_facts_of_the_case(profile: Profile, papers: Papers) -> None:
    assert said(check(profile, without(papers, "ZA02"))) == [("C-08", "check.kind-missing", BLOCK, "ZA02")]
    dossier = casefile.dossier(profile, papers)
    bail = replace(dossier, case=replace(dossier.case, tags=frozenset({"drunk", "bail"})))
    found = {each.where for each in run_checks(bail, profile, now=NOW)}
    assert found == {"QZ22", "JT01", "JT02", "JT03"}


def test_unfiled_and_empty_documents(profile: Profile, papers: Papers, draw: Callable[..., Face]) -> None:
    stray = casefile.document(None, "不明材料", draw(50, "?"))
    assert said(check(profile, (*papers, stray))) == [("C-06", "check.unfiled", BLOCK, "- 不明材料")]
    assert ("C-06", "check.empty-document", BLOCK, "2/Z ZA02") in said(
        check(profile, changed(papers, "ZA02", faces=()))
    )
    empty = Dossier(casefile.case(profile), "base", "基础卷", (), (), (), training=False)
    assert ("C-06", "check.nothing-filed", BLOCK, "case") in said(run_checks(empty, profile, now=NOW))


def test_a_face_in_two_documents(profile: Profile, papers: Papers) -> None:
    (shared,) = faces_of(papers, "SZ03")
    doubled = changed(papers, "ZA02", faces=(*faces_of(papers, "ZA02"), shared))
    found = said(check(profile, doubled))
    assert ("C-06", "check.face-twice", BLOCK, "2/Z p.7 SZ03") in found


def test_page_numbers_of_a_volume(profile: Profile, papers: Papers) -> None:
    dossier = casefile.dossier(profile, papers)
    first, second = dossier.volumes
    gap = tuple((face, number + (number > 2)) for face, number in first.page_numbers)
    found = run_checks(replace(dossier, volumes=(replace(first, page_numbers=gap), second)), profile, now=NOW)
    assert said(found) == [("C-05", "check.numbers", BLOCK, "1/W")]


@pytest.mark.parametrize(
    ("second", "key"),
    [
        ("第3页 共3页", "check.page-order"),
        ("第1页 共2页", "check.page-order"),
        ("第2页 共5页", "check.page-order"),
        ("第2页共2页", None),
    ],
)
def test_printed_page_numbers(profile: Profile, papers: Papers, second: str, key: str | None) -> None:
    _, last = faces_of(papers, "GS01")
    found = check(profile, changed_face(papers, "GS01", 1, **read(last, second)))
    assert said(found) == ([("C-05", key, BLOCK, "2/Z p.4 GS01")] if key else [])
    unsure = check(profile, changed_face(papers, "GS01", 1, **read(last, second, confidence=0.6)))
    assert [each.severity for each in unsure] == ([WARN] if key else [])


def test_printed_page_count(profile: Profile, papers: Papers) -> None:
    first, last = faces_of(papers, "GS01")
    short = changed_face(papers, "GS01", 0, **read(first, "第1页 共4页", "权利义务告知书"))
    short = changed_face(short, "GS01", 1, **read(last, "第2页 共4页"))
    assert said(check(profile, short)) == [("C-05", "check.page-count", BLOCK, "2/Z p.3 GS01")]
    silent = changed_face(papers, "GS01", 1, **read(last, "没有页码"))
    assert check(profile, silent) == ()


def record(draw: Callable[..., Face], number: int, ordinal: int, month: int, person: str = "张三") -> Document:
    """An interrogation record of one page."""
    zones = (casefile.signed("被讯问人"), casefile.zone("讯问人(签名)", Verdict.FILLED))
    face = draw(number, f"讯问笔录(第{ordinal}次)", "权利义务告知书", zones=zones)
    return casefile.document("GS01", "讯问笔录", face, date=day(month, 1), persons=(person,), ordinal=ordinal)


def test_interrogation_ordinals_count_per_person(profile: Profile, papers: Papers, draw: Callable[..., Face]) -> None:
    fine = (*papers, record(draw, 51, 2, 4), record(draw, 52, 1, 4, "李四"))
    assert check(profile, fine) == ()
    found = check(profile, (*papers, record(draw, 51, 3, 4)))
    assert said(found) == [("C-05", "check.ordinal", BLOCK, "2/Z p.5 GS01")]
    assert dict(found[0].params) == {"person": "张三", "said": "3", "expected": "2"}
    unsure = record(draw, 51, 3, 4)
    unsure = replace(
        unsure, faces=(draw(51, "讯问笔录(第3次)", "权利义务告知书", zones=unsure.faces[0].zones, confidence=0.5),)
    )
    assert [each.severity for each in check(profile, (*papers, unsure))] == [WARN]
    early = check(profile, (*papers, record(draw, 51, 2, 2)))
    assert said(early) == [("C-05", "check.ordinal-date", WARN, "2/Z p.5 GS01")]


def test_sheets_have_their_fronts(profile: Profile, papers: Papers) -> None:
    front, back = faces_of(papers, "LA03")
    alone = changed(papers, "LA03", faces=(back,))
    assert ("C-10", "check.sheet-faces", BLOCK, "1/W LA03") in said(check(profile, alone))
    turned = said(check(profile, changed(papers, "LA03", faces=(back, front))))
    assert ("C-10", "check.sheet-order") in [each[:2] for each in turned]
    divided = changed_face(changed(papers, "LA03", faces=(front,)), "QZ21", sheet=3, side="back")
    assert ("C-10", "check.sheet-divided") in [each[:2] for each in said(check(profile, divided))]


@pytest.mark.parametrize(
    ("ink", "fingerprint", "expected"),
    [
        (Verdict.BLANK, Verdict.FILLED, [("check.sign.missing", BLOCK)]),
        (Verdict.FILLED, Verdict.BLANK, [("check.print.missing", BLOCK)]),
        (Verdict.BLANK, Verdict.BLANK, [("check.sign.missing", BLOCK), ("check.print.missing", BLOCK)]),
        (Verdict.ASK, Verdict.FILLED, [("check.sign.ask", WARN)]),
        (Verdict.FILLED, Verdict.ASK, [("check.print.ask", WARN)]),
        (Verdict.FILLED, Verdict.FILLED, []),
    ],
)
def test_signature_places(
    profile: Profile, papers: Papers, ink: Verdict, fingerprint: Verdict, expected: list[tuple[str, Severity]]
) -> None:
    zone = casefile.zone("被取保候审人(签名、捺指印)", ink, fingerprint)
    found = check(profile, changed_face(papers, "QZ21", zones=(zone,)))
    assert [(each.key, each.severity) for each in found] == expected
    assert {(each.id, each.face, each.where) for each in found} <= {("C-09", "000005", "1/W p.4 QZ21")}


def test_a_place_the_profile_does_not_ask_for_only_warns(profile: Profile, papers: Papers) -> None:
    zone = casefile.zone("批准人(签名)", Verdict.BLANK)
    found = check(profile, changed_face(papers, "LA03", zones=(zone,)))
    assert [(each.key, each.severity) for each in found] == [("check.sign.missing", WARN)]


def test_places_that_were_not_found_are_asked(profile: Profile, papers: Papers) -> None:
    found = check(profile, changed_face(papers, "QZ21", zones=()))
    assert [(each.key, each.severity) for each in found] == [
        ("check.sign.not-found", WARN),
        ("check.print.not-found", WARN),
    ]
    prints = (casefile.SEAL, Mark(MarkKind.FINGERPRINT, (1, 1, 9, 9), 0.9), Mark(MarkKind.SIGNATURE, (1, 1, 9, 9), 0.9))
    assert check(profile, changed_face(papers, "QZ21", zones=(), marks=prints)) == ()


def test_records_are_signed_on_every_page(profile: Profile, papers: Papers) -> None:
    found = check(profile, changed_face(papers, "GS01", 0, zones=()))
    assert said(found) == [("C-09", "check.page-sign.ask", WARN, "2/Z p.3 GS01")]
    blank = casefile.zone("被讯问人", Verdict.BLANK, Verdict.BLANK)
    found = check(profile, changed_face(papers, "GS01", 1, zones=(blank,)))
    assert {(each.key, each.severity) for each in found} == {
        ("check.sign.missing", BLOCK),
        ("check.print.missing", BLOCK),
    }


def test_seals(profile: Profile, papers: Papers) -> None:
    found = check(profile, changed_face(papers, "LA03", marks=()))
    assert said(found) == [("C-09", "check.seal.not-found", WARN, "1/W p.3 LA03")]
    faint = (replace(casefile.SEAL, confidence=0.3),)
    assert said(check(profile, changed_face(papers, "LA03", marks=faint))) == said(found)
    assert "公安局印" in describe(found[0], "zh")[0]


def test_dates(profile: Profile, papers: Papers) -> None:
    late = changed(papers, "LA03", date=day(3, 9))
    assert said(check(profile, late)) == [("A-07", "check.date-order", BLOCK, "1/W p.4 QZ21")]
    before = changed(papers, "LA03", date=day(3, 1))
    assert said(check(profile, before)) == [("A-07", "check.date-order", BLOCK, "1/W p.3 LA03")]
    future = changed(papers, "ZA02", date=day(5, 21))
    assert said(check(profile, future)) == [("A-07", "check.date-future", BLOCK, "2/Z p.2 ZA02")]
    assert check(profile, changed(papers, "ZA02", date=NOW.date())) == ()


def test_a_date_that_was_hard_to_read_is_asked(profile: Profile, papers: Papers) -> None:
    """The noise twin: the same contradiction, one digit read with little confidence."""
    front, _ = faces_of(papers, "LA03")
    unsure = changed_face(
        changed(papers, "LA03", date=day(3, 9)), "LA03", **read(front, "二〇二六年三月九日", confidence=0.7)
    )
    (found,) = check(profile, unsure)
    assert (found.key, found.severity) == ("check.date-order", WARN)
    message, remedy = describe(found, "zh")
    assert "70%" in message
    assert "对照原图" in remedy


def test_numbers(profile: Profile, papers: Papers) -> None:
    dossier = casefile.dossier(profile, papers)
    wrong = replace(dossier, case=replace(dossier.case, case_no="12345"))
    assert said(run_checks(wrong, profile, now=NOW)) == [("A-09", "check.case-no", BLOCK, "case")]
    odd = changed(papers, "LA03", number="7号")
    assert said(check(profile, odd)) == [("A-09", "check.doc-no", BLOCK, "1/W p.3 LA03")]
    year = changed(papers, "LA03", number="云公(刑)立字〔2025〕7号")
    assert said(check(profile, year)) == [("DF10", "check.number-year", WARN, "1/W p.3 LA03")]
    new_year = changed(papers, "LA03", number="云公(刑)立字〔2025〕7号", date=dt.date(2026, 1, 3))
    assert "check.number-year" not in [each.key for each in check(profile, new_year)]


def test_doubles(profile: Profile, papers: Papers, draw: Callable[..., Face]) -> None:
    front, _ = faces_of(papers, "LA03")
    twin = replace(front, id="000060", sheet=60)
    copy = casefile.document("LA03", "立案决定书", twin, number="云公（刑）立字[2026]7号", date=day(3, 6))
    found = check(profile, (*papers, copy))
    assert [(each.key, each.severity) for each in found] == [
        ("check.number-twice", WARN),
        ("check.picture-twice", WARN),
    ]
    assert dict(found[1].params)["other"] == "1/W p.3 LA03"
    other_kind = casefile.document(
        "QZ33", "释放通知书", draw(61, marks=(casefile.SEAL,)), number="云公(刑)立字〔2026〕7号", date=day(3, 9)
    )
    assert "check.number-twice" not in [each.key for each in check(profile, (*papers, other_kind))]


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("110101199003077758", None),
        ("110101199003077785", "check.id-differs"),
        ("110101199003077757", "check.id-differs"),
        ("320311197707060017", "check.id-invalid"),
        ("320311197707060018", None),
        ("12345678901234567890", None),
    ],
)
def test_id_numbers(profile: Profile, papers: Papers, number: str, key: str | None) -> None:
    (face,) = faces_of(papers, "SZ02")
    found = check(profile, changed_face(papers, "SZ02", **read(face, f"公民身份号码 {number}")))
    assert said(found) == ([("A-17", key, WARN, "2/Z p.5 SZ02")] if key else [])


def test_the_persons_own_number_is_checked(profile: Profile, papers: Papers) -> None:
    dossier = casefile.dossier(profile, without(papers, "GS01", "SZ02"))
    person = replace(casefile.SUSPECT, id_number="110101199003077750")
    wrong = replace(dossier, case=replace(dossier.case, persons=(person,)))
    assert ("A-17", "check.id-invalid", WARN, "case") in said(run_checks(wrong, profile, now=NOW))


def test_pictures(profile: Profile, papers: Papers) -> None:
    assert said(check(profile, changed_face(papers, "ZA02", dpi=150))) == [("U-07", "check.dpi", BLOCK, "2/Z p.2 ZA02")]
    crooked = changed_face(papers, "ZA02", straight=False)
    assert said(check(profile, crooked)) == [("U-07", "check.skew", WARN, "2/Z p.2 ZA02")]
    silent = changed_face(papers, "ZA02", lines=())
    assert said(check(profile, silent)) == [("U-08", "check.no-text", INFO, "2/Z p.2 ZA02")]


SOUND = PageAnalysis(
    version="3",
    width=2480,
    height=3508,
    dpi=300,
    skew_deg=0.0,
    skew_confidence=1.0,
    orientation_deg=0,
    orientation_confidence=1.0,
    blank=False,
    blank_score=0.0,
    sharpness=1.0,
    sharp=True,
    border=Border(0, 0, 0, 0),
    marks=(),
    exposure=Exposure(250, 20, 0.9, 0.0, Light.GOOD),
    cut_off=CutOff((), 0.9),
    spread=Spread(False, None, 0.9),
    resolution=Resolution(210, 297, 3.7, True, None),
    fingers=Fingers((), 0.9),
)


@pytest.mark.parametrize(
    ("seen", "key"),
    [
        (SOUND, None),
        (replace(SOUND, exposure=None, cut_off=None, spread=None, resolution=None, fingers=None), None),
        (replace(SOUND, sharp=False), "check.blurred"),
        (replace(SOUND, exposure=Exposure(120, 20, 0.8, 0.0, Light.DARK)), "check.light-dark"),
        (replace(SOUND, exposure=Exposure(255, 200, 0.2, 0.3, Light.BRIGHT)), "check.light-bright"),
        (replace(SOUND, exposure=Exposure(250, 200, 0.2, 0.0, Light.FAINT)), "check.light-faint"),
        (replace(SOUND, cut_off=CutOff((Side.LEFT, Side.BOTTOM), 0.9)), "check.cut-off"),
        (replace(SOUND, cut_off=CutOff((Side.LEFT,), 0.5)), None),
        (replace(SOUND, fingers=Fingers((Side.RIGHT,), 0.9)), "check.fingers"),
        (replace(SOUND, spread=Spread(True, 210.0, 0.9)), "check.spread"),
        (replace(SOUND, resolution=Resolution(105, 149, 1.8, False, 150)), "check.dpi-implausible"),
    ],
)
def test_a_picture_that_is_not_clear_or_not_whole(
    profile: Profile, papers: Papers, seen: PageAnalysis, key: str | None
) -> None:
    found = check(profile, changed_face(papers, "ZA02", analysis=seen))
    assert said(found) == ([("U-07", key, WARN, "2/Z p.2 ZA02")] if key else [])
    for finding in found:
        assert all("{" not in words for language in ("zh", "en") for words in describe(finding, language))


def test_a_photograph_may_be_dark(profile: Profile, papers: Papers) -> None:
    dark = replace(SOUND, sharp=False, exposure=Exposure(120, 20, 0.8, 0.0, Light.DARK))
    page = replace(faces_of(papers, "ZA02")[0], analysis=dark)
    photographs = (*papers, casefile.document("WZ07", "物证照片", page))
    assert "U-07" not in {finding.id for finding in check(profile, photographs)}


def test_secrecy(profile: Profile, papers: Papers, draw: Callable[..., Face]) -> None:
    dossier = casefile.dossier(profile, papers)
    for grade, key in (("绝密", "check.grade-too-high"), ("密", "check.grade-unknown"), ("机密", None)):
        graded = replace(dossier, case=replace(dossier.case, security=grade))
        found = run_checks(graded, profile, now=NOW)
        assert said(found) == ([("S-05", key, BLOCK, "case")] if key else [])
    internal = casefile.document("GZ02", "侦查工作方案", draw(70, "侦查工作方案"))
    carried = replace(dossier, loose=(*dossier.loose, internal))
    assert ("S-05", "check.internal", BLOCK, "- GZ02") in said(run_checks(carried, profile, now=NOW))


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (("取保候审决定书", "(存 根)"), "check.copy-stub"),
        (("取保候审决定书", "填发人", "填发时间", "批准人", "批准时间"), "check.copy-stub"),
        (("取保候审决定书", "此联交被取保候审人"), "check.copy-other"),
        (("取保候审决定书", "此联附卷"), None),
        (("取保候审决定书", "存根由本局保存备查"), None),
        (("取保候审决定书", "存根", "此联附卷"), None),
    ],
)
def test_copies(profile: Profile, papers: Papers, texts: tuple[str, ...], key: str | None) -> None:
    (face,) = faces_of(papers, "QZ21")
    found = check(profile, changed_face(papers, "QZ21", **read(face, *texts)))
    assert said(found) == ([("DF37", key, BLOCK, "1/W p.4 QZ21")] if key else [])
