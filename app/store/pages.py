"""Batches, faces and what was found on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from app.store.errors import BatchUnknown, PageUnknown
from app.store.home import Home
from app.store.records import Aim, AimKind, Aside, Batch, NewPage, Page, Spot
from app.store.search import Search


@dataclass(frozen=True)
class FoundOnPage:
    """What reading a page gave. `result`: JSON; `evidence`, `thumbnail`: file names."""

    result: str
    text: str
    blank: bool
    evidence: str
    thumbnail: str
    at: str


_BATCH = "SELECT * FROM batches"
_PAGE = (
    "SELECT pages.*, results.blank, results.evidence, results.thumbnail, failures.message AS failure FROM pages"
    " LEFT JOIN results ON results.page_id = pages.id LEFT JOIN failures ON failures.page_id = pages.id"
)


class Pages:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database, home: Home, search: Search) -> None:
        self._db = db
        self._home = home
        self._search = search

    def open_batch(
        self,
        case_id: int,
        *,
        kind: str,
        device: str,
        settings: str,
        feed_sha256: str | None,
        expected_sheets: int | None,
        at: str,
        aim: Aim = Aim(),  # noqa: B008 - frozen
    ) -> Batch:
        number = self._scalar("SELECT COALESCE(MAX(number), 0) + 1 FROM batches WHERE case_id = ?", (case_id,))
        cursor = self._db.execute(
            "INSERT INTO batches (case_id, number, kind, device, settings, feed_sha256, expected_sheets, state,"
            " opened_at, aim, aim_target, aim_reverse) VALUES (?, ?, ?, ?, ?, ?, ?, 'open', ?, ?, ?, ?)",
            (
                case_id,
                number,
                kind,
                device,
                settings,
                feed_sha256,
                expected_sheets,
                at,
                aim.kind.value,
                aim.target,
                int(aim.reverse),
            ),
        )
        return self.batch(int(cursor.lastrowid or 0))

    def batch(self, batch_id: int) -> Batch:
        return self._batches("WHERE id = ?", (batch_id,))[0]

    def batch_numbered(self, case_id: int, number: int) -> Batch:
        """Raises `BatchUnknown`."""
        found = self._batches("WHERE case_id = ? AND number = ?", (case_id, number))
        if not found:
            raise BatchUnknown(batch=number)
        return found[0]

    def batches(self, case_id: int) -> list[Batch]:
        return self._batches("WHERE case_id = ? ORDER BY number", (case_id,))

    def set_expected_sheets(self, batch_id: int, sheets: int) -> None:
        self._db.execute("UPDATE batches SET expected_sheets = ? WHERE id = ?", (sheets, batch_id))

    def set_reverse(self, batch_id: int, reverse: bool) -> None:
        """The direction in which a batch of backs was paired in the end."""
        self._db.execute("UPDATE batches SET aim_reverse = ? WHERE id = ?", (int(reverse), batch_id))

    def set_batch_state(self, batch_id: int, state: str, reason: str | None, at: str | None) -> None:
        self._db.execute(
            "UPDATE batches SET state = ?, reason = ?, closed_at = ? WHERE id = ?", (state, reason, at, batch_id)
        )

    def add(self, batch: Batch, page: NewPage, spot: Spot | None = None) -> Page:
        """`spot`: where it goes; without one behind all others, on the sheet and side the device told."""
        end = self._scalar("SELECT COALESCE(MAX(place), 0) FROM pages WHERE case_id = ?", (batch.case_id,))
        spot = spot or Spot(end + 1, page.sheet, page.side)
        number = self._scalar("SELECT COALESCE(MAX(number), 0) + 1 FROM pages WHERE case_id = ?", (batch.case_id,))
        cursor = self._db.execute(
            "INSERT INTO pages (case_id, number, batch_id, sequence, sheet, side, file, sha256, bytes, dpi, origin,"
            " captured_at, capture, place, fed_sheet, fed_side)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                batch.case_id,
                number,
                batch.id,
                page.sequence,
                spot.sheet,
                spot.side,
                self._home.relative(page.file),
                page.sha256,
                page.bytes,
                page.dpi,
                page.origin,
                page.captured_at,
                page.capture,
                spot.place,
                page.sheet,
                page.side,
            ),
        )
        return self._pages("WHERE pages.id = ?", (cursor.lastrowid,))[0]

    def of_case(self, case_id: int) -> list[Page]:
        """The faces that count, in page order."""
        where = "WHERE pages.case_id = ? AND pages.aside IS NULL ORDER BY pages.place, pages.number"
        return self._pages(where, (case_id,))

    def all_of_case(self, case_id: int) -> list[Page]:
        """Every face that ever arrived, in page order; those set aside stand where they stood."""
        return self._pages("WHERE pages.case_id = ? ORDER BY pages.place, pages.number", (case_id,))

    def numbered(self, case_id: int, number: int) -> Page:
        """Raises `PageUnknown`."""
        found = self._pages("WHERE pages.case_id = ? AND pages.number = ?", (case_id, number))
        if not found:
            raise PageUnknown(page=number)
        return found[0]

    def of_sheet(self, case_id: int, sheet: int) -> list[Page]:
        """The faces of one sheet that count, in page order."""
        where = "WHERE pages.case_id = ? AND pages.sheet = ? AND pages.aside IS NULL ORDER BY pages.place, pages.number"
        return self._pages(where, (case_id, sheet))

    def of_batch(self, batch_id: int) -> list[Page]:
        """All faces of a batch as they came, those set aside too."""
        return self._pages("WHERE pages.batch_id = ? ORDER BY pages.sequence", (batch_id,))

    def captures(self, batch_id: int) -> list[str]:
        """The capture records (JSON) of a batch's faces, in order."""
        rows = self._db.query("SELECT capture FROM pages WHERE batch_id = ? ORDER BY sequence", (batch_id,))
        return [row["capture"] for row in rows]

    def count(self, since: dt.date | None = None) -> int:
        """All faces of all cases, those that arrived from the day `since` on."""
        return self._scalar("SELECT COUNT(*) FROM pages WHERE captured_at >= ?", (since.isoformat() if since else "",))

    def first_arrival(self) -> dt.date | None:
        """The day on which the first face of the library came."""
        row = self._db.execute("SELECT MIN(captured_at) FROM pages").fetchone()
        return dt.date.fromisoformat(row[0][:10]) if row[0] else None

    def next_sheet(self, case_id: int) -> int:
        return self._scalar("SELECT COALESCE(MAX(sheet), 0) + 1 FROM pages WHERE case_id = ?", (case_id,))

    def electronic(self, case_id: int) -> dict[int, str]:
        """The capture records (JSON) of the faces that show a born-digital file, by the face's id."""
        rows = self._db.query(
            "SELECT id, capture FROM pages WHERE case_id = ? AND json_extract(capture, '$.electronic') IS NOT NULL",
            (case_id,),
        )
        return {row["id"]: row["capture"] for row in rows}

    def sources(self, case_id: int) -> list[str]:
        """SHA-256 of each file that was imported as several pages."""
        rows = self._db.query(
            "SELECT DISTINCT json_extract(capture, '$.source_sha256') AS source FROM pages"
            " WHERE case_id = ? AND source IS NOT NULL",
            (case_id,),
        )
        return [row["source"] for row in rows]

    def set_result(self, page_id: int, found: FoundOnPage) -> None:
        self._db.execute("DELETE FROM failures WHERE page_id = ?", (page_id,))
        before = self._db.execute("SELECT text FROM results WHERE page_id = ?", (page_id,)).fetchone()
        self._search.put(page_id, found.text, str(before[0]) if before else None)
        self._db.execute(
            "INSERT OR REPLACE INTO results (page_id, result, text, blank, evidence, thumbnail, processed_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (page_id, found.result, found.text, int(found.blank), found.evidence, found.thumbnail, found.at),
        )

    def set_failure(self, page_id: int, key: str, message: str, at: str) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO failures (page_id, key, message, at) VALUES (?, ?, ?, ?)",
            (page_id, key, message, at),
        )

    def result(self, page_id: int, *, lines: bool = True) -> str | None:
        """The stored result (JSON) of one page; without `lines` with none of its text, most of what it holds."""
        content = "result" if lines else "json_set(result, '$.text.lines', json('[]'))"
        row = self._db.execute(f"SELECT {content} FROM results WHERE page_id = ?", (page_id,)).fetchone()  # noqa: S608
        return str(row[0]) if row else None

    def codes(self, case_id: int) -> dict[int, str]:
        """The codes (JSON list) of each page of a case that bears any, by page id."""
        rows = self._db.query(
            "SELECT page_id, json_extract(result, '$.codes') AS codes FROM results JOIN pages ON pages.id = page_id"
            " WHERE case_id = ? AND json_array_length(result, '$.codes') > 0",
            (case_id,),
        )
        return {row["page_id"]: row["codes"] for row in rows}

    def _pages(self, where: str, params: Iterable[Any]) -> list[Page]:
        return [self._page(row) for row in self._db.query(f"{_PAGE} {where}", tuple(params))]

    def _page(self, row: dict[str, Any]) -> Page:
        return Page(
            id=row["id"],
            case_id=row["case_id"],
            number=row["number"],
            batch_id=row["batch_id"],
            sequence=row["sequence"],
            sheet=row["sheet"],
            side=row["side"],
            file=self._home.path / row["file"],
            sha256=row["sha256"],
            dpi=row["dpi"],
            origin=row["origin"],
            captured_at=row["captured_at"],
            processed=row["blank"] is not None,
            blank=bool(row["blank"]),
            evidence=row["evidence"],
            thumbnail=row["thumbnail"],
            failure=row["failure"],
            place=row["place"],
            fed_sheet=row["fed_sheet"],
            aside=_aside(row),
        )

    def _batches(self, where: str, params: Iterable[Any]) -> list[Batch]:
        return [
            Batch(
                id=row["id"],
                case_id=row["case_id"],
                number=row["number"],
                kind=row["kind"],
                device=row["device"],
                settings=row["settings"],
                feed_sha256=row["feed_sha256"],
                expected_sheets=row["expected_sheets"],
                state=row["state"],
                reason=row["reason"],
                aim=Aim(AimKind(row["aim"]), row["aim_target"], bool(row["aim_reverse"])),
            )
            for row in self._db.query(f"{_BATCH} {where}", tuple(params))
        ]

    def _scalar(self, sql: str, params: Iterable[Any]) -> int:
        return int(self._db.execute(sql, tuple(params)).fetchone()[0])


def _aside(row: dict[str, Any]) -> Aside | None:
    if row["aside"] is None:
        return None
    return Aside(row["aside"], row["aside_by"], row["aside_at"], row["superseded_by"])
