"""C-09: signatures (签名), fingerprints (捺印) and seals (公章) that the profile asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from dossier.checks.facts import Fact
from dossier.checks.findings import defect, finding, raised
from dossier.checks.subject import Placed, Subject
from dossier.model import Face, Finding, Severity
from ocr.imaging.types import MarkKind, Verdict
from ocr.imaging.writing import likeness

NOT_SIGNATURES = {"F", "C", "L", "t1", "t3", "K"}  # prints, formula, times, a seal in the signature column
PRINTS = {"F", "P"}
EVERY_PAGE = "P"
SEAL_CONFIDENCE = 0.5
ALIKE = 0.62  # of drawn names that differ, one or two pairs in 1,200 reach it (bench/signatures.py)
NOBODYS = 0.5  # sureness of a place whose label names nobody, (捺指印) alone: its other half was not read


def blank_places(subject: Subject) -> Iterator[Finding]:
    """A place that the form itself marks for a signature or print, and nothing is in it.

    What the profile does not ask of this kind only warns.
    """
    for placed, face in subject.faces():
        signs, prints, _ = _demands(placed)
        for zone in face.zones:
            label = zone.label.label
            spot = Fact(label, NOBODYS if label.startswith("(") else 1.0, face, zone.label.box)
            if zone.label.wants_signature:
                yield from _zone(subject, "sign", zone.ink.verdict, signs, placed, spot)
            if zone.label.wants_print:
                yield from _zone(subject, "print", zone.ink.fingerprint, prints, placed, spot)


def places_not_found(subject: Subject) -> Iterator[Finding]:
    """The profile asks for a signature or print and no place for it was recognised: a person has to look."""
    for placed in subject.placed:
        signs, prints, every_page = _demands(placed)
        filled = [face for face in placed.document.faces if not face.blank]
        if every_page:
            for face in filled:
                if not _has_signature(face) and not _has_print(face):
                    yield finding("C-09", "check.page-sign.ask", Severity.WARN, placed.where(face), face=face)
        elif filled:
            if signs and not any(_has_signature(face) for face in filled):
                yield finding("C-09", "check.sign.not-found", Severity.WARN, placed.where(), face=filled[-1])
            if prints and not any(_has_print(face) for face in filled):
                yield finding("C-09", "check.print.not-found", Severity.WARN, placed.where(), face=filled[-1])


def seals(subject: Subject) -> Iterator[Finding]:
    """A seal is due and none was recognised. Faint seals are overlooked at times, so this asks and does not accuse."""
    for placed in subject.placed:
        if placed.kind is None or not placed.kind.seal:
            continue
        filled = [face for face in placed.document.faces if not face.blank]  # a seal shows through to a blank back
        marks = [mark for face in filled for mark in face.marks if mark.kind is MarkKind.SEAL]
        if not any(mark.confidence >= SEAL_CONFIDENCE for mark in marks):
            last = filled[-1] if filled else None
            wanted = subject.profile.rules.signature_codes.seal.get(placed.kind.seal, placed.kind.seal)
            yield finding("C-09", "check.seal.not-found", Severity.WARN, placed.where(), face=last, seal=wanted)


def written_alike(subject: Subject) -> Iterator[Finding]:
    """DF49: on one page two persons' signatures are so alike in shape that a person should look at both.

    It finds the same words written twice; one hand that writes two names is not told from two hands.
    """
    own = subject.profile.acceptance.party_places
    for placed, face in subject.faces():
        signed = [zone for zone in face.zones if zone.label.wants_signature and zone.ink.shape]
        for one, other in combinations(signed, 2):
            if own and re.match(own, one.label.label) and re.match(own, other.label.label):
                continue
            if likeness(one.ink.shape, other.ink.shape) >= ALIKE:
                spots = [Fact(zone.label.label, 1.0, face, zone.label.box) for zone in (one, other)]
                yield defect(
                    subject, "DF49", "defect.alike", placed, *spots, said=one.label.label, other=other.label.label
                )  # fmt: skip


def corrections(subject: Subject) -> Iterator[Finding]:
    """DF35: words are struck out and no fingerprint is near; asked where the stroke or the print is doubtful."""
    kinds = subject.profile.acceptance.corrected
    for placed in subject.of_kind(*kinds):
        for face in placed.document.faces:
            for struck in face.strike_outs:
                if struck.fingerprint is not Verdict.FILLED:
                    sure = struck.sure if struck.fingerprint is Verdict.BLANK else NOBODYS
                    yield defect(subject, "DF35", "defect.correction", placed, Fact("", sure, face, struck.box))


def _zone(
    subject: Subject, what: str, verdict: Verdict, demanded: bool, placed: Placed, spot: Fact
) -> Iterator[Finding]:
    if verdict is Verdict.BLANK:
        severity = Severity.BLOCK if demanded else Severity.WARN
        yield raised(subject, "C-09", f"check.{what}.missing", severity, placed, spot, label=spot.value)
    elif verdict is Verdict.ASK:
        yield raised(subject, "C-09", f"check.{what}.ask", Severity.WARN, placed, spot, label=spot.value)


def _demands(placed: Placed) -> tuple[bool, bool, bool]:
    """Whether the profile's `sign` column asks for a signature, for a print, and for both on every page."""
    if placed.kind is None or not placed.kind.sign:
        return False, False, False
    codes = set(re.split(r"[,;|]", placed.kind.sign))
    return bool(codes - NOT_SIGNATURES), bool(codes & PRINTS), EVERY_PAGE in codes


def _has_signature(face: Face) -> bool:
    """A place for one was recognised (its content is judged on its own), or a signature itself was."""
    marked = any(mark.kind is MarkKind.SIGNATURE for mark in face.marks)
    return marked or any(zone.label.wants_signature for zone in face.zones)


def _has_print(face: Face) -> bool:
    marked = any(mark.kind is MarkKind.FINGERPRINT and mark.verdict is Verdict.FILLED for mark in face.marks)
    return marked or any(zone.label.wants_print for zone in face.zones)
