"""An OFD drawn as a PDF for its reading copy (阅读副本), with what could not be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dossier.ofd.archive import open_parts
from dossier.ofd.drawing import POINTS_PER_MM, PageDrawer
from dossier.ofd.glyphs import Glyphs
from dossier.ofd.pictures import Pictures
from dossier.ofd.signatures import declared_signatures
from dossier.ofd.structure import OfdDocument
from dossier.volumes.pdf import PdfWriter, array, dictionary, number, ref

_MOST_NAMED, _NAME_LENGTH = 8, 60  # of one kind, characters: the sheet has one row for all


@dataclass(frozen=True)
class DrawnOfd:
    """`not_drawn`: in words, what the copy does not show as the original would; empty: nothing is known to lack."""

    pages: int
    not_drawn: str


def draw_ofd(source: Path, out: Path) -> DrawnOfd:
    """Write the pages of the first document of `source` as a PDF. Memory holds one page at a time, and the resources.

    Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`, `FontMissing`, `OSError`.
    """
    with open_parts(source) as parts, out.open("wb") as stream:
        document = OfdDocument(parts)
        pdf = PdfWriter(stream)
        glyphs, pictures = Glyphs(pdf, parts), Pictures(pdf, parts)
        drawer = PageDrawer(pdf, glyphs, pictures)
        tree, resources, pages = pdf.reserve(), pdf.reserve(), list[int]()
        for page in document.pages():
            content = drawer.draw(page)
            size = [number(side * POINTS_PER_MM) for side in page.box[2:]]
            entries = {
                "Type": b"/Page",
                "Parent": ref(tree),
                "MediaBox": array([b"0", b"0", *size]),
                "Resources": ref(resources),
                "Contents": ref(pdf.put_stream({}, content)),
            }
            pages.append(pdf.put(dictionary(entries)))
        drawings = dictionary({**glyphs.x_objects, **pictures.x_objects})
        pdf.put(dictionary({"XObject": drawings, "ExtGState": dictionary(drawer.states)}), at=resources)
        kids = array([ref(page) for page in pages])
        pdf.put(dictionary({"Type": b"/Pages", "Count": b"%d" % len(pages), "Kids": kids}), at=tree)
        root = pdf.put(dictionary({"Type": b"/Catalog", "Pages": ref(tree)}))
        pdf.finish(root, pdf.put(b"<<>>"))
        told = [
            *sorted(drawer.not_drawn)[:_MOST_NAMED],
            *_named("缺字体（以本机字体代替）", glyphs.stood_in),
            *_named("缺字形", glyphs.lacking),
            *_named("不能读出的图像", pictures.unread),
        ]
        if document.others:
            told.append(f"文件内另有 {document.others} 份文档")
        if declared_signatures(parts, document):
            told.append("签章图形")
        return DrawnOfd(len(pages), "；".join(told))


def _named(what: str, names: set[str]) -> list[str]:
    if not names:
        return []
    listed = "、".join(name[:_NAME_LENGTH] for name in sorted(names)[:_MOST_NAMED])
    return [f"{what}：{listed}{' 等' if len(names) > _MOST_NAMED else ''}"]
