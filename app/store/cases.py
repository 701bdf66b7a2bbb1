"""Cases, persons, documents as filed, and explanations."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter
from sqlite_utils import Database

from app.store.errors import CaseExists, CaseUnknown
from app.store.records import CaseRecord, DocumentRecord
from dossier.checks.explanations import Explanation
from dossier.model import Case, Person
from ocr.reading.types import CopyKind

_EXPLANATION: TypeAdapter[Explanation] = TypeAdapter(Explanation)


class Cases:
    """Reads and writes inside the caller's transaction (`Store.change`)."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, case: Case) -> int:
        """Raises `CaseExists`."""
        if self._find(case.case_no) is not None:
            raise CaseExists(case_no=case.case_no)
        cursor = self._db.execute(
            "INSERT INTO cases (case_no, name, charge, unit_code, unit_name, security, tags, profile_id,"
            " profile_version, profile_sha256, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case.case_no,
                case.name,
                case.charge,
                case.unit_code,
                case.unit_name,
                case.security,
                json.dumps(sorted(case.tags), ensure_ascii=False),
                case.profile_id,
                case.profile_version,
                case.profile_sha256,
                case.opened_at.isoformat(),
            ),
        )
        case_id = int(cursor.lastrowid or 0)
        self._add_persons(case_id, case)
        return case_id

    def amend(self, case_id: int, case: Case) -> None:
        """Put another name, charge, persons and facts in the place of what is there."""
        self._db.execute(
            "UPDATE cases SET name = ?, charge = ?, tags = ? WHERE id = ?",
            (case.name, case.charge, json.dumps(sorted(case.tags), ensure_ascii=False), case_id),
        )
        self._db.execute("DELETE FROM persons WHERE case_id = ?", (case_id,))
        self._add_persons(case_id, case)

    def get(self, case_no: str) -> CaseRecord:
        """Raises `CaseUnknown`."""
        row = self._find(case_no)
        if row is None:
            raise CaseUnknown(case_no=case_no)
        return self._record(row)

    def all(self) -> list[CaseRecord]:
        """Newest first."""
        rows = self._db.query("SELECT * FROM cases ORDER BY opened_at DESC, id DESC")
        return [self._record(row) for row in rows]

    def file_documents(self, case_id: int, documents: Sequence[DocumentRecord]) -> None:
        """Replace the filing of a case."""
        self.unfile(case_id)
        for position, document in enumerate(documents, start=1):
            cursor = self._db.execute(
                "INSERT INTO documents (case_id, position, kind, title, number, date, persons, ordinal, confidence,"
                " copy, volume, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    case_id,
                    position,
                    document.kind,
                    document.title,
                    document.number,
                    document.date.isoformat() if document.date else None,
                    json.dumps(list(document.persons), ensure_ascii=False),
                    document.ordinal,
                    document.confidence,
                    document.copy.value if document.copy else None,
                    document.volume,
                    json.dumps(sorted(document.told)),
                ),
            )
            for order, page_id in enumerate(document.page_ids, start=1):
                self._db.execute(
                    "INSERT INTO document_pages (document_id, position, page_id) VALUES (?, ?, ?)",
                    (cursor.lastrowid, order, page_id),
                )

    def unfile(self, case_id: int) -> None:
        """Forget the filing of a case whose pages count otherwise now; without one it cannot be sealed."""
        self._db.execute("DELETE FROM documents WHERE case_id = ?", (case_id,))

    def documents(self, case_id: int) -> list[DocumentRecord]:
        """In the order of the paper, without faces that were set aside since they were filed."""
        pages: dict[int, list[int]] = {}
        for row in self._db.query(
            "SELECT document_id, page_id FROM document_pages JOIN documents ON documents.id = document_id"
            " JOIN pages ON pages.id = page_id WHERE documents.case_id = ? AND pages.aside IS NULL"
            " ORDER BY document_id, document_pages.position",
            (case_id,),
        ):
            pages.setdefault(row["document_id"], []).append(row["page_id"])
        rows = self._db.query("SELECT * FROM documents WHERE case_id = ? ORDER BY position", (case_id,))
        return [
            DocumentRecord(
                kind=row["kind"],
                title=row["title"],
                number=row["number"],
                date=dt.date.fromisoformat(row["date"]) if row["date"] else None,
                persons=tuple(json.loads(row["persons"])),
                ordinal=row["ordinal"],
                confidence=row["confidence"],
                page_ids=tuple(pages[row["id"]]),
                copy=CopyKind(row["copy"]) if row["copy"] else None,
                volume=row["volume"],
                told=frozenset(json.loads(row["told"])),
            )
            for row in rows
            if row["id"] in pages
        ]

    def explain(self, case_id: int, explanation: Explanation) -> None:
        self._db.execute(
            "INSERT INTO explanations (case_id, explanation) VALUES (?, ?)",
            (case_id, _EXPLANATION.dump_json(explanation).decode()),
        )

    def explanations(self, case_id: int) -> list[Explanation]:
        rows = self._db.query("SELECT explanation FROM explanations WHERE case_id = ? ORDER BY id", (case_id,))
        return [_EXPLANATION.validate_json(row["explanation"]) for row in rows]

    def _add_persons(self, case_id: int, case: Case) -> None:
        for person in case.persons:
            self._db.execute(
                "INSERT INTO persons (case_id, ord, name, role, id_number) VALUES (?, ?, ?, ?, ?)",
                (case_id, person.order, person.name, person.role, person.id_number),
            )

    def _find(self, case_no: str) -> dict[str, Any] | None:
        return next(iter(self._db.query("SELECT * FROM cases WHERE case_no = ?", (case_no,))), None)

    def _record(self, row: dict[str, Any]) -> CaseRecord:
        persons = self._db.query("SELECT * FROM persons WHERE case_id = ? ORDER BY ord", (row["id"],))
        return CaseRecord(
            id=row["id"],
            case=Case(
                case_no=row["case_no"],
                name=row["name"],
                charge=row["charge"],
                unit_code=row["unit_code"],
                unit_name=row["unit_name"],
                persons=tuple(Person(p["ord"], p["name"], p["role"], p["id_number"]) for p in persons),
                profile_id=row["profile_id"],
                profile_version=row["profile_version"],
                profile_sha256=row["profile_sha256"],
                tags=frozenset(json.loads(row["tags"])),
                opened_at=dt.datetime.fromisoformat(row["opened_at"]),
                security=row["security"],
            ),
        )
