"""Typesetting a sheet from its template (版式): PDF/A-2b with embedded subset fonts, the same bytes each time."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

import typst

from dossier.volumes.errors import SheetFailed
from dossier.volumes.fonts import printable, sheet_fonts


def typeset(sheet: str, data: dict[str, object]) -> bytes:
    """Return template `sheet` as a PDF. It reads `data` as JSON, so that no word of it is taken for markup.

    Raises `SheetFailed`.
    """
    template = resources.files("dossier.volumes").joinpath("templates", f"{sheet}.typ").read_bytes()
    try:
        made = typst.compile(
            template,
            format="pdf",
            pdf_standards=["a-2b"],
            pdf_tags=False,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        )
    except typst.TypstError as error:
        raise SheetFailed(sheet=sheet, detail=error.message) from error
    if not isinstance(made, bytes):
        raise SheetFailed(sheet=sheet, detail="the typesetter gave no single file")
    return made


def _printable(data: object) -> object:
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, list):
        return [_printable(item) for item in data]
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    return data


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[sheet_fonts()])
