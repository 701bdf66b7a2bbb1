"""What a clerk corrects wins over what reading proposes, and never loses or doubles a face."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.corrections import (
    NO_DATE,
    Correction,
    Facts,
    Grouping,
    Joins,
    Moves,
    Opens,
    Placed,
    Told,
    regroup,
    standing_for,
)
from dossier.filing import assemble, tell
from ocr.reading.types import CopyKind
from tests.packaging.dossier.papers import CASE, PROFILE, document, order

READ = [("1", "2", "3"), ("4", "5"), ("6",)]


def faces(groups: tuple[Grouping, ...]) -> list[str]:
    return ["".join(group.faces) for group in groups]


def test_splitting_takes_what_stands_behind_along() -> None:
    assert faces(regroup(READ, [Opens(("2", "3"))])) == ["1", "23", "45", "6"]
    assert faces(regroup([("1", "2", "9", "3")], [Opens(("2", "3"))])) == ["1", "293"]  # 9 was scanned in later
    assert faces(regroup([("1", "3"), ("4",)], [Opens(("2", "3"))])) == ["1", "3", "4"]  # 2 was set aside
    assert faces(regroup([("1",), ("2",), ("3",)], [Opens(("2", "3"))])) == ["1", "23"]  # reading parts them by now


def test_joining_goes_to_the_end_of_the_other_document() -> None:
    assert faces(regroup(READ, [Joins(("6",), ("1", "2", "3"))])) == ["1236", "45"]
    assert faces(regroup(READ, [Joins(("5",), ("1",))])) == ["1235", "4", "6"]
    again = regroup([("1", "2", "3", "4"), ("5",)], [Joins(("4", "5"), ("1", "2", "3"))])
    assert faces(again) == ["12345"]  # reading joined one page by now, not both
    assert faces(regroup(READ, [Joins(("6",), ("9",))])) == ["123", "45", "6"]


def test_moving_pages_moves_those_pages_only() -> None:
    assert faces(regroup(READ, [Moves(("2",), ("4",))])) == ["13", "425", "6"]
    assert faces(regroup(READ, [Moves(("6", "1"), ("5",), before=True)])) == ["23", "4615"]
    assert faces(regroup(READ, [Moves(("3",), ("1",), before=True)])) == ["312", "45", "6"]
    assert faces(regroup(READ, [Moves(("3",), ("9", "4"))])) == ["12", "435", "6"]  # 9 was set aside; 4 stood beside it
    assert faces(regroup(READ, [Moves(("9",), ("1",)), Moves(("1",), ("1",))])) == ["123", "45", "6"]


def test_what_was_told_stays_with_the_document_it_was_told_of() -> None:
    number, title = Facts(number="清公(望)立字〔2026〕1号"), Facts(title="立案决定书")
    told = regroup(READ, [Told(("4", "5"), number), Told(("4",), title), Opens(("5",)), Joins(("6",), ("4",))])
    assert [(group.faces, group.facts) for group in told[1:]] == [
        (("4", "6"), Facts(number="清公(望)立字〔2026〕1号", title="立案决定书")),
        (("5",), Facts()),
    ]
    later = regroup(READ, [Told(("1",), Facts(ordinal=1)), Told(("1",), Facts(ordinal=2))])
    assert later[0].facts == Facts(ordinal=2)


def test_a_page_scanned_again_takes_over_what_was_said_of_the_old_one() -> None:
    newer = {"4": "9"}
    read = [("1", "2", "3"), ("9", "5"), ("6",)]
    said: list[Correction] = [Told(("4", "5"), Facts(kind="LA03")), Moves(("1",), ("4",)), Placed(("4",), ("6",))]
    moved = [standing_for(each, newer) for each in said]
    assert regroup(read, moved)[1] == Grouping(("9", "1", "5"), Facts(kind="LA03"))
    assert moved[2] == Placed(("9",), ("6",))


def test_told_facts_win_and_may_be_empty() -> None:
    read = document(None, "a", number="误读1号", date=dt.date(2026, 3, 1), ordinal=3, confidence=0.4)
    told = tell(
        read, Facts(kind="GS01", ordinal=2, date="2026-03-18", persons=("陶志远",), copy=CopyKind.STUB), PROFILE
    )
    assert (told.kind, told.title, told.ordinal, told.confidence) == ("GS01", "讯问笔录（第2次）", 2, 1.0)
    assert (told.date, told.persons, told.copy, told.number) == (
        dt.date(2026, 3, 18),
        ("陶志远",),
        CopyKind.STUB,
        "误读1号",
    )
    assert told.told == {"kind", "ordinal", "date", "persons", "copy"}
    cleared = tell(read, Facts(number="", date=NO_DATE, ordinal=0), PROFILE)
    assert (cleared.number, cleared.date, cleared.ordinal, cleared.confidence) == (None, None, None, 0.4)
    assert tell(read, Facts(kind="LA03", title="立案决定书（复印件）"), PROFILE).title == "立案决定书（复印件）"


def test_documents_are_put_by_hand_within_their_volume_only() -> None:
    pile = [document(kind, kind) for kind in ("LA01", "LA03", "QZ21", "GS01", "SZ02")]
    last_first = Placed(("QZ21-0",), ("LA01-0",), before=True)
    elsewhere = Placed(("GS01-0",), ("LA01-0",))
    assert order(assemble(CASE, pile, "base", PROFILE, [last_first, elsewhere])) == [
        ["QZ21", "LA01", "LA03"],
        ["GS01", "SZ02"],
    ]
    assert order(assemble(CASE, pile, "base", PROFILE, [last_first, Placed(("QZ21-0",), ("LA01-0",))]))[0] == [
        "LA01",
        "QZ21",
        "LA03",
    ]


def test_a_clerk_puts_a_document_into_another_volume() -> None:
    pile = [document("LA03", "decision"), document("SZ02", "doubtful", volume="G"), document("GS01", "new", volume="B")]
    assert order(assemble(CASE, pile, "base", PROFILE)) == [["decision"]]
    assert order(assemble(CASE, pile, "supplement", PROFILE)) == [["new"]]


FACES = [f"{number}" for number in range(12)]
SOME = st.lists(st.sampled_from([*FACES, "elsewhere"]), min_size=1, max_size=5).map(tuple)
CORRECTIONS = st.one_of(
    st.builds(Opens, SOME),
    st.builds(Joins, SOME, SOME),
    st.builds(Moves, SOME, SOME, st.booleans()),
    st.builds(Told, SOME, st.builds(Facts, ordinal=st.integers(1, 3))),
    st.builds(Placed, SOME, SOME, st.booleans()),
)


@st.composite
def groups(draw: st.DrawFn) -> list[list[str]]:
    """Some of the faces (the others are set aside), in some order, parted somehow."""
    counting = draw(st.lists(st.sampled_from(FACES), unique=True))
    parted: list[list[str]] = []
    for face in counting:
        if not parted or draw(st.booleans()):
            parted.append([])
        parted[-1].append(face)
    return parted


@settings(max_examples=400)
@given(groups(), st.lists(CORRECTIONS, max_size=12))
def test_every_face_stays_in_exactly_one_document(read: list[list[str]], corrections: list[Correction]) -> None:
    made = regroup(read, corrections)
    assert sorted(face for group in made for face in group.faces) == sorted(face for group in read for face in group)
    assert all(group.faces for group in made)


@settings(max_examples=100)
@given(st.permutations([f"{kind}" for kind in ("LA01", "LA03", "QZ21", "ZC01", "GS01", "SZ02")]), st.data())
def test_placing_by_hand_keeps_every_document_in_its_volume(kinds: list[str], data: st.DataObject) -> None:
    some = st.sampled_from([(f"{kind}-0",) for kind in kinds])
    placed = data.draw(st.lists(st.builds(Placed, some, some, st.booleans()), max_size=8))
    litigation, evidence = order(assemble(CASE, [document(kind, kind) for kind in kinds], "base", PROFILE, placed))
    assert (sorted(litigation), sorted(evidence)) == (["LA01", "LA03", "QZ21", "ZC01"], ["GS01", "SZ02"])
