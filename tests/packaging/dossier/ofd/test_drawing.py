"""OFDs of other makers drawn as pages: each kind of object where the standard puts it, what cannot be drawn is told."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from dossier.ofd.reading_copy import DrawnOfd, draw_ofd
from dossier.ofd.signatures import look_at_ofd
from tests.packaging.dossier.ofd.foreign import (
    TEXT,
    font,
    jbig2,
    ofd_parts,
    picture,
    square,
    text_object,
    write_ofd,
)

SCALE = 4  # pixels of a millimetre
MEDIA = (
    '<ofd:MultiMedias><ofd:MultiMedia ID="30" Type="Image"><ofd:MediaFile>a.img</ofd:MediaFile></ofd:MultiMedia>'
    "</ofd:MultiMedias>"
)
IMAGE = '<ofd:ImageObject ID="22" Boundary="10 10 40 20" CTM="40 0 0 20 0 0" ResourceID="30"/>'

Drawn = tuple[NDArray[np.uint8], DrawnOfd]
Draw = Callable[..., Drawn]


@pytest.fixture
def drawn(tmp_path: Path) -> Draw:
    """The picture of the first page, and what was said of it."""

    def draw(parts: dict[str, bytes]) -> Drawn:
        told = draw_ofd(write_ofd(tmp_path / "a.ofd", parts), tmp_path / "a.pdf")
        document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
        picture = document[0].render(scale=SCALE * 25.4 / 72).to_numpy().copy()
        document.close()
        return picture[:, :, ::-1], told

    return draw


def at(picture: NDArray[np.uint8], x: float, y: float) -> tuple[int, ...]:
    """The colour at a place in millimetres."""
    return tuple(int(value) for value in picture[round(y * SCALE), round(x * SCALE)])


def ink(picture: NDArray[np.uint8], left: float, top: float, width: float, height: float) -> int:
    rows, columns = (slice(round(a * SCALE), round((a + b) * SCALE)) for a, b in ((top, height), (left, width)))
    return int((picture[rows, columns].max(axis=2) < 128).sum())


def test_each_character_stands_where_its_runs_say(drawn: Draw) -> None:
    picture, told = drawn(ofd_parts(text_object(TEXT, deltas="6 g 9 6")))
    for place in range(len(TEXT)):
        assert ink(picture, 5 + 6 * place, 5, 4, 5) > 10  # "一" is a single stroke
        assert ink(picture, 5 + 6 * place + 4.3, 5, 1.4, 5) == 0
    assert told.not_drawn == "缺字体（以本机字体代替）：方正仿宋"


def test_text_without_distances_moves_on_by_its_glyphs(drawn: Draw) -> None:
    picture, _ = drawn(ofd_parts(text_object("国国国国", font=2)))
    assert all(ink(picture, 5 + 4 * place, 5, 4, 5) > 50 for place in range(4))
    assert ink(picture, 21.5, 5, 20, 5) == 0


def test_a_column_goes_down(drawn: Draw) -> None:
    column = text_object("国国国", font=2, more='ReadDirection="90"').replace("5 5 90 10", "5 5 10 40")
    picture, _ = drawn(ofd_parts(column))
    assert all(ink(picture, 5, 5 + 4 * place, 5, 4) > 50 for place in range(3))
    assert ink(picture, 10, 5, 20, 20) == 0


def test_the_template_lies_below_and_paths_take_matrices_and_rules(drawn: Draw) -> None:
    frame = "M 0 0 L 16 0 L 16 16 L 0 16 C M 4 4 L 12 4 L 12 12 L 4 12 C"
    picture, told = drawn(
        ofd_parts(
            square("200 0 0", "10 10 20 20", 'CTM="0.5 0 0 0.5 4 0"', "M 0 0 L 20 0 L 20 20 L 0 20 C")
            + square("0 100 0", "40 10 16 16", 'Rule="Even-Odd"', frame)
            + square("0 0 255", "60 10 16 16", 'Alpha="0"', frame)
            + square("0 0 255", "60 40 16 16", "", "M 0 8 A 8 8 0 1 1 16 8 A 8 8 0 0 1 0 8 C")
        )
    )
    assert at(picture, 50, 54) == (230, 240, 255)  # of the template
    assert at(picture, 12, 12) == (255, 255, 255)
    assert at(picture, 20, 15) == (200, 0, 0)
    assert at(picture, 25, 15) == (255, 255, 255)
    assert at(picture, 42, 12) == (0, 100, 0)
    assert at(picture, 48, 18) == (255, 255, 255)
    assert at(picture, 62, 12) == (255, 255, 255)  # transparent
    assert at(picture, 68, 41) == at(picture, 68, 54) == at(picture, 61, 48) == (0, 0, 255)
    assert at(picture, 61, 41) != (0, 0, 255)  # the corner outside the circle
    assert told.not_drawn == ""


def test_nothing_is_painted_outside_a_boundary_or_a_clip(drawn: Draw) -> None:
    whole = "M 0 0 L 90 0 L 90 40 L 0 40 C"
    clip = (
        '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="2 2 6 6"><ofd:AbbreviatedData>'
        "M 0 0 L 6 0 L 6 6 L 0 6 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>"
    )
    clipped = square("0 0 0", "40 10 10 10", "", whole).replace("<ofd:FillColor", f"{clip}<ofd:FillColor")
    picture, _ = drawn(ofd_parts(square("0 0 0", "10 10 10 10", "", whole) + clipped))
    assert at(picture, 15, 15) == at(picture, 45, 15) == (0, 0, 0)
    assert at(picture, 22, 15) == at(picture, 41, 11) == at(picture, 49, 15) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "TIFF"])
def test_pictures_of_all_kinds_fill_their_square(drawn: Draw, kind: str) -> None:
    colour = (200, 0, 0) if kind != "PNG" else (200, 0, 0, 128)
    parts = ofd_parts(IMAGE, resources=MEDIA) | {"Doc/Files/a.img": picture(kind, colour)}
    shown, told = drawn(parts)
    expected = (200, 0, 0) if kind != "PNG" else (227, 127, 127)
    for x, y in ((11, 11), (49, 29)):
        assert np.abs(np.array(at(shown, x, y)) - expected).max() < 5
    assert at(shown, 51, 20) == (255, 255, 255)
    assert told.not_drawn == ""


def test_jbig2_is_drawn(drawn: Draw) -> None:
    shown, told = drawn(ofd_parts(IMAGE, resources=MEDIA) | {"Doc/Files/a.img": jbig2(64, 32)})
    assert (at(shown, 12, 20), at(shown, 48, 20)) == ((0, 0, 0), (255, 255, 255))
    assert told.not_drawn == ""


def test_a_composite_is_drawn_with_the_layers_drawing_parameters(drawn: Draw) -> None:
    resources = (
        '<ofd:DrawParams><ofd:DrawParam ID="50"><ofd:FillColor Value="0 200 0"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="51" Relative="50" LineWidth="3"/></ofd:DrawParams>'
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="40"><ofd:Content>'
        '<ofd:PathObject ID="41" Boundary="0 0 10 10" DrawParam="51" Fill="true" Stroke="false">'
        "<ofd:AbbreviatedData>M 0 0 L 10 0 L 10 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>"
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
    )
    composite = '<ofd:CompositeObject ID="42" Boundary="20 20 20 20" ResourceID="40" CTM="2 0 0 1 0 0"/>'
    shown, _ = drawn(ofd_parts(composite, resources=resources))
    assert (at(shown, 38, 28), at(shown, 38, 32)) == ((0, 200, 0), (255, 255, 255))


def test_annotations_lie_above_and_a_pages_own_area_counts(drawn: Draw) -> None:
    parts = ofd_parts(square("0 0 0", "20 20 10 10", "", "M 0 0 L 10 0 L 10 10 L 0 10 C"))
    head = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    stamp = square("200 0 0", "0 0 5 5", "", "M 0 0 L 5 0 L 5 5 L 0 5 C")
    parts["Doc/Annots/A.xml"] = (
        f"<ofd:PageAnnot {head}>"
        f'<ofd:Annot ID="1"><ofd:Appearance Boundary="20 20 5 5">{stamp}</ofd:Appearance></ofd:Annot>'
        f'<ofd:Annot ID="2" Visible="false"><ofd:Appearance Boundary="26 26 5 5">{stamp}</ofd:Appearance></ofd:Annot>'
        "</ofd:PageAnnot>"
    ).encode()
    parts["Doc/Annots.xml"] = (
        f'<ofd:Annotations {head}><ofd:Page PageID="900"><ofd:FileLoc>Annots/A.xml</ofd:FileLoc></ofd:Page>'
        "</ofd:Annotations>"
    ).encode()
    parts["Doc/Document.xml"] = parts["Doc/Document.xml"].replace(
        b"</ofd:Document>", b"<ofd:Annotations>Annots.xml</ofd:Annotations></ofd:Document>"
    )
    parts["Doc/Pages/P.xml"] = parts["Doc/Pages/P.xml"].replace(
        b"<ofd:Template ", b"<ofd:Area><ofd:PhysicalBox>10 10 50 40</ofd:PhysicalBox></ofd:Area><ofd:Template ", 1
    )
    shown, told = drawn(parts)
    assert shown.shape[:2] == pytest.approx((40 * SCALE, 50 * SCALE), abs=1)
    assert (at(shown, 12, 12), at(shown, 17, 17), at(shown, 8, 8)) == ((200, 0, 0), (0, 0, 0), (255, 255, 255))
    assert told.not_drawn == ""


def test_a_foreground_template_hides_what_is_below(drawn: Draw) -> None:
    parts = ofd_parts(square("0 0 0", "10 50 10 8", "", "M 0 0 L 10 0 L 10 8 L 0 8 C"))
    assert at(drawn(parts)[0], 15, 54) == (0, 0, 0)
    parts["Doc/Document.xml"] = parts["Doc/Document.xml"].replace(b"Background", b"Foreground")
    assert at(drawn(parts)[0], 15, 54) == (230, 240, 255)


def test_a_font_that_came_along_is_used(drawn: Draw) -> None:
    brought = '<ofd:Fonts><ofd:Font ID="60" FontName="Own"><ofd:FontFile>own.ttf</ofd:FontFile></ofd:Font></ofd:Fonts>'
    by_code = text_object("\u25a0", font=60)
    by_index = text_object("x", font=60, x=40).replace(
        "<ofd:TextCode",
        '<ofd:CGTransform CodePosition="0" CodeCount="1"><ofd:Glyphs>1</ofd:Glyphs></ofd:CGTransform><ofd:TextCode',
    )
    shown, told = drawn(ofd_parts(by_code + by_index, resources=brought) | {"Doc/Files/own.ttf": font()})
    assert at(shown, 7, 7) == at(shown, 47, 7) == (0, 0, 0)
    assert told.not_drawn == ""


def test_what_cannot_be_drawn_is_told(drawn: Draw) -> None:
    shading = square("1 1 1", "60 10 16 16", "", "M 0 0 L 9 0 L 9 9 C").replace(
        '<ofd:FillColor Value="1 1 1"/>', "<ofd:FillColor><ofd:AxialShd/></ofd:FillColor>"
    )
    film = '<ofd:VideoObject ID="77" Boundary="0 0 5 5"/>'
    _, told = drawn(ofd_parts(shading + film + IMAGE + text_object("\U0010fffd"), resources=MEDIA))
    assert told.not_drawn == (
        "对象 VideoObject；底纹、渐变或调色板颜色；缺字体（以本机字体代替）：方正仿宋；缺字形：\U0010fffd；"
        "不能读出的图像：Doc/Files/a.img"
    )


def test_a_signature_is_counted_and_its_digests_reckoned_but_it_is_never_valid(tmp_path: Path) -> None:
    parts = ofd_parts(text_object(TEXT))
    value = base64.b64encode(hashlib.sha256(parts["Doc/Pages/P.xml"]).digest()).decode()
    parts["OFD.xml"] = parts["OFD.xml"].replace(
        b"</ofd:DocBody>", b"<ofd:Signatures>Signs/Signatures.xml</ofd:Signatures></ofd:DocBody>"
    )
    head = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    parts["Signs/Signatures.xml"] = (
        f'<ofd:Signatures {head}><ofd:Signature ID="1" BaseLoc="S/Signature.xml"/></ofd:Signatures>'.encode()
    )
    parts["Signs/S/Signature.xml"] = (
        f'<ofd:Signature {head}><ofd:SignedInfo><ofd:Provider ProviderName="某章"/>'
        '<ofd:References CheckMethod="SHA256"><ofd:Reference FileRef="/Doc/Pages/P.xml">'
        f"<ofd:CheckValue>{value}</ofd:CheckValue></ofd:Reference></ofd:References></ofd:SignedInfo></ofd:Signature>"
    ).encode()
    (signature,) = look_at_ofd(write_ofd(tmp_path / "s.ofd", parts)).signatures
    assert (signature.provider, signature.references, signature.intact) == ("某章", 1, True)
    changed = parts | {"Doc/Pages/P.xml": parts["Doc/Pages/P.xml"] + b" "}
    (signature,) = look_at_ofd(write_ofd(tmp_path / "c.ofd", changed)).signatures
    assert signature.intact is False
    md5 = parts | {"Signs/S/Signature.xml": parts["Signs/S/Signature.xml"].replace(b"SHA256", b"MD5")}
    (signature,) = look_at_ofd(write_ofd(tmp_path / "m.ofd", md5)).signatures
    assert signature.intact is None
    assert draw_ofd(tmp_path / "s.ofd", tmp_path / "s.pdf").not_drawn.endswith("签章图形")
