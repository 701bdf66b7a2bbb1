"""What a finding accuses by is read a second time: a slip of the first reading is asked, a contradiction raised."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.station.checking import check
from app.station.second_look import EVENT
from app.station.station import Station
from dossier.model import Finding, Severity
from tests.app.station.dated_pages import OPENED, contradict


def order(station: Station, case: str) -> Finding:
    (found,) = (each for each in check(station, case, "base").findings if each.key == "check.date-order")
    return found


@pytest.mark.parametrize(
    ("printed", "severity", "agreed"),
    [("2026年3月1日", Severity.WARN, [True, False]), ("2026年3月5日", Severity.BLOCK, [True, True])],
)
def test_a_date_read_otherwise_the_second_time_accuses_nobody(
    station: Station, case: str, tmp_path: Path, printed: str, severity: Severity, agreed: list[bool]
) -> None:
    contradict(station, case, tmp_path / "pages", printed)

    for _ in range(2):  # the second check knows what was read
        found = order(station, case)
        assert (found.severity, found.asks) == (severity, severity is Severity.WARN)
        assert {place.words for place in found.rests_on} == {"2026年3月5日", OPENED}
        notes = [step.detail for step in station.store.audit.newest_first(case) if step.event == EVENT]
        assert sorted(bool(note["agrees"]) for note in notes) == sorted(agreed)
    read = {str(note["words"]): str(note["best"]) for note in notes}
    assert read["2026年3月5日"].endswith(printed)
