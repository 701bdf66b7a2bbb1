"""The acceptance checks (四性检测, DA/T 70-2018) that a dossier goes through before it is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from dossier.checks.completeness import (
    case_has_documents,
    every_face_once,
    interrogation_ordinals,
    page_numbers,
    printed_page_numbers,
    required_kinds,
    sheets_and_faces,
)
from dossier.checks.pictures import resolution, straightness, text_layer
from dossier.checks.plausibility import (
    case_number,
    date_order,
    document_numbers,
    doubles,
    future_dates,
    id_numbers,
    number_year,
)
from dossier.checks.secrecy import internal_volumes, security_grade, wrong_copies
from dossier.checks.signatures import blank_places, places_not_found, seals
from dossier.checks.subject import Subject
from dossier.model import Dossier, Finding
from dossier.profile import Profile

Check = Callable[[Subject], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    case_number,
    security_grade,
    internal_volumes,
    case_has_documents,
    every_face_once,
    page_numbers,
    required_kinds,
    sheets_and_faces,
    printed_page_numbers,
    interrogation_ordinals,
    blank_places,
    places_not_found,
    seals,
    wrong_copies,
    date_order,
    future_dates,
    document_numbers,
    number_year,
    doubles,
    id_numbers,
    resolution,
    straightness,
    text_layer,
)


def run_checks(dossier: Dossier, profile: Profile, *, now: dt.datetime) -> tuple[Finding, ...]:
    """Everything the checks have to say, in the order of the table. `now`: aware, in the station's zone."""
    subject = Subject(dossier, profile, now)
    return tuple(finding for check in CHECKS for finding in check(subject))
