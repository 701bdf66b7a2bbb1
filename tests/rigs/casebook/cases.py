"""The four kinds of cases, and one paper of every form."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

from casebook.laying import lay
from casebook.model import Case, Laid, Paper
from casebook.setting import forms
from casebook.story import Story, tell
from casebook.style import Style

KINDS = ("drunk_driving", "theft", "injury", "fraud")
CALLED = ("theft", "injury", "fraud")  # cases with lists of calls, in styles that have them

# form, volume, values of its own. `p`: whom it is about, by name in the story; `pages`: wanted faces.
Wanted = tuple[str, str, dict[str, Any]]


def draw_case(kind: str, seed: int, style: Style) -> Case:
    """One case; the same kind, seed and style give the same papers. Raises `KeyError` for a kind that is not known."""
    story = tell(kind, seed, style)
    wanted = list(PLANS[kind](story))
    if style.phone and kind in CALLED:
        wanted = list(_with_calls(wanted))
    if style.frame:
        wanted = list(_framed(wanted))
    return _case(kind, story, style, wanted)


def _case(kind: str, story: Story, style: Style, wanted: list[Wanted]) -> Case:
    papers = [_paper(story, style, number, *one) for number, one in enumerate(wanted, start=1)]
    return Case(
        kind=kind,
        seed=story.seed,
        style=style.name,
        case_no=story.case_no,
        name=str(story.values["case"]),
        charge=str(story.values["charge"]),
        persons=story.persons,
        tags=story.tags,
        papers=tuple(_foliated(papers, style)),
    )


def draw_forms(seed: int, style: Style) -> Case:
    """A pile of one paper of every form there is, of an injury case."""
    story = tell("injury", seed, style)
    left_out = {"SZ02", "" if style.phone else "SZ01-phone"}  # SZ02-both has the first one
    once = (form for form in forms() if form not in left_out)
    wanted: list[Wanted] = [(form, "W", {"pages": 2}) for form in once]
    return _case("forms", story, style, wanted)


def _paper(story: Story, style: Style, number: int, form: str, volume: str, values: dict[str, Any]) -> Paper:
    own = story.values_for(form, number, values)
    return Paper(f"{story.kind}-{number:03d}", form, volume, own, partial(_lay, style))


def _lay(style: Style, paper: Paper) -> Laid:
    return lay(paper, style)


def _foliated(papers: list[Paper], style: Style) -> Iterator[Paper]:
    """The papers knowing their first page number in the volume."""
    pages: dict[str, int] = {}
    for paper in papers:
        if not style.folio:
            yield paper
            continue
        first = pages.get(paper.volume, 1)
        pages[paper.volume] = first + len(paper.faces)
        yield paper.altered(folio=first)


def _with_calls(wanted: list[Wanted]) -> Iterator[Wanted]:
    """With lists of calls before the first statement of account, or before the photographs."""
    at = next(n for n, (form, _, _) in enumerate(wanted) if form in ("SZ01-bank", "WZ07"))
    yield from wanted[:at]
    yield "SZ01-phone", "Z", {"pages": 3}
    yield "SZ01-phone", "Z", {"p": "v", "pages": 2}
    yield from wanted[at:]


def _framed(wanted: list[Wanted]) -> Iterator[Wanted]:
    """With the old cover, catalogue and remarks sheet around each volume."""
    titles = {"W": "诉讼文书卷", "Z": "证据材料卷"}
    for number, (code, title) in enumerate(titles.items(), start=1):
        inside = [one for one in wanted if one[1] == code]
        entries = [
            (blocks[1].split("|")[0].strip("<") if blocks else "讯问笔录", 1 + i)
            for i, blocks in enumerate(_title_block(form) for form, _, _ in inside)
        ]
        yield "FM01", code, {"volume": title, "volume_no": number}
        yield "FM02", code, {"entries": [entry for entry in entries if "{" not in entry[0]][:24]}
        yield from inside
        yield "FM08", code, {}
    yield from (one for one in wanted if one[1] == "X")


def _title_block(form: str) -> tuple[str, str] | None:
    return next((block for block in forms()[form] if block[0] == "title"), None)


def _drunk_driving(story: Story) -> Iterator[Wanted]:
    w, z = "W", "Z"
    for form in ("LA01", "LA02", "LA03", "QZ01", "QZ21", "QZ22", "QZ23", "ZC01", "ZC04", "ZC14", "ZC15"):
        yield form, w, {}
    yield "JD01-blood", w, {}
    yield "JD02", w, {}
    yield "ZJ06", w, {}
    yield "ZA01", z, {}
    yield "ZA02", z, {}
    yield "GS01", z, {"ordinal": 1, "pages": 4}
    yield "GS01", z, {"ordinal": 2, "pages": 2}
    yield "ZR01", z, {"p": "w", "pages": 2}
    yield "SZ02-both", z, {}
    yield "SZ03", z, {}
    yield "JT02", z, {}
    yield "JT04", z, {}
    yield "JT01", z, {}
    yield "JT03", z, {}
    yield "ZC19", z, {}
    yield "WZ07", z, {"pages": 4}
    yield "ST01", z, {}
    yield "QT01", z, {}
    yield "ZJ05", "X", {"length": 2}


def _custody(person: str) -> Iterator[Wanted]:
    yield "QZ01", "W", {"p": person}
    yield "QZ03", "W", {"p": person}
    yield "QZ04", "W", {"p": person}
    yield "QZ36", "W", {"p": person}
    yield "QZ06", "W", {"p": person}


def _arrest(person: str) -> Iterator[Wanted]:
    yield "QZ13", "W", {"p": person}
    yield "QZ14", "W", {"p": person}


def _theft(story: Story) -> Iterator[Wanted]:
    w, z = "W", "Z"
    for form in ("LA01", "LA02", "LA03", "LA04"):
        yield form, w, {}
    for person in ("s", "s2"):
        yield from _custody(person)
    yield "QZ07", w, {"length": 6}
    for person in ("s", "s2"):
        yield "QZ08", w, {"p": person}
        yield from _arrest(person)
    for person in ("s", "s2"):
        yield "ZC01", w, {"p": person}
    yield "ZC02", w, {"p": "v"}
    for form in ("ZC06", "ZC07", "ZC08", "ZC10", "ZC14"):
        yield form, w, {}
    for person in ("s", "s2", "v"):
        yield "ZC15", w, {"p": person}
    yield "ZC18", w, {}
    yield "DQ01", w, {}
    for person in ("s", "s2"):
        yield "ZJ06", w, {"p": person}
        yield "QZ35", w, {"p": person}
    yield "ZA01", z, {}
    yield "ZA02", z, {}
    yield "ZA02", z, {"p": "s2"}
    for person in ("s", "s2"):
        yield "GS01", z, {"p": person, "ordinal": 1, "pages": 5}
        yield "GS01", z, {"p": person, "ordinal": 2, "pages": 3}
        yield "GS01", z, {"p": person, "ordinal": 3, "pages": 3}
    yield "BH01", z, {"p": "v", "pages": 3}
    yield "BH01", z, {"p": "v2", "pages": 2}
    yield "ZR01", z, {"p": "w", "pages": 2}
    yield "BR01", z, {"p": "v"}
    yield "BR03", z, {"length": 3}
    yield "BR02", z, {}
    for form in ("WZ01", "WZ05", "WZ02"):
        yield form, z, {"p": "v"} if form != "WZ01" else {}
    yield "WZ07", z, {"pages": 6}
    yield "SZ01-bank", z, {"pages": 8}
    yield "ST01", z, {}
    for person in ("s", "s2", "v"):
        yield "SZ02", z, {"p": person}
    for person in ("s", "s2"):
        yield "SZ03", z, {"p": person}
    yield "SZ04", z, {}
    yield "GS02", z, {}
    yield "QT01", z, {}
    yield "ZJ07", "X", {}
    yield "ZJ05", "X", {"length": 8}


def _injury(story: Story) -> Iterator[Wanted]:
    w, z = "W", "Z"
    for form in ("LA01", "LA02", "LA03", "LA04"):
        yield form, w, {}
    yield from _custody("s")
    yield "QZ07", w, {"length": 4}
    yield "QZ08", w, {}
    yield from _arrest("s")
    yield "ZC01", w, {}
    yield "ZC02", w, {"p": "v"}
    yield "ZC05", w, {"p": "v"}
    yield "ZC03", w, {"p": "w"}
    yield "ZC14", w, {"p": "v"}
    yield "ZC15", w, {}
    yield "ZC15", w, {"p": "v"}
    yield "JD01-injury", w, {"p": "v"}
    yield "JD02", w, {}
    yield "ZJ06", w, {}
    yield "ZJ06", w, {"p": "v"}
    yield "QZ35", w, {}
    yield "ZA01", z, {}
    yield "ZA02", z, {}
    yield "GS01", z, {"ordinal": 1, "pages": 4}
    yield "GS01", z, {"ordinal": 2, "pages": 3}
    yield "BH01", z, {"p": "v", "pages": 4}
    for person, pages in (("w", 3), ("w2", 3), ("w3", 2)):
        yield "ZR01", z, {"p": person, "pages": pages}
    yield "BR01", z, {"p": "v"}
    yield "BR01", z, {"p": "w2"}
    yield "BR03", z, {"length": 3}
    yield "WZ01", z, {}
    yield "WZ07", z, {"pages": 4}
    yield "SZ01-hospital", z, {"p": "v", "length": 4}
    yield "SZ02", z, {}
    yield "SZ02", z, {"p": "v"}
    yield "SZ03", z, {}
    yield "SZ04", z, {}
    yield "ST01", z, {}
    yield "QT01", z, {}
    yield "TY01", w, {}
    yield "ZJ05", "X", {"length": 5}


def _fraud(story: Story) -> Iterator[Wanted]:
    """600 pages: many victims' records, statements of accounts, chats, lists of files."""
    w, z = "W", "Z"
    rng = random.Random(f"fraud/{story.seed}")
    for form in ("LA01", "LA02", "LA03", "LA04"):
        yield form, w, {}
    yield from _custody("s")
    yield "QZ07", w, {"length": 14}
    yield "QZ08", w, {}
    yield from _arrest("s")
    yield "ZC01", w, {}
    yield "ZC04", w, {}
    for _ in range(6):
        yield "ZC11", w, {}
        yield "ZC07", w, {}
    yield "ZC10", w, {}
    yield "ZC18", w, {}
    yield "ZJ06", w, {}
    yield "QZ35", w, {}
    yield "ZA01", z, {}
    yield "ZA02", z, {}
    for ordinal in range(1, 8):
        yield "GS01", z, {"ordinal": ordinal, "pages": rng.randint(4, 11)}
    for number in range(1, 25):
        victim = "v" if number == 1 else f"v{number}"
        yield "BH01", z, {"p": victim, "pages": rng.randint(3, 6)}
        yield "SZ01-chat", z, {"p": victim, "pages": rng.randint(3, 7)}
        yield "SZ01-bank", z, {"p": victim, "pages": rng.randint(2, 7)}
    for person in ("w", "w2", "w3"):
        yield "ZR01", z, {"p": person, "pages": 3}
    for _ in range(4):
        yield "SZ01-bank", z, {"pages": rng.randint(25, 40)}
    yield "ST02", z, {"pages": 12}
    yield "WZ01", z, {}
    yield "WZ07", z, {"pages": 8}
    yield "BR06", z, {}
    yield "SZ02", z, {}
    yield "SZ03", z, {}
    yield "GS03", z, {}
    yield "QT01", z, {}
    yield "ZJ05", "X", {"length": 24}


PLANS = {"drunk_driving": _drunk_driving, "theft": _theft, "injury": _injury, "fraud": _fraud}
