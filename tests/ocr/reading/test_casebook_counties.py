"""What a county's style changes on the drawn cases, beyond typefaces and margins, and that the truth goes with it."""

from __future__ import annotations

from dataclasses import replace

from casebook import TUNING, Face, Style, draw_case
from casebook.noise import PAGE, page_size

PLAIN = TUNING[0]


def county(**changes: object) -> Style:
    return replace(PLAIN, folio=False, frame=False, **changes)  # type: ignore[arg-type]


def test_the_organs_and_the_region_of_a_county_stand_on_all_papers_and_references() -> None:
    organs = (("police", "澜溪县公安局"), ("org", "澜"), ("dept", "刑"))
    style = county(region="澜溪县", organs=organs, number="{org}公（{dept}）{word}字〔{year}〕{long}号")
    case = draw_case("theft", 2, style)
    custody = case.paper("QZ03")
    assert custody.faces[0].text.startswith("澜溪县公安局")
    assert custody.truth.number == f"澜公(刑)拘字〔2026〕{10000 + custody.values['serial']}号"
    assert "澜公（刑）提捕字〔2026〕10" in case.paper("QZ08").faces[0].text
    assert all(person.home.startswith("澜溪县") for person in case.persons)
    assert [person.id for person in case.persons] == [person.id for person in draw_case("theft", 2, PLAIN).persons]


def test_statements_and_lists_of_calls_lie_across_where_the_county_prints_them_so() -> None:
    case = draw_case("theft", 2, county(across=True, bank="broad", phone="通话详单"))
    lying = {paper.form for paper in case.papers for face in paper.faces if face.lying}
    assert lying == {"SZ01-bank", "SZ01-phone"}
    for face in (*case.paper("SZ01-bank").faces, *case.paper("SZ01-phone").faces):
        assert page_size(face) == PAGE[::-1]
        assert _inside(face)
    assert len(case.paper("SZ01-bank").faces) == 8


def test_an_empty_place_for_count_or_ordinal_tells_nothing() -> None:
    case = draw_case("theft", 2, county(record="blanks", pages="第　　页 共　　页"))
    suspect, victim = case.paper("GS01", 2), case.paper("BH01")
    assert suspect.truth.ordinal == 2
    assert "第 2 次讯问" in suspect.faces[0].text
    assert victim.truth.ordinal is None
    assert "第    次询问" in victim.faces[0].text
    assert {face.page_of for face in suspect.faces} == {None}


def test_pages_that_go_on_say_so_but_copies_do_not() -> None:
    case = draw_case("theft", 2, county(carried=("承前页", "过次页")))
    first, *_, last = (face.text for face in case.paper("GS01").faces)
    assert ("承前页" in first, "过次页" in first) == (False, True)
    assert ("承前页" in last, "过次页" in last) == (True, False)
    assert not any("过次页" in face.text for face in case.paper("SZ01-bank").faces)


def test_every_head_of_a_record_prints_person_time_and_ordinal() -> None:
    for record in ("docket", "told", "begun", "counted", "grid"):
        paper = draw_case("theft", 2, county(record=record)).paper("GS01", 2)
        text = paper.faces[0].text.replace(" ", "").replace("\n", "")
        assert paper.truth.ordinal == 2
        assert any(shown in text for shown in ("第2次", "第二次")), record
        assert paper.values["p"].name in text, record
        assert paper.values["p"].id in text, record
        assert any(f"{paper.values['t0']:{how}}".replace(" ", "") in text for how in ("day", "dash")), record


def _inside(face: Face) -> bool:
    return all(one.left > 0 and one.left + one.width < face.width and one.top < face.height for one in face.prints)
