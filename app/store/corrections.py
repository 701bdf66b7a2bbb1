"""What a clerk corrected in the filing of a case, in the order it was done. Nothing is removed: undone is withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlite_utils import Database

from app.store.records import Arrangement
from dossier.corrections import Correction, Joins, Moves, Opens, Placed, Told

_ADAPTERS: dict[str, TypeAdapter[Correction]] = {
    act: TypeAdapter(kind)
    for act, kind in (("opens", Opens), ("joins", Joins), ("moves", Moves), ("told", Told), ("placed", Placed))
}
_ACTS = {Opens: "opens", Joins: "joins", Moves: "moves", Told: "told", Placed: "placed"}


@dataclass(frozen=True)
class Signed:
    """Why a correction was made, by whom and when."""

    reason: str
    by: str
    at: str


class Corrections:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, case_id: int, correction: Correction, signed: Signed, of: Arrangement | None = None) -> int:
        """`of`: the arrangement it belongs to; without one it holds in every submission. Returns its id."""
        act = _ACTS[type(correction)]
        cursor = self._db.execute(
            "INSERT INTO corrections (case_id, act, correction, submission, version, reason, made_by, made_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case_id,
                act,
                _ADAPTERS[act].dump_json(correction, exclude_none=True).decode(),
                of.submission if of else None,
                of.version if of else None,
                signed.reason,
                signed.by,
                signed.at,
            ),
        )
        return int(cursor.lastrowid or 0)

    def of_papers(self, case_id: int) -> list[Correction]:
        """Those that stand in every submission, in order."""
        return self._standing("case_id = ? AND submission IS NULL", (case_id,))

    def of_arrangement(self, case_id: int, submission: str, version: int) -> list[Placed]:
        """Where documents were put by hand in one arrangement, in order."""
        found = self._standing("case_id = ? AND submission = ? AND version = ?", (case_id, submission, version))
        return [each for each in found if isinstance(each, Placed)]

    def copy(self, case_id: int, old: tuple[str, int], new: tuple[str, int]) -> None:
        """Begin the arrangement `new` (submission, version) with what was put by hand in `old`."""
        self._db.execute(
            "INSERT INTO corrections (case_id, act, correction, submission, version, reason, made_by, made_at)"
            " SELECT case_id, act, correction, ?, ?, reason, made_by, made_at FROM corrections"
            " WHERE case_id = ? AND submission = ? AND version = ? AND NOT withdrawn ORDER BY id",
            (*new, case_id, *old),
        )

    def withdraw(self, correction_id: int) -> None:
        """Let a correction hold no longer."""
        self._db.execute("UPDATE corrections SET withdrawn = 1 WHERE id = ?", (correction_id,))

    def _standing(self, where: str, params: Sequence[object]) -> list[Correction]:
        rows = self._db.query(
            f"SELECT act, correction FROM corrections WHERE {where} AND NOT withdrawn ORDER BY id",  # noqa: S608
            params,
        )
        return [_ADAPTERS[row["act"]].validate_json(row["correction"]) for row in rows]
