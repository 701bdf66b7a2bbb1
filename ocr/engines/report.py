"""What was read, as the JSON object of `juanzong page read`."""

from __future__ import annotations

from pathlib import Path

from ocr.engines.types import Char, Line, PageText

DIGITS = 4  # of a confidence


def read_json(path: Path, text: PageText) -> dict[str, object]:
    """The stable keys file, engine, models (SHA-256 by name) and lines; boxes are four x, y corners in pixels."""
    return {
        "file": str(path),
        "engine": f"{text.engine} {text.version}".strip(),
        "models": dict(text.models),
        "lines": [{**_piece(line), "chars": [_piece(char) for char in line.chars]} for line in text.lines],
    }


def _piece(piece: Line | Char) -> dict[str, object]:
    return {
        "text": piece.text,
        "confidence": round(piece.confidence, DIGITS),
        "box": [list(corner) for corner in piece.box],
    }
