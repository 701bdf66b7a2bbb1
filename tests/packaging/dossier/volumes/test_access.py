"""Pictures for reading: small, of the same size in pixels, and nothing of the page is lost."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dossier.model import Face
from dossier.volumes.access import access_documents, access_picture
from dossier.volumes.errors import PictureUnusable
from ocr.imaging.types import Mark, MarkKind
from tests.packaging.dossier.volumes.samples import make_document

FaceMaker = Callable[..., Face]
SIZE = (2480, 3508)  # A4 at 300 dpi


@pytest.fixture
def scanned(face: FaceMaker) -> Face:
    """A page of text, a pale red print and a faint full stop under a scanner's noise."""
    made = face("1", size=SIZE)
    with Image.open(made.picture) as opened:
        pixels = np.asarray(opened).astype(np.int16)
    y, x = np.mgrid[0:300, 0:200]
    ridges = np.sin(np.hypot(y - 150, x - 100) * 2 * np.pi / 5.5) > 0
    pixels[1500:1800, 1000:1200][ridges] = (225, 170, 170)
    pixels[2000:2008, 600:608] = 150
    pixels += np.random.default_rng(1).normal(0, 3.5, pixels.shape).astype(np.int16)
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(made.picture, quality=85, subsampling=0)
    return replace(made, marks=(Mark(MarkKind.FINGERPRINT, (1000, 1500, 200, 300), 0.9),), dpi=300)


def decoded(data: Path | bytes) -> NDArray[np.int16]:
    with Image.open(io.BytesIO(data) if isinstance(data, bytes) else data) as opened:
        return np.asarray(opened.convert("RGB")).astype(np.int16)


def test_a_noisy_page_becomes_small_and_keeps_the_faint_print(scanned: Face) -> None:
    data = access_picture(scanned)
    assert len(data) < 0.4 * scanned.picture.stat().st_size
    assert len(data) < 490_000
    before, after = decoded(scanned.picture), decoded(data)
    assert before.shape == after.shape
    prints = [picture[1500:1800, 1000:1200, 1].astype(float) for picture in (before, after)]
    assert np.corrcoef(prints[0].ravel(), prints[1].ravel())[0, 1] > 0.9
    assert after[2000:2008, 600:608].mean() < 175
    assert abs(before.mean(axis=(0, 1)) - after.mean(axis=(0, 1))).max() < 2.5  # no tint


def test_it_is_the_same_each_time_and_says_its_resolution(scanned: Face) -> None:
    data = access_picture(scanned)
    assert data == access_picture(scanned)
    assert data[13:18] == bytes([1]) + (300).to_bytes(2, "big") * 2


def test_gray_stays_gray(face: FaceMaker, tmp_path: Path) -> None:
    gray = face("2", mode="L")
    folder = tmp_path / "access"
    folder.mkdir()
    (document,) = access_documents([make_document("1", "照片", [gray])], folder)
    with Image.open(document.faces[0].picture) as opened:
        assert (opened.mode, opened.size) == ("L", (gray.width_px, gray.height_px))


def test_a_broken_picture_is_refused(face: FaceMaker) -> None:
    broken = face("3")
    broken.picture.write_bytes(broken.picture.read_bytes()[:-2])
    with pytest.raises(PictureUnusable):
        access_picture(broken)
