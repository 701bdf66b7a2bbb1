"""OFDs that are broken, endless or made to do harm: each gets its own word, and none takes the reader along."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from dossier.ofd import archive, drawing
from dossier.ofd.errors import OfdBroken, OfdError, OfdTooLarge, OfdUnsafe
from dossier.ofd.reading_copy import draw_ofd
from dossier.ofd.signatures import look_at_ofd
from tests.packaging.dossier.ofd.foreign import TEXT, ofd_parts, picture, text_object, write_ofd

PAGE, DOCUMENT, RESOURCES = "Doc/Pages/P.xml", "Doc/Document.xml", "Doc/Res.xml"
UNIT = (
    '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="{id}"><ofd:Content>{content}</ofd:Content>'
    "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>"
)
USE = '<ofd:CompositeObject ID="42" Boundary="0 0 9 9" ResourceID="{id}"/>'

Parts = dict[str, bytes]
Refuse = Callable[[Parts], OfdError]


@pytest.fixture
def refused(tmp_path: Path) -> Refuse:
    def refuse(parts: Parts) -> OfdError:
        with pytest.raises(OfdError) as caught:
            draw_ofd(write_ofd(tmp_path / "bad.ofd", parts), tmp_path / "bad.pdf")
        return caught.value

    return refuse


def replaced(parts: Parts, name: str, old: str, new: str) -> Parts:
    assert old.encode() in parts[name]
    return parts | {name: parts[name].replace(old.encode(), new.encode())}


def test_cut_off_anywhere_it_is_broken(tmp_path: Path) -> None:
    whole = write_ofd(tmp_path / "whole.ofd", ofd_parts(text_object(TEXT))).read_bytes()
    for share in range(10):
        cut = tmp_path / "cut.ofd"
        cut.write_bytes(whole[: len(whole) * share // 10])
        with pytest.raises(OfdBroken):
            draw_ofd(cut, tmp_path / "cut.pdf")
        with pytest.raises(OfdBroken):
            look_at_ofd(cut)


def test_a_part_whose_bytes_are_changed_is_broken(tmp_path: Path) -> None:
    path = write_ofd(tmp_path / "a.ofd", ofd_parts(text_object(TEXT)))
    with zipfile.ZipFile(path) as read:
        entry = read.getinfo(PAGE)
    data = bytearray(path.read_bytes())
    data[entry.header_offset + 30 + len(PAGE) + entry.compress_size // 2] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(OfdBroken):
        draw_ofd(path, tmp_path / "a.pdf")


@pytest.mark.parametrize("missing", ["OFD.xml", DOCUMENT, RESOURCES, PAGE, "Doc/Pages/T.xml"])
def test_a_missing_part_is_named(refused: Refuse, missing: str) -> None:
    parts = ofd_parts(text_object(TEXT))
    del parts[missing]
    fault = refused(parts)
    assert isinstance(fault, OfdBroken)
    assert missing in str(fault)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('Boundary="5 5 90 10"', 'Boundary="5 5 90"'),
        ('Boundary="5 5 90 10"', 'Boundary="nan 5 90 10"'),
        ('Boundary="5 5 90 10"', 'Boundary="1e300 5 90 10"'),
        ('Font="1"', 'Font="77"'),
        ('Size="4"', 'Size="four"'),
        ("<ofd:TextCode", '<ofd:FillColor Value="1 2"/><ofd:TextCode'),
        ('DeltaX="g 10 4"', 'DeltaX="g 10"'),
        ("</ofd:Layer>", '<ofd:ImageObject Boundary="0 0 1 1" ResourceID="9"/></ofd:Layer>'),
        (
            "</ofd:Layer>",
            '<ofd:PathObject Boundary="0 0 1 1"><ofd:AbbreviatedData>M 0 0 X</ofd:AbbreviatedData></ofd:PathObject>'
            "</ofd:Layer>",
        ),
    ],
)
def test_an_object_that_makes_no_sense_is_left_out_and_told(tmp_path: Path, old: str, new: str) -> None:
    parts = replaced(ofd_parts(text_object(TEXT, deltas="g 10 4")), PAGE, old, new)
    told = draw_ofd(write_ofd(tmp_path / "a.ofd", parts), tmp_path / "a.pdf")
    assert told.pages == 1
    assert "有误的对象 " in told.not_drawn


def test_a_page_that_is_no_xml_is_broken(refused: Refuse) -> None:
    assert isinstance(refused(replaced(ofd_parts(""), PAGE, "</ofd:Layer>", "</ofd:Other>")), OfdBroken)


def test_entities_are_refused(refused: Refuse) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>\n<ofd:Page'
    assert isinstance(refused(replaced(ofd_parts(""), PAGE, "<ofd:Page", laughs)), OfdUnsafe)
    outside = '<!DOCTYPE x SYSTEM "file:///etc/passwd">\n<ofd:Page'
    assert isinstance(refused(replaced(ofd_parts(""), PAGE, "<ofd:Page", outside)), OfdUnsafe)
    hidden = replaced(ofd_parts(""), PAGE, "<ofd:Page", laughs)
    text = hidden[PAGE].decode().replace("UTF-8", "UTF-16")
    assert isinstance(refused(hidden | {PAGE: text.encode("utf-16")}), OfdUnsafe)


@pytest.mark.parametrize("name", ["../out.xml", "/../../etc/passwd", "a\\..\\..\\out.xml"])
def test_names_that_lead_out_are_refused(refused: Refuse, name: str) -> None:
    assert isinstance(refused(ofd_parts("") | {name: b"x"}), OfdUnsafe)
    assert isinstance(refused(replaced(ofd_parts(""), DOCUMENT, "Pages/P.xml", f"../{name}")), OfdUnsafe)


def test_two_parts_of_one_name_are_refused(tmp_path: Path) -> None:
    path = write_ofd(tmp_path / "a.ofd", ofd_parts(""))
    with zipfile.ZipFile(path, "a") as more:
        more.writestr(f"/{PAGE}", ofd_parts(text_object(TEXT))[PAGE])
    with pytest.raises(OfdUnsafe):
        look_at_ofd(path)


def test_references_in_a_circle_are_refused(refused: Refuse) -> None:
    own = UNIT.format(id=40, content=USE.format(id=40))
    assert isinstance(refused(ofd_parts(USE.format(id=40), resources=own)), OfdUnsafe)
    pair = UNIT.format(id=40, content=USE.format(id=41)) + UNIT.format(id=41, content=USE.format(id=40))
    assert isinstance(refused(ofd_parts(USE.format(id=40), resources=pair)), OfdUnsafe)
    params = (
        '<ofd:DrawParams><ofd:DrawParam ID="50" Relative="51"/><ofd:DrawParam ID="51" Relative="50"/></ofd:DrawParams>'
    )
    styled = text_object(TEXT, more='DrawParam="50"')
    assert isinstance(refused(ofd_parts(styled, resources=params)), OfdUnsafe)


def test_objects_that_multiply_are_bounded(refused: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten of ten of ten..., eleven times."""
    monkeypatch.setattr(drawing, "MAX_OBJECTS", 2000)  # the bound itself takes seconds
    units = "".join(UNIT.format(id=100 + level, content=USE.format(id=101 + level) * 10) for level in range(11))
    last = UNIT.format(id=111, content="")
    assert isinstance(refused(ofd_parts(USE.format(id=100), resources=units + last)), OfdTooLarge)


