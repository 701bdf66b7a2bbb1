"""The styles of the page sets. Estimators are tuned on TUNING and judged on HELDOUT: other typefaces, papers, layouts.

Names are unique, so no random stream is shared between the two. HELDOUT is not to be looked at while tuning.
Sets for the blank check stand apart: EMPTY_* must be called blank, KEPT_* must not; *_SPOTTED are held out too, all
on paper with brown spots of other colours than those of the tuning papers.
"""

from __future__ import annotations

from pageset.ink import BALL_PEN, BRUSH, GEL_PEN, RIBBON, TONER, Ink
from pageset.layouts import blanks, forms, papers, sheets
from pageset.lettering import Typeface
from pageset.paper import (
    BRIGHT,
    BROWN,
    RECYCLED,
    SPOTTED_DRAB,
    SPOTTED_IVORY,
    THIN_PINK,
    WHITE,
    YELLOWED,
    Paper,
)
from pageset.scan import Lid, Mode, Scanner
from pageset.style import Look, Style
from pageset.truth import PageKind

ON_WHITE = Scanner(lid=Lid.WHITE)
ON_BLACK = Scanner(lid=Lid.BLACK)
AROUND_BLACK = Scanner(lid=Lid.BLACK, gap_mm=4.0)
MESSENGER = Scanner(jpeg_quality=75, noise=2.4)
OLD_SCANNER = Scanner(lid=Lid.GRAY, blur_px=0.9, noise=3.2, misregistered_px=1.0, cast=(0.97, 1.0, 0.94))
GRAY_SCANNER = Scanner(mode=Mode.GRAY, lid=Lid.WHITE, jpeg_quality=80)
FAX = Scanner(mode=Mode.BITONAL, blur_px=1.0, noise=4.0)
COPIER = Scanner(mode=Mode.GRAY, lid=Lid.BLACK, gap_mm=2.0, noise=3.5, blur_px=0.8)

SONG = Look(pen=GEL_PEN)
SMALL_SONG = Look(points=12.0, pitch=1.6, left=25.0, right=22.0, pen=GEL_PEN)
MING = Look(Typeface.MING, Typeface.HEI_BOLD, 14.0, 1.6, ink=RIBBON, pen=BALL_PEN)

TUNING: tuple[Style, ...] = (
    Style("red-head", papers.red_head, look=SONG),
    Style("warrant", papers.warrant, look=SONG, scanner=ON_WHITE),
    Style("record", papers.record, look=Look(points=14.0, pen=GEL_PEN), paper=BRIGHT, scanner=MESSENGER),
    Style("report", papers.report, look=MING, paper=RECYCLED, scanner=ON_BLACK),
    Style("report-back", papers.report, look=SMALL_SONG, paper=WHITE, back=blanks.full_back),
    Style("registration", forms.registration, look=Look(points=12.0, pen=GEL_PEN), scanner=ON_WHITE),
    Style("catalogue", forms.catalogue, look=Look(points=10.5), scanner=AROUND_BLACK),
    Style("vertical", papers.vertical_letter, look=Look(Typeface.MING_TC, Typeface.MING_TC, 15.0), paper=YELLOWED),
    Style("fax-report", papers.report, look=Look(Typeface.HEI, Typeface.HEI_BOLD, 13.0), scanner=FAX),
    Style("cards", sheets.identity_cards, look=SONG, scanner=GRAY_SCANNER),
    Style("few-lines", papers.few_lines, PageKind.SPARSE, look=SONG),
    Style(
        "slips", sheets.slips, PageKind.SPARSE, look=Look(Typeface.MONO, Typeface.HEI_BOLD, 9.0, 1.5), scanner=ON_BLACK
    ),
    Style("statement", sheets.statement, PageKind.HAND, look=Look(points=19.0, pitch=1.6, pen=GEL_PEN)),
    Style("letter", sheets.letter, PageKind.HAND, look=Look(points=20.0, pitch=1.6, pen=BALL_PEN), scanner=ON_WHITE),
    Style("figures", forms.figures, PageKind.TABLE, look=Look(points=11.0), scanner=ON_WHITE),
    Style("photos", sheets.captioned_photos, PageKind.PHOTO, look=SONG),
)

