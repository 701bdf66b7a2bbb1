"""The audit chain against everything somebody with write access could do to it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from signing.chain import (
    GENESIS,
    MAX_RECORD_BYTES,
    Linked,
    Record,
    link,
    verify_chain,
)
from signing.checkpoint import Checkpoint, make_checkpoint, verify_checkpoint
from signing.keys.pkcs12 import Pkcs12Signer
from signing.types import TrustAnchors

STATION = "某市公安局-1号站"


def _record(seq: int, event: str = "scan.page") -> Record:
    at = dt.datetime(2026, 11, 21, 9, 0, seq % 60, tzinfo=dt.UTC)
    return Record(seq, at, seq * 1000, STATION, "民警甲", event, f"page-{seq}", {"页": seq, "hash": ["ab", None, True]})


def _chain(records: list[bytes]) -> list[Linked]:
    linked, previous = [], GENESIS
    for record in records:
        previous = link(previous, record)
        linked.append(Linked(record, previous))
    return linked


@pytest.fixture
def trail() -> list[Linked]:
    return _chain([_record(seq).canonical() for seq in range(1, 11)])


@pytest.fixture
def checkpoint(trail: list[Linked], signer: Pkcs12Signer, now: dt.datetime) -> Checkpoint:
    return make_checkpoint(STATION, 8, trail[7].link, signer, now=now)


def test_canonical_text_is_fixed() -> None:
    """A change of this text would break every trail written before."""
    china = dt.timezone(dt.timedelta(hours=8))
    record = Record(
        1, dt.datetime(2026, 11, 21, 17, tzinfo=china), 5, "站", "甲", "case.open", "c1", {"b": 1, "a": "\n"}
    )
    assert record.canonical().decode() == (
        '{"actor":"甲","at":"2026-11-21T09:00:00.000000+00:00","detail":{"a":"\\n","b":1},"event":"case.open",'
        '"monotonic_ns":5,"object":"c1","seq":1,"station":"站"}'
    )
    assert link(GENESIS, b"x").hex() == "fdded6faced1af47fdaaac589602f58e0e040a882627806c42ddcc38da604cf0"


@pytest.mark.parametrize("detail", [{"x": 0.5}, {"x": [1, {"y": float("nan")}]}, {"x": "\ud800"}])
def test_what_cannot_be_hashed_alike_everywhere_is_refused(detail: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"whole numbers|surrogates"):
        replace(_record(1), detail=detail).canonical()


def test_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        replace(_record(1), at=dt.datetime(2026, 1, 1)).canonical()


def test_whole_trail(trail: list[Linked], checkpoint: Checkpoint, anchors: TrustAnchors, now: dt.datetime) -> None:
    report = verify_chain(iter(trail))
    assert (report.ok, report.size, report.head, report.broken_at) == (True, 10, trail[-1].link, None)
    assert verify_checkpoint(trail, checkpoint, anchors, origin=STATION, at=now) == report
    assert verify_chain([]).ok


def _edit(trail: list[Linked]) -> list[Linked]:
    return [*trail[:4], Linked(trail[4].record.replace(b"page-5", b"page-6"), trail[4].link), *trail[5:]]


def _delete(trail: list[Linked]) -> list[Linked]:
    return trail[:4] + trail[5:]


def _delete_first(trail: list[Linked]) -> list[Linked]:
    return trail[1:]


def _swap(trail: list[Linked]) -> list[Linked]:
    return [*trail[:4], trail[5], trail[4], *trail[6:]]


def _repeat(trail: list[Linked]) -> list[Linked]:
    return [*trail[:5], trail[4], *trail[5:]]


def _forge_link(trail: list[Linked]) -> list[Linked]:
    return [*trail[:4], Linked(trail[4].record, bytes(32)), *trail[5:]]


@pytest.mark.parametrize(
    ("attack", "broken_at"), [(_edit, 5), (_delete, 5), (_delete_first, 1), (_swap, 5), (_repeat, 6), (_forge_link, 5)]
)
def test_the_chain_alone_shows(
    attack: Callable[[list[Linked]], list[Linked]], broken_at: int, trail: list[Linked]
) -> None:
    report = verify_chain(attack(trail))
    assert (report.ok, report.broken_at) == (False, broken_at)
    assert report.reason


def _edit_and_rechain(trail: list[Linked]) -> list[Linked]:
    return _chain([stored.record for stored in _edit(trail)])


def _delete_and_rechain(trail: list[Linked]) -> list[Linked]:
    kept = [json.loads(stored.record) for stored in _delete(trail)]
    return _chain([json.dumps({**fields, "seq": seq}).encode() for seq, fields in enumerate(kept, start=1)])


def _insert_and_rechain(trail: list[Linked]) -> list[Linked]:
    return _chain([_record(seq, "forged" if seq == 3 else "scan.page").canonical() for seq in range(1, 12)])


def _cut_off_end(trail: list[Linked]) -> list[Linked]:
    return trail[:6]


def _wipe(trail: list[Linked]) -> list[Linked]:
    return []


@pytest.mark.parametrize("attack", [_edit_and_rechain, _delete_and_rechain, _insert_and_rechain, _cut_off_end, _wipe])
def test_only_the_checkpoint_shows(
    attack: Callable[[list[Linked]], list[Linked]],
    trail: list[Linked],
    checkpoint: Checkpoint,
    anchors: TrustAnchors,
    now: dt.datetime,
) -> None:
    forged = attack(trail)
    assert verify_chain(forged).ok
    report = verify_checkpoint(forged, checkpoint, anchors, origin=STATION, at=now)
    assert not report.ok
    assert report.reason


@pytest.mark.parametrize("attack", [_edit, _delete, _delete_first, _swap, _repeat, _forge_link])
def test_the_checkpoint_shows_broken_chains_too(
    attack: Callable[[list[Linked]], list[Linked]],
    trail: list[Linked],
    checkpoint: Checkpoint,
    anchors: TrustAnchors,
    now: dt.datetime,
) -> None:
    assert not verify_checkpoint(attack(trail), checkpoint, anchors, origin=STATION, at=now).ok


def test_deleted_and_rechained_without_renumbering(trail: list[Linked]) -> None:
    report = verify_chain(_chain([stored.record for stored in _delete(trail)]))
    assert (report.ok, report.broken_at, report.reason) == (False, 5, "the numbering has a gap")


def test_forged_checkpoint(
    trail: list[Linked], checkpoint: Checkpoint, anchors: TrustAnchors, p256_signer: Pkcs12Signer, now: dt.datetime
) -> None:
    smaller = replace(checkpoint, body=checkpoint.body.replace(b"\n8\n", b"\n5\n"))
    stranger = make_checkpoint(STATION, 8, trail[7].link, p256_signer, now=now)
    for forged in (smaller, stranger, replace(checkpoint, signature=b"")):
        report = verify_checkpoint(trail, forged, anchors, origin=STATION, at=now)
        assert "the checkpoint's signature does not hold" in report.reason


def test_checkpoint_of_another_station(
    trail: list[Linked], checkpoint: Checkpoint, anchors: TrustAnchors, now: dt.datetime
) -> None:
    report = verify_checkpoint(trail, checkpoint, anchors, origin="2号站", at=now)
    assert not report.ok
    assert STATION in report.reason


@pytest.mark.parametrize("origin", ["", "a\nb"])
def test_origin_is_one_line(origin: str, signer: Pkcs12Signer, now: dt.datetime) -> None:
    with pytest.raises(ValueError, match="one line"):
        make_checkpoint(origin, 0, GENESIS, signer, now=now)


@pytest.mark.parametrize(
    "text", [b"", b"[]", b"{", b"[" * 200_000, b'{"seq":' + b"9" * 5000 + b"}", b"\xff", bytes(MAX_RECORD_BYTES + 1)]
)
def test_records_that_are_none(text: bytes) -> None:
    report = verify_chain(_chain([text]))
    assert (report.ok, report.broken_at) == (False, 1)


def test_signing_never_draws_from_a_predictable_source() -> None:
    sources = Path(__file__).parents[2].joinpath("signing").rglob("*.py")
    texts = {path.name: path.read_text() for path in sources}
    assert len(texts) > 10
    assert [name for name, text in texts.items() if "import random" in text or "from random" in text] == []
