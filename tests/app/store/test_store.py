"""The library: one transaction a step, its audit record in it, write-once files."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from case_facts import case_facts
from sqlite_utils import Database

from app.store import schema
from app.store.durable import replace, write_once
from app.store.errors import CaseExists, CaseUnknown, DiskFull, HomeNotWritable, NewerStore
from app.store.home import Home
from app.store.pages import FoundOnPage
from app.store.records import Aim, Aside, DocumentRecord, NewPage, Package
from app.store.search import Wanted
from app.store.store import Store, SystemClock, Who
from dossier.model import Case
from transfer.types import SendState

WHO = Who(actor="李文", station="test")


def a_page(home: Home, sequence: int) -> NewPage:
    return NewPage(
        sequence=sequence,
        sheet=sequence,
        side="front",
        file=home.path / f"{sequence}.png",
        sha256=f"{sequence:064d}",
        bytes=10,
        dpi=300,
        origin="simulator",
        captured_at="2026-03-05T09:30:00+08:00",
        capture="{}",
    )


@pytest.fixture
def store(tmp_path: Path):
    with Store(Home(tmp_path / "home"), SystemClock(), WHO) as opened:
        yield opened


def add_case(store: Store, case: Case | None = None) -> int:
    case = case or case_facts()
    with store.change("case.opened", case.case_no):
        return store.cases.add(case)


def add_batch(store: Store, case_id: int):
    with store.change("batch.opened", "x"):
        return store.pages.open_batch(
            case_id, kind="scan", device="d", settings="{}", feed_sha256=None, expected_sheets=None, at="now"
        )


def test_a_case_comes_back_as_it_went_in(store: Store) -> None:
    add_case(store)
    assert store.cases.get(case_facts().case_no).case == case_facts()


def test_the_library_is_opened_so_that_it_survives_a_power_cut(store: Store) -> None:
    assert store._db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert store._db.execute("PRAGMA synchronous").fetchone()[0] == 2  # FULL
    assert store._db.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_a_second_case_with_the_same_number_is_refused_and_leaves_no_trace(store: Store) -> None:
    add_case(store)
    before = store.audit.export()
    with pytest.raises(CaseExists):
        add_case(store)
    assert store.audit.export() == before
    assert len(store.cases.all()) == 1


def test_an_unknown_case_is_named(store: Store) -> None:
    with pytest.raises(CaseUnknown, match="A000"):
        store.cases.get("A000")


def test_a_change_that_fails_leaves_neither_rows_nor_audit_records(store: Store) -> None:
    batch = add_batch(store, add_case(store))
    before = store.audit.export()

    def twice() -> None:
        with store.change("page.arrived", "x"):
            store.pages.add(batch, a_page(store.home, 1))
            store.pages.add(batch, a_page(store.home, 1))

    with pytest.raises(sqlite3.IntegrityError):
        twice()
    assert store.pages.of_batch(batch.id) == []
    assert store.audit.export() == before


def test_faces_are_numbered_through_the_case_over_batches(store: Store) -> None:
    case_id = add_case(store)
    for batch in (add_batch(store, case_id), add_batch(store, case_id)):
        with store.change("page.arrived", "x"):
            store.pages.add(batch, a_page(Home(store.home.path / str(batch.number)), 1))
    assert [page.number for page in store.pages.of_case(case_id)] == [1, 2]
    assert [page.stem for page in store.pages.of_case(case_id)] == ["000001", "000002"]


def test_each_case_has_a_trail_of_its_own_that_holds(store: Store) -> None:
    add_case(store)
    add_case(store, case_facts("A9901260000002026030002"))
    report = store.audit.verify()
    assert report.ok
    assert report.records == 2
    assert store.audit.export(case_facts().case_no).count(b"\n") == 1


def test_an_altered_record_is_found_and_its_case_named(store: Store) -> None:
    add_case(store)
    with store.transaction():
        store._db.execute("UPDATE audit SET record = replace(record, '李文', '王武')")
    report = store.audit.verify()
    assert not report.ok
    assert (report.chain, report.broken_at) == (case_facts().case_no, 1)


def test_a_package_and_its_place_in_the_queue_appear_together(store: Store) -> None:
    case_id = add_case(store)
    package = Package(
        id="p1",
        case_id=case_id,
        case_no=case_facts().case_no,
        submission="base",
        version=store.outbox.next_version(case_id, "base"),
        file=store.home.path / "p1.zip",
        sha256="a",
        sm3="b",
        size=3,
        level="B-B",
        training=True,
        sealed_at="now",
    )
    with store.change("dossier.sealed", package.case_no):
        store.outbox.queue(package, "platform", "now")
    (outgoing,) = store.outbox.all()
    assert (outgoing.package, outgoing.state, outgoing.attempts) == (package, SendState.QUEUED, 0)
    assert store.outbox.next_version(case_id, "base") == 2


def test_pages_of_an_older_library_keep_their_order(tmp_path: Path) -> None:
    """A library of the first schema, with two pages, opened by this station."""
    home = Home(tmp_path)
    older = Database(home.database)
    schema.migrate(older, 1)
    older.close()
    with sqlite3.connect(home.database) as db:
        db.execute(
            "INSERT INTO cases VALUES (1, 'A1', '', '', '', '', '', '[]', '', '', '', '2026-03-05T09:30:00+08:00')"
        )
        db.execute(
            "INSERT INTO batches (id, case_id, number, kind, device, settings, state, opened_at)"
            " VALUES (1, 1, 1, 'scan', 'd', '{}', 'complete', 'now')"
        )
        for number, side in ((1, "front"), (2, "back")):
            db.execute(
                "INSERT INTO pages (case_id, number, batch_id, sequence, sheet, side, file, sha256, bytes, origin,"
                " captured_at, capture) VALUES (1, ?, 1, ?, 1, ?, ?, '', 1, 'file', 'now', '{}')",
                (number, number, side, f"{number}.png"),
            )
    with Store(home, SystemClock(), WHO) as store:
        pages = store.pages.of_case(1)
        assert [(p.number, p.place, p.fed_sheet, p.aside) for p in pages] == [(1, 1, 1, None), (2, 2, 1, None)]
        assert store.pages.batch(1).aim == Aim()


def filed(*page_ids: int) -> DocumentRecord:
    return DocumentRecord("GS01", "拘留证", None, None, (), None, 1.0, page_ids)


def test_a_page_set_aside_leaves_its_document_and_the_search_and_comes_back(store: Store) -> None:
    case_id = add_case(store)
    batch = add_batch(store, case_id)
    with store.change("page.arrived", "x"):
        one, two = (store.pages.add(batch, a_page(store.home, sequence)) for sequence in (1, 2))
        store.pages.set_result(one.id, FoundOnPage("{}", "拘留证", False, "e.jpg", "t.jpg", "now"))
        store.cases.file_documents(case_id, [filed(one.id), filed(two.id)])
    with store.change("pages.set-aside", "x"):
        store.order.set_aside(one.id, Aside("错页", "李文", "now"))
    assert [page.number for page in store.pages.of_case(case_id)] == [2]
    assert [page.number for page in store.pages.all_of_case(case_id)] == [1, 2]
    assert [document.page_ids for document in store.cases.documents(case_id)] == [(two.id,)]
    assert store.search.find(Wanted("拘留"), 10) == []
    with store.change("pages.taken-back", "x"):
        store.order.take_back(one.id)
    assert [document.page_ids for document in store.cases.documents(case_id)] == [(one.id,), (two.id,)]
    assert [hit.page for hit in store.search.find(Wanted("拘留"), 10)] == [1]


def test_a_result_without_its_lines_is_else_the_same(store: Store) -> None:
    batch = add_batch(store, add_case(store))
    found = {"text": {"engine": "x", "lines": [{"text": "拘留证"}]}, "width": 2480}
    with store.change("page.arrived", "x"):
        page = store.pages.add(batch, a_page(store.home, 1))
        store.pages.set_result(page.id, FoundOnPage(json.dumps(found), "拘留证", False, "", "", ""))
    assert json.loads(store.pages.result(page.id) or "") == found
    assert json.loads(store.pages.result(page.id, lines=False) or "") == {
        "text": {"engine": "x", "lines": []},
        "width": 2480,
    }


def test_a_library_of_a_newer_station_is_refused_unchanged(tmp_path: Path) -> None:
    home = Home(tmp_path)
    Store(home, SystemClock(), WHO).close()
    with sqlite3.connect(home.database) as db:
        db.execute("PRAGMA user_version = 99")
    with pytest.raises(NewerStore):
        Store(home, SystemClock(), WHO)


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(HomeNotWritable):
        Store(Home(tmp_path / "home"), SystemClock(), WHO)


def test_too_little_disk_is_said_before_anything_starts(store: Store) -> None:
    with pytest.raises(DiskFull):
        store.home.require_space(10**18)


def test_write_once_never_replaces(tmp_path: Path) -> None:
    target = tmp_path / "page.png"
    with write_once(target) as out:
        out.write(b"first")
    with pytest.raises(FileExistsError), write_once(target) as out:
        out.write(b"second")
    assert target.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["page.png"]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> None:
        with write_once(tmp_path / "page.png") as out:
            out.write(b"half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_replace_swaps_whole_files(tmp_path: Path) -> None:
    replace(tmp_path / "state.json", b"1")
    replace(tmp_path / "state.json", b"2")
    assert (tmp_path / "state.json").read_bytes() == b"2"
    assert len(list(tmp_path.iterdir())) == 1
