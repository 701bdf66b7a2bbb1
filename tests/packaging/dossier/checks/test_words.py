"""Explanations, the confidence a finding rests on, and the words of findings."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from dossier.checks import describe, explain, unexplained
from dossier.checks.findings import finding
from dossier.checks.reading import date_sureness, sureness
from dossier.model import Finding, Severity
from ocr.engines.types import Line
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import NOW

PACKAGE = Path(str(files("dossier.checks"))).parent
MISSING = Finding("C-09", "check.sign.missing", Severity.BLOCK, "1/W p.3 QZ22", (("label", "被取保候审人"),), "000007")


def test_an_explanation_covers_its_finding_wherever_the_page_goes() -> None:
    explained = explain(MISSING, by=" 王五 ", reason="拒绝签名", at=NOW)
    assert explained.by == "王五"
    assert unexplained([MISSING], [explained]) == ()
    assert unexplained([replace(MISSING, where="1/W p.9 QZ22")], [explained]) == ()


@pytest.mark.parametrize(
    "other",
    [
        replace(MISSING, face="000008"),
        replace(MISSING, key="check.print.missing"),
        replace(MISSING, params=(("label", "办案民警"),)),
        replace(MISSING, id="C-08"),
        replace(MISSING, face=None),
    ],
)
def test_it_covers_nothing_else(other: Finding) -> None:
    assert unexplained([other], [explain(MISSING, by="王五", reason="拒绝签名", at=NOW)]) == (other,)


def test_where_there_is_no_face_the_place_decides() -> None:
    lacking = Finding("C-08", "check.kind-missing", Severity.BLOCK, "ZA02", (("title", "到案经过"),))
    explained = explain(lacking, by="王五", reason="未归案", at=NOW)
    assert unexplained([lacking], [explained]) == ()
    assert unexplained([replace(lacking, where="ZA01")], [explained]) != ()


def test_nobody_and_nothing_explain_nothing() -> None:
    for by, reason in (("", "拒绝签名"), ("王五", "  ")):
        with pytest.raises(ValueError, match="a person and a reason"):
            explain(MISSING, by=by, reason=reason, at=NOW)


def test_warnings_need_no_explanation() -> None:
    assert unexplained([replace(MISSING, severity=Severity.WARN)], []) == ()


def test_sureness_is_that_of_the_weakest_character(tmp_path: Path) -> None:
    weak = casefile.line("云公(刑)立字〔2026〕17号")
    chars = tuple(replace(char, confidence=0.4) if char.text == "1" else char for char in weak.chars)
    face = replace(casefile.face(tmp_path, 1), lines=(replace(weak, chars=chars), Line("又见:立案", 0.8, weak.box)))
    document = casefile.document("LA03", "立案决定书", face)
    assert sureness(document, "云公(刑)立字〔2026〕17号") == 0.4
    assert sureness(document, "云公（刑）立字 [2026]") == 0.98
    assert sureness(document, "立案") == 0.8
    assert sureness(document, "不在页上") == document.confidence


@pytest.mark.parametrize("written", ["2026-10-20", "2026年10月20日", "二〇二六年十月二十日"])
def test_dates_are_found_however_written(tmp_path: Path, written: str) -> None:
    face = casefile.face(tmp_path, 1, [f"日期:{written}"], confidence=0.5)
    document = casefile.document("LA03", "立案决定书", face)
    assert date_sureness(document, dt.date(2026, 10, 20)) == 0.5
    assert date_sureness(document, dt.date(2026, 10, 21)) == document.confidence


def test_an_unsure_finding_asks() -> None:
    sure = finding("A-07", "check.date-future", Severity.BLOCK, "x", sure=0.9, cut=0.85, date="d")
    unsure = finding("A-07", "check.date-future", Severity.BLOCK, "x", sure=0.8, cut=0.85, date="d")
    info = finding("U-08", "check.no-text", Severity.INFO, "x", sure=0.1, cut=0.85)
    assert [each.severity for each in (sure, unsure, info)] == [Severity.BLOCK, Severity.WARN, Severity.INFO]
    assert "80%" in describe(unsure, "en")[0]
    assert "%" not in describe(sure, "en")[0]


def test_every_key_has_words_and_every_word_a_key() -> None:
    files = [(PACKAGE / "checks" / name).read_text("utf-8") for name in ("texts.toml", "defects.toml")]
    texts = {key: words for content in files for key, words in tomllib.loads(content).items()}
    sources = [path.read_text("utf-8") for folder in ("checks", "verify") for path in (PACKAGE / folder).glob("*.py")]
    used = set(re.findall(r'"((?:check|verify|defect|deadline)\.[a-z.-]+)"', "".join(sources)))
    used |= {f"check.{what}.{state}" for what in ("sign", "print") for state in ("missing", "ask")}
    assert used == texts.keys() - {"doubt"}
    for key, words in texts.items():
        assert words.keys() == {"zh", "en", "zh_remedy", "en_remedy"}, key
        named = [set(re.findall(r"{(\w+?)(?:_en)?}", words[each])) for each in ("zh", "en")]
        assert named[0] | {"where"} == named[1] | {"where"}, key
        assert re.search("[一-龥]", words["zh"] + words["zh_remedy"]), key
        assert not re.search("[一-龥]", re.sub(r"\([一-龥]+\)", "", words["en"] + words["en_remedy"])), key
