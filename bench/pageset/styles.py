"""The styles of the page sets. Estimators are tuned on TUNING and judged on HELDOUT: other typefaces, papers, layouts.

Names are unique, so no random stream is shared. Never look at HELDOUT while tuning.
"""

from __future__ import annotations

from pageset.ink import BALL_PEN, GEL_PEN, RIBBON
from pageset.layouts import papers
from pageset.lettering import Typeface
from pageset.paper import BRIGHT, RECYCLED, WHITE
from pageset.scan import Lid, Scanner
from pageset.style import Look, Style
from pageset.truth import PageKind

SONG = Look(pen=GEL_PEN)
MING = Look(Typeface.MING, Typeface.HEI_BOLD, 14.0, 1.6, ink=RIBBON, pen=BALL_PEN)

TUNING: tuple[Style, ...] = (
    Style("red-head", papers.red_head, look=SONG),
    Style("warrant", papers.warrant, look=SONG, scanner=Scanner(lid=Lid.WHITE)),
    Style("record", papers.record, look=Look(points=14.0, pen=GEL_PEN), paper=BRIGHT, scanner=Scanner(jpeg_quality=85)),
    Style("report", papers.report, look=MING, paper=RECYCLED, scanner=Scanner(lid=Lid.BLACK)),
    Style("few-lines", papers.few_lines, PageKind.SPARSE, look=SONG, paper=WHITE),
)
HELDOUT: tuple[Style, ...] = ()


def style_named(name: str) -> Style:
    """Raises KeyError with the name when there is no such style."""
    return {style.name: style for style in (*TUNING, *HELDOUT)}[name]