def test_deep_nesting_is_bounded(refused: Refuse) -> None:
    deep = "<ofd:PageBlock>" * 20 + "</ofd:PageBlock>" * 20
    assert isinstance(refused(ofd_parts(deep)), OfdTooLarge)
    deeper = "<ofd:PageBlock>" * 50_000 + "</ofd:PageBlock>" * 50_000
    assert isinstance(refused(ofd_parts(deeper)), OfdTooLarge)


def test_bombs_are_bounded(refused: Refuse, monkeypatch: pytest.MonkeyPatch) -> None:
    big = ofd_parts("") | {PAGE: b" " * (archive.MAX_XML_BYTES + 1)}
    assert isinstance(refused(big), OfdTooLarge)
    assert isinstance(refused(ofd_parts("", area="0 0 9000000 1")), OfdTooLarge)
    assert isinstance(refused(ofd_parts("", pages=3001)), OfdTooLarge)
    monkeypatch.setattr(archive, "MAX_ENTRIES", 4)
    assert isinstance(refused(ofd_parts("")), OfdTooLarge)


def test_an_endless_list_of_parts_is_not_read(tmp_path: Path) -> None:
    data = bytearray(write_ofd(tmp_path / "a.ofd", ofd_parts("")).read_bytes())
    end = data.rfind(b"PK\5\6")
    for changed in (
        data[: end + 12] + struct.pack("<I", 17 << 20) + data[end + 16 :],
        data[:end] + b"PK\6\7" + bytes(16) + data[end:],
    ):
        (tmp_path / "b.ofd").write_bytes(changed)
        with pytest.raises(OfdTooLarge):
            look_at_ofd(tmp_path / "b.ofd")


def test_a_count_of_distances_takes_no_more_than_there_are_characters(tmp_path: Path) -> None:
    path = write_ofd(tmp_path / "a.ofd", ofd_parts(text_object(TEXT, deltas="g 9000000 5")))
    assert draw_ofd(path, tmp_path / "a.pdf").pages == 1


def claiming(width: int, height: int) -> bytes:
    """A PNG whose head says that it is this large."""
    small = picture("PNG", (1, 2, 3))
    head = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


def test_hostile_pictures_and_fonts_are_told_not_drawn(tmp_path: Path) -> None:
    media = (
        '<ofd:MultiMedias><ofd:MultiMedia ID="{id}"><ofd:MediaFile>{id}</ofd:MediaFile></ofd:MultiMedia>'
        "</ofd:MultiMedias>"
    )
    image = '<ofd:ImageObject Boundary="0 0 9 9" CTM="9 0 0 9 0 0" ResourceID="{id}"/>'
    files = {
        "31": claiming(30_000, 30_000),
        "35": claiming(12_000, 7_000),
        "32": picture("JPEG", (1, 2, 3))[:-40],
        "33": b"\x97JB2\r\n\x1a\n\x01\0\0\0\1" + b"\0\0\0\0\x30\0\1\0\0\0\x13" + b"\xff" * 19,
        "34": b"<svg/>",
    }
    fonts = '<ofd:Fonts><ofd:Font ID="60" FontName="坏"><ofd:FontFile>60</ofd:FontFile></ofd:Font></ofd:Fonts>'
    parts = ofd_parts(
        "".join(image.format(id=number) for number in files) + text_object(TEXT, font=60),
        resources="".join(media.format(id=number) for number in files) + fonts,
    )
    files["60"] = b"\0\1\0\0" + b"\xff" * 60
    parts |= {f"Doc/Files/{number}": data for number, data in files.items()}
    told = draw_ofd(write_ofd(tmp_path / "a.ofd", parts), tmp_path / "a.pdf").not_drawn
    assert "坏" in told
    assert all(f"Doc/Files/{number}" in told for number in files if number != "60")
