"""Files cut off anywhere, with holes, or made to mislead: none is taken for whole."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import numpy as np
import pytest
from PIL import Image

from drivers.scanners.whole import FileKind, NotWhole, check_whole, kind_of

MANY_PAGES = {"save_all": True, "append_images": [Image.new("L", (30, 20), 90)]}


def made(kind: str, **options: object) -> bytes:
    noise = np.random.default_rng(1).integers(0, 256, (24, 32, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).save(out, kind, **options)
    return out.getvalue()


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<卷宗/>")
    return out.getvalue()


WHOLE = {
    "jpeg": (FileKind.JPEG, made("JPEG")),
    "progressive": (FileKind.JPEG, made("JPEG", progressive=True)),
    "jpeg with a picture in its exif": (FileKind.JPEG, made("JPEG", exif=b"Exif\0\0" + made("JPEG")[:3000])),
    "png": (FileKind.PNG, made("PNG")),
    "tiff": (FileKind.TIFF, made("TIFF")),
    "tiff of two pages": (FileKind.TIFF, made("TIFF", **MANY_PAGES).rstrip(b"\0")),
    "tiff lzw": (FileKind.TIFF, made("TIFF", compression="tiff_lzw")),
    "pdf": (FileKind.PDF, made("PDF", **MANY_PAGES).rstrip()),
    "ofd": (FileKind.OFD, zipped("OFD.xml", "Doc_0/Document.xml")),
}


@pytest.mark.parametrize(("kind", "data"), WHOLE.values(), ids=WHOLE)
def test_whole_as_it_is_and_not_when_cut_anywhere(kind: FileKind, data: bytes) -> None:
    assert kind_of(data) is kind
    check_whole(kind, data)
    for end in {*range(8, len(data), 37), len(data) - 1}:
        with pytest.raises(NotWhole):
            check_whole(kind, data[:end])


@pytest.mark.parametrize("name", ["jpeg", "png", "pdf"])
def test_what_scanners_pad_at_the_end_does_no_harm(name: str) -> None:
    kind, data = WHOLE[name]
    check_whole(kind, data + b"\0" * 500)


@pytest.mark.parametrize("name", ["jpeg", "png", "pdf", "ofd"])
def test_room_reserved_but_not_yet_written_is_not_whole(name: str) -> None:
    kind, data = WHOLE[name]
    for written in (0.3, 0.8):
        end = int(len(data) * written)
        with pytest.raises(NotWhole):
            check_whole(kind, data[:end] + bytes(len(data) - end))


def test_a_zip_without_a_document_is_of_no_kind() -> None:
    assert kind_of(zipped("install.exe")) is None


def tiff(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + directory + struct.pack("<I", following)


@pytest.mark.parametrize(
    "data",
    [
        tiff((273, 4, 1, 8), (279, 4, 1, 4), following=8),
        tiff((256, 4, 1, 8)),
        tiff((273, 4, 0xFFFFFFFF, 8)),
        tiff((273, 4, 1, 8), (279, 4, 1, 0xFFFFFFFF)),
        tiff((273, 4, 2, 8), (279, 4, 1, 4)),
        b"II*\0" + bytes(4),
        b"MM\0*\0\0\0\x08\xff\xff" + bytes(100),
    ],
    ids=["circle", "no data", "endless strips", "beyond the end", "odd lists", "no directory", "endless directory"],
)
def test_a_misleading_tiff_is_refused_at_once(data: bytes) -> None:
    begun = time.monotonic()
    with pytest.raises(NotWhole):
        check_whole(FileKind.TIFF, data)
    assert time.monotonic() - begun < 20  # four thousand million steps take far longer


def test_other_files_have_no_kind() -> None:
    for data in (b"", b"GIF89a", b"II+\0\x08\0", b"%!PS", b"\xff\xd8", b"PK\x03\x04"):
        assert kind_of(data) is None
