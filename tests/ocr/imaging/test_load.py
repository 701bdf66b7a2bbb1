from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.errors import PictureBroken, PictureTooLarge, PictureUnknown
from ocr.imaging.load import ColourMode, count_pages, dpi_of_a4, encode_jpeg, load_picture


@pytest.fixture
def colours() -> Image.Image:
    """Red left, blue right, with a ramp, 120 x 80."""
    picture = np.zeros((80, 120, 3), np.uint8)
    picture[:, :60, 0] = picture[:, 60:, 2] = 200
    picture[:, :, 1] = np.arange(120)
    return Image.fromarray(picture)


def saved(tmp_path: Path, image: Image.Image, name: str, **how: object) -> Path:
    image.save(tmp_path / name, **how)
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "kind", "how"),
    [
        ("a.png", "PNG", {}),
        ("a.tif", "TIFF", {}),
        ("b.tif", "TIFF", {"compression": "tiff_lzw"}),
        ("c.tif", "TIFF", {"compression": "tiff_adobe_deflate"}),
    ],
)
def test_lossless_files_give_their_pixels(
    tmp_path: Path, colours: Image.Image, name: str, kind: str, how: dict[str, str]
) -> None:
    loaded = load_picture(saved(tmp_path, colours, name, dpi=(300, 300), **how))
    assert np.array_equal(loaded.picture, np.asarray(colours)[:, :, ::-1])
    assert (loaded.dpi, loaded.format, loaded.mode, loaded.exif_turn) == (300, kind, ColourMode.COLOUR, 0)


def test_jpeg(tmp_path: Path, colours: Image.Image) -> None:
    loaded = load_picture(saved(tmp_path, colours, "a.jpg", dpi=(200, 200), quality=95, subsampling=0))
    assert np.abs(loaded.picture.astype(int) - np.asarray(colours)[:, :, ::-1]).mean() < 3
    assert (loaded.dpi, loaded.format, loaded.mode) == (200, "JPEG", ColourMode.COLOUR)


@pytest.mark.parametrize(
    ("pillow_mode", "mode"), [("L", ColourMode.GRAY), ("1", ColourMode.BITONAL), ("P", ColourMode.COLOUR)]
)
def test_other_modes_become_bgr(tmp_path: Path, colours: Image.Image, pillow_mode: str, mode: ColourMode) -> None:
    image = colours.convert(pillow_mode)
    loaded = load_picture(saved(tmp_path, image, "a.png"))
    assert loaded.mode is mode
    assert np.array_equal(loaded.picture[:, :, ::-1], np.asarray(image.convert("RGB")))


def test_fax_tiff(tmp_path: Path, colours: Image.Image) -> None:
    loaded = load_picture(saved(tmp_path, colours.convert("1"), "a.tif", compression="group4"))
    assert loaded.mode is ColourMode.BITONAL
    assert set(np.unique(loaded.picture)) == {0, 255}


@pytest.mark.parametrize("name", ["a.png", "a.tif"])
def test_sixteen_bits_are_reduced(tmp_path: Path, name: str) -> None:
    samples = np.array([[0, 257, 32896, 65535]], np.uint16)
    loaded = load_picture(saved(tmp_path, Image.fromarray(samples), name))
    assert loaded.picture[0, :, 0].tolist() == [0, 1, 128, 255]
    assert loaded.mode is ColourMode.GRAY


def test_transparency_is_laid_on_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (2, 1), (0, 0, 0, 255))
    image.putpixel((1, 0), (0, 0, 0, 0))
    assert load_picture(saved(tmp_path, image, "a.png")).picture[0].tolist() == [[0, 0, 0], [255, 255, 255]]


def test_cmyk_jpeg(tmp_path: Path) -> None:
    loaded = load_picture(saved(tmp_path, Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "a.jpg"))
    blue, green, red = loaded.picture[8, 8]
    assert red > 200
    assert max(blue, green) < 60


