"""What a finding rests on is shown: both papers of a contradiction, the empty place, framed, inside the page."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dossier.checks import run_checks
from dossier.checks.crops import cut_out, part_to_show
from dossier.model import Face, Finding, Place
from dossier.profile import load_profile
from ocr.imaging.types import Box, Verdict
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.checks.casefile import DPI, HEIGHT, NOW, WIDTH

PROFILE = load_profile()


@pytest.fixture
def face(tmp_path: Path) -> Face:
    return casefile.face(tmp_path, 1, ["立案决定书"])


def cropped(face: Face, box: Box | None) -> np.ndarray:
    picture = np.full((HEIGHT, WIDTH, 3), 255, np.uint8)
    return np.asarray(Image.open(io.BytesIO(cut_out(picture, Place("1/W p.1 LA03", face.id, box), face))))


@pytest.mark.parametrize("box", [(100, 200, 80, 20), (0, 0, 10, 10), (WIDTH - 30, HEIGHT - 12, 30, 12)])
def test_the_part_shown_holds_the_place_and_stays_on_the_page(face: Face, box: Box) -> None:
    left, top, width, height = part_to_show(Place("", face.id, box), face)
    assert 0 <= left <= box[0]
    assert box[0] + box[2] <= left + width <= WIDTH
    assert 0 <= top <= box[1]
    assert box[1] + box[3] <= top + height <= HEIGHT
    assert width >= 60 * DPI / 25.4 - 1


def test_the_place_is_framed_and_a_whole_page_is_small(face: Face) -> None:
    part = cropped(face, (100, 200, 80, 20))
    red = (part[..., 0] > 150) & (part[..., 1] < 120)
    assert red.any()
    assert not red[0].any()
    page = cropped(face, None)
    assert page.shape[0] < HEIGHT / 3
    assert (page > 200).all()


def findings_on(tmp_path: Path) -> tuple[Finding, ...]:
    papers = casefile.documents(tmp_path)
    dated = tuple(casefile.line(text, row) for row, text in enumerate(["立案决定书", "二〇二六年三月九日"]))
    papers = casefile.changed_face(papers, "LA03", lines=dated)
    papers = casefile.changed(papers, "LA03", date=casefile.day(3, 9))
    papers = casefile.changed_face(papers, "QZ21", zones=(casefile.zone("被取保候审人", Verdict.BLANK, Verdict.BLANK),))
    return run_checks(casefile.dossier(PROFILE, papers), PROFILE, now=NOW)


def test_a_contradiction_rests_on_both_papers_and_an_empty_place_on_its_box(tmp_path: Path) -> None:
    found = {each.key: each for each in findings_on(tmp_path)}
    order = found["check.date-order"]
    assert [place.where for place in order.rests_on] == ["1/W p.4 QZ21", "1/W p.3 LA03"]
    assert order.rests_on[1].words == "二〇二六年三月九日"
    assert order.rests_on[1].box == (60, 100, 180, 20)
    unsigned = found["check.sign.missing"]
    assert unsigned.box == unsigned.rests_on[0].box == (60, 700, 300, 80)