PRINTER = Look(Typeface.GB_SONG, Typeface.HEI_BOLD, 15.0, 1.7, 30.0, 26.0, 34.0, pen=BALL_PEN, hand=Typeface.GB_KAI)
FINE = Look(Typeface.SONG_LIGHT, Typeface.SONG_BLACK, 10.5, 1.55, 22.0, 20.0, 24.0, ink=TONER, hand=Typeface.GB_KAI)
ROUND_HEI = Look(Typeface.MICRO_HEI, Typeface.ZEN_HEI, 12.0, 1.7, 24.0, 24.0, 28.0, pen=BALL_PEN, hand=Typeface.GB_KAI)
OLD_FORM = Look(Typeface.ZEN_HEI, Typeface.ZEN_HEI, 11.0, 1.6, 24.0, 18.0, 32.0, pen=BRUSH, hand=Typeface.GB_KAI)
NEEDLES = Look(Typeface.MICRO_MONO, Typeface.MICRO_MONO, 10.5, 1.45, 16.0, 14.0, 24.0, ink=RIBBON)
PETITION = Look(Typeface.FANG_SONG_TC, Typeface.SONG_TC, 17.0, 1.7, 30.0, 28.0, 32.0, ink=BRUSH)
COLUMNS = Look(Typeface.KAI_CWTEX_TC, Typeface.SONG_TC, 16.0, 1.65, 24.0, 24.0, 34.0, ink=BRUSH)
STRANGER = Look(points=17.0, pitch=1.7, left=24.0, right=30.0, hand=Typeface.GB_KAI, pen=BALL_PEN)
FOREIGN_PEN = Look(points=21.0, pitch=1.55, left=28.0, right=28.0, hand=Typeface.PEN, pen=GEL_PEN)

HELDOUT: tuple[Style, ...] = (
    Style("bureau-letter", papers.red_head, look=PRINTER, paper=BRIGHT, scanner=ON_WHITE),
    Style("pink-warrant", papers.warrant, look=PRINTER, paper=THIN_PINK, scanner=OLD_SCANNER),
    Style("old-record", papers.record, look=OLD_FORM, paper=BROWN, scanner=AROUND_BLACK),
    Style("fine-print", papers.report, look=FINE, scanner=MESSENGER),
    Style("bulletin", papers.two_columns, look=FINE, paper=RECYCLED, scanner=OLD_SCANNER),
    Style("laboratory", papers.bilingual, look=ROUND_HEI, paper=BRIGHT, scanner=GRAY_SCANNER),
    Style("petition", papers.traditional_report, look=PETITION, paper=YELLOWED, scanner=ON_WHITE),
    Style("columns", papers.vertical_letter, look=COLUMNS, paper=BROWN, scanner=OLD_SCANNER),
    Style("old-form", forms.registration, look=OLD_FORM, paper=YELLOWED, scanner=ON_BLACK),
    Style("fax-list", forms.catalogue, look=Look(Typeface.ZEN_HEI, Typeface.ZEN_HEI, 9.0, left=18.0), scanner=FAX),
    Style("statement-of-account", forms.bank_statement, look=FINE, scanner=COPIER),
    Style("call-list", forms.call_list, look=NEEDLES, scanner=ON_WHITE),
    Style("copied-cards", sheets.identity_cards, look=ROUND_HEI, scanner=COPIER),
    Style("two-lines", papers.few_lines, PageKind.SPARSE, look=PRINTER, scanner=ON_WHITE),
    Style("till-slips", sheets.slips, PageKind.SPARSE, look=Look(Typeface.MICRO_MONO, Typeface.ZEN_HEI, 8.5, 1.5)),
    Style("own-hand", sheets.statement, PageKind.HAND, look=STRANGER, scanner=MESSENGER),
    Style("foreign-hand", sheets.letter, PageKind.HAND, look=FOREIGN_PEN, paper=YELLOWED, scanner=ON_WHITE),
    Style("ledger", forms.figures, PageKind.TABLE, look=Look(Typeface.ZEN_HEI, points=10.0, left=20.0), scanner=COPIER),
    Style("empty-form", forms.empty_form, PageKind.TABLE, look=OLD_FORM, paper=YELLOWED, scanner=ON_WHITE),
    Style("view", sheets.photo, PageKind.PHOTO, look=PRINTER, scanner=ON_WHITE),
)

CREAM = Paper((0.945, 0.925, 0.865), 0.012, 0.006)
STRONG = Ink(0.10, 0.10, 0.11, 0.10)
BACKED = Look(ink=STRONG)
BACKED_BOLD = Look(Typeface.ZEN_HEI, Typeface.ZEN_HEI, 14.0, 1.6, ink=STRONG)

