"""The journal: what it holds is what the library held, whatever falls, and an altered one is not believed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from case_facts import case_facts

from app.store.database import require_local
from app.store.errors import (
    JournalBroken,
    JournalMissing,
    LibraryBehind,
    LibraryBroken,
    LibraryInUse,
    LibraryMissing,
    NetworkHome,
)
from app.store.home import Home
from app.store.journal import Block, Journal, Row
from app.store.rebuild import OnProgress, rebuild
from app.store.store import Store, SystemClock, Who

WHO = Who(actor="李文", station="test")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path / "journal")
    journal.start([["cases", 1, {"name": "张某案"}]], last=0, schema=1)
    return journal


def opened(home: Home) -> Store:
    return Store(home, SystemClock(), WHO)


def add_case(store: Store, serial: int) -> None:
    case = case_facts(f"A990126000000202603{serial:04d}")
    with store.change("case.opened", case.case_no):
        store.cases.add(case)


def contents(file: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(file) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = [name for name in tables if not name.startswith(("journal", "sqlite_", "page_index"))]
        return {name: db.execute(f"SELECT rowid, * FROM {name} ORDER BY rowid").fetchall() for name in kept}  # noqa: S608


def row(number: int) -> tuple[int, Row]:
    return number, ["pages", number, {"sha256": "0" * 64}]


def rows(blocks: Iterator[Block]) -> list[Row]:
    return [row for block in blocks for row in block.rows]


def test_a_library_made_again_is_the_same_to_the_row(home: Home) -> None:
    with opened(home) as store:
        for serial in (1, 2, 3):
            add_case(store, serial)
        with store.change("case.unfiled", "A9901260000002026030001"):
            store.cases.unfile(1)
    before = contents(home.database)
    for left in home.path.glob("juanzong.db*"):
        left.unlink()
    rebuilt = rebuild(home, "now")
    assert rebuilt.set_aside is None
    assert contents(home.database) == before
    with opened(home) as store:
        assert store.damages() == []
        assert store.audit.verify().ok
        add_case(store, 4)
    assert rebuild(home, "later").set_aside == home.path / "juanzong.later.db"
    assert len(contents(home.database)["cases"]) == 4


def test_making_it_again_tells_how_far_it_is_and_can_be_broken_off(home: Home) -> None:
    with opened(home) as store:
        for serial in range(1, 30):
            add_case(store, serial)
    before = contents(home.database)

    def break_off(done: int, of: int) -> None:
        if done > of // 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(home, "now", OnProgress(read=break_off))
    assert contents(home.database) == before
    assert not list(home.path.glob("*.part"))
    assert not list(home.path.glob("juanzong.now*"))

    told: list[tuple[int, int]] = []
    rebuild(home, "now", OnProgress(read=lambda done, of: told.append((done, of))))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == sum(file.stat().st_size for file in home.journal.glob("0*"))
    assert contents(home.database) == before


def test_a_row_that_gives_way_to_another_is_noted(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
        with store.transaction():
            store._db.execute("INSERT OR REPLACE INTO scan_profiles VALUES ('一', 'F1', '{}')")
        with store.transaction():
            store._db.execute("INSERT OR REPLACE INTO scan_profiles VALUES ('二', 'F1', '{}')")
        assert store.damages() == []
    before = contents(home.database)
    rebuild(home, "now")
    assert contents(home.database) == before


def test_a_missing_library_is_not_begun_anew_in_silence(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
    home.database.unlink()
    with pytest.raises(LibraryMissing):
        opened(home)
    assert not home.database.exists()


def test_an_old_copy_of_the_library_is_noticed(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
    shutil.copy(home.database, home.path / "copy")
    with opened(home) as store:
        add_case(store, 2)
    shutil.copy(home.path / "copy", home.database)
    with pytest.raises(LibraryBehind):
        opened(home)
    rebuild(home, "now")
    with opened(home) as store:
        assert len(store.cases.all()) == 2


def test_a_library_that_is_no_database(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
    home.database.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(LibraryBroken):
        opened(home)
    kept = rebuild(home, "now").set_aside
    assert kept is not None
    assert kept.read_bytes().startswith(b"not a database")
    with opened(home) as store:
        assert len(store.cases.all()) == 1


def test_an_open_library_is_not_made_again(home: Home) -> None:
    with opened(home), pytest.raises(LibraryInUse):
        rebuild(home, "now")


def test_without_a_journal_nothing_is_touched(home: Home) -> None:
    home.create()
    home.database.write_bytes(b"something")
    with pytest.raises(JournalMissing):
        rebuild(home, "now")
    assert home.database.read_bytes() == b"something"


def test_a_change_that_was_committed_but_not_brought_over_is_brought_at_the_next_start(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
        log = next(home.journal.glob("*.log"))
        before = log.read_bytes()
        add_case(store, 2)
    log.write_bytes(before)  # as if power had failed between the commit and the journal
    with opened(home) as store:
        assert store.damages() == []
    rebuild(home, "now")
    with opened(home) as store:
        assert len(store.cases.all()) == 2


def test_a_row_changed_behind_the_journal_is_found(home: Home) -> None:
    with opened(home) as store:
        add_case(store, 1)
    with sqlite3.connect(home.database) as db:
        (note,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'journal_cases_update'").fetchone()
        db.execute("DROP TRIGGER journal_cases_update")
        db.execute("UPDATE cases SET name = '李某案'")
        db.execute(note)
    with opened(home) as store:
        assert store.damages() == ["cases 1: the journal says otherwise"]


def test_two_writers_of_one_journal(tmp_path: Path, journal: Journal) -> None:
    other = Journal(tmp_path / "journal")
    assert journal.append([row(1), row(2)], 1) == 2
    assert other.append([row(1), row(2), row(3)], 1) == 3
    assert journal.append([row(3), row(4)], 1) == 4
    assert [each[1] for each in rows(other.replay())] == [1, 1, 2, 3, 4]


def test_a_torn_end_is_cut_away_wherever_it_tore(tmp_path: Path, journal: Journal) -> None:
    journal.append([row(1)], 1)
    log = next((tmp_path / "journal").glob("*.log"))
    whole = log.read_bytes()
    journal.append([row(2)], 1)
    longer = log.read_bytes()
    for length in range(len(whole), len(longer), 5):
        for tail in (b"", b"\0" * 40):
            log.write_bytes(longer[:length] + tail)
            again = Journal(tmp_path / "journal")
            assert again.last() == 1
            assert log.read_bytes() == whole
    assert Journal(tmp_path / "journal").append([row(2)], 1) == 2


def test_an_altered_block_is_not_believed(tmp_path: Path, journal: Journal) -> None:
    for number in (1, 2, 3):
        journal.append([row(number)], 1)
    log = next((tmp_path / "journal").glob("*.log"))
    data = bytearray(log.read_bytes())
    first = data.index(b"\n") + 5
    data[first] ^= 1
    log.write_bytes(data)
    with pytest.raises(JournalBroken):
        Journal(tmp_path / "journal").append([row(4)], 1)
    assert log.read_bytes() == data


def test_a_new_generation_takes_the_place_of_the_old(tmp_path: Path, journal: Journal) -> None:
    journal.append([row(1)], 1)
    journal.start([["cases", 1, {"name": "张某案"}], ["pages", 1, {}]], last=1, schema=2)
    assert sorted(path.name for path in (tmp_path / "journal").iterdir()) == ["000002.base", "lock"]
    assert journal.schema() == 2
    assert journal.append([row(1), row(2)], 2) == 2
    assert [each[1] for each in rows(journal.replay())] == [1, 1, 2]


@pytest.mark.parametrize(
    ("kind", "local"), [("ext4", True), ("nfs4", False), ("cifs", False), ("fuse.sshfs", False), ("virtiofs", False)]
)
def test_a_network_drive_is_refused(home: Home, tmp_path: Path, kind: str, local: bool) -> None:
    home.create()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        "22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n"
        f"36 22 0:31 / {str(tmp_path).replace(' ', chr(92) + '040')} rw,relatime shared:1 - {kind} server:/x rw\n"
    )
    if local:
        require_local(home, mounts)
    else:
        with pytest.raises(NetworkHome):
            require_local(home, mounts)
