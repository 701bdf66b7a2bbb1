"""Reading order (阅读顺序): which line comes after which.

Rows from the top, within a row from the left: so a label is followed by its value. A ruled table is read row by row and
each of its cells to the end; so are two texts beside each other. Upright columns (竖排) are read from the right, before
the rows below their top.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ocr.engines.detect import Region
from ocr.engines.sides import Extent, side_by_side
from ocr.imaging.types import Box

SAME_ROW = 0.5  # of the lower block's height that two blocks of a row share
COLUMN = 1.5  # a region is an upright column when it is this many times taller than wide


@dataclass(frozen=True, eq=False)
class Block:
    """What is moved as one: a line alone, or all lines of a cell. `top` to `bottom` is the row it begins in."""

    left: float
    top: float
    bottom: float
    regions: tuple[Region, ...]


def is_column(region: Region) -> bool:
    return region.height > COLUMN * region.width


def reading_order(regions: Sequence[Region], cells: Sequence[Box] = ()) -> list[Region]:
    """The same regions in the order a person reads them; `cells` are the boxes of table cells around some of them."""
    loose: list[Region] = []
    enclosed: defaultdict[Box, list[Region]] = defaultdict(list)
    for region in regions:
        cell = next((cell for cell in cells if _holds(cell, region)), None)
        (loose if cell is None else enclosed[cell]).append(region)
    row_height = min(
        (height for _, _, _, height in enclosed), default=0
    )  # a cell over several rows begins in its first
    blocks = [Block(x, y, y + row_height, tuple(_in_rows(members))) for (x, y, _, _), members in enclosed.items()]
    loose, texts = _texts_abreast(loose)
    return _in_rows(loose, [*blocks, *texts])


def _texts_abreast(regions: Sequence[Region]) -> tuple[list[Region], list[Block]]:
    """Take a slip and the prose beside it out of the loose lines, as a block each; they begin in the same row."""
    lines = [region for region in regions if not is_column(region)]
    pair = side_by_side([Extent(_left(r), _top(r), float(r.corners[:, 0].max()), _bottom(r)) for r in lines])
    if pair is None:
        return list(regions), []
    sides = [[lines[index] for index in side] for side in pair]
    first = min((region for side in sides for region in side), key=_top)
    blocks = [
        Block(min(_left(region) for region in side), _top(first), _bottom(first), tuple(_in_rows(side)))
        for side in sides
    ]
    taken = {id(region) for side in sides for region in side}
    return [region for region in regions if id(region) not in taken], blocks


def _in_rows(regions: Sequence[Region], cells: Sequence[Block] = ()) -> list[Region]:
    columns = sorted((region for region in regions if is_column(region)), key=lambda r: (-_left(r), _top(r)))
    lines = [Block(_left(r), _top(r), _bottom(r), (r,)) for r in regions if not is_column(r)]
    ordered: list[Region] = []
    for row in _rows([*lines, *cells]):
        middle = sum(block.top + block.bottom for block in row) / (2 * len(row))
        before = [column for column in columns if _top(column) < middle]
        columns = [column for column in columns if column not in before]
        ordered += before
        ordered += [region for block in row for region in block.regions]
    return ordered + columns


def _rows(blocks: Sequence[Block]) -> list[list[Block]]:
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=lambda block: block.top + block.bottom):
        if rows and _shares_row(rows[-1], block):
            rows[-1].append(block)
        else:
            rows.append([block])
    return [sorted(row, key=lambda block: block.left) for row in rows]


def _shares_row(row: Sequence[Block], block: Block) -> bool:
    """Against the neighbour nearest in x: so rows of a slightly turned page hold together."""
    neighbour = min(row, key=lambda other: abs(other.left - block.left))
    shared = min(neighbour.bottom, block.bottom) - max(neighbour.top, block.top)
    return shared > SAME_ROW * min(neighbour.bottom - neighbour.top, block.bottom - block.top)


def _holds(cell: Box, region: Region) -> bool:
    x, y, width, height = cell
    centre_x, centre_y = region.corners.mean(axis=0)
    return bool(x < centre_x < x + width and y < centre_y < y + height)


def _left(region: Region) -> float:
    return float(region.corners[:, 0].min())


def _top(region: Region) -> float:
    return float(region.corners[:2, 1].mean())


def _bottom(region: Region) -> float:
    return float(region.corners[2:, 1].mean())
