"""Documents into volumes: order, page numbers, what stays out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.filing import assemble, documents_from
from dossier.model import CaptureOrigin
from ocr.reading.types import DocumentProposal, Field, KindGuess
from tests.packaging.dossier.papers import CASE, PROFILE, document, face, order


def test_volumes_and_kinds_come_in_the_profiles_order() -> None:
    pile = [document(kind, kind) for kind in ("SZ03", "GS01", "QZ21", "LA03", "SZ02", "ZA01", "LA01")]
    dossier = assemble(CASE, pile, "base", PROFILE)
    assert [(volume.code, volume.sequence) for volume in dossier.volumes] == [("W", 1), ("Z", 2)]
    assert order(dossier) == [["LA01", "LA03", "QZ21"], ["ZA01", "GS01", "SZ02", "SZ03"]]
    assert (dossier.submission, dossier.submission_title) == ("base", "基础卷")


def test_persons_then_ordinals_then_dates_then_the_pile_decide() -> None:
    day = dt.date(2026, 3, 18)
    pile = [
        document("GS01", "second of 邱", persons=("邱海峰",), ordinal=2),
        document("GS01", "unknown"),
        document("GS01", "first of 邱", persons=("邱海峰",), ordinal=1),
        document("GS01", "undated of 陶", persons=("陶志远",)),
        document("GS01", "later of 陶", persons=("陶志远",), date=day + dt.timedelta(days=3)),
        document("GS01", "earlier of 陶", persons=("陶志远", "邱海峰"), date=day),
        document("GS01", "second of 陶", persons=("陶志远",), ordinal=2),
        document("GS01", "unknown too"),
    ]
    (names,) = order(assemble(CASE, pile, "base", PROFILE))
    assert names == [
        "second of 陶",
        "earlier of 陶",
        "later of 陶",
        "undated of 陶",
        "first of 邱",
        "second of 邱",
        "unknown",
        "unknown too",
    ]


def test_papers_about_the_case_are_not_sorted_by_person() -> None:
    pile = [
        document("LA03", "later", persons=("陶志远",), date=dt.date(2026, 3, 20)),
        document("LA03", "earlier", persons=("邱海峰",), date=dt.date(2026, 3, 17)),
    ]
    assert order(assemble(CASE, pile, "base", PROFILE)) == [["earlier", "later"]]


def test_page_numbers_restart_and_skip_blank_faces() -> None:
    warrant = document("LA03", "a", faces=(face("a1"), face("a2", blank=True)))
    empty = document("QZ21", "b", faces=(face("b1", blank=True),))
    notice = document("ZC01", "c", faces=(face("c1"), face("c2")))
    record = document("GS01", "d", faces=(face("d1"),))
    litigation, evidence = assemble(CASE, [warrant, empty, notice, record], "base", PROFILE).volumes
    assert litigation.page_numbers == (("a1", 1), ("c1", 2), ("c2", 3))
    assert [(entry.first_page, entry.last_page) for entry in litigation.entries] == [(1, 1), (None, None), (2, 3)]
    assert (litigation.pages, evidence.pages, evidence.page_numbers) == (3, 1, (("d1", 1),))


def test_volumes_split_before_the_limit_at_a_documents_boundary() -> None:
    pile = [document("GS01", "a", 150, ordinal=1), document("GS01", "b", 50, ordinal=2), document("SZ01", "c", 1)]
    pile += [document("SZ02", "d", 260), document("SZ03", "e", 2)]
    dossier = assemble(CASE, [document("LA01", "w"), *pile], "base", PROFILE)
    assert [(v.code, v.sequence, v.pages) for v in dossier.volumes] == [
        ("W", 1, 1),
        ("Z", 2, 200),
        ("Z", 3, 1),
        ("Z", 4, 260),
        ("Z", 5, 2),
    ]


def test_what_stays_out_and_what_goes_loose() -> None:
    pile = [
        document("FM01", "cover"),
        document("GZ01", "internal"),
        document("JS01", "secret"),
        document("ZJ05", "opinion"),
        document(None, "unknown"),
        document("QQ77", "of another profile"),
        document("LA03", "decision"),
    ]
    dossier = assemble(CASE, pile, "prosecute", PROFILE)
    assert order(dossier) == [["decision"]]
    assert [d.id for d in dossier.loose] == ["opinion"]
    assert [d.id for d in dossier.unfiled] == ["unknown", "of another profile"]


def test_a_submission_may_take_single_kinds() -> None:
    pile = [document("QZ35", "transfer"), document("QZ03", "custody"), document("GS01", "record")]
    assert order(assemble(CASE, pile, "custody", PROFILE)) == [["transfer"]]
    with pytest.raises(KeyError):
        assemble(CASE, pile, "nowhere", PROFILE)


@pytest.mark.parametrize(
    ("origin", "training"),
    [
        (CaptureOrigin.HARDWARE, False),
        (CaptureOrigin.FILE, False),
        (CaptureOrigin.REPLAY, True),
        (CaptureOrigin.SIMULATOR, True),
    ],
)
def test_one_face_not_captured_from_paper_makes_it_a_training_dossier(origin: CaptureOrigin, training: bool) -> None:
    pile = [document("LA01", "a"), document("GS01", "b", faces=(face("b1"), face("b2", origin=origin)))]
    assert assemble(CASE, pile, "base", PROFILE).training is training


def value(text: str) -> Field:
    return Field(text, text, 0.95, (0, 0, 1, 1))


def test_documents_from_proposals() -> None:
    faces = [face(name) for name in ("000001", "000002", "000003")]
    proposals = [
        DocumentProposal(
            kind=KindGuess("GS01", 0.97, 9.0),
            pages=(0, 1),
            title="讯问笔录",
            date=value("2026-03-18"),
            persons=(value("陶志远"),),
            ordinal=1,
            confidence=0.95,
        ),
        DocumentProposal(kind=None, pages=(2,), title="停车位使用情况登记表", number=value("清公(望)立字〔2026〕1号")),
    ]
    record, unknown = documents_from(proposals, faces, PROFILE)
    assert (record.id, record.kind, record.title) == ("000001", "GS01", "讯问笔录（第1次）")
    assert (record.date, record.persons, record.ordinal) == (dt.date(2026, 3, 18), ("陶志远",), 1)
    assert record.faces == tuple(faces[:2])
    assert (unknown.kind, unknown.title, unknown.number) == (None, "停车位使用情况登记表", "清公(望)立字〔2026〕1号")


@pytest.mark.parametrize(
    ("code", "read", "title"),
    [
        ("JT03", "机动车信息查询结果单", "机动车信息查询结果单"),
        ("ZA01", "接处警登记表", "接处警登记表"),
        ("QZ03", "", "拘留证"),
        ("LA03", "立案决走书", "立案决定书"),
    ],
)
def test_the_title_is_the_papers_own_where_the_profile_knows_it(code: str, read: str, title: str) -> None:
    proposal = DocumentProposal(kind=KindGuess(code, 0.9, 5.0), pages=(0,), title=read)
    assert documents_from([proposal], [face("a")], PROFILE)[0].title == title


KINDS = st.sampled_from(["LA01", "LA03", "QZ21", "GS01", "SZ02", "ZJ05", None])


@settings(max_examples=60)
@given(st.lists(st.tuples(KINDS, st.integers(1, 90), st.booleans()), max_size=25))
def test_every_face_is_in_one_place_and_numbers_are_continuous(pile: list[tuple[str | None, int, bool]]) -> None:
    documents = [
        document(kind, f"{number}", faces=tuple(face(f"{number}-{n}", blank=blank and n % 2 == 1) for n in range(size)))
        for number, (kind, size, blank) in enumerate(pile)
    ]
    dossier = assemble(CASE, documents, "base", PROFILE)
    bound = [entry.document for volume in dossier.volumes for entry in volume.entries]
    placed = [face.id for document in (*bound, *dossier.loose, *dossier.unfiled) for face in document.faces]
    assert sorted(placed) == sorted(face.id for document in documents for face in document.faces)
    for volume in dossier.volumes:
        assert [number for _, number in volume.page_numbers] == list(range(1, volume.pages + 1))
        assert volume.pages <= 200
