"""An OFD as another program would make it, with what ours never has: templates, paths, composites, runs, stamps."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from PIL import Image

XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
TEXT = "关于赵某一案的到案经过"


def ofd_parts(content: str, *, resources: str = "", area: str = "0 0 100 60", pages: int = 1) -> dict[str, bytes]:
    """The parts of an OFD whose pages hold `content` (objects of a layer) and whose resources hold `resources`."""
    listed = "".join(f'<ofd:Page ID="{900 + page}" BaseLoc="Pages/P.xml"/>' for page in range(pages))
    return {
        "OFD.xml": _part("OFD", "<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc/Document.xml</ofd:DocRoot></ofd:DocBody>"),
        "Doc/Document.xml": _part(
            "Document",
            f"<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:PageArea>"
            "<ofd:PublicRes>Res.xml</ofd:PublicRes>"
            '<ofd:TemplatePage ID="800" BaseLoc="Pages/T.xml" ZOrder="Background"/></ofd:CommonData>'
            f"<ofd:Pages>{listed}</ofd:Pages>",
        ),
        "Doc/Res.xml": _part(
            "Res",
            '<ofd:Fonts><ofd:Font ID="1" FontName="方正仿宋"/><ofd:Font ID="2" FontName="黑体"/></ofd:Fonts>'
            + resources,
            'BaseLoc="Files"',
        ),
        "Doc/Pages/T.xml": _part(
            "Page",
            '<ofd:Content><ofd:Layer ID="801">'
            '<ofd:PathObject ID="802" Boundary="0 0 100 60" Fill="true" Stroke="false">'
            '<ofd:FillColor Value="230 240 255"/>'
            "<ofd:AbbreviatedData>M 5 50 L 95 50 L 95 58 L 5 58 C</ofd:AbbreviatedData>"
            "</ofd:PathObject></ofd:Layer></ofd:Content>",
        ),
        "Doc/Pages/P.xml": _part(
            "Page",
            f'<ofd:Template TemplateID="800"/><ofd:Content><ofd:Layer ID="700">{content}</ofd:Layer></ofd:Content>',
        ),
    }


def _part(name: str, body: str, attributes: str = "") -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<ofd:{name} {XMLNS} {attributes}>{body}</ofd:{name}>'.encode()


def write_ofd(target: Path, parts: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def text_object(text: str, *, font: int = 1, x: float = 0, y: float = 4, deltas: str = "", more: str = "") -> str:
    spacing = f'DeltaX="{deltas}"' if deltas else ""
    return (
        f'<ofd:TextObject ID="10" Boundary="5 5 90 10" Font="{font}" Size="4" {more}>'
        f'<ofd:TextCode X="{x}" Y="{y}" {spacing}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def square(colour: str, boundary: str, attributes: str, drawn: str) -> str:
    """A filled path."""
    return (
        f'<ofd:PathObject ID="20" Boundary="{boundary}" Fill="true" Stroke="false" {attributes}>'
        f'<ofd:FillColor Value="{colour}"/><ofd:AbbreviatedData>{drawn}</ofd:AbbreviatedData></ofd:PathObject>'
    )


def picture(kind: str, colour: tuple[int, ...], size: tuple[int, int] = (40, 20)) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA" if len(colour) == 4 else "RGB", size, colour).save(out, kind)
    return out.getvalue()


def jbig2(width: int, height: int) -> bytes:
    """A page of one region coded as fax (MMR), black on its left half (ITU-T T.88)."""
    half = Image.new("1", (width, height), 0)
    half.paste(1, (0, 0, width // 2, height))  # what a TIFF writes as light, a fax codes as black
    out = io.BytesIO()
    half.save(out, "TIFF", compression="group4")
    with Image.open(out) as tiff:
        offset, length = tiff.tag_v2[273][0], tiff.tag_v2[279][0]  # type: ignore[attr-defined]  # of its one strip
    coded = out.getvalue()[offset : offset + length]
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + coded
    segments = [_segment(0, 48, 1, page), _segment(1, 38, 1, region), _segment(2, 49, 1, b""), _segment(3, 51, 0, b"")]
    return b"\x97JB2\r\n\x1a\n\x01" + struct.pack(">I", 1) + b"".join(segments)


def _segment(number: int, kind: int, page: int, data: bytes) -> bytes:
    return struct.pack(">IBBBI", number, kind, 0, page, len(data)) + data


def font() -> bytes:
    """A font of one black square, under U+25A0."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "square"])
    builder.setupCharacterMap({0x25A0: "square"})
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 1000), (1000, 1000), (1000, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "square": (1000, 0)})
    builder.setupHorizontalHeader(ascent=1000, descent=0)
    builder.setupPost()
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
