"""Planted defects: each found at its place; hard to read, it is asked; sound cases are never blocked."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files

import pytest
from casebook import HELDOUT, KINDS, TUNING, Case, draw_case
from casefile_of import NEVER_WRONG, PaperReader, dossier_of, sealed_on
from sound_case import sound

from dossier.checks import describe, run_checks
from dossier.checks.subject import Subject
from dossier.model import Document, Dossier, Face, Finding, MalwareScan, Severity, Step
from dossier.profile import Profile, load_profile
from ocr.imaging.types import Verdict
from tests.packaging.dossier.checks.planted import DRUNK, FOUND_AS, PLANTED, TWINS, Planted, both_signed, struck_out

STYLE = TUNING[0]
SEED = 1
WITHOUT_PAGE = {"C-08", "S-01", "S-04"}  # what is missing, or was done, stands on no page


@cache
def profile() -> Profile:
    return load_profile()


@cache
def reader() -> PaperReader:
    return PaperReader(profile(), NEVER_WRONG)


@cache
def clean(kind: str) -> Case:
    return sound(draw_case(kind, SEED, STYLE))


def told(case: Case, planted: Planted | None = None) -> Dossier:
    """The case as read, and done by a clerk: scanned, one file brought in and searched."""
    put_together = dossier_of(case, profile(), reader())
    faces = {
        face.original_sha256
        for placed in Subject(put_together, profile(), sealed_on(case)).placed
        for face in placed.document.faces
    }
    arrived = tuple(Step("page.arrived", "李文", sealed_on(case), each, "clerk") for each in sorted(faces))
    scan = MalwareScan("ClamAV 1.4.6", sealed_on(case).date())
    steps = (*arrived, Step("file.imported", "李文", sealed_on(case), "0" * 64, "clerk", scan))
    whole = replace(put_together, steps=steps)
    return planted.spoil(whole) if planted else whole


@cache
def said_before(kind: str) -> frozenset[tuple[str, str, str]]:
    case = clean(kind)
    findings = found(case, told(case))
    return frozenset((each.id, each.key, each.where) for each in findings)


def found(case: Case, dossier: Dossier) -> tuple[Finding, ...]:
    return run_checks(dossier, profile(), now=sealed_on(case))


def hard_to_read(dossier: Dossier) -> Dossier:
    """The same papers, every character read with little confidence."""

    def dim(document: Document) -> Document:
        return replace(document, confidence=0.6, faces=tuple(dimmed(face) for face in document.faces))

    volumes = tuple(
        replace(volume, entries=tuple(replace(entry, document=dim(entry.document)) for entry in volume.entries))
        for volume in dossier.volumes
    )
    loose, frames = (tuple(dim(document) for document in each) for each in (dossier.loose, dossier.frames))
    return replace(dossier, volumes=volumes, loose=loose, frames=frames)


DIMMED: dict[str, Face] = {}  # one reader numbers all faces, so that an id is one face's


def dimmed(face: Face) -> Face:
    if face.id not in DIMMED:
        lines = (
            replace(line, confidence=0.6, chars=tuple(replace(char, confidence=0.6) for char in line.chars))
            for line in face.lines
        )
        DIMMED[face.id] = replace(face, lines=tuple(lines))
    return DIMMED[face.id]


def hits(planted: Planted, findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if each.id == planted.id and planted.at in each.where]


def test_there_are_sixty_and_twenty() -> None:
    assert len(PLANTED) >= 60
    assert len({planted.name for planted in PLANTED}) == len(PLANTED)
    assert len(set(TWINS)) == len(TWINS) >= 20


def test_every_defect_that_is_built_is_planted() -> None:
    table = tomllib.loads(files("dossier.checks").joinpath("where.toml").read_text("utf-8"))
    built = {each for each in table["check"] if each.startswith("DF")}
    planted = {each.id for each in PLANTED}
    assert {each for each in built if FOUND_AS.get(each, each) not in planted} == set()


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_defect_is_found_at_its_place(planted: Planted) -> None:
    spoilt = planted.plant(clean(planted.kind))
    after = hits(planted, found(spoilt, told(spoilt, planted)))
    new = [each for each in after if (each.id, each.key, each.where) not in said_before(planted.kind)]
    assert new
    for each in new:
        assert each.item.strip()
        assert all(all(describe(each, language)) for language in ("zh", "en"))
    for each in new if planted.id not in WITHOUT_PAGE else ():
        assert "p." in each.where or each.where.startswith("- ")
        assert each.rests_on
        assert each.rests_on[0].face == each.face


def test_two_names_in_two_places_are_not_alike() -> None:
    case = clean(DRUNK)
    two, one = (found(case, both_signed(name)(told(case))) for name in ("王芳", "李文"))
    assert [each for each in two if each.id == "DF49"] == []
    alike = [each for each in one if each.id == "DF49"]
    assert {each.severity for each in alike} == {Severity.INFO}
    assert all(len({place.box for place in each.rests_on}) == 2 for each in alike)


def test_words_struck_out_are_asked_about_where_the_stroke_or_the_print_is_doubtful() -> None:
    case, sure, doubtful = clean(DRUNK), 0.95, 0.5
    seen = ((Verdict.FILLED, sure), (Verdict.BLANK, sure), (Verdict.ASK, sure), (Verdict.BLANK, doubtful))
    said = [[each for each in found(case, struck_out(*one)(told(case))) if each.id == "DF35"] for one in seen]
    assert said[0] == []
    assert [{each.asks for each in findings} for findings in said[1:]] == [{False}, {True}, {True}]
    assert {each.severity for findings in said for each in findings} == {Severity.WARN}
    assert {each.where.split()[-1] for each in said[1]} == {"GS01", "ZR01"}


@pytest.mark.parametrize("kind", sorted({planted.kind for planted in PLANTED if planted.id in ("S-01", "S-04")}))
def test_a_trail_in_which_all_was_done_as_it_may_be_is_silent(kind: str) -> None:
    assert {id for id, _, _ in said_before(kind)} & {"S-01", "S-04", "C-04"} == set()


@pytest.mark.parametrize("name", TWINS)
def test_the_same_hard_to_read_is_asked(name: str) -> None:
    planted = next(each for each in PLANTED if each.name == name)
    spoilt = planted.plant(clean(planted.kind))
    asked = hits(planted, found(spoilt, hard_to_read(dossier_of(spoilt, profile(), reader()))))
    assert asked
    assert all(each.asks and each.severity is not Severity.BLOCK for each in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_sound_cases_with_the_engines_own_errors_are_not_blocked(kind: str) -> None:
    for style in HELDOUT:
        case = sound(draw_case(kind, 2, style))
        findings = found(case, dossier_of(case, profile(), PaperReader(profile())))
        assert [each for each in findings if each.severity is Severity.BLOCK] == []
