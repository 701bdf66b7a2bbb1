"""An analysis in the words of the command line."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Final

from ocr.imaging.types import PageAnalysis

CHECKS: Final = (
    *("lid", "holes", "exposure", "colouring", "cut_off", "spread", "resolution", "show_through", "moire", "fingers"),
)  # of PageAnalysis, see ocr.imaging.measures


def inspect_json(file: str, analysis: PageAnalysis) -> dict[str, object]:
    """One line of `juanzong page inspect`: degrees, mm, boxes [x, y, width, height] in pixels; null: not sure."""
    border = analysis.border
    return {
        "file": file,
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


def _plain(value: object) -> object:
    """Dataclasses as objects, tuples as lists, fractions to three digits."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return round(value, 3) if isinstance(value, float) else value
