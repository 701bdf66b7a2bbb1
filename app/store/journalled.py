"""The database's side of the journal: triggers note each changed row in the transaction that changes it."""

from __future__ import annotations

import errno
import json
import logging
import zlib
from collections.abc import Iterator, Sequence
from typing import cast

from sqlite_utils import Database

from app.store.errors import LibraryBehind
from app.store.journal import Journal, Row

_LOG = logging.getLogger(__name__)
# A log this much larger than its base is folded into a new one when the library is opened next.
_FOLD_BYTES = 32 * 1024**2
_NOTES = (
    "CREATE TABLE IF NOT EXISTS journal"
    " (id INTEGER PRIMARY KEY AUTOINCREMENT, tab TEXT NOT NULL, row INTEGER NOT NULL, content TEXT)"
)


class Journalled:
    """Brings the changes of one open database into its journal."""

    def __init__(self, db: Database, journal: Journal, schema: int) -> None:
        self._db = db
        self._journal = journal
        self._schema = schema
        self._written = 0
        # Else a row that gives way to another (INSERT OR REPLACE) would go without a note.
        self._db.execute("PRAGMA recursive_triggers = ON")

    def install(self) -> None:
        """Note all changes from now on, inside the caller's transaction. Raises `LibraryBehind`, `JournalBroken`."""
        self._db.execute(_NOTES)
        wanted = {name: sql for table in journalled_tables(self._db) for name, sql in _triggers(self._db, table)}
        found = {row[0]: row[1] for row in self._db.execute(_TRIGGERS_FOUND)}
        if wanted != found or not self._journal.exists or self._journal.schema() != self._schema:
            drop_triggers(self._db)
            for sql in wanted.values():
                self._db.execute(sql)
            self._fold()
            return
        self._written = self._journal.last()
        base, log = self._journal.size()
        if self._newest() < self._written:
            raise LibraryBehind(newest=self._newest(), journal=self._written)
        if self._is_gap() or log > max(_FOLD_BYTES, base):
            self._fold()

    def forget_written(self) -> None:
        """Drop the notes that are in the journal; costs nothing inside a transaction that runs anyway."""
        if self._written:
            self._db.execute("DELETE FROM journal WHERE id <= ?", (self._written,))

    def flush(self) -> None:
        """After a commit: bring its notes to the disk. A full disk is no reason to fail a change that is committed:
        the notes stay in the database, and the next one takes them along."""
        try:
            self._written = self._journal.append(self._pending(), self._schema)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            _LOG.warning("the journal waits for room on the disk")

    def differences(self) -> list[str]:
        """Rows that are not in the journal as they are in the database. Raises `JournalBroken`."""
        told: dict[tuple[str, int], int] = {}
        for block in self._journal.replay():
            for table, row, content in cast("Sequence[tuple[str, int, object]]", block.rows):
                if content is None:
                    told.pop((table, row), None)
                else:
                    told[table, row] = _fingerprint(content)
        here = {(str(table), cast(int, row)): _fingerprint(content) for table, row, content in _all_rows(self._db)}
        differing = {key for key in told.keys() | here.keys() if told.get(key) != here.get(key)}
        return [f"{table} {row}: the journal says otherwise" for table, row in sorted(differing)]

    def _pending(self) -> Iterator[tuple[int, Row]]:
        rows = self._db.execute("SELECT id, tab, row, content FROM journal WHERE id > ? ORDER BY id", (self._written,))
        for number, table, row, content in rows:
            yield number, [table, row, json.loads(content) if content is not None else None]

    def _is_gap(self) -> bool:
        """Notes are missing that are neither in the journal nor waiting for it."""
        first = self._db.execute("SELECT MIN(id) FROM journal WHERE id > ?", (self._written,)).fetchone()[0]
        return self._newest() > self._written if first is None else first > self._written + 1

    def _newest(self) -> int:
        row = self._db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
        return int(row[0]) if row else 0

    def _fold(self) -> None:
        self._written = self._newest()
        self._journal.start(_all_rows(self._db), self._written, self._schema)


_TRIGGERS_FOUND = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal\\_%' ESCAPE '\\'"


def drop_triggers(db: Database) -> None:
    """So that a schema step changes tables without noting it; the journal starts anew after one."""
    for name in [row[0] for row in db.execute(_TRIGGERS_FOUND)]:
        db.execute(f"DROP TRIGGER {name}")


def journalled_tables(db: Database) -> list[str]:
    """All but the notes themselves and what is made again from the others (the search index)."""
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    names = [str(row[0]) for row in rows]
    return [name for name in names if name != "journal" and not name.startswith("page_index")]


def columns(db: Database, table: str) -> list[str]:
    return [str(row[1]) for row in db.execute(f"PRAGMA table_info({table})")]


def _content(db: Database, table: str, row: str) -> str:
    pairs = ", ".join(f"'{column}', {row}.{column}" for column in columns(db, table))
    return f"json_object({pairs})"


def _triggers(db: Database, table: str) -> Iterator[tuple[str, str]]:
    note = f"INSERT INTO journal (tab, row, content) VALUES ('{table}', "  # noqa: S608 - a table of ours
    put = f"{note}NEW.rowid, {_content(db, table, 'NEW')})"
    take = f"{note}OLD.rowid, NULL)"
    for event, note in (("INSERT", put), ("UPDATE", put), ("DELETE", take)):
        name = f"journal_{table}_{event.lower()}"
        yield name, f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {note}; END"


def _all_rows(db: Database) -> Iterator[Row]:
    for table in journalled_tables(db):
        columns_of = _content(db, table, table)
        for row, content in db.execute(f"SELECT rowid, {columns_of} FROM {table} ORDER BY rowid"):  # noqa: S608
            yield [table, row, json.loads(content)]


def _fingerprint(content: object) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True).encode())
