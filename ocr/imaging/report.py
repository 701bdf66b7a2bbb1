"""An analysis in the words of the command line."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Final

from ocr.imaging.types import OpKind, PageAnalysis, Recipe

CHECKS: Final = (
    *("lid", "holes", "exposure", "colouring", "cut_off", "spread", "resolution", "show_through", "moire", "fingers"),
)  # of PageAnalysis, see ocr.imaging.measures
AS_IT_IS: Final = Recipe()


def inspect_json(file: str, analysis: PageAnalysis, view: Recipe = AS_IT_IS) -> dict[str, object]:
    """One line of `juanzong page inspect`: degrees, mm, boxes [x, y, width, height] in pixels; null: not sure.

    `view`: what made the sheet in a camera's picture flat. `sheet` tells where it lies in that, in pixels of the file;
    all else is told of the flat sheet.
    """
    border = analysis.border
    return {
        "file": file,
        "sheet": _sheet(view),
        "width": analysis.width,
        "height": analysis.height,
        "dpi": analysis.dpi,
        "skew_deg": None if analysis.skew_deg is None else round(analysis.skew_deg, 3),
        "skew_confidence": round(analysis.skew_confidence, 3),
        "orientation_deg": analysis.orientation_deg,
        "orientation_confidence": round(analysis.orientation_confidence, 3),
        "blank": analysis.blank,
        "blank_score": round(analysis.blank_score, 3),
        "sharpness": round(analysis.sharpness, 3),
        "sharp": analysis.sharp,
        "border_mm": [round(mm, 2) for mm in (border.left, border.top, border.right, border.bottom)],
        "marks": [
            {
                "kind": mark.kind.value,
                "box": list(mark.box),
                "confidence": round(mark.confidence, 3),
                "clarity": mark.clarity.value,
                "verdict": mark.verdict.value,
            }
            for mark in analysis.marks
        ],
        **{name: _plain(getattr(analysis, name)) for name in CHECKS},
        "version": analysis.version,
    }


def _sheet(view: Recipe) -> dict[str, object] | None:
    """Corners clockwise from the top left; null for a scan, and where no sheet is surely seen."""
    flat = next((op for op in view.ops if op.kind is OpKind.PERSPECTIVE), None)
    if flat is None:
        return None
    *corners, width, height = (round(value, 1) for value in flat.values)
    return {
        "corners": [corners[at : at + 2] for at in range(0, len(corners), 2)],
        "width_mm": width,
        "height_mm": height,
        "curled": any(op.kind is OpKind.DEWARP for op in view.ops),
        "confidence": round(flat.confidence, 3),
    }


def _plain(value: object) -> object:
    """Dataclasses as objects, tuples as lists, fractions to three digits."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value
