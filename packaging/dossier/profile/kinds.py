"""`doctypes.tsv`: the document kinds (文书种类), one a row.

A profile that extends another gives only the rows that differ, and of them only the columns that differ (`code` is
always there); the rest is the base's. A kind the base does not know needs every column.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from dossier.profile.errors import ProfileInvalid
from dossier.profile.model import DocumentKind
from dossier.profile.yamlfile import LIMIT_BYTES, Spot

CODE = "code"
COLUMNS = (CODE, "title", "aliases", "vol", "group", "order", "about", "stage", "maker", "sign", "seal", "req", "src")
Row = Mapping[str, str]
Rows = Mapping[str, tuple[Row, Spot]]  # by code


def read_rows(name: str, content: bytes, base: Rows) -> Rows:
    """The rows of one file, laid over those of `base`. Raises `ProfileInvalid` with file and line."""
    rows = dict(base)
    seen: set[str] = set()
    for row, spot in _rows(name, content):
        code = row[CODE]
        if code in seen:
            raise ProfileInvalid(file=spot.file, line=spot.line, detail=f"{code} is given twice")
        seen.add(code)
        whole = {**(base[code][0] if code in base else {}), **row}
        missing = [column for column in COLUMNS if column not in whole]
        if missing:
            raise ProfileInvalid(
                file=spot.file, line=spot.line, detail=f"{code} is new and needs the columns {' '.join(missing)}"
            )
        rows[code] = (whole, spot)
    return rows


def kinds_of(rows: Rows, volumes: set[str]) -> tuple[DocumentKind, ...]:
    """The kinds, checked; `volumes`: the codes the column `vol` may hold. Raises `ProfileInvalid`."""
    return tuple(_kind(row, spot, volumes) for row, spot in rows.values())


def _rows(name: str, content: bytes) -> Iterator[tuple[Row, Spot]]:
    if len(content) > LIMIT_BYTES:
        raise ProfileInvalid(file=name, line=1, detail=f"larger than {LIMIT_BYTES} bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise ProfileInvalid(file=name, line=content.count(b"\n", 0, cause.start) + 1, detail="not UTF-8") from cause
    table = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns: tuple[str, ...] = ()
    for number, cells in enumerate(table, start=1):
        if not columns:
            columns = tuple(cells)
            if CODE not in columns or len(set(columns)) != len(columns) or not set(columns) <= set(COLUMNS):
                raise ProfileInvalid(
                    file=name, line=1, detail=f"the columns are {' '.join(COLUMNS)}; code must be there"
                )
        elif len(cells) != len(columns):
            raise ProfileInvalid(file=name, line=number, detail=f"{len(cells)} columns instead of {len(columns)}")
        else:
            yield dict(zip(columns, cells, strict=True)), Spot(name, number)


def _kind(row: Row, spot: Spot, volumes: set[str]) -> DocumentKind:
    values: dict[str, Any] = {
        "aliases": () if row["aliases"] == "-" else tuple(row["aliases"].split(";")),
        "volume": row["vol"],
        "required": row["req"],
        "source": row["src"],
        "sign": "" if row["sign"] == "-" else row["sign"],
        "seal": "" if row["seal"] == "-" else row["seal"],
    }
    try:
        kind = DocumentKind.model_validate(
            values | {name: row[name] for name in (CODE, "title", "group", "order", "about", "stage", "maker")}
        )
    except ValidationError as cause:
        first = cause.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ProfileInvalid(file=spot.file, line=spot.line, detail=f"{place}: {first['msg']}") from cause
    if kind.volume not in volumes:
        raise ProfileInvalid(file=spot.file, line=spot.line, detail=f"there is no volume {kind.volume}")
    return kind
