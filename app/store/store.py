"""Opening the library, and changing it: every change carries its audit record in the same transaction."""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.store import schema
from app.store.arrangements import Arrangements
from app.store.audit import AuditTrail
from app.store.cases import Cases
from app.store.corrections import Corrections
from app.store.database import atomic, held_open, open_database, readable, require_local
from app.store.errors import LibraryMissing, NewerStore
from app.store.home import Home
from app.store.journal import Journal
from app.store.journalled import Journalled, drop_triggers
from app.store.order import Order
from app.store.outbox import Outbox
from app.store.pages import Pages
from app.store.profiles import Profiles
from app.store.removals import Removals
from app.store.room import disk_room
from app.store.search import Search
from signing.chain import Json


class Clock(Protocol):
    """Time, passed in."""

    def now(self) -> dt.datetime: ...

    def monotonic_ns(self) -> int: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(dt.UTC).astimezone()

    def monotonic_ns(self) -> int:
        return time.monotonic_ns()


@dataclass(frozen=True)
class Who:
    """Who acts, and at which station. `role`: by the list of operators; empty: not on it; None: there is no list."""

    actor: str
    station: str
    role: str | None = None


@dataclass
class Change:
    """A running transaction; fill in what its audit record says about it."""

    detail: dict[str, Json]


class Store:
    """One open library. Not shared between threads: each opens its own."""

    def __init__(self, home: Home, clock: Clock, who: Who) -> None:
        """Open or make the library under `home`.

        Raises:
            HomeNotWritable, HomeOfAnother, NetworkHome, DiskFull: the folder cannot be used.
            NewerStore: a newer station made it.
            LibraryInUse: it is being made again.
            LibraryMissing, LibraryBehind, LibraryBroken, JournalBroken: what lies there is not what was left there.
        """
        home.create()
        require_local(home)
        journal = Journal(home.journal)
        if journal.exists and not home.database.exists():
            raise LibraryMissing(file=home.database)
        self.home = home
        self.clock = clock
        self.who = who
        with ExitStack() as opening, readable(home), disk_room(home.path):
            opening.enter_context(held_open(home))
            self._db = open_database(home)
            opening.callback(self._db.close)
            self.search = Search(self._db)
            self._journalled = Journalled(self._db, journal, len(schema.STEPS))
            self._migrate()
            self._closing = opening.pop_all()
        self.cases = Cases(self._db)
        self.pages = Pages(self._db, home, self.search)
        self.order = Order(self._db)
        self.corrections = Corrections(self._db)
        self.arrangements = Arrangements(self._db)
        self.profiles = Profiles(self._db)
        self.outbox = Outbox(self._db, home)
        self.removals = Removals(self._db, home)
        self.audit = AuditTrail(self._db)

    def close(self) -> None:
        self._closing.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def change(self, event: str, case_no: str, **detail: Json) -> Iterator[Change]:
        """One transaction with its audit record in the case's chain; all of it happens or nothing does.

        `event`: what is done, e.g. `page.arrived`. `detail`: what the record says of it; more can be added to the
        `Change` on the way.
        """
        with self.transaction():
            step = Change(detail=dict(detail) if self.who.role is None else {**detail, "role": self.who.role})
            yield step
            self.audit.append(
                chain=case_no,
                at=self.clock.now(),
                monotonic_ns=self.clock.monotonic_ns(),
                station=self.who.station,
                actor=self.who.actor,
                event=event,
                detail=step.detail,
            )

    def note(self, event: str, case_no: str, **detail: Json) -> None:
        """A step of the trail that changes no row: what a person said or a machine did to the case."""
        with self.change(event, case_no, **detail):
            pass

    def keep_progress(self, package_id: str, upload_url: str, sent: int) -> None:
        """Remember how far an upload is; no step of the trail, only a place to go on from."""
        with self.transaction():
            self.outbox.progress(package_id, upload_url, sent, self.clock.now().isoformat(timespec="milliseconds"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, without a record in the trail: for what is no step of a case. Raises `DiskFull`."""
        with disk_room(self.home.path), atomic(self._db):
            self._journalled.forget_written()
            yield
        self._journalled.flush()

    def copy_to(self, file: Path) -> None:
        """A copy of the database as it stands, on the disk when it returns, while others go on writing."""
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as copy:
            self._db.conn.backup(copy)
        with file.open("rb") as written:
            os.fsync(written.fileno())

    def damages(self) -> list[str]:
        """What is wrong with the database, in SQLite's words, and where its journal differs. Raises `JournalBroken`.

        What a full disk kept from the journal is brought there first, if there is room now.
        """
        self._journalled.flush()
        rows = self._db.execute("PRAGMA integrity_check").fetchall()
        damages = [str(row[0]) for row in rows if row[0] != "ok"]
        rows = self._db.execute("PRAGMA foreign_key_check").fetchall()
        damages += [f"{row[0]} {row[1]}: {row[2]} is missing" for row in rows]
        return damages + self._journalled.differences()

    def _migrate(self) -> None:
        with atomic(self._db):
            found = schema.version(self._db)
            if found > len(schema.STEPS):
                raise NewerStore(found=found, known=len(schema.STEPS))
            if found < len(schema.STEPS):
                drop_triggers(self._db)
                schema.migrate(self._db, len(schema.STEPS))
            self._journalled.install()
            self.search.fill()
        self._journalled.flush()


def to_json(value: Mapping[str, object] | list[object]) -> str:
    """Compact JSON with readable Chinese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