@pytest.mark.parametrize(("tag", "turn"), [(1, 0), (3, 180), (6, 90), (8, 270), (2, 0), (77, 0)])
def test_exif_orientation_is_reported_not_applied(tmp_path: Path, colours: Image.Image, tag: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = tag
    loaded = load_picture(saved(tmp_path, colours, "a.jpg", exif=exif))
    assert loaded.exif_turn == turn
    assert loaded.picture.shape == (80, 120, 3)


@pytest.mark.parametrize("dpi", [(1, 1), (100000, 100000), (204, 98)])
def test_senseless_resolutions_are_not_believed(tmp_path: Path, colours: Image.Image, dpi: tuple[int, int]) -> None:
    assert load_picture(saved(tmp_path, colours, "a.tif", dpi=dpi)).dpi is None


def test_no_resolution(tmp_path: Path, colours: Image.Image) -> None:
    assert load_picture(saved(tmp_path, colours, "a.png")).dpi is None
    assert dpi_of_a4(2480, 3508) == 300
    assert dpi_of_a4(1754, 1240) == 150
    assert dpi_of_a4(1, 60_000) == 50  # never so low that a millimetre is no pixel


def test_tiff_pages(tmp_path: Path) -> None:
    pages = [Image.new("L", (30, 20 + i), 60 * i) for i in range(4)]
    path = saved(tmp_path, pages[0], "a.tif", save_all=True, append_images=pages[1:])
    assert count_pages(path) == 4
    third = load_picture(path, page=2).picture
    assert third.shape == (22, 30, 3)
    assert third[0, 0].tolist() == [120, 120, 120]
    with pytest.raises(PictureBroken):
        load_picture(path, page=4)


def test_one_page_in_other_formats(tmp_path: Path, colours: Image.Image) -> None:
    assert count_pages(saved(tmp_path, colours, "a.png")) == 1


@pytest.mark.parametrize(
    "how", [{"format": "JPEG"}, {"format": "PNG"}, {"format": "TIFF"}, {"format": "JPEG", "progressive": True}]
)
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.97])
def test_cut_off_files_are_refused(tmp_path: Path, how: dict[str, object], kept: float) -> None:
    stream = io.BytesIO()
    noise = np.random.default_rng(0).integers(0, 255, (200, 200, 3)).astype(np.uint8)
    Image.fromarray(noise).save(stream, **how)
    path = tmp_path / "cut"
    path.write_bytes(stream.getvalue()[: int(kept * stream.tell())])
    with pytest.raises(PictureBroken):
        load_picture(path)


def test_cut_off_fax_tiff_is_refused(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(0).integers(0, 255, (400, 400)).astype(np.uint8)).convert("1")
    path = saved(tmp_path, noise, "a.tif", compression="group4")
    with Image.open(path) as image:
        (offset,), (length,) = image.tag_v2[273], image.tag_v2[279]
    strip = path.read_bytes()[offset : offset + length]
    longs = {256: 400, 257: 400, 258: 1, 259: 4, 262: 0, 273: 8 + 2 + 9 * 12 + 4, 277: 1, 278: 400, 279: length}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in longs.items())
    whole = (
        b"II*\0" + struct.pack("<IH", 8, len(longs)) + entries + bytes(4) + strip
    )  # the directory before the picture
    path.write_bytes(whole)
    assert load_picture(path).picture.shape == (400, 400, 3)
    path.write_bytes(whole[:-2000])
    with pytest.raises(PictureBroken):
        load_picture(path)


def test_damage_within_is_refused(tmp_path: Path, colours: Image.Image) -> None:
    path = saved(tmp_path, colours, "a.png")
    data = bytearray(path.read_bytes())
    data[data.index(b"IDAT") + 20] ^= 0xFF
    path.write_bytes(data)
    with pytest.raises(PictureBroken) as caught:
        load_picture(path)
    assert "a.png" in str(caught.value)


