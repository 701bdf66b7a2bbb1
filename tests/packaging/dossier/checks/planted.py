"""The defects that are planted: in which kind of case, what is found, and on which kind of paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from casebook import Case, Person
from sound_case import ROOM, SOURCED

from dossier.model import Dossier, Face, Step
from ocr.imaging.types import StrikeOut, Verdict
from tests.packaging.dossier.checks.pages import with_faces, written
from tests.packaging.dossier.checks.planting import (
    both,
    catalogue,
    drop,
    faces,
    falling_serials,
    form,
    later,
    misnamed,
    officer_as_witness,
    other,
    rewritten,
    same_hour,
    seal_aside,
    set_,
    shared_number,
    swapped,
    without_words,
)

Entry = tuple[str, int]  # title and page
DRUNK, THEFT, INJURY = "drunk_driving", "theft", "injury"
# A defect that is found under another id: that of its check, or of a time limit.
FOUND_AS = {
    "DF12": "D-JL-TZ",
    "DF13": "D-JL-IN",
    "DF14": "D-JL-XW",
    "DF15": "D-CHUAN",
    "DF34": "C-09",
    "DF38": "C-05",
    "DF39": "C-05",
    "DF44": "C-09",
    "DF46": "D-TQ",
    "DF48": "A-07",
}


Steps = tuple[Step, ...]


@dataclass(frozen=True)
class Planted:
    """A defect in a sound case: what is found (`id`) and the kind of paper it points at. `spoil`: what is wrong with
    what the trail says was done, or with what was seen on the pages."""

    name: str
    kind: str
    id: str
    at: str
    plant: Callable[[Case], Case] = lambda case: case
    spoil: Callable[[Dossier], Dossier] = lambda dossier: dossier


def scanned(**wrong: Any) -> Callable[[Dossier], Dossier]:
    """Another outcome of the search for malware."""
    return stepped(lambda steps: tuple(replace(step, scan=step.scan and replace(step.scan, **wrong)) for step in steps))


def infected(steps: Steps) -> Steps:
    """A file with malware, refused when it was brought in."""
    (brought,) = (step for step in steps if step.event == "file.imported")
    assert brought.scan is not None
    return (*steps, replace(brought, event="file.infected", scan=replace(brought.scan, found="Eicar-Test")))


def taken(**wrong: Any) -> Callable[[Dossier], Dossier]:
    """One more step of this kind; one that nobody may take."""
    return stepped(lambda steps: (*steps, replace(steps[0], event="filing.corrected", **wrong)))


def stepped(change: Callable[[Steps], Steps]) -> Callable[[Dossier], Dossier]:
    return lambda dossier: replace(dossier, steps=change(dossier.steps or ()))


def both_signed(name: str) -> Callable[[Dossier], Dossier]:
    """Who questions and who writes the record sign by one name; in a sound case by two."""
    shapes = {"讯问人(签名)": written("李文", 1), "记录人(签名)": written(name, 2)}

    def signed(face: Face) -> Face:
        zones = (
            replace(zone, ink=replace(zone.ink, shape=shapes.get(zone.label.label, zone.ink.shape)))
            for zone in face.zones
        )
        return replace(face, zones=tuple(zones))

    return lambda dossier: with_faces(dossier, signed)


def struck_out(fingerprint: Verdict, sure: float = 0.95) -> Callable[[Dossier], Dossier]:
    """Words struck out on every page."""
    strike = StrikeOut((500, 900, 300, 10), sure, fingerprint)
    return lambda dossier: with_faces(dossier, lambda face: replace(face, strike_outs=(strike,)))


def day_after(person: Person) -> dt.date:
    return person.birth + dt.timedelta(days=1)


def shifted(entries: list[Entry]) -> list[Entry]:
    """The pages of a catalogue one on, after its seventh line."""
    return [*entries[:7], *((title, page + 1) for title, page in entries[7:])]


def without_record(entries: list[Entry]) -> list[Entry]:
    return [entry for entry in entries if "犯罪" not in entry[0]]


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
    Planted("rights not mentioned", INJURY, "DF04", "GS01", without_words("GS01", "权利义|告知书")),
    Planted("breath device out of date", DRUNK, "DF08", "JT02", rewritten("JT02", "2026-01-08", "2024-10-08")),
    Planted("number of another year", DRUNK, "DF10", "LA03", rewritten("LA03", "2026〕", "2025〕")),
    Planted("serials fall", THEFT, "DF11", "QZ03", falling_serials),
    Planted("born on another day", INJURY, "DF22", "GS01", set_("GS01", p=other("p", birth=day_after))),
    Planted("listed and not there", INJURY, "DF28", "FM02", drop("SZ04")),
    Planted("there and not listed", INJURY, "DF28", "SZ03", catalogue(without_record, 2)),
    Planted("listed on other pages", INJURY, "DF28", "FM02", catalogue(shifted, 2)),
    Planted("remarks sheet with other pages", INJURY, "C-11", "FM08", set_("FM08", pages=3)),
    Planted("cover with other volumes", INJURY, "C-11", "FM01", set_("FM01", volumes=3)),
    Planted("witness has not signed", INJURY, "C-09", "WZ01", set_("WZ01", unsigned=("见证人",))),
    Planted("no place for a witness", INJURY, "DF30", "WZ01", without_words("WZ01", "见证人")),
    Planted("officer as witness", INJURY, "DF31", "BR01", officer_as_witness),
    Planted("too few photographs", INJURY, "DF32", "BR01", rewritten("BR01", "12张", "9张")),
    Planted(
        "blank not filled",
        THEFT,
        "DF36",
        "QZ03",
        rewritten("QZ03", r"已于.*?时", "已于  年  月  日  时"),
    ),
    Planted("seal not over the date", THEFT, "DF41", "QZ13", seal_aside("QZ13")),
    Planted("article of the old law", THEFT, "DF42", "QZ03", rewritten("QZ03", "第八十二条", "第八十条")),
    Planted("licence expired", DRUNK, "DF43", "JD02", rewritten("JD02", "2027年5月9日", "2025年5月9日")),
    Planted("one expert", DRUNK, "C-09", "JD01", set_("JD01-blood", unsigned=("鉴定人",))),
    Planted("file with malware", DRUNK, "S-01", "case", spoil=stepped(infected)),
    Planted("file nobody searched", DRUNK, "S-01", "case", spoil=scanned(scanner="")),
    Planted("old signatures", DRUNK, "S-01", "case", spoil=scanned(signatures=dt.date(2024, 1, 1))),
    Planted("administrator files", DRUNK, "S-04", "case", spoil=taken(role="administrator")),
    Planted("nobody on the list", DRUNK, "S-04", "case", spoil=taken(by="周五", role="")),
    Planted("one name in two places", DRUNK, "DF49", "GS01", spoil=both_signed("李文")),
    Planted("struck out without a print", DRUNK, "DF35", "GS01", spoil=struck_out(Verdict.BLANK)),
    Planted("copy without its origin", INJURY, "DF50", "SZ01", without_words("SZ01-hospital", SOURCED)),
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
    "breath device out of date",
    "number of another year",
    "born on another day",
    "listed on other pages",
    "remarks sheet with other pages",
    "too few photographs",
    "officer as witness",
    "article of the old law",
    "licence expired",
)
