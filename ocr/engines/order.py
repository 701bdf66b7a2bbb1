"""Reading order (阅读顺序): which line comes after which.

Rows from the top, within a row from the left: so a label is followed by its value, and a table is read row by row.
Upright columns (竖排) are read from the right and come before the rows that start below their top.
"""

from __future__ import annotations

from collections.abc import Sequence

from ocr.engines.detect import Region

SAME_ROW = 0.5  # of the lower line's height that two lines of a row share
COLUMN = 1.5  # a region is an upright column when it is this many times taller than wide


def is_column(region: Region) -> bool:
    return region.height > COLUMN * region.width


def reading_order(regions: Sequence[Region]) -> list[Region]:
    """The same regions in the order a person reads them."""
    columns = sorted((region for region in regions if is_column(region)), key=lambda r: (-_left(r), _top(r)))
    ordered: list[Region] = []
    for row in _rows([region for region in regions if not is_column(region)]):
        middle = sum(_top(region) + _bottom(region) for region in row) / (2 * len(row))
        before = [column for column in columns if _top(column) < middle]
        columns = [column for column in columns if column not in before]
        ordered += [*before, *row]
    return ordered + columns


def _rows(regions: Sequence[Region]) -> list[list[Region]]:
    rows: list[list[Region]] = []
    for region in sorted(regions, key=lambda r: _top(r) + _bottom(r)):
        if rows and _shares_row(rows[-1], region):
            rows[-1].append(region)
        else:
            rows.append([region])
    return [sorted(row, key=_left) for row in rows]


def _shares_row(row: Sequence[Region], region: Region) -> bool:
    """Against the neighbour nearest in x: so rows of a slightly turned page hold together."""
    neighbour = min(row, key=lambda other: abs(_left(other) - _left(region)))
    shared = min(_bottom(neighbour), _bottom(region)) - max(_top(neighbour), _top(region))
    return shared > SAME_ROW * min(_bottom(neighbour) - _top(neighbour), _bottom(region) - _top(region))


def _left(region: Region) -> float:
    return float(region.corners[:, 0].min())


def _top(region: Region) -> float:
    return float(region.corners[:2, 1].mean())


def _bottom(region: Region) -> float:
    return float(region.corners[2:, 1].mean())
