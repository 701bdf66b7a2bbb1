"""What the tests of sending share: judges, the platform of a station, rows of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.platform.inbox import Judgement
from app.platform.serve import serving
from app.station.station import Station
from app.store.records import Outgoing
from transfer.send import Pace

HASTY = Pace(receipt_wait=2.0, tries=2, pause=lambda _: 0.0)
REASON = "C-01 第1卷:缺第3页"
AddPackage = Callable[..., str]


def accept(_package: Path, _announced_id: str) -> Judgement:
    return Judgement(True, None, (), "")


def reject(_package: Path, _announced_id: str) -> Judgement:
    return Judgement(False, "缺页", (REASON,), "")


@contextmanager
def platform(station: Station, judge=accept) -> Iterator[str]:
    with serving(station.home.platform, station.home.keys, judge=judge) as url:
        yield url


def row(station: Station, package_id: str) -> Outgoing:
    found = station.store.outbox.get(package_id)
    assert found is not None
    return found


def spoil(station: Station, package_id: str) -> None:
    row(station, package_id).package.file.write_bytes(b"other")
