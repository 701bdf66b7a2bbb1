"""Opening the library, and changing it: every change carries its audit record in the same transaction."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from sqlite_utils import Database

from app.store import schema
from app.store.audit import AuditTrail
from app.store.cases import Cases
from app.store.errors import NewerStore
from app.store.home import Home
from app.store.order import Order
from app.store.outbox import Outbox
from app.store.pages import Pages
from app.store.profiles import Profiles
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
    """Who acts, and at which station."""

    actor: str
    station: str


@dataclass
class Change:
    """A running transaction; fill in what its audit record says about it."""

    detail: dict[str, Json]


class Store:
    """One open library. Not shared between threads: each opens its own."""

    def __init__(self, home: Home, clock: Clock, who: Who) -> None:
        """Open or make the library under `home`.

        Raises:
            HomeNotWritable: the folder cannot be used.
            NewerStore: a newer station made it.
        """
        home.create()
        self.home = home
        self.clock = clock
        self.who = who
        self._db = Database(home.database, execute_plugins=False)
        self._db.execute("PRAGMA busy_timeout = 15000")
        self._db.enable_wal()
        # Only FULL survives a power cut: with NORMAL half of the rows were lost (findings/transfer.md 3.1).
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._migrate()
        self.cases = Cases(self._db)
        self.pages = Pages(self._db, home)
        self.order = Order(self._db)
        self.profiles = Profiles(self._db)
        self.outbox = Outbox(self._db, home)
        self.audit = AuditTrail(self._db)

    def close(self) -> None:
        self._db.close()

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
            step = Change(detail=dict(detail))
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

    def keep_progress(self, package_id: str, upload_url: str, sent: int) -> None:
        """Remember how far an upload is; no step of the trail, only a place to go on from."""
        with self.transaction():
            self.outbox.progress(package_id, upload_url, sent, self.clock.now().isoformat(timespec="milliseconds"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, without a record in the trail: for what is no step of a case."""
        # IMMEDIATE: take the write lock first, so that two processes queue instead of failing at commit.
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._db.rollback()
            raise
        self._db.commit()

    def _migrate(self) -> None:
        with self.transaction():
            found = int(self._db.execute("PRAGMA user_version").fetchone()[0])
            if found > len(schema.STEPS):
                raise NewerStore(found=found, known=len(schema.STEPS))
            for step in schema.STEPS[found:]:
                for statement in _statements(step):
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {len(schema.STEPS)}")


def _statements(script: str) -> list[str]:
    """Split a schema step; executescript() would commit the running transaction."""
    without_comments = "\n".join(line.split("--")[0] for line in script.splitlines())
    return [part.strip() for part in without_comments.split(";") if part.strip()]


def to_json(value: Mapping[str, object] | list[object]) -> str:
    """Compact JSON with readable Chinese."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
