"""The record of interventions (三个规定): entered by name, never changed, kept in the case's trail."""

from __future__ import annotations

import datetime as dt

from app.station.station import Station
from dossier.model import Intervention

EVENT = "intervention.recorded"
RECORD_CHECK = "C-13"


def record_intervention(station: Station, case_no: str, content: str) -> Intervention:
    """Enter who asked about or meddled with a case, and how; empty: nobody did (零报告). Raises `CaseUnknown`."""
    station.store.cases.get(case_no)
    entry = Intervention(content.strip(), station.who.actor, station.clock.now())
    station.store.note(EVENT, case_no, content=entry.content, by=entry.by, at=entry.at.isoformat())
    return entry


def interventions(station: Station, case_no: str) -> tuple[Intervention, ...]:
    """All entries of a case, the oldest first."""
    steps = [step for step in station.store.audit.newest_first(case_no) if step.event == EVENT]
    return tuple(
        Intervention(str(step.detail["content"]), str(step.detail["by"]), _moment(step.detail["at"]))
        for step in reversed(steps)
    )


def _moment(text: object) -> dt.datetime:
    return dt.datetime.fromisoformat(str(text))
