from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import simplejpeg
from clerk import juanzong
from PIL import Image

from ocr.errors import JpegNotTurned
from ocr.imaging.evidence import make_evidence
from ocr.imaging.geometry import map_points
from ocr.imaging.jpeg_turn import quarter_turn, turn_jpeg
from ocr.imaging.load import encode_jpeg, load_picture
from ocr.imaging.types import Op, OpKind, OpSource, Recipe

SUBSAMPLINGS = {"4:4:4": 0, "4:2:2": 1, "4:2:0": 2}


def jpeg(width: int, height: int, mode: str = "RGB", **how: Any) -> bytes:
    """A soft gradient with a dark corner, so that turns and edges can be told."""
    y, x = np.mgrid[:height, :width]
    samples = np.dstack([255 * x / width, 255 * y / height, np.full_like(x, 90)]).astype(np.uint8)
    samples[:10, :14] = 0
    stream = io.BytesIO()
    Image.fromarray(samples).convert(mode).save(stream, "JPEG", quality=90, dpi=(300, 300), **how)
    return stream.getvalue()


def decoded(data: bytes) -> Any:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB")).astype(int)


@pytest.mark.parametrize("subsampling", SUBSAMPLINGS)
@pytest.mark.parametrize("size", [(160, 96), (155, 93), (153, 96), (160, 91)])
@pytest.mark.parametrize("deg", [90, 180, 270])
def test_a_turn_keeps_every_pixel_with_or_without_even_blocks(
    subsampling: str, size: tuple[int, int], deg: int
) -> None:
    data = jpeg(*size, subsampling=SUBSAMPLINGS[subsampling])
    turned = turn_jpeg(data, deg)
    before, after = decoded(data), decoded(turned.data)
    assert after.shape[1::-1] == (turned.width, turned.height)
    ys, xs = np.mgrid[: size[1], : size[0]]
    columns, rows = map_points(turned.matrix, np.column_stack([xs.ravel(), ys.ravel()]).astype(float)).T.astype(int)
    assert min(columns.min(), rows.min()) >= 0
    apart = np.abs(after[rows, columns] - before.reshape(-1, 3))
    assert np.quantile(apart, 0.97) <= 3  # decoders smooth chroma between blocks; luma differs by rounding
    assert (turned.width - (size[0] if deg == 180 else size[1])) in range(16)


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("progressive", [False, True])
def test_four_quarter_turns_give_the_same_coefficients(mode: str, progressive: bool) -> None:
    data = turned = jpeg(160, 96, mode, progressive=progressive)
    for _ in range(4):
        turned = turn_jpeg(turned, 90).data
    assert np.array_equal(decoded(turned), decoded(data))


def test_no_turn_gives_the_very_bytes() -> None:
    data = jpeg(155, 93)
    assert turn_jpeg(data, 0).data == data


def test_the_resolution_stays_and_a_wish_to_turn_again_does_not() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.open(io.BytesIO(turn_jpeg(jpeg(160, 96, exif=exif), 90).data))
    assert turned.info["dpi"] == (300, 300)
    assert 0x0112 not in turned.getexif()


@pytest.mark.parametrize("cut", [4, 100, 700])
def test_damaged_files_are_not_turned(cut: int) -> None:
    with pytest.raises(JpegNotTurned):
        turn_jpeg(jpeg(160, 96)[:cut], 90)


def test_other_turns_are_refused() -> None:
    with pytest.raises(ValueError, match="45"):
        turn_jpeg(jpeg(160, 96), 45)


def recipe(*ops: tuple[OpKind, tuple[float, ...]]) -> Recipe:
    return Recipe(tuple(Op(kind, values, OpSource.OPERATOR) for kind, values in ops))


