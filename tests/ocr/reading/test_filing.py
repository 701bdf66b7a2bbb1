"""Whole drawn cases in held-out styles: pages filed without a person, pages asked about, fields read."""

from __future__ import annotations

import pytest
from casebook import HELDOUT, draw_case, draw_forms
from casebook.noise import POOR
from casebook.score import Score, read_case, score_case

from ocr.reading import Lexicon

ALONE, WITH_ASKED, FIELDS = 0.97, 0.995, 0.97


def fields_right(score: Score) -> float:
    tallies = list(score.fields.values())
    return sum(right for right, _, _ in tallies) / sum(map(sum, tallies))


@pytest.mark.parametrize(("kind", "style"), [("drunk_driving", 0), ("theft", 1), ("injury", 2)])
def test_a_whole_case_is_filed(kind: str, style: int, lexicon: Lexicon) -> None:
    case = draw_case(kind, 1, HELDOUT[style])
    score = score_case(case, read_case(case, lexicon))
    assert score.right / score.pages >= ALONE, score.misses
    assert 1 - score.wrong / score.pages >= WITH_ASKED, score.misses
    assert fields_right(score) >= FIELDS, score.misses


def test_one_paper_of_every_form_is_told_from_the_others(lexicon: Lexicon) -> None:
    pile = draw_forms(1, HELDOUT[0])
    score = score_case(pile, read_case(pile, lexicon))
    assert score.right / score.pages >= ALONE, score.misses
    assert score.wrong <= 1, score.misses


def test_on_poor_paper_more_is_asked_and_hardly_a_page_goes_astray(lexicon: Lexicon) -> None:
    case = draw_case("drunk_driving", 1, HELDOUT[0])
    clean, poor = (score_case(case, read_case(case, lexicon, *rates)) for rates in ((), (POOR,)))
    assert poor.right <= clean.right
    assert poor.wrong / poor.pages <= 0.03, poor.misses
