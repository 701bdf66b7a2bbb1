"""Volumes past the page limit are parted as the profile says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.filing import assemble
from dossier.model import Document, Dossier, Person
from dossier.profile import Profile
from ocr.engines.types import Line
from tests.packaging.dossier.papers import CASE, PROFILE, document, face


def with_volume(code: str, **changes: object) -> Profile:
    """The profile with other rules for one volume kind."""
    volumes = tuple(
        volume.model_copy(update=changes) if volume.code == code else volume for volume in PROFILE.rules.volumes
    )
    return replace(PROFILE, rules=PROFILE.rules.model_copy(update={"volumes": volumes}))


def bound(dossier: Dossier) -> list[tuple[str, int, list[str]]]:
    return [(v.title, v.pages, [entry.document.id for entry in v.entries]) for v in dossier.volumes]


@pytest.fixture
def joint() -> list[Document]:
    """Litigation documents of two suspects, 210 pages."""
    first, second = ("陶志远",), ("邱海峰",)
    return [
        document("LA03", "decision", 30),
        document("QZ03", "custody of 陶", 60, persons=first),
        document("QZ03", "custody of 邱", 60, persons=second),
        document("QZ03", "custody of both", 10, persons=(*first, *second)),
        document("QZ21", "bail of 陶", 50, persons=first),
    ]


def test_a_joint_case_past_the_limit_has_a_general_volume_and_one_for_each_suspect(joint: list[Document]) -> None:
    assert bound(assemble(CASE, joint, "base", PROFILE)) == [
        ("诉讼文书卷（综合）", 40, ["decision", "custody of both"]),
        ("诉讼文书卷（陶志远）", 110, ["custody of 陶", "bail of 陶"]),
        ("诉讼文书卷（邱海峰）", 60, ["custody of 邱"]),
    ]
    assert [volume.part for volume in assemble(CASE, joint, "base", PROFILE).volumes] == ["综合", "陶志远", "邱海峰"]


def test_within_the_limit_or_with_one_suspect_nothing_is_parted_by_persons(joint: list[Document]) -> None:
    assert [title for title, _, _ in bound(assemble(CASE, joint[:4], "base", PROFILE))] == ["诉讼文书卷"]
    alone = replace(CASE, persons=(Person(1, "陶志远", "嫌疑人"), Person(2, "何文静", "证人")))
    assert [(title, pages) for title, pages, _ in bound(assemble(alone, joint, "base", PROFILE))] == [
        ("诉讼文书卷", 160),
        ("诉讼文书卷", 50),
    ]


def test_a_suspects_own_part_past_the_limit_is_parted_again(joint: list[Document]) -> None:
    profile = with_volume("W", max_pages=100)
    assert [(title, pages) for title, pages, _ in bound(assemble(CASE, joint, "base", profile))] == [
        ("诉讼文书卷（综合）", 40),
        ("诉讼文书卷（陶志远）", 60),
        ("诉讼文书卷（陶志远）", 50),
        ("诉讼文书卷（邱海峰）", 60),
    ]


def test_groups_of_kinds_stay_whole_where_the_profile_says_so() -> None:
    records = [document("GS01", f"r{number}", 60, ordinal=number) for number in (1, 2)]
    things = [document("WZ01", f"w{number}", 50) for number in (1, 2)]
    groups = bound(assemble(CASE, [*records, *things], "base", with_volume("Z", split=("group",))))
    plain = bound(assemble(CASE, [*records, *things], "base", with_volume("Z", split=())))
    assert [names for _, _, names in groups] == [["r1", "r2"], ["w1", "w2"]]
    assert [names for _, _, names in plain] == [["r1", "r2", "w1"], ["w2"]]


def test_a_group_past_the_limit_is_parted_between_documents() -> None:
    records = [document("GS01", f"r{number}", 90, ordinal=number) for number in (1, 2, 3)]
    made = bound(assemble(CASE, [*records, document("WZ01", "w", 5)], "base", with_volume("Z", split=("group",))))
    assert [(pages, names) for _, pages, names in made] == [(180, ["r1", "r2"]), (90, ["r3"]), (5, ["w"])]


def test_the_profile_says_what_documents_are_sorted_by() -> None:
    pile = [
        document("QZ21", "bail of 陶", persons=("陶志远",)),
        document("QZ03", "custody of 邱", persons=("邱海峰",)),
        document("QZ03", "custody of 陶", persons=("陶志远",)),
    ]
    by_person = with_volume("W", order_by=("person", "kind", "date"))
    ((_, _, names),) = bound(assemble(CASE, pile, "base", by_person))
    assert names == ["custody of 陶", "bail of 陶", "custody of 邱"]


def test_blank_faces_fill_no_volume() -> None:
    full = document("GS01", "full", 200, ordinal=1)
    blank = document("GS01", "blank", faces=(face("b", blank=True),), ordinal=2)
    assert len(assemble(CASE, [full, blank], "base", PROFILE).volumes) == 1


def naming(words: str, name: str, pages: int) -> Document:
    """A record whose first page says so."""
    paper = document("GS01", name, pages)
    line = Line(words, 0.98, ((0, 0), (100, 0), (100, 20), (0, 20)), ())
    return replace(paper, faces=(replace(paper.faces[0], lines=(line,)), *paper.faces[1:]))


@pytest.fixture
def charged() -> list[Document]:
    """Evidence of two charges, 230 pages."""
    return [
        naming("陶志远涉嫌盗窃一案", "theft", 80),
        naming("涉 嫌 诈 骗 罪", "fraud", 60),
        naming("涉嫌盗窃罪、诈骗罪", "both", 50),
        naming("经过如下", "neither", 10),
        naming("盗窃案中被盗的手机", "thing", 30),
    ]


def test_evidence_of_several_charges_past_the_limit_is_parted_by_charge(charged: list[Document]) -> None:
    case = replace(CASE, charge="盗窃、诈骗")
    assert bound(assemble(case, charged, "base", PROFILE)) == [
        ("证据材料卷（综合）", 60, ["both", "neither"]),
        ("证据材料卷（盗窃）", 110, ["theft", "thing"]),
        ("证据材料卷（诈骗）", 60, ["fraud"]),
    ]


def test_within_the_limit_with_one_charge_or_where_no_profile_asks_evidence_stays_together(
    charged: list[Document],
) -> None:
    case = replace(CASE, charge="盗窃、诈骗")
    assert [title for title, _, _ in bound(assemble(case, charged[:4], "base", PROFILE))] == ["证据材料卷"]
    for dossier in (
        assemble(CASE, charged, "base", PROFILE),
        assemble(case, charged, "base", with_volume("Z", split=("group",))),
    ):
        assert {title for title, _, _ in bound(dossier)} == {"证据材料卷"}
