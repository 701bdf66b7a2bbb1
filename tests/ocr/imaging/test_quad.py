"""Corners of a sheet in camera pictures drawn here: found to a fraction of a millimetre, or not claimed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ocr.imaging.quad import find_quad
from ocr.imaging.types import Picture

SIZE = (1200, 1600)
CORNERS = np.array([[155.0, 174.0], [1038.0, 181.0], [1010.0, 1377.0], [183.0, 1387.0]])  # a lens sees A4 so
PX_A_MM = 4.1


def sheet() -> Picture:
    """An A4 sheet with lines of text, a framed table and a dark photograph."""
    page = np.full((1485, 1050, 3), 245, np.uint8)
    for row in range(12):
        page[150 + 30 * row : 162 + 30 * row, 130:900:14] = 40
    cv2.rectangle(page, (120, 560), (930, 900), (60, 60, 60), 3)
    page[950:1350, 200:850] = (50, 40, 45)
    return page


def photograph(
    table: NDArray[np.float32],
    *,
    page: Picture | None = None,
    light: float = 0.3,
    hidden: tuple[int, int, int, int] | None = None,
) -> Picture:
    """A sheet on a table, one side of the picture darker, with noise; `hidden`: a rectangle laid over it."""
    width, height = SIZE
    source = np.array([[-0.5, -0.5], [1049.5, -0.5], [1049.5, 1484.5], [-0.5, 1484.5]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, CORNERS.astype(np.float32))
    paper = cv2.warpPerspective(
        sheet() if page is None else page, matrix, SIZE, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE
    )
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.round(CORNERS * 256).astype(np.int32), 255, cv2.LINE_AA, shift=8)
    share = mask[..., None].astype(np.float32) / 255
    seen = table + share * (paper - table)
    if hidden is not None:
        x, y, w, h = hidden
        seen[y : y + h, x : x + w] = (90, 110, 160)
    seen *= np.linspace(1, 1 - light, width, dtype=np.float32)[None, :, None]
    seen += np.random.default_rng(7).normal(0, 2.5, seen.shape).astype(np.float32)
    return np.clip(seen, 0, 255).astype(np.uint8)


def table(blue: int, green: int, red: int) -> NDArray[np.float32]:
    return np.full((SIZE[1], SIZE[0], 3), (blue, green, red), np.float32)


def error_mm(picture: Picture, sure: float = 0.9) -> float:
    found = find_quad(picture)
    assert found is not None
    assert found.confidence >= sure
    return float(np.linalg.norm(np.array(found.corners) - CORNERS, axis=1).max() / PX_A_MM)


@pytest.mark.parametrize("colour", [(20, 20, 20), (60, 110, 160), (120, 60, 40), (205, 208, 210)])
def test_corners_are_found_on_dark_coloured_and_nearly_white_tables(colour: tuple[int, int, int]) -> None:
    assert error_mm(photograph(table(*colour))) < 0.3


def test_gray_pictures_do_as_well() -> None:
    picture = photograph(table(60, 110, 160))
    assert error_mm(np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)) < 0.3


def shaded_table(depth: float) -> NDArray[np.float32]:
    """As white as the paper, with the soft shadow that the sheet throws around itself."""
    shade = np.zeros((SIZE[1], SIZE[0]), np.float32)
    cv2.fillConvexPoly(shade, np.round(CORNERS + np.array([3, 4])).astype(np.int32), depth)
    return np.asarray(table(245, 245, 245) * (1 - cv2.GaussianBlur(shade, (0, 0), 5))[..., None], np.float32)


def test_a_sheet_on_a_table_as_white_as_itself_is_found_by_its_shadow() -> None:
    assert error_mm(photograph(shaded_table(0.35))) < 0.3


@pytest.mark.parametrize("gray", [0, 90, 170])
def test_a_frame_printed_on_a_scan_is_no_sheet(gray: int) -> None:
    page = np.full((1485, 1050, 3), 245, np.uint8)
    cv2.rectangle(page, (100, 140), (950, 1342), (gray, gray, gray), 12)
    page[300:900:30, 160:880] = 60
    assert find_quad(page) is None


def test_lines_on_the_table_and_a_hand_on_the_edge_do_not_mislead() -> None:
    cloth = table(90, 60, 40)
    cloth[::80] += 60
    cloth[:, ::80] += 60
    assert error_mm(photograph(cloth, hidden=(950, 700, 250, 90))) < 0.3


def brown(depth: float = 0.2) -> NDArray[np.float32]:
    """The light that brown paper leaves."""
    return np.array([1 - 1.6 * depth, 1 - depth, 1 - 0.6 * depth], np.float32)


def test_brown_paper_is_found_on_paler_threads_and_beside_a_shadow_as_dark_as_itself() -> None:
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]].astype(np.float32)
    threads = 1 + 0.05 * (np.sin(rows * 2 * np.pi / 7) + np.sin(columns * 2 * np.pi / 8))
    cloth = table(205, 222, 228) / brown() * threads[..., None]
    shade = np.zeros((SIZE[1], SIZE[0]), np.float32)
    cv2.fillConvexPoly(shade, np.round(CORNERS + np.array([9, 7])).astype(np.int32), 0.3)
    cloth *= (1 - cv2.GaussianBlur(shade, (0, 0), 7))[..., None]
    assert error_mm((photograph(cloth) * brown()).astype(np.uint8), sure=0.6) < 1


def test_black_joints_that_run_into_an_edge_do_not_draw_it_away() -> None:
    planks = table(150, 170, 185)
    for y in range(60, SIZE[1] + 400, 330):
        cv2.line(planks, (0, y), (SIZE[0], y - 110), (20, 20, 25), 5)
    assert error_mm(photograph(planks)) < 0.3


def test_print_below_the_sheet_is_not_taken_for_its_edge() -> None:
    spread = table(180, 188, 190)
    for y in range(0, SIZE[1], 16):
        for x in range(0, SIZE[0], 9):
            spread[y : y + 8, x : x + 7] = 90
    assert error_mm(photograph(spread), sure=0.6) < 0.5


def laid_below(colour: tuple[int, int, int], grown: tuple[float, float], shift: tuple[float, float]) -> Picture:
    """The sheet on something of A4's shape, `grown` in width and height and shifted; it throws a shadow on that."""
    middle = CORNERS.mean(axis=0)
    below = (CORNERS - middle) * grown + middle + shift
    desk = table(70, 90, 100)
    cv2.fillConvexPoly(desk, np.round(below).astype(np.int32), colour)
    shade = np.zeros((SIZE[1], SIZE[0]), np.float32)
    cv2.fillConvexPoly(shade, np.round(CORNERS + np.array([3, 4])).astype(np.int32), 0.3)
    return photograph(np.asarray(desk * (1 - cv2.GaussianBlur(shade, (0, 0), 5))[..., None], np.float32))


