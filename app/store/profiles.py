"""Scan profiles (扫描方案) as saved: a name, a key of their own, and their settings as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database


@dataclass(frozen=True)
class SavedProfile:
    """`hotkey`: None for none. `profile`: JSON."""

    name: str
    hotkey: str | None
    profile: str


class Profiles:
    """Reads, and writes inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[SavedProfile]:
        rows = self._db.query("SELECT name, hotkey, profile FROM scan_profiles ORDER BY name")
        return [SavedProfile(row["name"], row["hotkey"], row["profile"]) for row in rows]

    def put(self, saved: SavedProfile) -> None:
        """Save it, in the place of one of the same name."""
        self._db.execute(
            "INSERT OR REPLACE INTO scan_profiles (name, hotkey, profile) VALUES (?, ?, ?)",
            (saved.name, saved.hotkey, saved.profile),
        )

    def remove(self, name: str) -> None:
        self._db.execute("DELETE FROM scan_profiles WHERE name = ?", (name,))
