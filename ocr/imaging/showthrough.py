"""Show-through (透印): pale, soft traces of the other side between the ink of this one."""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.imaging.measures import ShowThrough
from ocr.imaging.scale import mm_to_px, reduce_to
from ocr.imaging.tone import darkest_channel, local_paper, paper_level
from ocr.imaging.types import Border, Picture

FINE_DPI: Final = 150  # fine enough to see a thin rule as the black that it is
PALE: Final = (0.025, 0.16)  # darkness of show-through; paper grain stays below, faint ink above
STRONG: Final = 0.22
KEEP_AWAY_MM: Final = 1.6  # from this side's ink, whose edges are pale too
RIM_MM: Final = 6.0
PICTURE_LEVEL: Final = 0.85  # of the paper's brightness: darker surroundings are a picture or a shadow
SEEN: Final = 0.010  # of the area between the ink
NOT_SEEN: Final = 0.004
MIN_FREE: Final = 0.2  # of the page between the ink
MIN_STRONG: Final = 0.002  # of the page; without ink of its own, faint writing looks the same


def find_show_through(picture: Picture, dpi: float, border: Border) -> ShowThrough:
    """Share of the page, away from its own ink, that is a little darker than the paper around it.

    `seen` is None on a page without dark ink of its own: what is pale there may be its content.
    """
    fine, fine_dpi = reduce_to(darkest_channel(picture), dpi, FINE_DPI)  # the channel that a seal's back darkens
    coarse, coarse_dpi = reduce_to(fine, fine_dpi, fine_dpi / 3)
    size = coarse.shape[1], coarse.shape[0]
    paper = local_paper(coarse, coarse_dpi)
    blackest = cv2.resize(cv2.erode(fine, np.ones((3, 3), np.uint8)), size, interpolation=cv2.INTER_NEAREST)
    strong = blackest < (1 - STRONG) * paper.astype(np.float32)
    free = _inside(strong.shape, border, coarse_dpi) & (paper >= PICTURE_LEVEL * paper_level(coarse))
    free &= ~_grown(strong, mm_to_px(KEEP_AWAY_MM, coarse_dpi))
    if free.mean() < MIN_FREE:
        return ShowThrough(0.0, None, 0.0)
    depth = cv2.GaussianBlur(1 - coarse / np.maximum(paper, 1).astype(np.float32), (0, 0), 0.7)
    share = float(((depth >= PALE[0]) & (depth <= PALE[1]) & free).sum() / free.sum())
    if share <= NOT_SEEN:
        return ShowThrough(share, False, 1 - 0.5 * share / NOT_SEEN)
    if share < SEEN or strong.mean() < MIN_STRONG:
        return ShowThrough(share, None, 0.0)
    return ShowThrough(share, True, min(1.0, 0.5 + share / (4 * SEEN)))


def _grown(mask: NDArray[np.bool_], reach_px: float) -> NDArray[np.bool_]:
    side = 2 * round(reach_px) + 1
    return np.asarray(cv2.dilate(mask.view(np.uint8), np.ones((side, side), np.uint8)) > 0, np.bool_)


def _inside(shape: tuple[int, ...], border: Border, dpi: float) -> NDArray[np.bool_]:
    left, top, right, bottom = (
        round(mm_to_px(mm + RIM_MM, dpi)) for mm in (border.left, border.top, border.right, border.bottom)
    )
    inside = np.zeros(shape, np.bool_)
    inside[top : max(top, shape[0] - bottom), left : max(left, shape[1] - right)] = True
    return inside
