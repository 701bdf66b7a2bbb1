"""The leaves (叶) of a volume between its frame sheets: the faces, and the placeholders of electronic originals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from dossier.model import Document, ElectronicPage, Face, Volume

ORIGINALS = "documents/"  # in a package: the electronic originals
_PLACEHOLDER = "占位"


@dataclass(frozen=True)
class Leaf:
    """One physical page: a face, or the placeholder sheet (占位页) before the reading copy of an electronic original.

    `number`: the page number (页号), None of blank faces and placeholders.
    """

    label: str
    face: Face | None
    number: int | None = None
    stands_for: ElectronicPage | None = None  # of a placeholder
    copies: int = 0  # the faces behind a placeholder that show it


def volume_leaves(volume: Volume) -> list[list[Leaf]]:
    """Return the leaves of each document of a volume.

    A numbered face is labelled by its number; a blank face by the number before it and a count: `3空白1` is the first
    blank face after page 3, `3占位1` the first placeholder.
    """
    numbers = dict(volume.page_numbers)
    last, counts = 0, dict[str, int]()
    made: list[list[Leaf]] = []
    for entry in volume.entries:
        own: list[Leaf] = []
        for leaf in _leaves_of(entry.document.faces):
            number = numbers.get(leaf.face.id) if leaf.face is not None else None
            if number is not None:
                last, counts = number, {}
                own.append(replace(leaf, label=str(number), number=number))
                continue
            kind = _PLACEHOLDER if leaf.face is None else "空白"
            counts[kind] = counts.get(kind, 0) + 1
            own.append(replace(leaf, label=f"{last}{kind}{counts[kind]}"))
        made.append(own)
    return made


def loose_leaves(document: Document) -> list[list[Leaf]]:
    """Return the leaves of a loose document, labelled by their place among its faces."""
    at, own = 0, list[Leaf]()
    for leaf in _leaves_of(document.faces):
        at += leaf.face is not None
        own.append(replace(leaf, label=str(at) if leaf.face is not None else f"{at}{_PLACEHOLDER}1"))
    return [own]


def originals(documents: Iterable[Document]) -> list[ElectronicPage]:
    """One page for each electronic original that faces of these documents are copies of."""
    pages = [face.electronic for document in documents for face in document.faces if face.electronic]
    return list({page.sha256: page for page in pages}.values())


def original_path(page: ElectronicPage) -> str:
    """Where an electronic original lies in a package, below the payload's folder."""
    return f"{ORIGINALS}{page.sha256[:16]}.{page.form}"


def _leaves_of(faces: Iterable[Face]) -> Iterator[Leaf]:
    """Yield a leaf without label for each face, and one before each run of copies of one original."""
    for key, run in groupby(faces, key=lambda face: face.electronic.sha256 if face.electronic else ""):
        copies = list(run)
        if key:
            yield Leaf("", None, stands_for=copies[0].electronic, copies=len(copies))
        yield from (Leaf("", face) for face in copies)
