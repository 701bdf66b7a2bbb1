"""The drawn cases that reading and checks are judged on: the same each time, whole, and true to what is printed."""

from __future__ import annotations

from casebook import BLIND, HELDOUT, KINDS, TUNING, draw_case, draw_forms, read_by_engine

from dossier.profile import load_profile
from ocr.reading.id_number import check_digit_ok


def test_same_seed_same_case() -> None:
    once, again = (draw_case("theft", 5, HELDOUT[0]) for _ in range(2))
    assert [paper.laid for paper in once.papers] == [paper.laid for paper in again.papers]


def test_the_fraud_case_has_some_600_pages_and_every_kind_its_papers() -> None:
    pages = {kind: sum(len(paper.faces) for paper in draw_case(kind, 1, TUNING[1]).papers) for kind in KINDS}
    assert 570 < pages["fraud"] < 700
    assert min(pages.values()) > 40


def test_every_form_is_laid_out_in_every_style_and_is_a_kind_of_the_profile() -> None:
    profile = load_profile()
    for style in (*TUNING, *HELDOUT, *BLIND):
        for paper in draw_forms(1, style).papers:
            assert profile.knows(paper.kind), paper.form
            assert paper.faces, paper.form
            text = "".join(face.text for face in paper.faces).replace("\n", "").replace(" ", "")
            assert paper.truth.title.replace("　", "") in text.replace("　", "").replace("\n", ""), paper.form
            assert all(check_digit_ok(number) and number in text for number in paper.truth.id_numbers)


def test_a_changed_value_changes_page_and_truth() -> None:
    case = draw_case("injury", 2, TUNING[0])
    paper = case.paper("QZ03")
    altered = case.altered(paper, serial=901).paper("QZ03")
    assert altered.truth.number is not None
    assert "901" in altered.truth.number
    assert "901" in altered.faces[0].text
    assert case.without(paper).papers == tuple(one for one in case.papers if one is not paper)


def test_the_drawn_reading_has_errors_and_boxes_inside_the_page() -> None:
    face = draw_case("theft", 3, TUNING[0]).paper("GS01").faces[0]
    read = read_by_engine(face, "a")
    printed = face.text.replace("\n", "").replace(" ", "")
    text = "".join(line.text for line in read.lines).replace(" ", "")
    assert 0.9 * len(printed) < len(text) <= len(printed)
    assert all(0 <= x <= 2480 and 0 <= y <= 3508 for line in read.lines for x, y in line.box)
    assert read != read_by_engine(face, "b")