def png_header(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def test_a_huge_png_is_refused_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_header(40_000, 40_000) + b"\0\0\0\x10IDAT" + bytes(16))
    with pytest.raises(PictureTooLarge) as caught:
        load_picture(path)
    assert "40000 x 40000" in str(caught.value)


def test_the_limit_is_the_callers(tmp_path: Path, colours: Image.Image) -> None:
    path = saved(tmp_path, colours, "a.jpg")
    load_picture(path, max_pixels=120 * 80)
    with pytest.raises(PictureTooLarge):
        load_picture(path, max_pixels=120 * 80 - 1)


def test_a_jpeg_of_endless_scans_is_refused(tmp_path: Path, colours: Image.Image) -> None:
    path = saved(tmp_path, colours, "a.jpg", progressive=True)
    data = path.read_bytes()
    path.write_bytes(data[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 200 + data[-2:])
    with pytest.raises(PictureBroken, match="scans"):
        load_picture(path)


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(50), b"%PDF-1.7", b"\xff\xd8", b"BM" + bytes(60)])
def test_other_files_are_unknown(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(PictureUnknown):
        load_picture(path)


@pytest.mark.parametrize("head", [b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"])
def test_heads_without_bodies_are_broken(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(head + bytes(40))
    with pytest.raises(PictureBroken):
        load_picture(path)


def test_encoded_pictures_carry_their_resolution(colours: Image.Image) -> None:
    bgr = np.asarray(colours)[:, :, ::-1]
    for picture in (bgr, np.ascontiguousarray(bgr[:, :, 1])):
        decoded = Image.open(io.BytesIO(encode_jpeg(picture, quality=95, dpi=300)))
        assert decoded.info["dpi"] == (300, 300)
        assert decoded.mode == ("RGB" if picture.ndim == 3 else "L")
        back = np.asarray(decoded)[:, :, ::-1] if picture.ndim == 3 else np.asarray(decoded)
        assert np.abs(back.astype(int) - picture).mean() < 3


def test_a_picture_without_colour_is_coded_in_gray(colours: Image.Image) -> None:
    gray = np.ascontiguousarray(np.asarray(colours)[:, :, 1])
    without = np.repeat(gray[:, :, None], 3, axis=2)
    assert encode_jpeg(without) == encode_jpeg(gray)
    for channel in range(3):
        with_one = without.copy()
        with_one[-1, -1, channel] ^= 64
        assert Image.open(io.BytesIO(encode_jpeg(with_one))).mode == "RGB", channel


def test_a_huge_later_page_is_refused_by_its_header(tmp_path: Path) -> None:
    pages = [Image.new("L", (30, 20)), Image.new("L", (30, 20))]
    path = saved(tmp_path, pages[0], "a.tif", save_all=True, append_images=pages[1:])
    data = bytearray(path.read_bytes())
    first = struct.unpack("<I", data[4:8])[0]
    second = struct.unpack("<I", data[first + 2 + 12 * struct.unpack("<H", data[first : first + 2])[0] :][:4])[0]
    for entry in range(struct.unpack("<H", data[second : second + 2])[0]):
        at = second + 2 + 12 * entry
        if struct.unpack("<H", data[at : at + 2])[0] in (256, 257):
            data[at + 2 : at + 12] = struct.pack("<HII", 4, 1, 40_000)
    path.write_bytes(data)
    assert load_picture(path).picture.shape == (20, 30, 3)
    assert count_pages(path) == 2
    with pytest.raises(PictureTooLarge):
        load_picture(path, page=1)


def test_huge_tiles_of_a_small_picture_are_refused(tmp_path: Path) -> None:
    longs = {256: 30, 257: 20, 258: 8, 259: 1, 262: 1, 277: 1, 322: 40_000, 323: 40_000, 324: 200, 325: 100}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in longs.items())
    path = tmp_path / "tiles.tif"
    path.write_bytes(b"II*\0" + struct.pack("<IH", 8, len(longs)) + entries + bytes(400))
    with pytest.raises(PictureBroken):
        load_picture(path)
