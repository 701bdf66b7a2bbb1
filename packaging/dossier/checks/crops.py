"""The part of a page that a finding rests on, cut out to be shown beside it."""

from __future__ import annotations

import cv2
import numpy as np

from dossier.model import Face, Place
from ocr.imaging.load import encode_jpeg
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.types import Box, Picture

AROUND_MM = (12.0, 5.0)  # paper shown beside and above the place, so that its label is seen too
LEAST_MM = (60.0, 16.0)
SHOWN_DPI = 150
JPEG_QUALITY = 75
_RED = (0, 0, 200)  # blue, green, red


def part_to_show(place: Place, face: Face) -> Box:
    """The place with some paper around it, in pixels of the face's picture and inside of it; without a box the page."""
    if place.box is None:
        return 0, 0, face.width_px, face.height_px
    left, width = _widened(place.box[0], place.box[2], AROUND_MM[0], LEAST_MM[0], face.width_px, face.dpi)
    top, height = _widened(place.box[1], place.box[3], AROUND_MM[1], LEAST_MM[1], face.height_px, face.dpi)
    return left, top, width, height


def cut_out(picture: Picture, place: Place, face: Face) -> bytes:
    """That part of the face's picture as a JPEG at 150 dpi at most, the place framed in red; a whole page at 50 dpi."""
    left, top, width, height = part_to_show(place, face)
    part = np.ascontiguousarray(picture[top : top + height, left : left + width])
    if place.box is not None:
        x, y, wide, high = place.box
        corner = (x - left, y - top)
        cv2.rectangle(part, corner, (corner[0] + wide, corner[1] + high), _RED, max(2, round(mm_to_px(0.4, face.dpi))))
    small, dpi = reduce_to(part, face.dpi, SHOWN_DPI if place.box is not None else SHOWN_DPI / 3)
    return encode_jpeg(small, JPEG_QUALITY, dpi=round(dpi))


def _widened(start: int, length: int, around: float, least: float, most: int, dpi: int) -> tuple[int, int]:
    """Start and length along one axis, pixels."""
    wanted = min(most, round(max(length + 2 * mm_to_px(around, dpi), mm_to_px(least, dpi))))
    first = round(start + length / 2 - wanted / 2)
    return max(0, min(first, most - wanted)), wanted
