"""The acceptance checks (四性检测, DA/T 70-2018) that a dossier goes through before it is sealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import replace

from dossier.checks import (
    completeness,
    entry,
    evidence,
    frames,
    identity,
    limits,
    numbers,
    pictures,
    plausibility,
    process,
    records,
    rules,
    safety,
    secrecy,
    signatures,
)
from dossier.checks.subject import Subject
from dossier.deadlines import Calendar, built_in_calendar
from dossier.model import Dossier, Finding, Severity
from dossier.profile import Profile

Check = Callable[[Subject], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    plausibility.case_number,
    entry.required_fields,
    entry.code_values,
    entry.characters,
    entry.lengths,
    process.process_recorded,
    process.environment,
    safety.malware,
    safety.permissions,
    secrecy.security_grade,
    secrecy.internal_volumes,
    entry.interventions,
    completeness.case_has_documents,
    completeness.every_face_once,
    completeness.page_numbers,
    completeness.required_kinds,
    completeness.sheets_and_faces,
    completeness.printed_page_numbers,
    completeness.interrogation_ordinals,
    entry.stamped_numbers,
    frames.counts_of_frames,
    frames.catalogue_kept,
    evidence.declared_counts,
    evidence.attachments,
    evidence.recordings,
    signatures.blank_places,
    signatures.places_not_found,
    signatures.seals,
    signatures.written_alike,
    signatures.corrections,
    evidence.seals_over_dates,
    evidence.seizure_signers,
    secrecy.wrong_copies,
    plausibility.date_order,
    plausibility.future_dates,
    rules.orders,
    limits.deadlines,
    limits.holidays_known,
    records.outside_the_jail,
    records.two_rooms_at_once,
    records.rights_in_first_record,
    records.outside_the_summons,
    records.too_fast,
    records.visits_to_the_jail,
    records.witnesses,
    records.identification_choices,
    plausibility.document_numbers,
    plausibility.number_year,
    numbers.one_number_for_two,
    numbers.serials_rise,
    numbers.quoted_numbers,
    numbers.law_articles,
    plausibility.doubles,
    plausibility.id_numbers,
    rules.agreements,
    identity.names,
    identity.charges,
    identity.suspects_named,
    identity.births,
    identity.minors,
    identity.ages,
    evidence.appraisals_told,
    evidence.things_balance,
    evidence.copies_with_origin,
    evidence.unfilled_blanks,
    pictures.formats,
    pictures.resolution,
    pictures.straightness,
    pictures.cut_off,
    pictures.clearness,
    pictures.one_page_each,
    pictures.text_layer,
)


def run_checks(
    dossier: Dossier, profile: Profile, *, now: dt.datetime, calendar: Calendar | None = None
) -> tuple[Finding, ...]:
    """Everything the checks have to say, in the order of the table. `now`: aware, in the station's zone.

    `calendar`: the working days; None: by the table that comes with the station.
    """
    subject = Subject(dossier, profile, now, calendar or built_in_calendar())
    return tuple(_weighed(finding, profile) for check in CHECKS for finding in check(subject))


def _weighed(finding: Finding, profile: Profile) -> Finding:
    """With what it answers of DA/T 70 and whether it may be waived, as the profile says; `warn` is the most of a check
    that only warns there."""
    check = profile.check_of(finding.id)
    if check is None:
        return finding
    severity = finding.severity
    if check.severity == "warn" and severity is Severity.BLOCK and check.id == finding.id:
        severity = Severity.WARN
    return replace(finding, severity=severity, item=check.da_t_70, waivable=check.waivable)
