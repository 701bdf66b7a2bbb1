"""Arrangements (整理次序): for each submission of a case the versions of its order, one of which holds."""

from __future__ import annotations

from sqlite_utils import Database

from app.store.errors import ArrangementUnknown
from app.store.records import Arrangement

FIRST = 1


class Arrangements:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self, case_id: int) -> list[Arrangement]:
        """In the order they were made."""
        rows = self._db.query("SELECT * FROM arrangements WHERE case_id = ? ORDER BY id", (case_id,))
        return [
            Arrangement(
                row["submission"], row["version"], bool(row["active"]), row["reason"], row["made_by"], row["made_at"]
            )
            for row in rows
        ]

    def active_version(self, case_id: int, submission: str) -> int:
        """The version that holds; the first, which is the profile's order, while none was made."""
        held = [each for each in self.all(case_id) if each.submission == submission and each.active]
        return held[0].version if held else FIRST

    def current(self, case_id: int) -> str | None:
        """The submission being worked on; None before the first was opened or sealed."""
        row = self._db.execute("SELECT submission FROM cases WHERE id = ?", (case_id,)).fetchone()
        return str(row[0]) if row[0] is not None else None

    def add(self, case_id: int, arrangement: Arrangement) -> None:
        """Keep a further version; it holds from now on, and its submission is the one being worked on."""
        self._db.execute(
            "INSERT INTO arrangements (case_id, submission, version, active, reason, made_by, made_at)"
            " VALUES (?, ?, ?, 0, ?, ?, ?)",
            (
                case_id,
                arrangement.submission,
                arrangement.version,
                arrangement.reason,
                arrangement.by,
                arrangement.at,
            ),
        )
        self.activate(case_id, arrangement.submission, arrangement.version)

    def activate(self, case_id: int, submission: str, version: int) -> None:
        """Let a version hold, and work on its submission. Raises `ArrangementUnknown`."""
        if not any((each.submission, each.version) == (submission, version) for each in self.all(case_id)):
            raise ArrangementUnknown(submission=submission, version=version)
        self._db.execute(
            "UPDATE arrangements SET active = (version = ?) WHERE case_id = ? AND submission = ?",
            (version, case_id, submission),
        )
        self._db.execute("UPDATE cases SET submission = ? WHERE id = ?", (submission, case_id))
