"""The case as data: kinds, order, numbers, signatures, on all sheets (written, not scanned)."""

import re

import pytest
from papercase import case
from papercase.elements import PRINTOUT, SMALL
from papercase.errors import GlyphMissing, TextTooLong
from papercase.idnumber import check_character
from papercase.pile import PILE, documents_truth, slots, written
from papercase.setting import Cell, break_lines, draw_cell
from papercase.sheet import Sheet

KINDS = ["LA01", "LA02", "LA03", "QZ21", "QZ22", "ZC01", "ZA01", "ZA02", "GS01", "JT01", "JT02", "JT03", "SZ02", "SZ03"]
SEALED = {"LA01", "LA02", "LA03", "QZ21", "QZ22", "ZC01", "ZA01", "ZA02", "SZ02", "SZ03", "JT03"}
PRINTED = {"QZ21", "ZC01", "ZA01", "GS01", "JT01", "JT02"}  # F in the profile's sign column, the planted one aside
ID = re.compile(r"(?<![\dA-Z])\d{17}[\dX](?!\d)")


@pytest.fixture(scope="module")
def sheets():
    return {document.kind: written(index) for index, document in enumerate(PILE)}


def test_the_fourteen_kinds_in_binding_order(drawn):
    documents = sorted(drawn.truth["documents"], key=lambda entry: entry["binding_order"])
    assert [entry["kind"] for entry in documents] == KINDS


def test_one_document_lies_in_the_wrong_place():
    order = [entry["binding_order"] for entry in documents_truth()]
    assert order != sorted(order)
    assert any([*order[:i], *order[i + 1 :]] == sorted([*order[:i], *order[i + 1 :]]) for i in range(len(order)))


def test_every_face_belongs_to_its_document_and_sheet():
    by_document = {face: entry["id"] for entry in documents_truth() for face in entry["faces"]}
    assert [slot.id for slot in slots()] == sorted(by_document)
    assert all(by_document[slot.id] == slot.document + 1 for slot in slots())
    fronts = [slot.sheet for slot in slots() if slot.side == "front"]
    assert fronts == list(range(1, len(fronts) + 1))
    assert [slot.id for slot in slots() if slot.side == "back"] == ["005", "010"]


def test_boxes_lie_on_the_face(sheets):
    for faces in sheets.values():
        for face in faces:
            for known in (*face.truth.lines, *face.truth.marks, *face.truth.zones):
                x, y, width, height = known.box
                assert x >= 0, known
                assert y >= 0, known
                assert x + width <= 2480, known
                assert y + height <= 3508, known


def test_all_required_seals_and_prints_are_there(sheets):
    marks = {kind: {mark.kind for face in faces for mark in face.truth.marks} for kind, faces in sheets.items()}
    assert {kind for kind, found in marks.items() if "seal" in found} == SEALED
    assert {kind for kind, found in marks.items() if "fingerprint" in found} >= PRINTED


def test_only_the_planted_zone_is_empty(sheets):
    zones = [(kind, zone) for kind, faces in sheets.items() for face in faces for zone in face.truth.zones]
    empty = [(kind, zone.label) for kind, zone in zones if not zone.signed]
    assert empty == [("QZ22", "被取保候审人（签名、捺指印）")]
    assert all(zone.printed for _, zone in zones if zone.wants_print and zone.signed)


def test_every_page_of_the_record_is_signed_and_printed(sheets):
    for face in sheets["GS01"]:
        foot = [zone for zone in face.truth.zones if zone.label == "被讯问人（签名、捺指印）"]
        assert [(zone.signed, zone.printed) for zone in foot] == [(True, True)]
        assert face.truth.page_of is not None


def test_every_id_number_is_valid_and_belongs_to_nobody(sheets):
    found = {
        number
        for faces in sheets.values()
        for face in faces
        for line in face.truth.lines
        for number in ID.findall(line.text)
    }
    assert found == {person.id_number for person in case.PERSONS}
    for number in found:
        assert number.startswith("990126")
        # ISO 7064 MOD 11-2 over all 18 characters
        assert sum((10 if c == "X" else int(c)) * 2 ** (17 - i) for i, c in enumerate(number)) % 11 == 1


def test_check_character_of_the_standards_own_example():
    assert check_character("11010519491231002") == "X"  # GB 11643-1999, appendix


def test_the_case_number_fits_the_profiles_pattern():
    assert re.fullmatch(r"[A-Z]\d{12}(19|20)\d{2}(0[1-9]|1[0-2])\d{4}", case.CASE_NO)
    assert case.CASE_NO[1:13] == case.UNIT_CODE


def test_dates_follow_each_other():
    days = {entry["kind"]: entry["date"] for entry in documents_truth()}
    assert days["JT02"] <= days["JT01"] <= days["LA01"] <= days["LA03"] <= days["ZC01"] <= days["GS01"] <= days["QZ21"]


def test_every_sheet_says_that_it_is_a_sample(sheets):
    for faces in sheets.values():
        for face in faces:
            assert [line.text for line in face.truth.lines if line.kind == "mark"] == ["演示样本"]


def test_a_character_without_a_glyph_is_refused():
    with pytest.raises(GlyphMissing, match="U\\+2611"):
        Sheet("test").write(20, 20, "☑", PRINTOUT)


def test_a_text_too_long_for_its_cell_is_refused():
    with pytest.raises(TextTooLong):
        draw_cell(Sheet("test"), 20, 20, 6, Cell(20, "清禾市公安局交通警察支队"), SMALL)


def test_lines_break_by_the_rules():
    lines = break_lines("甲乙丙丁，（戊己）庚辛壬癸。子丑，寅卯990126199305213648辰巳。", SMALL, 6 * SMALL.em, 0.0)
    texts = [line.text for line in lines]
    assert "".join(texts) == "甲乙丙丁，（戊己）庚辛壬癸。子丑，寅卯990126199305213648辰巳。"
    assert all(text[0] not in "，。）" and text[-1] != "（" for text in texts)
    assert any("990126199305213648" in text for text in texts)
