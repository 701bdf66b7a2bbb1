"""Ways of spoiling a sound case: another value on a paper, a paper or a page missing, words rewritten, a seal moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from casebook import Case, Face, Laid, Paper
from sound_case import warrant


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


def faces(form: str, order: Callable[[tuple[Face, ...]], tuple[Face, ...]]) -> Callable[[Case], Case]:
    """The faces of one paper in another order, some missing or twice."""
    return laid_anew(form, lambda laid: replace(laid, faces=order(laid.faces)))


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


def laid_anew(form: str, change: Callable[[Laid], Laid], number: int = 1) -> Callable[[Case], Case]:
    """One paper changed after it was laid out."""

    def plant(case: Case) -> Case:
        paper = case.paper(form, number)
        changed = replace(paper, lay=lambda own: change(paper.lay(own)))
        return replace(case, papers=tuple(changed if p.id == paper.id else p for p in case.papers))

    return plant


def rewritten(form: str, pattern: str, words: str, number: int = 1) -> Callable[[Case], Case]:
    """Other words on the paper; a document's number changes with them."""

    def change(laid: Laid) -> Laid:
        assert any(re.search(pattern, piece.text) for face in laid.faces for piece in face.prints)
        number_now = laid.truth.number and re.sub(pattern, words, laid.truth.number)
        return replace(_pieces(laid, pattern, words), truth=replace(laid.truth, number=number_now))

    return laid_anew(form, change, number)


def without_words(form: str, pattern: str) -> Callable[[Case], Case]:
    """The lines that hold some words are not there."""
    return rewritten(form, rf".*(?:{pattern}).*", "")


def seal_aside(form: str) -> Callable[[Case], Case]:
    """The seal at the head of the page."""

    def change(laid: Laid) -> Laid:
        return replace(laid, faces=tuple(_seal_on_top(face) for face in laid.faces))

    return laid_anew(form, change)


def _pieces(laid: Laid, pattern: str, words: str) -> Laid:
    def face_with(face: Face) -> Face:
        prints = (replace(piece, text=re.sub(pattern, words, piece.text)) for piece in face.prints)
        return replace(face, prints=tuple(piece for piece in prints if piece.text.strip()))

    return replace(laid, faces=tuple(face_with(face) for face in laid.faces))


def _seal_on_top(face: Face) -> Face:
    stamps = (replace(stamp, left=20.0, top=5.0) if stamp.kind == "seal" else stamp for stamp in face.stamps)
    return replace(face, stamps=tuple(stamps))


def catalogue(change: Callable[[list[Any]], list[Any]], number: int = 1) -> Callable[[Case], Case]:
    """The old catalogue of a volume with other lines."""

    def plant(case: Case) -> Case:
        sheet = case.paper("FM02", number)
        return case.altered(sheet, entries=change(list(sheet.values["entries"])))

    return plant


def falling_serials(case: Case) -> Case:
    """The later warrant has the smaller number."""
    first, second = case.paper("QZ03"), case.paper("QZ03", 2)
    later_one = second.altered(serial=15, at=first.values["at"].later(days=1))
    case = case.altered(first, serial=700)
    return replace(case, papers=tuple(later_one if p.id == second.id else p for p in case.papers))


def officer_as_witness(case: Case) -> Case:
    act = case.paper("BR01")
    return case.altered(act, w=act.values["o1"])
