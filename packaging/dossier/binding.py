"""Binding (分册装订): the documents of one volume kind in their order become volumes with numbered pages. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from dossier.corrections import Kinded
from dossier.model import Case, Document, Entry, Volume
from dossier.profile import DocumentKind, Profile, VolumeKind

SUSPECT = "嫌疑人"
GENERAL = "综合"  # what concerns no single suspect or charge
LAST = 1_000_000  # sorts what is not known behind what is


def position(case: Case, kinded: Kinded, volume: VolumeKind) -> tuple[object, ...]:
    """Sort key inside a volume kind, by the profile's `order_by`; equal ones stay as scanned."""
    document, kind = kinded
    keys = {
        "kind": kind.order,
        "person": _person_order(case, document, kind),
        "ordinal": document.ordinal or LAST,
        "date": document.date or dt.date.max,
    }
    return tuple(keys[name] for name in volume.order_by)


def bind(case: Case, documents: Sequence[Kinded], kind: VolumeKind, made: int, profile: Profile) -> list[Volume]:
    """Make volumes of documents in order; `made` volumes stand before them in the submission.

    Within the page limit it is one volume. Else the profile's `split` rules part it, one after the other as long as
    parts pass the limit: a joint case by persons, a case of several charges by them, then by groups of kinds; at last
    between documents. Only a single longer document passes the limit, in a volume of its own.
    """
    parts = _parts(case, documents, kind)
    return [
        _volume([document for document, _ in part], kind, name, made + number, profile)
        for number, (name, part) in enumerate(parts, start=1)
    ]


def _parts(case: Case, documents: Sequence[Kinded], kind: VolumeKind) -> list[tuple[str, Sequence[Kinded]]]:
    if not documents:
        return []
    named: list[tuple[str, Sequence[Kinded]]] = [("", documents)]
    if _pages(documents) > kind.max_pages:
        if "person" in kind.split:
            named = _by_person(case, documents)
        elif "charge" in kind.split:
            named = _by_charge(case, documents)
    return [(name, part) for name, piece in named for part in _within_limit(piece, kind)]


def _by_person(case: Case, documents: Sequence[Kinded]) -> list[tuple[str, Sequence[Kinded]]]:
    """The general part first, then one for each suspect; a case of one suspect is not parted."""
    suspects = [person.name for person in case.persons if person.role == SUSPECT]
    return _by_owner(suspects, [(pair, _owner(*pair, suspects)) for pair in documents])


def _by_charge(case: Case, documents: Sequence[Kinded]) -> list[tuple[str, Sequence[Kinded]]]:
    """The general part first, then one for each charge (罪名) of the case; a case of one charge is not parted."""
    charges = [charge for charge in re.split("[、,，]", case.charge) if charge]
    return _by_owner(charges, [(pair, _charged_with(pair[0], charges)) for pair in documents])


def _by_owner(owners: Sequence[str], owned: Sequence[tuple[Kinded, str]]) -> list[tuple[str, Sequence[Kinded]]]:
    if len(owners) < 2:
        return [("", [pair for pair, _ in owned])]
    parts = [(name, [pair for pair, owner in owned if owner == name]) for name in (GENERAL, *owners)]
    return [(name, part) for name, part in parts if part]


def _charged_with(document: Document, charges: Sequence[str]) -> str:
    """The one charge of the case that a document names (盗窃罪, 盗窃一案, 涉嫌盗窃), or none in particular."""
    text = "".join("".join(line.text.split()) for face in document.faces for line in face.lines)
    named = [
        charge for charge in charges if re.search(f"涉嫌{re.escape(charge)}|{re.escape(charge)}(?:罪|一?案)", text)
    ]
    return named[0] if len(named) == 1 else GENERAL


def _owner(document: Document, kind: DocumentKind, suspects: Iterable[str]) -> str:
    """The one suspect a document is about (对人文书), or nobody in particular."""
    named = [name for name in suspects if name in document.persons]
    return named[0] if kind.about == "person" and len(named) == 1 else GENERAL


def _within_limit(documents: Sequence[Kinded], kind: VolumeKind) -> list[list[Kinded]]:
    """Whole groups go together where the profile parts by groups; a group past the limit is parted by itself."""
    if "group" not in kind.split or _pages(documents) <= kind.max_pages:
        return _packed([[pair] for pair in documents], kind.max_pages)
    groups = [list(group) for _, group in groupby(documents, key=lambda pair: pair[1].group)]
    parts: list[list[Kinded]] = []
    for too_long, run in groupby(groups, key=lambda group: _pages(group) > kind.max_pages):
        if too_long:
            parts += [part for group in run for part in _packed([[pair] for pair in group], kind.max_pages)]
        else:
            parts += _packed(list(run), kind.max_pages)
    return parts


def _packed(pieces: Sequence[Sequence[Kinded]], limit: int) -> list[list[Kinded]]:
    """Fill parts with whole pieces, beginning anew before the limit would be passed."""
    parts: list[list[Kinded]] = []
    pages = 0
    for piece in pieces:
        more = _pages(piece)
        if not parts or (pages > 0 and pages + more > limit):
            parts.append([])
            pages = 0
        parts[-1] += piece
        pages += more
    return parts


def _pages(documents: Iterable[Kinded]) -> int:
    return sum(not face.blank for document, _ in documents for face in document.faces)


def _person_order(case: Case, document: Document, kind: DocumentKind) -> int:
    orders = [person.order for person in case.persons if person.name in document.persons]
    return min(orders, default=LAST) if kind.about == "person" else 0


def _volume(documents: Sequence[Document], kind: VolumeKind, part: str, sequence: int, profile: Profile) -> Volume:
    """Number the faces with something on them, from the profile's start."""
    start = profile.rules.page_numbers.start
    numbers: dict[str, int] = {}
    entries = []
    for order, document in enumerate(documents, start=1):
        own = [face.id for face in document.faces if not face.blank]
        numbers |= {face: start + len(numbers) + place for place, face in enumerate(own)}
        first, last = (numbers[own[0]], numbers[own[-1]]) if own else (None, None)
        entries.append(Entry(order, document, first, last))
    title = f"{kind.title}（{part}）" if part else kind.title
    return Volume(kind.kind, kind.code, title, sequence, tuple(entries), tuple(numbers.items()), len(numbers), part)
