"""Sealed packages and their way out."""

from __future__ import annotations

from typing import Any

from sqlite_utils import Database

from app.store.home import Home
from app.store.records import Outgoing, Package
from transfer.types import SendState

_OUTGOING = (
    "SELECT packages.*, cases.case_no, outbox.destination, outbox.state, outbox.attempts, outbox.next_at,"
    " outbox.upload_url, outbox.sent, outbox.reason, outbox.receipt FROM outbox"
    " JOIN packages ON packages.id = outbox.package_id JOIN cases ON cases.id = packages.case_id"
)


class Outbox:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database, home: Home) -> None:
        self._db = db
        self._home = home

    def next_version(self, case_id: int, submission: str) -> int:
        row = self._db.execute(
            "SELECT COALESCE(MAX(version), 0) + 1 FROM packages WHERE case_id = ? AND submission = ?",
            (case_id, submission),
        ).fetchone()
        return int(row[0])

    def queue(self, package: Package, destination: str, at: str) -> None:
        """Record a sealed package and put it in the queue, together."""
        self._db.execute(
            "INSERT INTO packages (id, case_id, submission, version, file, sha256, sm3, size, level, training,"
            " sealed_at, arrangement) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                package.id,
                package.case_id,
                package.submission,
                package.version,
                self._home.relative(package.file),
                package.sha256,
                package.sm3,
                package.size,
                package.level,
                int(package.training),
                package.sealed_at,
                package.arrangement,
            ),
        )
        self._db.execute(
            "INSERT INTO outbox (package_id, destination, state, changed_at) VALUES (?, ?, ?, ?)",
            (package.id, destination, SendState.QUEUED.value, at),
        )

    def all(self) -> list[Outgoing]:
        return self._outgoing("ORDER BY packages.sealed_at", ())

    def of_case(self, case_id: int) -> list[Outgoing]:
        return self._outgoing("WHERE packages.case_id = ? ORDER BY packages.sealed_at", (case_id,))

    def get(self, package_id: str) -> Outgoing | None:
        return next(iter(self._outgoing("WHERE packages.id = ?", (package_id,))), None)

    def move(self, package_id: str, state: SendState, *, reason: str | None, next_at: str | None, at: str) -> None:
        self._db.execute(
            "UPDATE outbox SET state = ?, reason = ?, next_at = ?, changed_at = ? WHERE package_id = ?",
            (state.value, reason, next_at, at, package_id),
        )

    def set_attempts(self, package_id: str, attempts: int) -> None:
        """`attempts`: how often in a row it failed for the same cause."""
        self._db.execute("UPDATE outbox SET attempts = ? WHERE package_id = ?", (attempts, package_id))

    def progress(self, package_id: str, upload_url: str | None, sent: int, at: str) -> None:
        self._db.execute(
            "UPDATE outbox SET upload_url = ?, sent = ?, changed_at = ? WHERE package_id = ?",
            (upload_url, sent, at, package_id),
        )

    def set_receipt(self, package_id: str, receipt: str) -> None:
        self._db.execute("UPDATE outbox SET receipt = ? WHERE package_id = ?", (receipt, package_id))

    def _outgoing(self, where: str, params: tuple[Any, ...]) -> list[Outgoing]:
        return [
            Outgoing(
                package=Package(
                    id=row["id"],
                    case_id=row["case_id"],
                    case_no=row["case_no"],
                    submission=row["submission"],
                    version=row["version"],
                    file=self._home.path / row["file"],
                    sha256=row["sha256"],
                    sm3=row["sm3"],
                    size=row["size"],
                    level=row["level"],
                    training=bool(row["training"]),
                    sealed_at=row["sealed_at"],
                    arrangement=row["arrangement"],
                ),
                destination=row["destination"],
                state=SendState(row["state"]),
                attempts=row["attempts"],
                next_at=row["next_at"],
                upload_url=row["upload_url"],
                sent=row["sent"],
                reason=row["reason"],
                receipt=row["receipt"],
            )
            for row in self._db.query(f"{_OUTGOING} {where}", params)
        ]
