"""Page numbers keep off the ink and the training mark lets the page be read: judged on rendered pictures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray

from dossier.model import Face
from dossier.volumes import Making, NumberStamp, write_volume
from dossier.volumes.place import Sheet, number_place
from tests.packaging.dossier.volumes.samples import DPI, SIZE, make_document, make_dossier, make_volume

FaceMaker = Callable[..., Face]
MM = 72 / 25.4
NUMBER = (7.1, 8.8)  # points
BAND = (0, 0, SIZE[0], 90)
CORNERS = {"front": (700, 0, SIZE[0], 90), "back": (0, 0, 127, 90)}


def rendered(path: Path, page: int) -> NDArray[np.int16]:
    with pypdfium2.PdfDocument(path) as document:
        return np.asarray(document[page].render(scale=2).to_pil().convert("RGB"), dtype=np.int16)


def red(picture: NDArray[np.int16]) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom of the number's colour."""
    rows, columns = np.nonzero((picture[..., 0] > 150) & (picture[..., 1] < 90) & (picture[..., 2] < 90))
    return int(columns.min()), int(rows.min()), int(columns.max()), int(rows.max())


def volume_page(face: Face, making: Making, out: Path, *, training: bool) -> NDArray[np.int16]:
    volume = make_volume([make_document("1", "讯问笔录", [face])])
    return rendered(
        write_volume(volume, make_dossier(volume, training=training), out, made=making, numbered=True).path, 2
    )


def test_front_numbers_stand_top_right(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    picture = volume_page(face("1"), making, tmp_path / "v.pdf", training=False)
    _, top, right, bottom = red(picture)
    assert abs(picture.shape[1] - right - 8 * MM * 2) < 4
    assert abs(top - 8 * MM * 2) < 4
    assert bottom - top == pytest.approx(0.733 * 12 * 2, abs=3)


def test_back_numbers_stand_top_left(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    left, top, _, _ = red(volume_page(face("1", side="back"), making, tmp_path / "v.pdf", training=False))
    assert abs(left - 8 * MM * 2) < 4
    assert abs(top - 8 * MM * 2) < 4


@pytest.mark.parametrize("side", ["front", "back"])
@pytest.mark.parametrize("occupied", ["corner", "band"])
def test_numbers_keep_off_the_ink(side: str, occupied: str, face: FaceMaker) -> None:
    ink = CORNERS[side] if occupied == "corner" else BAND
    drawn = face("1", [], side=side, ink=[ink])
    left, bottom = number_place(_sheet(drawn), NUMBER, NumberStamp())
    box = (left, _sheet(drawn).height - bottom - NUMBER[1], left + NUMBER[0], _sheet(drawn).height - bottom)
    inked = tuple(value * 72 / DPI for value in ink)
    assert box[0] >= inked[2] or box[2] <= inked[0] or box[1] >= inked[3]


def test_a_page_full_of_ink_still_gets_its_number_on_the_page(face: FaceMaker) -> None:
    full = face("1", [], ink=[(0, 0, *SIZE)])
    tiny = face("2", [], size=(40, 30))
    for drawn in (full, tiny):
        left, bottom = number_place(_sheet(drawn), NUMBER, NumberStamp())
        assert 0 <= left <= _sheet(drawn).width - NUMBER[0]
        assert 0 <= bottom <= _sheet(drawn).height - NUMBER[1]


def test_the_stamp_is_the_profile_s(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    large = replace(making, stamp=NumberStamp(font_pt=24.0, margin_mm=(20.0, 12.0)))
    _, top, _, bottom = red(volume_page(face("1"), large, tmp_path / "v.pdf", training=False))
    assert abs(top - 12 * MM * 2) < 4
    assert bottom - top == pytest.approx(0.733 * 24 * 2, abs=3)


def test_every_page_of_a_training_volume_is_marked_and_stays_legible(
    face: FaceMaker, making: Making, tmp_path: Path
) -> None:
    volume = make_volume([make_document("1", "讯问笔录", [face("1"), face("2", [], side="back", blank=True)])])
    real = write_volume(volume, make_dossier(volume, training=False), tmp_path / "real.pdf", made=making)
    marked = write_volume(volume, make_dossier(volume, training=True), tmp_path / "marked.pdf", made=making)
    for page in range(1, real.physical_pages):
        plain = rendered(real.path, page)
        over = rendered(marked.path, page)
        if page == real.physical_pages - 2:  # the remarks sheet has other words in a training volume
            continue
        difference = plain - over
        touched = difference.max(axis=2) > 8
        assert 0.02 < touched.mean() < 0.25
        assert difference.max() < 60
        assert difference[plain.max(axis=2) < 60].max(initial=0) < 15


def _sheet(face: Face) -> Sheet:
    return Sheet(face.picture, face.dpi, face.side, face.width_px * 72 / face.dpi, face.height_px * 72 / face.dpi)
