"""JSON in one form only, and reading it back within bounds."""

from __future__ import annotations

import json
from typing import Any

from dossier.package.errors import TagFileBroken


def canonical_json(value: object) -> bytes:
    """UTF-8, keys sorted, no spaces, one line feed at the end. The same value gives the same bytes."""
    return (
        json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode() + b"\n"
    )


def parse_canonical(name: str, data: bytes) -> dict[str, Any]:
    """The object in `data`. Raises `TagFileBroken` unless it is a JSON object in exactly the canonical form."""
    try:
        value = json.loads(data)
        exact = isinstance(value, dict) and canonical_json(value) == data
    except (ValueError, RecursionError) as fault:
        raise TagFileBroken(name=name, reason="not JSON") from fault
    if not exact:
        raise TagFileBroken(name=name, reason="not in canonical form")
    parsed: dict[str, Any] = value
    return parsed