def test_the_sheet_is_taken_and_not_the_file_cover_below_it() -> None:
    assert error_mm(laid_below((120, 170, 195), (1.12, 1.12), (6, 10))) < 0.3


def test_of_two_sheets_the_upper_one_is_taken_or_none() -> None:
    for shift in ((40, 25), (-30, 45), (60, -20)):
        found = find_quad(laid_below((245, 245, 245), (1, 1), shift))
        assert found is None or np.linalg.norm(np.array(found.corners) - CORNERS, axis=1).max() < PX_A_MM


def test_two_printed_rules_are_no_edges_of_a_sheet() -> None:
    page = sheet()
    page[40:46, 20:1030] = page[1440:1446, 20:1030] = 30  # nearly as far apart as the edges, nearly as long
    assert error_mm(photograph(table(60, 110, 160), page=page)) < 0.3


def test_a_sheet_is_not_halved_by_what_runs_across_its_middle() -> None:
    page = sheet()
    page[742:750] = (150, 160, 165)  # the half of A4 has its shape as well
    page[752:1340, 200:850] = 245
    assert error_mm(photograph(table(60, 110, 160), page=page)) < 0.3


def test_a_shade_across_the_sheet_is_no_edge() -> None:
    picture = photograph(table(40, 60, 80)).astype(np.float32)
    picture[600:] *= 0.6
    assert error_mm(picture.astype(np.uint8)) < 0.3


