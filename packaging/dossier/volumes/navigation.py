"""How a reader finds its way: bookmarks (the catalogue) and page labels (the page numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Document, Volume
from dossier.volumes.pdf import PdfWriter, array, dictionary, ref, text_string
from dossier.volumes.text import layer_text


@dataclass(frozen=True)
class Bookmark:
    """`page` counts physical pages from 0."""

    title: str
    page: int
    children: tuple[Bookmark, ...] = ()


def volume_labels(volume: Volume) -> tuple[str, ...]:
    """Return the label of every face of a volume in order.

    A numbered face is labelled by its number; a blank face by the number before it and a count: `3空白1` is the first
    blank face after page 3.
    """
    numbers = dict(volume.page_numbers)
    labels: list[str] = []
    last = blanks = 0
    for entry in volume.entries:
        for face in entry.document.faces:
            if face.id in numbers:
                last, blanks = numbers[face.id], 0
                labels.append(str(last))
            else:
                blanks += 1
                labels.append(f"{last}空白{blanks}")
    return tuple(labels)


def bookmarks(documents: Sequence[Document], labels: Sequence[str], first: int) -> tuple[Bookmark, ...]:
    """Return one bookmark a document, with one 第n页 below it for each numbered face.

    `labels` of all faces of the documents in order; `first` is the physical page of the first face.
    """
    made, at = [], 0
    for document in documents:
        pages = range(at, at + len(document.faces))
        children = tuple(Bookmark(f"第{labels[page]}页", first + page) for page in pages if labels[page].isdecimal())
        made.append(Bookmark(layer_text(document.title), first + at, children))
        at = pages.stop
    return tuple(made)


def put_outline(pdf: PdfWriter, marks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Write the outline, documents closed; `pages` are the page objects' numbers. Return the number of its root."""
    root = pdf.reserve()
    first, last = _put_level(pdf, marks, root, pages)
    entries = {"Type": b"/Outlines", "Count": b"%d" % len(marks)}
    pdf.put(dictionary({**entries, "First": ref(first), "Last": ref(last)} if marks else entries), at=root)
    return root


def _put_level(pdf: PdfWriter, marks: Sequence[Bookmark], parent: int, pages: Sequence[int]) -> tuple[int, int]:
    items = [pdf.reserve() for _ in marks]
    for index, (item, mark) in enumerate(zip(items, marks, strict=True)):
        entries = {
            "Title": text_string(mark.title),
            "Parent": ref(parent),
            "Dest": array([ref(pages[mark.page]), b"/Fit"]),
        }
        if index:
            entries["Prev"] = ref(items[index - 1])
        if item != items[-1]:
            entries["Next"] = ref(items[index + 1])
        if mark.children:
            first, last = _put_level(pdf, mark.children, item, pages)
            entries |= {"First": ref(first), "Last": ref(last), "Count": b"%d" % -len(mark.children)}
        pdf.put(dictionary(entries), at=item)
    return (items[0], items[-1]) if items else (0, 0)


def page_labels(front: int, labels: Sequence[str], back: int) -> bytes:
    """Return the number tree of page labels: frame sheets i, ii..., faces by their labels (ISO 32000-1, 12.4.2)."""
    ranges: list[bytes] = []
    if front:
        ranges.append(b"0 <</S /r>>")
    expected = ""
    for page, label in enumerate(labels, front):
        if not label.isdecimal():
            ranges.append(b"%d <</P %s>>" % (page, text_string(label)))
        elif label != expected:
            ranges.append(b"%d <</S /D /St %s>>" % (page, label.encode()))
        expected = str(int(label) + 1) if label.isdecimal() else ""
    if back:
        ranges.append(b"%d <</S /r /St %d>>" % (front + len(labels), front + 1))
    return b"<</Nums " + array(ranges) + b">>"
