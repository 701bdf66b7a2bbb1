"""How a page's result is kept in the library: JSON, with file names only, for the home folder may move."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import TypeAdapter

from ocr.pipeline import PageResult

_ADAPTER: TypeAdapter[PageResult] = TypeAdapter(PageResult)


def dump(result: PageResult) -> str:
    names = replace(result, evidence=Path(result.evidence.name), thumbnail=Path(result.thumbnail.name))
    return _ADAPTER.dump_json(names).decode()


def load(stored: str, folder: Path) -> PageResult:
    """`folder`: where the rendered pictures of the case lie."""
    result = _ADAPTER.validate_json(stored)
    return replace(result, evidence=folder / result.evidence, thumbnail=folder / result.thumbnail)