@pytest.mark.parametrize(
    ("ops", "turn"),
    [
        ((), 0),
        (((OpKind.TURN, (90.0,)), (OpKind.TURN, (180.0,))), 270),
        (((OpKind.TURN, (90.0,)), (OpKind.FILL_HOLE, (10.0, 20.0, 6.0))), 90),
        (((OpKind.TURN, (90.0,)), (OpKind.DESKEW, (1.0,))), None),
        (((OpKind.CROP, (1.0, 0, 0, 0)),), None),
    ],
)
def test_when_a_quarter_turn_is_all(ops: tuple[tuple[OpKind, tuple[float, ...]], ...], turn: int | None) -> None:
    assert quarter_turn(recipe(*ops)) == turn


@pytest.mark.parametrize(
    ("name", "ops", "same"),
    [
        ("a.jpg", (), True),
        ("a.jpg", ((OpKind.TURN, (90.0,)),), True),
        ("a.jpg", ((OpKind.DESKEW, (2.0,)),), False),
        ("a.png", ((OpKind.TURN, (90.0,)),), False),
    ],
)
def test_evidence_of_a_jpeg_is_a_second_generation_only_where_pixels_are_resampled(
    tmp_path: Path, name: str, ops: tuple[tuple[OpKind, tuple[float, ...]], ...], same: bool
) -> None:
    path = tmp_path / name
    path.write_bytes(jpeg(155, 93, subsampling=2))
    if name.endswith("png"):
        Image.open(io.BytesIO(jpeg(155, 93))).save(path)
    loaded = load_picture(path)
    made = make_evidence(path, loaded, 300, recipe(*ops))
    assert made.same_coding is same
    assert np.abs(decoded(made.data)[:, :, ::-1] - made.picture).mean() < 2
    if not ops:
        assert made.data == path.read_bytes()


def test_a_kind_that_cannot_be_turned_is_rendered(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(155, 93))
    loaded = load_picture(path)
    arithmetic = path.read_bytes().replace(b"\xff\xc0", b"\xff\xc9", 1)  # the frame of an arithmetic coding
    path.write_bytes(arithmetic)
    assert not make_evidence(path, loaded, 300, recipe((OpKind.TURN, (90.0,)))).same_coding


@pytest.mark.parametrize("deg", [0, 90])
def test_cmyk_is_rendered_for_a_pdf_of_rgb_pictures(tmp_path: Path, deg: int) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(155, 93, "CMYK"))
    made = make_evidence(path, load_picture(path), 300, recipe((OpKind.TURN, (float(deg),))))
    assert not made.same_coding
    assert Image.open(io.BytesIO(made.data)).mode == "RGB"


@pytest.mark.parametrize("extra", ["exif", "behind"])
def test_without_a_turn_a_wish_to_turn_and_what_lies_behind_the_picture_are_left_out(
    tmp_path: Path, extra: str
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    plain = jpeg(155, 93, subsampling=2)
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg(155, 93, subsampling=2, exif=exif) if extra == "exif" else plain + bytes(100))
    made = make_evidence(path, load_picture(path), 300, recipe())
    assert made.same_coding
    assert made.data.endswith(b"\xff\xd9")
    assert not Image.open(io.BytesIO(made.data)).getexif()
    assert np.array_equal(decoded(made.data), decoded(plain))


def test_clean_keeps_the_coding_of_a_page_that_lies_on_its_side(draw: Any, tmp_path: Path) -> None:
    upright = encode_jpeg(draw.page(), 85, "420")
    (tmp_path / "side.jpg").write_bytes(turn_jpeg(upright, 270).data)
    wish = ("-o", tmp_path / "clean.jpg", "--derivative", "evidence", "--json")
    ran = juanzong(tmp_path, "page", "clean", tmp_path / "side.jpg", *wish)
    assert ran.code == 0, ran.err
    assert (ran.json["ops"], ran.json["same_coding"]) == ([["turn", 90.0]], True)
    height, width = simplejpeg.decode_jpeg_header(upright)[:2]
    before, after = simplejpeg.decode_jpeg(upright), simplejpeg.decode_jpeg((tmp_path / "clean.jpg").read_bytes())
    assert np.abs(after[:height, -width:].astype(int) - before).mean() < 0.5
