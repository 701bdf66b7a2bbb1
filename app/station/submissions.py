"""Submissions (报送): the same papers put together anew for each. Every version of an order is kept, one holds."""

from __future__ import annotations

from dataclasses import dataclass

from app.station.filing import require_submission
from app.station.station import Station, exclusive
from app.store.arrangements import FIRST
from app.store.records import Arrangement, CaseRecord

FIRST_SUBMISSION = "base"


@dataclass(frozen=True)
class SubmissionStand:
    """One version of a submission's order. `current`: it is being worked on. `packages`: those sealed from it."""

    arrangement: Arrangement
    title: str
    current: bool
    packages: tuple[str, ...]


def worked_on(station: Station, case_no: str) -> str:
    """The submission that is worked on; the first of a case before any was opened or sealed. Raises `CaseUnknown`."""
    record = station.store.cases.get(case_no)
    return station.store.arrangements.current(record.id) or FIRST_SUBMISSION


def submissions(station: Station, case_no: str) -> list[SubmissionStand]:
    """The submissions of a case that were opened or sealed, in that order. Raises `CaseUnknown`."""
    record = station.store.cases.get(case_no)
    current, profile = station.store.arrangements.current(record.id), station.profile_of(record.case)
    sealed = [each.package for each in station.store.outbox.of_case(record.id)]
    return [
        SubmissionStand(
            each,
            profile.submission(each.submission).title,
            each.active and each.submission == current,
            tuple(
                package.id
                for package in sealed
                if (package.submission, package.arrangement) == (each.submission, each.version)
            ),
        )
        for each in station.store.arrangements.all(record.id)
    ]


def open_submission(
    station: Station, case_no: str, submission: str, reason: str, *, like: str | None = None
) -> Arrangement:
    """Work on a submission from now on, in a new version of its order; the case can be changed again, what was sealed
    before stays as it is.

    The order begins with what was put by hand in the version before, or in the submission `like`; else it is the
    profile's.

    Raises:
        CaseUnknown, CaseInUse, SubmissionUnknown: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    for each in (submission, like or submission):
        require_submission(station, record, each)
    store = station.store
    with exclusive(station, case_no):
        earlier = [each.version for each in store.arrangements.all(record.id) if each.submission == submission]
        new = _arrangement(station, submission, max(earlier, default=0) + 1, reason)
        old = (like or submission, store.arrangements.active_version(record.id, like or submission))
        with store.change("submission.opened", case_no, submission=submission, version=new.version, reason=reason):
            store.arrangements.add(record.id, new)
            if old != (submission, new.version):
                store.corrections.copy(record.id, old, (submission, new.version))
    return new


def activate_submission(station: Station, case_no: str, submission: str, version: int, reason: str) -> None:
    """Let an earlier version of a submission's order hold again, and work on it.

    Raises:
        CaseUnknown, CaseInUse, ArrangementUnknown: nothing was changed.
    """
    record = station.store.cases.get(case_no)
    change = station.store.change(
        "submission.activated", case_no, submission=submission, version=version, reason=reason
    )
    with exclusive(station, case_no), change:
        station.store.arrangements.activate(record.id, submission, version)


def keep_arrangement(station: Station, record: CaseRecord, submission: str) -> Arrangement:
    """The arrangement of a submission that holds, inside the caller's transaction. A first version that nobody opened
    is kept from now on, and worked on."""
    store = station.store
    version = store.arrangements.active_version(record.id, submission)
    for each in store.arrangements.all(record.id):
        if (each.submission, each.version) == (submission, version):
            return each
    first = _arrangement(station, submission, FIRST, "")
    store.arrangements.add(record.id, first)
    return first


def _arrangement(station: Station, submission: str, version: int, reason: str) -> Arrangement:
    return Arrangement(submission, version, True, reason, station.who.actor, station.stamp())
