"""Making the library again from its journal (重建): cases, pages, their order, documents, outbox, trail, readings."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlite_utils import Database

from app.store import schema
from app.store.database import nobody_else
from app.store.durable import sync_folder
from app.store.errors import JournalBroken, JournalMissing, NewerStore
from app.store.home import Home
from app.store.journal import Block, Journal
from app.store.journalled import columns, journalled_tables
from app.store.room import disk_room
from app.store.search import Search


@dataclass(frozen=True)
class Rebuilt:
    """`set_aside`: where the library that was there lies now."""

    rows: int
    set_aside: Path | None


@dataclass(frozen=True)
class OnProgress:
    """Told how far it is: bytes of the journal read, then pages indexed for searching, each of how many."""

    read: Callable[[int, int], None] = lambda _done, _of: None
    indexed: Callable[[int, int], None] = lambda _done, _of: None


def rebuild(home: Home, stamp: str, on_progress: OnProgress = OnProgress()) -> Rebuilt:
    """Make the database of `home` from its journal; the one that is there is kept under a name with `stamp`.

    Broken off at any moment, also by the keyboard, it leaves what was there. Raises `JournalMissing`, `JournalBroken`,
    `NewerStore`, `LibraryInUse`, `DiskFull`; nothing was changed then.
    """
    journal = Journal(home.journal)
    if not journal.exists:
        raise JournalMissing(folder=home.journal)
    if journal.schema() > len(schema.STEPS):
        raise NewerStore(found=journal.schema(), known=len(schema.STEPS))
    with nobody_else(home), disk_room(home.path), _scrap(home.database.with_suffix(".part")) as part:
        rows = _replay(journal, part, on_progress)
        with part.open("rb") as made:
            os.fsync(made.fileno())
        aside = _set_aside(home, stamp)
        part.rename(home.database)
        sync_folder(home.path)
    return Rebuilt(rows, aside)


@contextmanager
def _scrap(part: Path) -> Iterator[Path]:
    """A file that is gone afterwards, unless it got its own name."""
    part.unlink(missing_ok=True)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _replay(journal: Journal, file: Path, on_progress: OnProgress) -> int:
    db = Database(file, execute_plugins=False)
    try:
        # Nothing of it counts before the file has its name: no journal of its own, one sync at the end.
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA synchronous = OFF")
        db.execute("BEGIN")
        schema.migrate(db, journal.schema())
        known = {table: frozenset(columns(db, table)) for table in journalled_tables(db)}
        rows = sum(_apply(db, block, known) for block in journal.replay(on_progress.read))
        if journal.schema() == len(schema.STEPS):  # else when it is opened, after the steps that are missing
            Search(db).fill(on_progress.indexed)
        db.execute("COMMIT")
    finally:
        db.close()
    return rows


def _apply(db: Database, block: Block, known: Mapping[str, frozenset[str]]) -> int:
    for table, row, content in cast("Sequence[tuple[str, int, dict[str, Any] | None]]", block.rows):
        if table not in known or not known[table].issuperset(content or ()):
            raise JournalBroken(file=table, detail="it names a table or a column that is not there")
        if content is None:
            db.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608 - a table of ours, compared above
            continue
        names = ", ".join(["rowid", *content])
        marks = ", ".join("?" * (len(content) + 1))
        db.execute(f"INSERT OR REPLACE INTO {table} ({names}) VALUES ({marks})", (row, *content.values()))  # noqa: S608
    return len(block.rows)


def _set_aside(home: Home, stamp: str) -> Path | None:
    """Give the database and what SQLite keeps beside it another name; nothing is removed."""
    aside = home.database.with_name(f"juanzong.{stamp}.db")
    for suffix in ("", "-wal", "-shm"):
        file = home.database.with_name(home.database.name + suffix)
        if file.exists():
            file.rename(aside.with_name(aside.name + suffix))
    return aside if aside.exists() else None
