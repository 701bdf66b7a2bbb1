"""Whole invented criminal-case files, as text with places or as pictures, with everything that is true about them.

    case = draw_case("theft", seed=3, style=HELDOUT[0])
    for paper in case.papers: paper.truth, paper.faces

Each paper is laid out anew from its `values`: to plant a defect, change a value, leave a paper out, or exchange two
(`altered`, `without`, `reordered`), and the truth follows.
"""

from casebook.blind_styles import BLIND
from casebook.cases import KINDS, draw_case, draw_forms
from casebook.eighth_styles import EIGHTH
from casebook.model import Case, Face, Laid, Moment, Paper, Person, Print, Stamp, Truth
from casebook.ninth_styles import NINTH
from casebook.noise import read_by_engine
from casebook.seen_styles import HELDOUT, SEEN
from casebook.seventh_styles import SEVENTH
from casebook.style import Style
from casebook.tuning_styles import TUNING
from casebook.unseen_styles import UNSEEN

__all__ = [
    "BLIND",
    "EIGHTH",
    "HELDOUT",
    "KINDS",
    "NINTH",
    "SEEN",
    "SEVENTH",
    "TUNING",
    "UNSEEN",
    "Case",
    "Face",
    "Laid",
    "Moment",
    "Paper",
    "Person",
    "Print",
    "Stamp",
    "Style",
    "Truth",
    "draw_case",
    "draw_forms",
    "read_by_engine",
]
