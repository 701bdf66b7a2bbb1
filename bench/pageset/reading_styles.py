"""Styles to judge reading by, drawn up before they were run. Those of `styles.py` have been looked at for reading.

Each set judges once and is then one that reading may be tuned on; so the sets are named by what they are now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pageset.ink import BALL_PEN, BRUSH, GEL_PEN, RIBBON
from pageset.layouts import forms, papers, sheets
from pageset.lettering import Typeface
from pageset.paper import BRIGHT, RECYCLED, WHITE, YELLOWED
from pageset.scan import Lid, Mode, Scanner
from pageset.style import Look, Style
from pageset.styles import COPIER, GRAY_SCANNER, MESSENGER, OLD_SCANNER, ON_BLACK, ON_WHITE
from pageset.truth import PageKind


@dataclass(frozen=True)
class ReadingSet:
    clean: Mapping[str, Style]  # by what is hard about them
    damaged: tuple[Style, ...]  # each kind of damage is done to one of them


KIOSK = Scanner(lid=Lid.WHITE, blur_px=0.8, noise=2.6, misregistered_px=0.6, cast=(1.0, 0.985, 0.96), jpeg_quality=85)

CIRCULAR = Look(Typeface.MING, Typeface.HEI_BOLD, 15.0, 1.7, 28.0, 26.0, 32.0, ink=RIBBON)
NIGHT = Look(Typeface.HEI_LIGHT, Typeface.HEI_BOLD, 13.0, 1.7, 25.0, 24.0, 32.0, pen=BALL_PEN, hand=Typeface.GB_KAI)
CLINIC = Look(Typeface.GB_SONG, Typeface.ZEN_HEI, 12.0, 1.7, 24.0, 22.0, 26.0)
APPEAL = Look(Typeface.KAI_TC, Typeface.MING_TC, 16.0, 1.7, 28.0, 28.0, 30.0, ink=BRUSH)
STREET = Look(Typeface.MICRO_HEI, Typeface.SONG_BLACK, 10.0, 1.6, 20.0, 20.0, 26.0)
INTAKE = Look(Typeface.SONG_LIGHT, Typeface.SONG_BOLD, 11.5, 1.6, 24.0, 18.0, 30.0, pen=GEL_PEN, hand=Typeface.GB_KAI)
CALLS = Look(Typeface.GB_SONG, Typeface.HEI_BOLD, 9.5, 1.45, 16.0, 14.0, 24.0, ink=RIBBON)
TILL = Look(Typeface.ZEN_HEI, Typeface.ZEN_HEI, 9.0, 1.5)
NEIGHBOUR = Look(points=19.0, pitch=1.6, left=26.0, right=26.0, hand=Typeface.GB_KAI, pen=BALL_PEN)
SURVEY = Look(Typeface.MICRO_HEI, Typeface.GB_KAI, 12.5, 1.65, 25.0, 24.0, 26.0)
DESK = Look(Typeface.GB_SONG, Typeface.ZEN_HEI, 14.0, 1.7, 27.0, 25.0, 30.0, pen=GEL_PEN, hand=Typeface.GB_KAI)

SEEN_CLEAN = {
    "red head": Style("reading-circular", papers.red_head, look=CIRCULAR, paper=RECYCLED, scanner=KIOSK),
    "record": Style("reading-night-record", papers.record, look=NIGHT, paper=YELLOWED, scanner=MESSENGER),
    "Latin and digits": Style("reading-clinic", papers.bilingual, look=CLINIC, scanner=OLD_SCANNER),
    "traditional": Style("reading-appeal", papers.traditional_report, look=APPEAL, paper=BRIGHT, scanner=ON_BLACK),
    "upright columns": Style(
        "reading-scroll", papers.vertical_letter, look=Look(Typeface.SONG_TC, points=14.5), scanner=GRAY_SCANNER
    ),
    "two columns": Style("reading-street-news", papers.two_columns, look=STREET, paper=BRIGHT, scanner=KIOSK),
    "form with rules": Style("reading-intake", forms.registration, look=INTAKE, scanner=COPIER),
    "ruled table": Style("reading-calls", forms.call_list, look=CALLS, paper=RECYCLED, scanner=OLD_SCANNER),
    "receipts": Style("reading-till", sheets.slips, PageKind.SPARSE, TILL, scanner=ON_WHITE),
    "handwriting": Style("reading-neighbour", sheets.letter, PageKind.HAND, NEIGHBOUR, RECYCLED, KIOSK),
}
SEEN_DAMAGED = (
    Style("reading-survey", papers.report, look=SURVEY, paper=WHITE, scanner=KIOSK),
    Style("reading-desk-record", papers.record, look=DESK, paper=BRIGHT, scanner=ON_WHITE),
)

DISTRICT = Scanner(lid=Lid.GRAY, blur_px=0.75, noise=2.2, misregistered_px=0.8, cast=(0.98, 1.0, 0.97), jpeg_quality=80)
BACK_OFFICE = Scanner(mode=Mode.GRAY, lid=Lid.WHITE, blur_px=0.7, noise=2.8)

DECREE = Look(Typeface.WENKAI, Typeface.SONG_BLACK, 14.5, 1.7, 27.0, 26.0, 30.0)
DAY = Look(Typeface.HEI, Typeface.WENKAI_BOLD, 12.5, 1.65, 24.0, 24.0, 30.0, pen=GEL_PEN, hand=Typeface.WENKAI)
WARD = Look(Typeface.BABELSTONE, Typeface.HEI_BOLD, 12.0, 1.65, 25.0, 22.0, 28.0, ink=RIBBON)
COMPLAINT = Look(Typeface.MING_TC, Typeface.KAI_CWTEX_TC, 15.0, 1.7, 28.0, 26.0, 30.0)
SCROLL = Look(Typeface.FANG_SONG_TC, Typeface.SONG_TC, 15.0, ink=BRUSH)
GAZETTE = Look(Typeface.GB_SONG, Typeface.WENKAI_BOLD, 10.5, 1.6, 22.0, 20.0, 26.0)
ENTRY = Look(
    Typeface.MICRO_MONO, Typeface.SONG_BLACK, 11.0, 1.6, 22.0, 20.0, 28.0, pen=BALL_PEN, hand=Typeface.WENKAI_LIGHT
)
EXCHANGE = Look(Typeface.WENKAI, Typeface.WENKAI, 9.5, 1.45, 16.0, 14.0, 24.0)
COUNTER = Look(Typeface.WENKAI, Typeface.WENKAI_BOLD, 9.0, 1.5, ink=RIBBON)
COUSIN = Look(points=18.0, pitch=1.65, left=25.0, right=28.0, hand=Typeface.WENKAI_LIGHT, pen=GEL_PEN)
FINDING = Look(Typeface.BABELSTONE, Typeface.HEI_BOLD, 12.5, 1.65, 26.0, 24.0, 28.0)
BENCH = Look(Typeface.MING, Typeface.WENKAI_BOLD, 13.5, 1.7, 26.0, 25.0, 30.0, pen=BALL_PEN, hand=Typeface.WENKAI)

FRESH_CLEAN = {
    "red head": Style("reading-decree", papers.red_head, look=DECREE, paper=BRIGHT, scanner=DISTRICT),
    "record": Style("reading-day-record", papers.record, look=DAY, paper=RECYCLED, scanner=ON_WHITE),
    "Latin and digits": Style("reading-ward", papers.bilingual, look=WARD, paper=YELLOWED, scanner=BACK_OFFICE),
    "traditional": Style("reading-complaint", papers.traditional_report, look=COMPLAINT, scanner=DISTRICT),
    "upright columns": Style("reading-hand-scroll", papers.vertical_letter, look=SCROLL, scanner=ON_WHITE),
    "two columns": Style("reading-gazette", papers.two_columns, look=GAZETTE, paper=RECYCLED, scanner=MESSENGER),
    "form with rules": Style("reading-entry", forms.registration, look=ENTRY, paper=BRIGHT, scanner=OLD_SCANNER),
    "ruled table": Style("reading-exchange", forms.call_list, look=EXCHANGE, scanner=BACK_OFFICE),
    "receipts": Style("reading-counter", sheets.slips, PageKind.SPARSE, COUNTER, scanner=DISTRICT),
    "handwriting": Style("reading-cousin", sheets.letter, PageKind.HAND, COUSIN, YELLOWED, ON_WHITE),
}
FRESH_DAMAGED = (
    Style("reading-finding", papers.report, look=FINDING, paper=BRIGHT, scanner=DISTRICT),
    Style("reading-bench-record", papers.record, look=BENCH, paper=RECYCLED, scanner=BACK_OFFICE),
)

SETS = {"fresh": ReadingSet(FRESH_CLEAN, FRESH_DAMAGED), "seen": ReadingSet(SEEN_CLEAN, SEEN_DAMAGED)}
