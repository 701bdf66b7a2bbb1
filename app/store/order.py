"""Which faces of a case count, and in which order (页序). Nothing is ever removed: what does not count is set aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from app.store.records import Aside, Spot


class Order:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def end(self, case_id: int) -> int:
        """The last place taken; 0 in an empty case."""
        return int(self._one("SELECT COALESCE(MAX(place), 0) FROM pages WHERE case_id = ?", case_id))

    def sheet_of(self, batch_id: int, fed_sheet: int) -> int | None:
        """The sheet of the case that the device of this batch counted as `fed_sheet`."""
        found = self._one("SELECT MAX(sheet) FROM pages WHERE batch_id = ? AND fed_sheet = ?", batch_id, fed_sheet)
        return None if found is None else int(found)

    def last_up_to(self, batch_id: int, fed_sheet: int) -> int | None:
        """The last place of this batch's faces up to the sheet `fed_sheet`."""
        found = self._one("SELECT MAX(place) FROM pages WHERE batch_id = ? AND fed_sheet <= ?", batch_id, fed_sheet)
        return None if found is None else int(found)

    def first(self, batch_id: int) -> int | None:
        """The first place of this batch's faces."""
        found = self._one("SELECT MIN(place) FROM pages WHERE batch_id = ?", batch_id)
        return None if found is None else int(found)

    def is_taken(self, case_id: int, sheet: int) -> bool:
        """Whether any face of the case, set aside or not, has that sheet's number."""
        return bool(self._one("SELECT COUNT(*) FROM pages WHERE case_id = ? AND sheet = ?", case_id, sheet))

    def make_room(self, case_id: int, place: int) -> None:
        """The faces from `place` on move one place back."""
        self._db.execute("UPDATE pages SET place = place + 1 WHERE case_id = ? AND place >= ?", (case_id, place))

    def put(self, page_id: int, spot: Spot) -> None:
        self._db.execute(
            "UPDATE pages SET place = ?, sheet = ?, side = ? WHERE id = ?",
            (spot.place, spot.sheet, spot.side, page_id),
        )

    def arrange(self, page_ids: Sequence[int]) -> None:
        """Number the places anew in this order; `page_ids` are all faces of a case."""
        for place, page_id in enumerate(page_ids, start=1):
            self._db.execute("UPDATE pages SET place = ? WHERE id = ?", (place, page_id))

    def set_aside(self, page_id: int, aside: Aside) -> None:
        self._db.execute(
            "UPDATE pages SET aside = ?, aside_by = ?, aside_at = ?, superseded_by = ? WHERE id = ?",
            (aside.reason, aside.by, aside.at, aside.superseded_by, page_id),
        )

    def take_back(self, page_id: int) -> None:
        """Let a face count again."""
        self._db.execute(
            "UPDATE pages SET aside = NULL, aside_by = NULL, aside_at = NULL, superseded_by = NULL WHERE id = ?",
            (page_id,),
        )

    def _one(self, sql: str, *params: Any) -> Any:
        return self._db.execute(sql, params).fetchone()[0]
