"""data/text/*.json: what the reading engines said about each page of a PDF, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dossier.model import Face
from dossier.package.canonical import canonical_json

FORMAT = "urn:juanzong:text:1"


def text_bytes(path: str, faces: Iterable[Face], numbers: Mapping[str, int]) -> bytes:
    """The lines of the PDF at `path` in reading order, each with its characters and how sure each of them is; boxes in
    pixels of the picture, clockwise from top left."""
    return canonical_json({"format": FORMAT, "file": path, "pages": [_page(face, numbers) for face in faces]})


def _page(face: Face, numbers: Mapping[str, int]) -> dict[str, object]:
    return {
        "face": face.id,
        "page": numbers.get(face.id),
        "width": face.width_px,
        "height": face.height_px,
        "dpi": face.dpi,
        "engine": face.engine,
        "models": dict(face.models),
        "lines": [
            {
                "text": line.text,
                "confidence": round(line.confidence, 4),
                "box": [[round(x, 1), round(y, 1)] for x, y in line.box],
                "chars": [[char.text, round(char.confidence, 3)] for char in line.chars],
            }
            for line in face.lines
        ],
    }