EMPTY_TUNING: tuple[Style, ...] = (
    Style("blank", blanks.blank, PageKind.BLANK),
    Style("blank-punched", blanks.punched, PageKind.BLANK, scanner=ON_WHITE),
    Style("blank-through", blanks.blank, PageKind.BLANK, BACKED, back=blanks.full_back),
    Style("blank-dusty", blanks.dusty, PageKind.BLANK, paper=RECYCLED),
    Style("blank-foxed", blanks.blank, PageKind.BLANK, paper=BROWN, scanner=ON_WHITE),
)
EMPTY_HELDOUT: tuple[Style, ...] = (
    Style("bare", blanks.blank, PageKind.BLANK, paper=BRIGHT, scanner=ON_BLACK),
    Style("bare-cream", blanks.blank, PageKind.BLANK, paper=CREAM, scanner=AROUND_BLACK),
    Style("bare-old", blanks.blank, PageKind.BLANK, paper=YELLOWED, scanner=OLD_SCANNER),
    Style("bare-gray", blanks.blank, PageKind.BLANK, paper=RECYCLED, scanner=GRAY_SCANNER),
    Style("bare-punched", blanks.punched, PageKind.BLANK, paper=CREAM, scanner=MESSENGER),
    Style("bare-through", blanks.blank, PageKind.BLANK, BACKED_BOLD, CREAM, MESSENGER, blanks.full_back),
    Style("bare-through-punched", blanks.punched, PageKind.BLANK, BACKED_BOLD, BRIGHT, OLD_SCANNER, blanks.full_back),
    Style("bare-dusty", blanks.dusty, PageKind.BLANK, paper=BRIGHT, scanner=ON_WHITE),
)
KEPT_TUNING: tuple[Style, ...] = (
    Style("lone-seal", blanks.faint_seal),
    Style("lone-print", blanks.faint_print),
    Style("lone-print-foxed", blanks.faint_print, paper=BROWN),
    Style("lone-signature", blanks.faint_signature, scanner=ON_WHITE),
    Style("lone-number", blanks.page_number),
)
KEPT_HELDOUT: tuple[Style, ...] = (
    Style("only-seal", blanks.faint_seal, paper=CREAM, scanner=MESSENGER),
    Style("only-seal-gray", blanks.faint_seal, paper=BRIGHT, scanner=GRAY_SCANNER),
    Style("only-print", blanks.faint_print, paper=YELLOWED, scanner=OLD_SCANNER),
    Style("only-signature", blanks.faint_signature, look=ROUND_HEI, paper=RECYCLED, scanner=COPIER),
    Style("only-number", blanks.page_number, look=FINE, paper=CREAM, scanner=ON_WHITE),
    Style("only-number-through", blanks.page_number, look=BACKED_BOLD, paper=BRIGHT, back=blanks.full_back),
)
SMALL_OFFICE = Scanner(lid=Lid.WHITE, blur_px=0.75, noise=2.6, misregistered_px=0.5, cast=(1.0, 0.98, 0.95))
EMPTY_SPOTTED: tuple[Style, ...] = (
    Style("spotted-ivory", blanks.blank, PageKind.BLANK, paper=SPOTTED_IVORY, scanner=SMALL_OFFICE),
    Style("spotted-drab", blanks.blank, PageKind.BLANK, paper=SPOTTED_DRAB, scanner=ON_BLACK),
)
KEPT_SPOTTED: tuple[Style, ...] = (
    Style("print-on-ivory", blanks.faint_print, paper=SPOTTED_IVORY, scanner=SMALL_OFFICE),
    Style("print-on-drab", blanks.faint_print, paper=SPOTTED_DRAB, scanner=ON_BLACK),
    Style("seal-on-ivory", blanks.faint_seal, paper=SPOTTED_IVORY, scanner=SMALL_OFFICE),
    Style("seal-on-drab", blanks.faint_seal, paper=SPOTTED_DRAB, scanner=ON_BLACK),
    Style("signature-on-ivory", blanks.faint_signature, look=ROUND_HEI, paper=SPOTTED_IVORY, scanner=SMALL_OFFICE),
    Style("signature-on-drab", blanks.faint_signature, look=PRINTER, paper=SPOTTED_DRAB, scanner=ON_BLACK),
)
EVERY: tuple[Style, ...] = (
    *TUNING,
    *HELDOUT,
    *EMPTY_TUNING,
    *EMPTY_HELDOUT,
    *KEPT_TUNING,
    *KEPT_HELDOUT,
    *EMPTY_SPOTTED,
    *KEPT_SPOTTED,
)


def style_named(name: str) -> Style:
    """Raises KeyError with the name when there is no such style."""
    return {style.name: style for style in EVERY}[name]