def test_nothing_is_claimed_where_no_sheet_is_seen_whole() -> None:
    whole = photograph(table(40, 60, 80))
    assert find_quad(whole[300:1250]) is None  # its upper and lower edges lie out of the picture
    assert find_quad(np.ascontiguousarray(sheet())) is None  # a scan: paper to all sides
    assert find_quad(table(60, 110, 160).astype(np.uint8)) is None
    noise = np.random.default_rng(3).integers(0, 256, (800, 600, 3), dtype=np.uint8)
    assert find_quad(noise) is None
    assert find_quad(np.full((3, 2), 9, np.uint8)) is None


def without_a_corner(folded: bool) -> Picture:
    """Its lower right corner is torn off, or folded over upon the sheet."""
    page, reach = sheet(), 110
    picture = photograph(table(60, 90, 120), page=page).astype(np.float32)
    right, lower = (
        CORNERS[2] + (CORNERS[1] - CORNERS[2]) * reach / 1485,
        CORNERS[2] + (CORNERS[3] - CORNERS[2]) * reach / 1050,
    )
    cv2.fillConvexPoly(picture, np.round([right, CORNERS[2] + 3, lower]).astype(np.int32), (48, 72, 96))
    if folded:
        back = right + lower - CORNERS[2]
        cv2.fillConvexPoly(picture, np.round([right, back, lower]).astype(np.int32), (175, 175, 175))
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize("folded", [False, True])
def test_a_sheet_without_one_corner_is_found_as_it_would_be_whole(folded: bool) -> None:
    assert error_mm(without_a_corner(folded)) < 1


def open_volume(cover_px: int = 0, pages_px: int = 0) -> Picture:
    """The sheet as the right page of an open volume, whose cover and other pages may stand out below it."""
    desk = table(70, 90, 100)
    for out, down, colour in ((cover_px, cover_px, (90, 130, 160)), (pages_px, 0, (200, 205, 208))):
        right = CORNERS[[1, 2]] + [[out, -down], [out, out]]
        below = np.array([[-300, CORNERS[0, 1] - down], *right, [-300, CORNERS[3, 1] + out]])
        cv2.fillConvexPoly(desk, np.round(below).astype(np.int32), colour)
    facing = np.array([[-300, CORNERS[0, 1]], CORNERS[0], CORNERS[3], [-300, CORNERS[3, 1]]])
    cv2.fillConvexPoly(desk, np.round(facing).astype(np.int32), (245, 245, 245))
    picture = photograph(desk).astype(np.float32)
    rows = np.arange(SIZE[1])
    off = np.abs(np.arange(SIZE[0]) - np.interp(rows, CORNERS[[0, 3], 1], CORNERS[[0, 3], 0])[:, None])
    within = ((rows > CORNERS[0, 1]) & (rows < CORNERS[3, 1]))[:, None]
    picture *= (1 - within * (0.35 * np.exp(-off / 35) + 0.35 * np.exp(-off / 3)))[..., None]
    return np.asarray(picture, np.uint8)


@pytest.mark.parametrize(("cover_px", "pages_px"), [(0, 0), (26, 6)])
def test_a_page_that_bends_down_into_the_fold_of_a_volume_is_found(cover_px: int, pages_px: int) -> None:
    assert error_mm(open_volume(cover_px, pages_px), sure=0.6) < 1
