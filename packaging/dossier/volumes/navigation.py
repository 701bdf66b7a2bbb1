"""How a reader finds its way: bookmarks (the catalogue) and page labels (the page numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.model import Document
from dossier.volumes.leaves import Leaf
from dossier.volumes.pdf import PdfWriter, array, dictionary, ref, text_string
from dossier.volumes.text import layer_text


@dataclass(frozen=True)
class Bookmark:
    """`page` counts physical pages from 0."""

    title: str
    page: int
    children: tuple[Bookmark, ...] = ()


def bookmarks(documents: Sequence[Document], leaves: Sequence[Sequence[Leaf]], first: int) -> tuple[Bookmark, ...]:
    """Return one bookmark a document, with one 第n页 below it for each numbered face.

    `leaves` of each document; `first` is the physical page of the first.
    """
    made, at = [], first
    for document, own in zip(documents, leaves, strict=True):
        children = tuple(
            Bookmark(f"第{leaf.label}页", page) for page, leaf in enumerate(own, at) if leaf.label.isdecimal()
        )
        made.append(Bookmark(layer_text(document.title), at, children))
        at += len(own)
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
