"""Files that were removed by rule (按规定销毁): their rows, hashes and trail stay, the bytes are gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sqlite_utils import Database

from app.store.home import Home


class Removals:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database, home: Home) -> None:
        self._db = db
        self._home = home

    def add(self, case_id: int, files: Iterable[Path], at: str) -> None:
        """Record that files go, before they do: what a power cut leaves of them is known and taken away later."""
        for file in files:
            self._db.execute(
                "INSERT OR IGNORE INTO removals (file, case_id, at) VALUES (?, ?, ?)",
                (self._home.relative(file), case_id, at),
            )

    def of_case(self, case_id: int) -> frozenset[Path]:
        rows = self._db.execute("SELECT file FROM removals WHERE case_id = ?", (case_id,))
        return frozenset(self._home.path / row[0] for row in rows)
