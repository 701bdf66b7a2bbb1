"""Picture files fed through SANE's `pnm` backend: what went in comes out, pixel for pixel."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageChops

from drivers.origin import Origin
from drivers.scanners import ScanSettings, open_session
from drivers.scanners.types import End, EndReason, Event, Fault, FaultCode, Mode, PageDone, Side, Source

Draw = Callable[..., list[Path]]
Told = Callable[[Iterable[Event]], list[Event]]
PagesOf = Callable[[Iterable[Event]], list[PageDone]]


@pytest.mark.parametrize(
    ("mode", "pillow", "channels", "depth"),
    [(Mode.COLOR, "RGB", 3, 8), (Mode.GRAY, "L", 1, 8), (Mode.BW, "1", 1, 1)],
)
def test_three_pictures_fed_come_back_unchanged(
    spool: Path, draw_pages: Draw, pages_of: PagesOf, mode: Mode, pillow: str, channels: int, depth: int
) -> None:
    pile = draw_pages(3, pillow)
    with open_session("pnm:0", ScanSettings(mode=mode, dpi=100, feed=tuple(pile)), spool) as session:
        events = list(session)

    pages = pages_of(events)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 3)
    for page, picture in zip(pages, pile, strict=True):
        with Image.open(page.path) as scanned, Image.open(picture) as fed:
            assert scanned.mode == fed.mode == pillow
            assert ImageChops.difference(scanned, fed).getbbox() is None
        record = page.record
        assert (record.channels, record.depth, record.dpi) == (channels, depth, 100)
        assert record.origin is Origin.SIMULATOR
        assert record.effective["filename"] == picture.name
        assert record.effective["resolution"] == "100, not measured"
    assert sorted(path.suffix for path in spool.iterdir()) == [".json"] * 3 + [".png"] * 3


def test_a_colour_picture_scanned_in_black_and_white_is_cut_at_a_threshold(
    spool: Path, draw_pages: Draw, pages_of: PagesOf
) -> None:
    (picture,) = draw_pages(1)
    with open_session("pnm:0", ScanSettings(mode=Mode.BW, feed=(picture,)), spool) as session:
        (page,) = pages_of(session)
    with Image.open(page.path) as scanned, Image.open(picture) as fed:
        cut = fed.convert("L").point(lambda level: 255 * (level >= 128)).convert("1")
        assert ImageChops.difference(scanned, cut).getbbox() is None


def test_a_pile_fed_as_duplex_has_fronts_and_backs(spool: Path, draw_pages: Draw, pages_of: PagesOf) -> None:
    settings = ScanSettings(source=Source.ADF_DUPLEX, mode=Mode.GRAY, feed=tuple(draw_pages(3, "L")))
    with open_session("pnm:0", settings, spool, first_sequence=7, first_sheet=4) as session:
        pages = pages_of(session)
    assert [(page.record.sequence, page.record.sheet, page.record.side) for page in pages] == [
        (7, 4, Side.FRONT),
        (8, 4, Side.BACK),
        (9, 5, Side.FRONT),
    ]


def test_a_broken_picture_in_the_pile_stops_the_batch_after_the_good_ones(
    spool: Path, tmp_path: Path, draw_pages: Draw, told: Told, pages_of: PagesOf
) -> None:
    pile = draw_pages(3, "L")
    broken = tmp_path / "坏页.png"
    broken.write_bytes(pile[1].read_bytes()[:5000])
    pile[1] = broken
    with open_session("pnm:0", ScanSettings(mode=Mode.GRAY, feed=tuple(pile)), spool) as session:
        events = told(session)
    fault, end = events[-2:]
    assert len(pages_of(events)) == 1
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, end) == (FaultCode.INVALID_SETTING, 2, End(EndReason.FAULT, 1))
    assert broken.name in fault.raw
    assert {path.suffix for path in spool.iterdir()} == {".json", ".png"}


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_an_enormous_picture_is_refused_before_it_is_unpacked(spool: Path, tmp_path: Path, told: Told) -> None:
    bomb = tmp_path / "bomb.png"
    head = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(5001))))
    with open_session("pnm:0", ScanSettings(mode=Mode.BW, feed=(bomb,)), spool) as session:
        _, fault, end = told(session)
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.INVALID_SETTING, End(EndReason.FAULT, 0))
    assert "1600000000 pixels" in fault.raw
    assert list(spool.iterdir()) == []


@pytest.mark.parametrize("suffix", ["png", "pnm"])
@pytest.mark.parametrize("mode", [Mode.GRAY, Mode.COLOR])
def test_sixteen_bits_a_sample_come_out_as_they_went_in(
    spool: Path, tmp_path: Path, pages_of: PagesOf, mode: Mode, suffix: str
) -> None:
    shape = (61, 47, 3) if mode is Mode.COLOR else (61, 47)
    samples = np.random.default_rng(16).integers(0, 65536, shape, dtype=np.uint16)
    picture = tmp_path / f"深页.{suffix}"
    assert cv2.imwrite(str(picture), samples)
    with open_session("pnm:0", ScanSettings(mode=mode, depth=16, feed=(picture,)), spool) as session:
        (page,) = pages_of(session)
    assert (page.record.width_px, page.record.height_px, page.record.depth) == (47, 61, 16)
    taken = cv2.imread(str(page.path), cv2.IMREAD_UNCHANGED)
    assert taken is not None
    assert taken.dtype == np.uint16
    np.testing.assert_array_equal(taken, samples)


@pytest.mark.parametrize(("depth", "kind"), [(8, np.uint16), (None, np.uint16), (16, np.uint8)])
@pytest.mark.parametrize("suffix", ["png", "pnm"])
def test_a_picture_of_another_depth_than_asked_is_refused(
    spool: Path, tmp_path: Path, told: Told, depth: int | None, kind: type, suffix: str
) -> None:
    picture = tmp_path / f"page.{suffix}"
    assert cv2.imwrite(str(picture), np.full((30, 20, 3), 200, kind))
    with open_session("pnm:0", ScanSettings(depth=depth, feed=(picture,)), spool) as session:
        _, fault, _ = told(session)
    assert isinstance(fault, Fault)
    assert fault.code is FaultCode.INVALID_SETTING
    assert f"where {depth or 8} are asked" in fault.raw
