"""Finding text on all pages (全文检索): every run of one to many characters, names of two among them.

Chinese is not parted into words: the index holds each pair of neighbouring characters (FTS5, without positions), and
what has all pairs of a question is compared with the text itself.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from sqlite_utils import Database

INDEX = "page_index"  # with its shadow tables and `page_index_filled`: made again from the readings, not journalled
SNIPPET_AROUND = 18  # characters


@dataclass(frozen=True)
class Wanted:
    """What to look for; what is empty does not count. `since`, `until`: dates of documents, both included.

    `text` stands on the page as it was read; `person` and `number` in what is known of its document.
    """

    text: str = ""
    person: str = ""
    number: str = ""
    kind: str = ""
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True)
class Hit:
    """A page on which it was found. `kind`, `title`: of the document it is filed in."""

    case_id: int
    case_no: str
    case_name: str
    page_id: int
    page: int
    kind: str | None
    title: str
    snippet: str


class Search:
    """Writes inside the caller's transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, page_id: int, text: str, before: str | None) -> None:
        """Index a page anew. `before`: the text it is indexed with; an index without content has to be told."""
        if before is not None:
            self._db.execute(
                f"INSERT INTO {INDEX} ({INDEX}, rowid, pairs) VALUES ('delete', ?, ?)",  # noqa: S608
                (page_id, pairs(before)),
            )
        self._db.execute(f"INSERT INTO {INDEX} (rowid, pairs) VALUES (?, ?)", (page_id, pairs(text)))  # noqa: S608

    def fill(self, on_page: Callable[[int, int], None] = lambda _done, _of: None) -> None:
        """Index all readings where that has not been done: in an older library, and in one made again."""
        if self._db.execute("SELECT COUNT(*) FROM page_index_filled").fetchone()[0]:
            return
        readings = int(self._db.execute("SELECT COUNT(*) FROM results").fetchone()[0])
        rows = self._db.execute("SELECT page_id, text FROM results ORDER BY page_id")
        for done, (page_id, text) in enumerate(rows, start=1):
            self.put(page_id, text, None)
            on_page(done, readings)
        self._db.execute("INSERT INTO page_index_filled (filled) VALUES (1)")

    def find(self, wanted: Wanted, limit: int) -> list[Hit]:
        """Pages that count, of all cases, those read last first."""
        sought = squeezed(wanted.text)
        hits: list[Hit] = []
        for page_id in self._candidates(sought):
            text = self._text(page_id)
            if sought not in squeezed(text):  # asked first: it costs little, and most that only has the pairs falls out
                continue
            row = self._page(page_id, wanted)
            if row is None:
                continue
            hits.append(Hit(**row, page_id=page_id, snippet=snippet(text, wanted.text)))
            if len(hits) == limit:
                break
        return hits

    def _candidates(self, sought: str) -> Iterator[int]:
        """Ids of pages, newest first, one by one: the index alone is asked, for a join would gather them all first."""
        if not sought:
            rows = self._db.execute("SELECT page_id FROM results ORDER BY page_id DESC")
        else:
            rows = self._db.execute(
                f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH ? ORDER BY rowid DESC",  # noqa: S608
                (_question(sought),),
            )
        for row in rows:
            yield int(row[0])

    def _text(self, page_id: int) -> str:
        return str(self._db.execute("SELECT text FROM results WHERE page_id = ?", (page_id,)).fetchone()[0])

    def _page(self, page_id: int, wanted: Wanted) -> dict[str, Any] | None:
        conditions = list(_conditions(wanted))
        where = "".join(f" AND {condition}" for condition, _ in conditions)
        rows = self._db.query(f"{_PAGE}{where}", (page_id, *(value for _, value in conditions)))
        return next(iter(rows), None)


_PAGE = (
    "SELECT cases.id AS case_id, case_no, name AS case_name, pages.number AS page, kind, COALESCE(title, '') AS title"
    " FROM results JOIN pages ON pages.id = results.page_id JOIN cases ON cases.id = pages.case_id"
    " LEFT JOIN document_pages ON document_pages.page_id = pages.id"
    " LEFT JOIN documents ON documents.id = document_pages.document_id"
    " WHERE results.page_id = ? AND pages.aside IS NULL"
)


def squeezed(text: str) -> str:
    """Text as it is compared: one form of each character (NFKC), no case, no white space, not even between lines."""
    # Ideographs are their own normal form and combine with nothing: passing them over takes less than half the time.
    return _NO_IDEOGRAPHS.sub(lambda found: _squeezed(found[0]), text)


_NO_IDEOGRAPHS = re.compile(r"[^\u4e00-\u9fff]+")


@lru_cache(maxsize=4096)  # punctuation and numbers, over and over
def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def pairs(text: str) -> str:
    """The pairs of neighbouring characters, and the last character, parted by spaces."""
    run = squeezed(text)
    return " ".join([*(a + b for a, b in pairwise(run)), run[-1:]])


def snippet(text: str, sought: str) -> str:
    """The text around the first place where it stands; the beginning, where nothing is sought."""
    run, at = " ".join(text.split("\n")), 0
    if sought:
        run = "".join(unicodedata.normalize("NFKC", text).split())
        at = max(run.casefold().find(squeezed(sought)), 0)
    start, end = max(0, at - SNIPPET_AROUND), at + len(sought) + SNIPPET_AROUND
    return ("…" if start else "") + run[start:end] + ("…" if end < len(run) else "")


def _question(sought: str) -> str:
    if len(sought) == 1:
        return f"{_quoted(sought)} *"
    return " ".join(dict.fromkeys(_quoted(a + b) for a, b in pairwise(sought)))


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'


def _conditions(wanted: Wanted) -> Iterator[tuple[str, object]]:
    if wanted.person:
        yield "EXISTS (SELECT 1 FROM json_each(documents.persons) WHERE value = ?)", wanted.person
    if wanted.number:
        yield "instr(documents.number, ?)", wanted.number
    if wanted.kind:
        yield "documents.kind = ?", wanted.kind
    if wanted.since:
        yield "documents.date >= ?", wanted.since.isoformat()
    if wanted.until:
        yield "documents.date <= ?", wanted.until.isoformat()
