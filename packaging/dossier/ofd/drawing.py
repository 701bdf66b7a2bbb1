"""One page of an OFD as the content of a PDF page. What cannot be drawn is noted, never guessed."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator

from dossier.ofd.errors import OfdBroken, OfdTooLarge, OfdUnsafe
from dossier.ofd.glyphs import Glyphs, heavy
from dossier.ofd.paths import figures, path_operators
from dossier.ofd.pictures import Pictures
from dossier.ofd.structure import OfdPage, Resource
from dossier.ofd.style import Ink, Style, one_figure
from dossier.ofd.text import placed_characters
from dossier.volumes.pdf import PdfWriter, dictionary, number, ref

MAX_OBJECTS = 200_000  # of one page
POINTS_PER_MM = 72 / 25.4
_MAX_NESTED = 12
_LAYERS = ("Background", "Body", "Foreground")
_WITHIN_APPEARANCE = "Boundary"


class PageDrawer:
    """Draws pages into one PDF. `states`: the opacities in use. `not_drawn`: kinds of what was left out, in words."""

    def __init__(self, pdf: PdfWriter, glyphs: Glyphs, pictures: Pictures) -> None:
        self._pdf = pdf
        self._glyphs = glyphs
        self._pictures = pictures
        self._left = MAX_OBJECTS
        self.states: dict[str, bytes] = {}
        self.not_drawn: set[str] = set()

    def draw(self, page: OfdPage) -> bytes:
        """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`, `FontMissing`."""
        self._left = MAX_OBJECTS
        left, top, _, height = page.box
        matrix = (POINTS_PER_MM, 0, 0, -POINTS_PER_MM, -left * POINTS_PER_MM, (top + height) * POINTS_PER_MM)
        parts = [b"%s cm" % _numbers(*matrix)]
        for content in page.contents:
            layers = content.findall("Content/Layer")
            for kind in _LAYERS:
                for layer in layers:
                    if layer.get("Type", "Body") == kind:
                        parts += self._block(layer, page, (), layer.get("DrawParam"))
        for note in page.annotations:
            for appearance in note.findall("Appearance"):
                try:
                    parts += list(self._placed(appearance, self._block(appearance, page, (), None)))
                except OfdBroken:
                    self.not_drawn.add("有误的注释")
        return b"\n".join(parts)

    def _block(self, block: ET.Element, page: OfdPage, within: tuple[str, ...], param: str | None) -> Iterator[bytes]:
        """`within`: identifiers of the composites and blocks around it. `param`: drawing parameters of the layer."""
        if len(within) > _MAX_NESTED:
            raise OfdTooLarge(what="objects within objects", limit=f"{_MAX_NESTED} levels")
        for element in block:
            self._left -= 1
            if self._left < 0:
                raise OfdTooLarge(what="objects of one page", limit=MAX_OBJECTS)
            if element.get("Visible") == "false" or element.tag == _WITHIN_APPEARANCE:
                continue
            try:
                drawn = list(self._object(element, page, within, param))
            except OfdBroken:  # a slip of its writer in one object is no reason to refuse all pages
                self.not_drawn.add(f"有误的对象 {element.tag[:40]}")
                continue
            yield from drawn

    def _object(
        self, element: ET.Element, page: OfdPage, within: tuple[str, ...], param: str | None
    ) -> Iterator[bytes]:
        style = Style(element, page, param)
        match element.tag:
            case "PathObject":
                yield from self._placed(element, self._path(element, style))
            case "TextObject":
                yield from self._placed(element, self._text(element, page, style))
            case "ImageObject":
                yield from self._placed(element, self._image(element, page))
            case "CompositeObject":
                yield from self._placed(element, self._composite(element, page, within, param))
            case "PageBlock":
                yield from self._block(element, page, (*within, ""), param)
            case _:
                self.not_drawn.add(f"对象 {element.tag[:40]}")
        self.not_drawn.update(style.unknown)

    def _placed(self, element: ET.Element, drawn: Iterator[bytes]) -> Iterator[bytes]:
        """In the object's own coordinates: moved to its boundary, nothing painted outside it, then its matrix."""
        left, top, width, height = figures(element.get("Boundary", "").split(), 4)
        yield b"q 1 0 0 1 %s cm 0 0 %s re W n" % (_numbers(left, top), _numbers(width, height))
        matrix = element.get("CTM")
        if matrix is not None:
            yield b"%s cm" % _numbers(*figures(matrix.split(), 6))
        yield from self._clips(element)
        yield from drawn
        yield b"Q"

    def _clips(self, element: ET.Element) -> Iterator[bytes]:
        """A clip of one path without matrices is drawn; others are noted."""
        for clip in element.findall("Clips/Clip"):
            areas = clip.findall("Area")
            path = areas[0].find("Path") if len(areas) == 1 and areas[0].get("CTM") is None else None
            if path is None or path.get("CTM") is not None:
                self.not_drawn.add("裁剪区")
                continue
            left, top, _, _ = figures(path.get("Boundary", "").split(), 4)
            there, back = _numbers(left, top), _numbers(-left, -top)
            outline = path_operators(path.findtext("AbbreviatedData") or "")
            yield b"1 0 0 1 %s cm\n%s\nW n 1 0 0 1 %s cm" % (there, outline, back)

    def _path(self, element: ET.Element, style: Style) -> Iterator[bytes]:
        surface = style.ink("FillColor") if element.get("Fill") == "true" else None
        line = style.ink("StrokeColor") if element.get("Stroke", "true") == "true" else None
        if surface is not None and surface.alpha > 0:
            yield surface.fill
        else:
            surface = None
        if line is not None and line.alpha > 0:
            yield line.stroke
            yield from style.pen()
        else:
            line = None
        yield from self._opacity(surface, line)
        yield path_operators(element.findtext("AbbreviatedData") or "")
        even_odd = b"*" if element.get("Rule") == "Even-Odd" else b""
        if surface is not None:
            yield (b"B" if line is not None else b"f") + even_odd
        else:
            yield b"S" if line is not None else b"n"

    def _text(self, element: ET.Element, page: OfdPage, style: Style) -> Iterator[bytes]:
        ink = style.ink("FillColor")
        font = page.resources.get(element.get("Font", ""))
        if font is None:
            raise OfdBroken(detail=f"font {element.get('Font')} is missing")
        if element.get("Fill") == "false":
            self.not_drawn.add("空心字")
        elif ink.alpha > 0:
            yield ink.fill
            yield from self._opacity(ink, None)
            yield from self._characters(element, font)

    def _characters(self, element: ET.Element, font: Resource) -> Iterator[bytes]:
        bold = heavy(element.get("Weight"))

        def width(character: str, index: int | None) -> float:
            glyph = self._glyphs.of(font, character, index, bold=bold)
            return 1.0 if glyph is None else glyph.width

        for placed in placed_characters(element, width):
            glyph = self._glyphs.of(font, placed.character, placed.index, bold=bold)
            if glyph is not None:
                yield b"q %s cm /%s Do Q" % (_numbers(*placed.matrix), glyph.name.encode())

    def _image(self, element: ET.Element, page: OfdPage) -> Iterator[bytes]:
        resource = page.resources.get(element.get("ResourceID", ""))
        if resource is None:
            raise OfdBroken(detail=f"picture {element.get('ResourceID')} is missing")
        if element.get("ImageMask") is not None:
            self.not_drawn.add("图像蒙版")
        name = self._pictures.of(resource)
        if name is not None:
            yield from self._opacity(Ink(b"", b"", one_figure(element, "Alpha", 255.0) / 255), None)
            yield b"1 0 0 -1 0 1 cm /%s Do" % name.encode()

    def _composite(
        self, element: ET.Element, page: OfdPage, within: tuple[str, ...], param: str | None
    ) -> Iterator[bytes]:
        identifier = element.get("ResourceID", "")
        if identifier in within:
            raise OfdUnsafe(detail=f"object {identifier} holds itself")
        resource = page.resources.get(identifier)
        if resource is None:
            raise OfdBroken(detail=f"object {identifier} is missing")
        for content in resource.element.findall("Content"):
            yield from self._block(content, page, (*within, identifier), param)

    def _opacity(self, surface: Ink | None, line: Ink | None) -> Iterator[bytes]:
        shares = [1.0 if ink is None else max(0.0, min(1.0, ink.alpha)) for ink in (surface, line)]
        if shares == [1.0, 1.0]:
            return
        name = "A" + "x".join(str(round(share * 255)) for share in shares)
        if name not in self.states:
            entries = {"Type": b"/ExtGState", "ca": number(shares[0]), "CA": number(shares[1])}
            self.states[name] = ref(self._pdf.put(dictionary(entries)))
        yield b"/%s gs" % name.encode()


def _numbers(*values: float) -> bytes:
    return b" ".join(map(number, values))
