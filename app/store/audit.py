"""The trail of every step (全程留痕): one hash chain per case, so that the whole chain travels with its dossier."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

from signing.chain import GENESIS, ChainReport, Json, Linked, Record, link, verify_chain


@dataclass(frozen=True)
class TrailReport:
    """What verifying every chain gave; the first break is named."""

    ok: bool
    records: int
    chain: str | None = None
    broken_at: int | None = None
    reason: str = ""


@dataclass(frozen=True)
class Step:
    """One record of a chain (a case number): what was done, by whom, when (UTC, ISO 8601), and what it says of it."""

    seq: int
    event: str
    detail: Mapping[str, Json]
    chain: str
    actor: str
    at: str


class AuditTrail:
    """Appends inside the caller's transaction (`Store.change`); nothing here changes or removes a record."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def append(
        self,
        *,
        chain: str,
        at: dt.datetime,
        monotonic_ns: int,
        station: str,
        actor: str,
        event: str,
        detail: Mapping[str, Json],
    ) -> None:
        """Add the next record of `chain` (a case number)."""
        last = self._db.execute(
            "SELECT seq, link FROM audit WHERE chain = ? ORDER BY seq DESC LIMIT 1", (chain,)
        ).fetchone()
        seq, previous = (last[0] + 1, bytes.fromhex(last[1])) if last else (1, GENESIS)
        record = Record(seq, at, monotonic_ns, station, actor, event, chain, detail).canonical()
        self._db.execute(
            "INSERT INTO audit (chain, seq, record, link) VALUES (?, ?, ?, ?)",
            (chain, seq, record.decode(), link(previous, record).hex()),
        )

    def verify(self) -> TrailReport:
        """Does every chain hold?"""
        records = 0
        for chain in self._chains():
            report: ChainReport = verify_chain(self._linked(chain))
            records += report.size
            if not report.ok:
                return TrailReport(False, records, chain, report.broken_at, report.reason)
        return TrailReport(True, records)

    def newest_first(self, chain: str) -> Iterator[Step]:
        """What was done in `chain`, the last step first."""
        for row in self._db.query("SELECT seq, record FROM audit WHERE chain = ? ORDER BY seq DESC", (chain,)):
            yield _step(row["seq"], row["record"])

    def of_kind(self, kind: str) -> list[Step]:
        """The steps of all chains whose events begin with `kind` and a dot, each chain's oldest first."""
        rows = self._db.query(
            "SELECT seq, record FROM audit WHERE json_extract(record, '$.event') GLOB ? ORDER BY chain, seq",
            (f"{kind}.*",),
        )
        return [_step(row["seq"], row["record"]) for row in rows]

    def export(self, chain: str | None = None) -> bytes:
        """JSON lines {"link", "record"}: `record` is the text that was hashed, byte for byte."""
        chains = [chain] if chain is not None else self._chains()
        lines = [
            json.dumps({"link": item.link.hex(), "record": item.record.decode()}, ensure_ascii=False)
            for name in chains
            for item in self._linked(name)
        ]
        return "".join(f"{line}\n" for line in lines).encode()

    def _chains(self) -> list[str]:
        return [row["chain"] for row in self._db.query("SELECT DISTINCT chain FROM audit ORDER BY chain")]

    def _linked(self, chain: str) -> Iterator[Linked]:
        rows = self._db.query("SELECT record, link FROM audit WHERE chain = ? ORDER BY seq", (chain,))
        for row in rows:
            yield Linked(row["record"].encode(), bytes.fromhex(row["link"]))


def _step(seq: int, text: str) -> Step:
    record = json.loads(text)
    return Step(seq, record["event"], record["detail"], record["object"], record["actor"], record["at"])
