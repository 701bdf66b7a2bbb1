"""A clerk's corrections of the filing are kept, win over later readings, and are undone by the trail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.station.cases import NewCase, open_case
from app.station.correcting import join, move_pages, place_document, split, tell
from app.station.errors import (
    AlreadyFirst,
    CaseSealed,
    DateInvalid,
    KindUnknown,
    NothingBefore,
    NothingToUndo,
    OtherVolume,
    PageUnfiled,
    SameDocument,
    StationError,
    SubmissionUnknown,
    VolumeUnknown,
)
from app.station.filing import arranged, build_dossier, file_pages, load_documents
from app.station.importing import import_files
from app.station.page_acts import set_aside, take_back
from app.station.station import Station, Who, open_station
from app.station.submissions import activate_submission, open_submission
from app.station.undo import undo
from app.store.errors import StoreError
from app.store.records import Aim, AimKind
from dossier.corrections import NO_DATE, Facts
from ocr.reading.types import CopyKind, KindGuess, PageReading
from tests.app.station.conftest import CASE
from tests.app.station.papers import CONTINUES, filed, opens, queued, read_as, take_in, value

READ = [("LA03", [1, 2]), ("GS01", [3, 4, 5]), ("SZ02", [6])]


@pytest.fixture
def read(station: Station, case: str, tmp_path: Path) -> str:
    """A case of three documents with six faces."""
    record = opens("GS01", "讯问笔录", persons=(value("张某"),), ordinal=value("1"))
    take_in(station, case, tmp_path / "pages", [opens("LA03"), None, record, CONTINUES, CONTINUES, opens("SZ02")])
    assert filed(station, case) == READ
    return case


def test_splitting_and_joining(station: Station, read: str) -> None:
    split(station, read, 5, "另一份笔录")
    assert filed(station, read) == [("LA03", [1, 2]), ("GS01", [3, 4]), (None, [5]), ("SZ02", [6])]
    join(station, read, 5, "实为扣押决定的附页", to=1)
    assert filed(station, read) == [("LA03", [1, 2, 5]), ("GS01", [3, 4]), ("SZ02", [6])]
    join(station, read, 6, "笔录所附")
    assert filed(station, read) == [("LA03", [1, 2, 5]), ("GS01", [3, 4, 6])]
    for done in ([("LA03", [1, 2, 5]), ("GS01", [3, 4]), ("SZ02", [6])], None, READ):
        undo(station, read)
        assert done is None or filed(station, read) == done
    with pytest.raises(NothingToUndo):
        undo(station, read)
    assert station.store.audit.verify().ok


def test_moving_pages_into_another_document(station: Station, read: str) -> None:
    move_pages(station, read, [4], 1, "夹错", before=False)
    assert filed(station, read) == [("LA03", [1, 4, 2]), ("GS01", [3, 5]), ("SZ02", [6])]
    move_pages(station, read, [6], 3, "夹错", before=True)
    assert filed(station, read)[1] == ("SZ02", [6, 3, 5])  # what now stands first says what the document is


def test_what_the_clerk_says_wins_over_a_later_reading(station: Station, read: str) -> None:
    facts = Facts(kind="QZ03", number="清公(望)拘字〔2026〕1号", date="2026-03-06", copy=CopyKind.OURS, volume="Z")
    tell(station, read, 1, facts, "识别有误")
    read_as(station, read, 1, opens("LA01", number=value("误读9号"), date=value("2025-01-01")))
    file_pages(station, station.store.cases.get(read))
    document = load_documents(station, station.store.cases.get(read))[0]
    assert (document.kind, document.title, document.number) == ("QZ03", "拘留证", "清公(望)拘字〔2026〕1号")
    assert (str(document.date), document.copy, document.volume) == ("2026-03-06", CopyKind.OURS, "Z")
    assert (document.told, document.confidence) == ({"kind", "number", "date", "copy", "volume"}, 1.0)
    tell(station, read, 1, Facts(date=NO_DATE), "原件未填")
    assert load_documents(station, station.store.cases.get(read))[0].date is None
    undo(station, read)
    undo(station, read)
    assert filed(station, read)[0][0] == "LA01"


def test_one_answer_holds_for_all_papers_of_a_title(station: Station, case: str, tmp_path: Path) -> None:
    unknown = replace(opens("QZ24", "聊天界面截图"), kind=KindGuess("QZ24", 0.1, 0.5))
    sure, dated = opens("SZ02", "户籍证明"), replace(unknown, date=value("2026-03-05"))
    doubtful = PageReading(kind=None, starts_document=False, start_confidence=0.6)
    take_in(station, case, tmp_path / "pages", [unknown, CONTINUES, unknown, sure, dated, doubtful])
    assert [kind for kind, _ in filed(station, case)] == ["QZ24", "QZ24", "SZ02", "QZ24"]
    tell(station, case, 1, Facts(kind="SZ01"), "聊天截图")
    assert filed(station, case) == [("SZ01", [1, 2]), ("SZ01", [3]), ("SZ02", [4]), ("SZ01", [5, 6])]
    documents = load_documents(station, station.store.cases.get(case))
    assert [document.confidence for document in documents] == [1.0, 0.9, 0.97, 0.6]
    assert [document.told for document in documents] == [frozenset({"kind"}), frozenset(), frozenset(), frozenset()]
    tell(station, case, 3, Facts(kind="SZ04"), "不是聊天")  # two kinds under one title: the third is asked again
    assert [kind for kind, _ in filed(station, case)] == ["SZ01", "SZ04", "SZ02", "QZ24"]
    undo(station, case)
    undo(station, case)
    assert [kind for kind, _ in filed(station, case)] == ["QZ24", "QZ24", "SZ02", "QZ24"]


@pytest.mark.parametrize(
    "other",
    [
        KindGuess("BH01", 0.4, 1.0, rivals=("BH01", "ZR01")),  # one title, a victim's record or a witness's
        KindGuess("ZR01", 0.95, 9.0),  # sure; in doubt is where it begins
    ],
)
def test_an_answer_holds_for_no_paper_that_may_be_another(
    station: Station, case: str, tmp_path: Path, other: KindGuess
) -> None:
    told = replace(opens("BH01", "询问笔录"), kind=replace(other, code="BH01"))
    doubted = replace(opens("ZR01", "询问笔录"), kind=other, start_confidence=0.7)
    take_in(station, case, tmp_path / "pages", [told, doubted])
    tell(station, case, 1, Facts(kind="BH01"), "被害人")
    documents = load_documents(station, station.store.cases.get(case))
    assert [(each.kind, each.confidence < 0.85) for each in documents] == [("BH01", False), (other.code, True)]


def test_a_page_scanned_again_or_set_aside_does_not_lose_a_correction(
    station: Station, read: str, tmp_path: Path
) -> None:
    tell(station, read, 3, Facts(ordinal=2), "第二次")
    split(station, read, 4, "另一份")
    take_in(station, read, tmp_path / "again", [opens("GS01")], Aim(AimKind.REPLACE, 3))
    set_aside(station, read, [4], "重复")
    assert filed(station, read) == [("LA03", [1, 2]), ("GS01", [7]), (None, [5]), ("SZ02", [6])]
    assert load_documents(station, station.store.cases.get(read))[1].ordinal == 2
    take_back(station, read, [4])
    assert filed(station, read)[2] == (None, [4, 5])


def test_a_document_is_put_by_hand_in_one_submission_only(station: Station, read: str, tmp_path: Path) -> None:
    take_in(station, read, tmp_path / "more", [opens("QZ03")])
    place_document(station, read, 7, 1, "arrest", "先看拘留", before=True)
    assert first_pages(station, read, "arrest") == [7, 1, 3, 6]
    assert first_pages(station, read, "base") == [1, 7, 3, 6]
    open_submission(station, read, "prosecute", "侦查终结", like="arrest")
    assert first_pages(station, read, "prosecute") == [7, 1, 3, 6]
    open_submission(station, read, "arrest", "退回补正")
    place_document(station, read, 1, 7, "arrest", "照规定", before=True)
    assert first_pages(station, read, "arrest") == [1, 7, 3, 6]
    activate_submission(station, read, "arrest", 1, "仍用原次序")
    assert first_pages(station, read, "arrest") == [7, 1, 3, 6]


def first_pages(station: Station, case: str, submission: str) -> list[int]:
    dossier = build_dossier(station, case, submission)
    return [int(entry.document.faces[0].id) for volume in dossier.volumes for entry in volume.entries]


IMPOSSIBLE: list[tuple[Callable[[Station], None], type[Exception]]] = [
    (lambda station: split(station, CASE, 3, "x"), AlreadyFirst),
    (lambda station: split(station, CASE, 8, "x"), PageUnfiled),
    (lambda station: split(station, CASE, 9, "x"), StoreError),
    (lambda station: split(station, CASE, 4, " "), ValueError),
    (lambda station: join(station, CASE, 2, "x"), NothingBefore),
    (lambda station: join(station, CASE, 4, "x", to=5), SameDocument),
    (lambda station: move_pages(station, CASE, [4, 5], 5, "x"), SameDocument),
    (lambda station: move_pages(station, CASE, [8], 5, "x"), PageUnfiled),
    (lambda station: place_document(station, CASE, 3, 4, "base", "x"), SameDocument),
    (lambda station: place_document(station, CASE, 3, 1, "base", "x"), OtherVolume),
    (lambda station: place_document(station, CASE, 3, 6, "nowhere", "x"), SubmissionUnknown),
    (lambda station: tell(station, CASE, 3, Facts(kind="QQ99"), "x"), KindUnknown),
    (lambda station: tell(station, CASE, 3, Facts(volume="Q"), "x"), VolumeUnknown),
    (lambda station: tell(station, CASE, 3, Facts(date="2026-02-30"), "x"), DateInvalid),
]


def test_what_cannot_be_changes_nothing(station: Station, read: str, draw: Callable[[str], Path]) -> None:
    import_files(station, read, [draw("7.png"), draw("8.png")])  # not read yet
    steps = station.store.audit.verify().records
    for act, error in IMPOSSIBLE:
        with pytest.raises(error):
            act(station)
    assert (filed(station, read), station.store.audit.verify().records) == (READ, steps)


def test_a_correction_of_a_sealed_case_is_refused(station: Station, read: str) -> None:
    queued(station, read, "base")
    with pytest.raises(CaseSealed):
        split(station, read, 4, "x")


PAGES = st.integers(1, 8)
ACTS = st.one_of(
    st.tuples(st.just(split), PAGES),
    st.tuples(st.just(join), PAGES, st.one_of(st.none(), PAGES)),
    st.tuples(st.just(move_pages), st.lists(PAGES, min_size=1, max_size=3, unique=True), PAGES),
    st.tuples(st.just(place_document), PAGES, PAGES),
    st.tuples(st.just(set_aside), PAGES),
    st.tuples(st.just(take_back), PAGES),
    st.tuples(st.just(undo)),
    st.tuples(st.just(open_submission), st.sampled_from(["base", "arrest", "prosecute"])),
)


def do(station: Station, act: Callable[..., object], *given: object) -> None:
    """One act with the arguments drawn for it; an act that cannot be is refused."""
    try:
        if act is join:
            join(station, CASE, given[0], "x", to=given[1])  # type: ignore[arg-type]
        elif act is place_document:
            place_document(station, CASE, *given, "arrest", "x")  # type: ignore[arg-type]
        elif act is set_aside:
            set_aside(station, CASE, list(given), "x")  # type: ignore[arg-type]
        elif act is take_back:
            take_back(station, CASE, list(given))  # type: ignore[arg-type]
        elif act is undo:
            undo(station, CASE)
        else:
            act(station, CASE, *given, "x")
    except (StationError, StoreError):
        pass


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ACTS, max_size=10))
def test_whatever_is_done_each_face_is_in_one_document_or_set_aside(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[Callable[..., object], ...]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_station(folder / "home", who=Who("李文", "测试站")) as station:
        open_case(station, NewCase(CASE, "张某危险驾驶案", "危险驾驶"))
        pile = [opens("LA03"), None, opens("GS01"), CONTINUES, CONTINUES, opens("QZ03"), None, opens("SZ02")]
        take_in(station, CASE, folder / "pages", pile)
        for act, *given in acts:
            do(station, act, *given)
        record = station.store.cases.get(CASE)
        pages = station.store.pages.all_of_case(record.id)
        in_documents = sorted(page for _, pages in filed(station, CASE) for page in pages)
        assert in_documents == sorted(page.number for page in pages if page.aside is None)
        dossier = arranged(station, record, "arrest")
        bound = [int(face) for volume in dossier.volumes for face, _ in volume.page_numbers]
        entries = [entry.document.id for volume in dossier.volumes for entry in volume.entries]
        assert len(bound) == len(set(bound))
        assert len(entries) == len(set(entries))
        assert station.store.audit.verify().ok
