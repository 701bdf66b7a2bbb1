"""The acceptance report: every finding with what to do, who answers for it, on as many pages as it takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdf
import pytest
from verapdf import verapdf

from dossier.checks import run_checks
from dossier.checks.explanations import explain
from dossier.filing import assemble
from dossier.model import Finding, Severity
from dossier.report import check_report, places_shown
from ocr.imaging.load import encode_jpeg
from tests.packaging.dossier.papers import CASE, NOW, PROFILE, document

DOSSIER = assemble(CASE, [document("LA03", "1"), document("GS01", "2", pages=2)], "base", PROFILE)


@pytest.fixture
def findings() -> tuple[Finding, ...]:
    return run_checks(DOSSIER, PROFILE, now=NOW)


def words(paper: bytes, folder: Path) -> list[str]:
    file = folder / "report.pdf"
    file.write_bytes(paper)
    assert verapdf(file, "2b") == []
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages]


def test_what_blocks_and_what_is_answered_for(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    answered = next(each for each in findings if each.severity is Severity.BLOCK and each.waivable)
    explanation = explain(answered, by="王武", reason="原件在检察机关", at=NOW)
    (shown, *_) = places_shown(findings)
    paper = check_report(
        DOSSIER, findings, [explanation], profile=PROFILE.label, unit=CASE.unit_name, checker="李文", at=NOW,
        crops={shown: encode_jpeg(np.full((90, 300, 3), 240, np.uint8))},
    )  # fmt: skip
    text = "".join(words(paper, tmp_path))
    pictures = [image.image for page in pypdf.PdfReader(tmp_path / "report.pdf").pages for image in page.images]
    assert {picture.size for picture in pictures if picture} == {(300, 90)}
    assert "不得移送" in text
    assert all(each.id in text for each in findings)
    assert "王武（2026-03-20）：原件在检察机关" in text
    assert "draft,unverified" in text
    blocking = sum(each.severity is Severity.BLOCK and not explanation.covers(each) for each in findings)
    assert f"不得移送{blocking}项" in text


def test_nothing_found_and_very_much_found(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    def made(found: tuple[Finding, ...]) -> list[str]:
        return words(check_report(DOSSIER, found, [], profile=PROFILE.label, unit="", checker="", at=NOW), tmp_path)

    (clean,) = made(())
    assert "可以移送" in clean
    assert "未发现问题" in clean
    many = tuple(replace(findings[0], where=f"1/W p.{number}") for number in range(1, 101))
    pages = made(many)
    assert len(pages) > 3
    assert all(f"1/Wp.{number}" in "".join(pages) for number in range(1, 101))
