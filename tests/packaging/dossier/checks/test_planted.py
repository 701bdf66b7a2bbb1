"""Sixty planted defects: each found at its place; hard to read, it is asked; sound cases are never blocked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from casebook import HELDOUT, KINDS, TUNING, Case, Laid, Paper, draw_case
from casefile_of import NEVER_WRONG, PaperReader, dossier_of, sealed_on
from sound_case import ROOM, sound, warrant

from dossier.checks import run_checks
from dossier.model import Document, Dossier, Face, Finding, Severity
from dossier.profile import Profile, load_profile

STYLE = TUNING[0]
SEEDS = {"drunk_driving": 1, "theft": 1, "injury": 1, "fraud": 1}


@dataclass(frozen=True)
class Planted:
    """A defect in a sound case: what is found (`ids`, any of them) and the kind of paper it points at."""

    name: str
    kind: str
    ids: str
    at: str
    plant: Callable[[Case], Case]


@cache
def profile() -> Profile:
    return load_profile()


@cache
def reader() -> PaperReader:
    return PaperReader(profile(), NEVER_WRONG)


@cache
def clean(kind: str) -> Case:
    return sound(draw_case(kind, SEEDS[kind], STYLE))


@cache
def said_before(kind: str) -> frozenset[tuple[str, str, str]]:
    case = clean(kind)
    findings = found(case, dossier_of(case, profile(), reader()))
    return frozenset((each.id, each.key, each.where) for each in findings)


def set_(form: str, number: int = 1, /, **values: Any) -> Callable[[Case], Case]:
    """Other values on one paper; a function gets the paper."""

    def plant(case: Case) -> Case:
        paper = case.paper(form, number)
        return case.altered(paper, **{key: value(paper) if callable(value) else value for key, value in values.items()})

    return plant


def drop(*forms: str) -> Callable[[Case], Case]:
    return lambda case: replace(case, papers=tuple(paper for paper in case.papers if paper.form not in forms))


def both(*plants: Callable[[Case], Case]) -> Callable[[Case], Case]:
    def plant(case: Case) -> Case:
        for each in plants:
            case = each(case)
        return case

    return plant


def form(old: str, new: str) -> Callable[[Case], Case]:
    """Another copy of the same form."""

    def plant(case: Case) -> Case:
        paper = case.paper(old)
        return replace(case, papers=tuple(replace(p, form=new) if p.id == paper.id else p for p in case.papers))

    return plant


def faces(form: str, order: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> Callable[[Case], Case]:
    """The faces of one paper in another order, some missing or twice."""

    def plant(case: Case) -> Case:
        paper = case.paper(form)

        def lay(own: Paper) -> Laid:
            laid = paper.lay(own)
            return replace(laid, faces=order(laid.faces))

        return replace(case, papers=tuple(replace(p, lay=lay) if p.id == paper.id else p for p in case.papers))

    return plant


def later(key: str, **delta: float) -> Callable[[Paper], Any]:
    return lambda paper: paper.values[key].later(**delta)


def other(key: str, **changes: Any) -> Callable[[Paper], Any]:
    return lambda paper: replace(paper.values[key], **{k: v(paper.values[key]) for k, v in changes.items()})


def swapped(person: Any) -> str:
    number = person.id
    for place in range(10, 16):
        if number[place] != number[place + 1]:
            return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    return number[:16] + str((int(number[16]) + 1) % 10) + number[17]


def misnamed(person: Any) -> str:
    return person.name[:-1] + ("晖" if person.name[-1] != "晖" else "辉")


def next_suspect(case: Case, name: str) -> Paper:
    found = warrant(case, "QZ03", name)
    assert found is not None
    return found


def shared_number(case: Case) -> Case:
    first = case.paper("QZ03")
    return case.altered(case.paper("QZ03", 2), serial=first.values["serial"], at=first.values["at"])


def same_hour(case: Case) -> Case:
    record = case.paper("GS01")
    moved = {key: record.values[key] for key in ("t0", "t1", "o1")}
    return case.altered(case.paper("ZR01"), place="望陵分局询问室5", **moved)


DRUNK, THEFT, INJURY = "drunk_driving", "theft", "injury"
PLANTED = (
    *(Planted(f"missing {kind}", DRUNK, "C-08", kind, drop(kind)) for kind in ("LA02", "ZA02", "SZ03", "JT02", "QZ22")),
    Planted("missing notice of arrest", THEFT, "C-08", "QZ14", drop("QZ14")),
    Planted("missing price", THEFT, "C-08", "DQ01", drop("DQ01")),
    Planted("unsigned duties", DRUNK, "C-09", "QZ22", set_("QZ22", unsigned=("被取保候审人",))),
    Planted("unsigned rights", DRUNK, "C-09", "ZC01", set_("ZC01", unsigned=("犯罪嫌疑人",))),
    Planted("unsigned record", DRUNK, "C-09", "GS01", set_("GS01", unsigned=("被讯问人",))),
    Planted("unsigned blood sample", DRUNK, "C-09", "JT01", set_("JT01", unsigned=("当事人",))),
    Planted("no print on the rights", INJURY, "C-09", "ZC01", set_("ZC01", unprinted=("犯罪嫌疑人",))),
    Planted("unsealed warrant", THEFT, "C-09", "QZ03", set_("QZ03", unsealed=True)),
    Planted("stub of the warrant", THEFT, "DF37", "QZ03", form("QZ03", "QZ03-stub")),
    Planted("family's copy", THEFT, "DF37", "QZ14", form("QZ14", "QZ14-family")),
    Planted("executing unit's copy", DRUNK, "DF37", "QZ21", form("QZ21", "QZ21-executing")),
    Planted("pages swapped", DRUNK, "C-05", "GS01", faces("GS01", lambda f: (f[0], f[2], f[1], *f[3:]))),
    Planted("page missing", DRUNK, "C-05", "GS01", faces("GS01", lambda f: (*f[:1], *f[2:]))),
    Planted("page doubled", INJURY, "C-05", "GS01", faces("GS01", lambda f: (*f[:2], *f[1:]))),
    Planted("last page missing", INJURY, "C-05", "GS01", faces("GS01", lambda f: f[:-1])),
    Planted("ordinal jumps", DRUNK, "C-05", "GS01", set_("GS01", 2, ordinal=4)),
    Planted("ordinal repeats", INJURY, "C-05", "GS01", set_("GS01", 2, ordinal=1)),
    Planted("opened after the measure", THEFT, "A-07", "QZ", set_("LA03", at=later("at", days=20))),
    Planted("received after opening", THEFT, "A-07", "LA03", set_("LA01", at=later("at", days=3))),
    Planted("dated tomorrow", DRUNK, "A-07", "QT01", set_("QT01", at=later("at", days=90))),
    Planted("rights after the record", INJURY, "DF03", "GS01", set_("ZC01", at=later("at", days=1))),
    Planted("appraised before receipt", INJURY, "DF05", "JD01", set_("JD01-injury", t0=later("at", days=2))),
    Planted("blood drawn after receipt", DRUNK, "DF06", "JD01", set_("JT01", at=later("at", days=8))),
    Planted("other bag", DRUNK, "DF06", "JD01", set_("JD01-blood", bag="A0213X")),
    Planted("breath after blood", DRUNK, "DF07", "JT01", set_("JT02", at=later("at", hours=3))),
    Planted("arrested before approval", INJURY, "DF47", "QZ13", set_("QZ13", at=later("at", days=-3))),
    Planted("ends before it starts", INJURY, "DF18", "GS01", set_("GS01", t1=later("t0", minutes=-15))),
    Planted("written too fast", INJURY, "DF18", "BH01", set_("BH01", t1=later("t0", minutes=3))),
    Planted("family told late", INJURY, "D-JL-TZ", "QZ04", set_("QZ04", at=later("at", days=3))),
    Planted("jail late", INJURY, "D-JL-IN", "QZ03", set_("QZ03", t1=later("t0", hours=27))),
    Planted(
        "not heard in time",
        INJURY,
        "D-JL-XW",
        "GS01",
        set_("GS01", 2, t0=later("t0", hours=30), t1=later("t1", hours=30), at=later("at", hours=30)),
    ),
    Planted("not heard after arrest", INJURY, "D-DB-XW", "QZ13", lambda case: case.without(case.paper("GS01", 3))),
    Planted("summons too long", DRUNK, "D-CHUAN", "QZ01", set_("QZ01", t2=later("t1", hours=20))),
    Planted("arrest asked late", INJURY, "D-TQ", "QZ07", drop("QZ06")),
    Planted("told of arrest late", INJURY, "D-DB-TZ", "QZ14", set_("QZ14", at=later("at", days=3))),
    Planted("custody too long", INJURY, "D-ZJ", "ZJ05", set_("ZJ05", at=later("at", days=60))),
    Planted("identity number swapped", THEFT, "A-17", "SZ02", set_("SZ02", p=other("p", id=swapped))),
    Planted("identity number of the record", DRUNK, "A-17", "GS01", set_("GS01", p=other("p", id=swapped))),
    Planted("other person's name", DRUNK, "DF21", "QZ21", set_("QZ21", p=other("p", name=misnamed))),
    Planted("name on the warrant", INJURY, "DF21", "QZ03", set_("QZ03", p=other("p", name=misnamed))),
    Planted("name in the record", INJURY, "DF21", "GS01", set_("GS01", p=other("p", name=misnamed))),
    Planted("volumes declared", DRUNK, "DF27", "ZJ05", set_("ZJ05", volumes_words="叁")),
    Planted("pages declared", THEFT, "DF27", "ZJ05", set_("ZJ05", pages=999)),
    Planted("notice with other value", DRUNK, "DF25", "ZC15", set_("ZC15", result="乙醇含量为152.3mg/100mL")),
    Planted("notice with other grade", INJURY, "DF25", "ZC15", set_("ZC15", result="损伤程度为轻伤一级")),
    Planted("opinion with other value", DRUNK, "DF26", "ZJ05", set_("ZJ05", story="血液中乙醇含量为125.3mg/100mL。")),
    Planted("opinion with other grade", INJURY, "DF26", "ZJ05", set_("ZJ05", story="经鉴定为重伤二级。")),
    Planted("opinion with other price", THEFT, "DF26", "ZJ05", set_("ZJ05", story="盗窃财物价值人民币77700元。")),
    Planted("base date of the price", THEFT, "DF45", "DQ01", set_("DQ01", t0=later("t0", days=4))),
    Planted("minor without guardian", INJURY, "DF23", "BH01", set_("BH01", place="望陵分局询问室3")),
    Planted("guardian not called", INJURY, "C-08", "ZC05", drop("ZC05")),
    Planted("victim not told", INJURY, "DF24", "JD01", lambda case: case.without(case.paper("ZC15", 2))),
    Planted("number quoted", INJURY, "DF40", "GS01", set_("GS01", 2, ref_custody="清公(望)拘字〔2026〕7号")),
    Planted("number of two persons", THEFT, "DF09", "QZ03", shared_number),
    Planted("heard outside the jail", INJURY, "DF01", "GS01", set_("GS01", 2, place=ROOM)),
    Planted("two rooms at once", DRUNK, "DF02", "", same_hour),
    Planted("beyond the summons", INJURY, "DF16", "GS01", set_("GS01", t1=later("t1", hours=3))),
    Planted("another room", DRUNK, "DF17", "GS01", set_("GS01", place="望陵分局办案区讯问室3")),
    Planted("no visit entered", THEFT, "DF19", "GS01", set_("ZC18", t1=later("t1", days=9), t3=later("t3", days=9))),
    Planted("charge changed", THEFT, "DF20", "QZ13", set_("QZ13", crime="诈骗罪", charge="诈骗")),
    Planted("identified first", INJURY, "DF33", "BR01", set_("BR01", t0=later("filed", days=-1))),
    Planted("things left over", THEFT, "DF29", "WZ01", both(set_("ZJ07", things=()), set_("WZ05", things=()))),
)
TWINS = (
    "rights after the record",
    "appraised before receipt",
    "blood drawn after receipt",
    "other bag",
    "arrested before approval",
    "ends before it starts",
    "family told late",
    "jail late",
    "not heard in time",
    "told of arrest late",
    "custody too long",
    "other person's name",
    "name on the warrant",
    "name in the record",
    "volumes declared",
    "pages declared",
    "notice with other value",
    "opinion with other value",
    "opinion with other price",
    "heard outside the jail",
    "beyond the summons",
    "stub of the warrant",
    "pages swapped",
    "opened after the measure",
    "received after opening",
)


def found(case: Case, dossier: Dossier) -> tuple[Finding, ...]:
    return run_checks(dossier, profile(), now=sealed_on(case))


def hard_to_read(dossier: Dossier) -> Dossier:
    """The same papers, every character read with little confidence."""

    def dim_face(face: Face) -> Face:
        lines = tuple(
            replace(line, confidence=0.6, chars=tuple(replace(char, confidence=0.6) for char in line.chars))
            for line in face.lines
        )
        return replace(face, lines=lines)

    def dim(document: Document) -> Document:
        return replace(document, confidence=0.6, faces=tuple(dim_face(face) for face in document.faces))

    volumes = tuple(
        replace(volume, entries=tuple(replace(entry, document=dim(entry.document)) for entry in volume.entries))
        for volume in dossier.volumes
    )
    return replace(dossier, volumes=volumes, loose=tuple(dim(document) for document in dossier.loose))


def hits(planted: Planted, findings: tuple[Finding, ...]) -> list[Finding]:
    return [each for each in findings if each.id == planted.ids and planted.at in each.where]


def test_there_are_sixty() -> None:
    assert len(PLANTED) >= 60
    assert len({planted.name for planted in PLANTED}) == len(PLANTED)
    assert len(TWINS) >= 20


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_defect_is_found_at_its_place(planted: Planted) -> None:
    spoilt = planted.plant(clean(planted.kind))
    after = hits(planted, found(spoilt, dossier_of(spoilt, profile(), reader())))
    assert [each for each in after if (each.id, each.key, each.where) not in said_before(planted.kind)]
    assert all("p." in each.where or each.where.startswith("- ") for each in after if each.id != "C-08")


@pytest.mark.parametrize("name", TWINS)
def test_the_same_hard_to_read_is_asked(name: str) -> None:
    planted = next(each for each in PLANTED if each.name == name)
    spoilt = planted.plant(clean(planted.kind))
    asked = hits(planted, found(spoilt, hard_to_read(dossier_of(spoilt, profile(), reader()))))
    assert asked
    assert all(each.asks and each.severity is not Severity.BLOCK for each in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_sound_cases_with_the_engines_own_errors_are_not_blocked(kind: str) -> None:
    for style in HELDOUT if kind != "fraud" else HELDOUT[:1]:  # 600 pages
        case = sound(draw_case(kind, 2, style))
        assert [
            each
            for each in found(case, dossier_of(case, profile(), PaperReader(profile())))
            if each.severity is Severity.BLOCK
        ] == []
