from __future__ import annotations

import numpy as np

from ocr.engines.detect import Region
from ocr.engines.order import reading_order


def region(x: float, y: float, width: float, height: float = 60, slope: float = 0.0) -> Region:
    corners = np.array(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), np.float32)
    corners[:, 1] += slope * corners[:, 0]
    return Region(corners, 1.0)


def test_label_and_value_stay_together() -> None:
    name, value, born, date = (
        region(200, 100, 300),
        region(700, 104, 400),
        region(200, 220, 300),
        region(700, 214, 400),
    )
    assert reading_order([date, born, value, name]) == [name, value, born, date]


def test_a_table_is_read_row_by_row_on_a_slightly_turned_page() -> None:
    cells = [region(x, y, 350, slope=0.01) for y in (100, 200, 300) for x in (100, 800, 1600)]
    assert reading_order(cells[::-1]) == cells


def test_small_print_beside_a_large_title_is_its_row() -> None:
    title, copy = region(800, 100, 900, 140), region(1900, 150, 300, 40)
    assert reading_order([copy, title]) == [title, copy]


def test_columns_are_read_from_the_right_before_the_rows_beside_them() -> None:
    first, second = region(400, 300, 60, 500), region(300, 300, 60, 400)
    head, body = region(200, 100, 900), region(600, 400, 900)
    assert reading_order([second, body, first, head]) == [head, first, second, body]


def test_a_cell_over_two_rows_begins_in_its_first() -> None:
    label, upper, lower = region(120, 240, 150), region(420, 130, 300), region(420, 330, 300)
    below = region(120, 520, 800)
    cells = [(100, 100, 300, 400), (400, 100, 600, 200), (400, 300, 600, 200)]
    assert reading_order([below, lower, upper, label], cells) == [label, upper, lower, below]
