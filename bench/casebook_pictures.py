"""Pictures of the casebook's faces: each style in typefaces, on paper and through a scanner of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby

from casebook.model import Face, Print, Stamp, width_of
from numpy.random import Generator
from pageset.hand import press_finger, stamp_seal, write_hand
from pageset.ink import BALL_PEN, GEL_PEN, TONER, Ink
from pageset.lettering import Type, Typeface, drawable
from pageset.page import Addition, DrawnPage, draw
from pageset.paper import BRIGHT, RECYCLED, WHITE, YELLOWED, Paper
from pageset.plate import Plate
from pageset.scan import OFFICE_SCANNER, Lid, Scanner
from pageset.style import Look, Style
from papercase.seals import Seal

MM_TO_PT = 72 / 25.4
SONG, BOLD = Typeface.SONG, Typeface.SONG_BOLD
# body, title, hand, pen, paper, scanner
LOOKS: dict[str, tuple[Typeface, Typeface, Typeface, Ink, Paper, Scanner]] = {
    "song": (SONG, BOLD, Typeface.KAI, GEL_PEN, WHITE, OFFICE_SCANNER),
    "hei": (Typeface.HEI, Typeface.HEI_BOLD, Typeface.KAI, BALL_PEN, RECYCLED, Scanner(lid=Lid.WHITE)),
    "ming": (Typeface.MING, Typeface.HEI_BOLD, Typeface.KAI, GEL_PEN, BRIGHT, Scanner(jpeg_quality=75, noise=2.4)),
    "gb-song": (Typeface.GB_SONG, BOLD, Typeface.GB_KAI, GEL_PEN, BRIGHT, Scanner(lid=Lid.WHITE)),
    "micro-hei": (Typeface.MICRO_HEI, Typeface.MICRO_HEI, Typeface.GB_KAI, BALL_PEN, WHITE, Scanner(noise=3.0)),
    "zen-hei": (
        Typeface.ZEN_HEI,
        Typeface.ZEN_HEI,
        Typeface.GB_KAI,
        BALL_PEN,
        RECYCLED,
        Scanner(jpeg_quality=75, blur_px=0.8),
    ),
    "kai": (Typeface.KAI, Typeface.SONG_BLACK, Typeface.GB_KAI, GEL_PEN, YELLOWED, Scanner(lid=Lid.WHITE, noise=2.0)),
    "mono": (Typeface.MONO, Typeface.HEI_BOLD, Typeface.GB_KAI, BALL_PEN, RECYCLED, Scanner(noise=2.2)),
    "gb-kai": (Typeface.GB_KAI, BOLD, Typeface.KAI, GEL_PEN, WHITE, Scanner(jpeg_quality=72, lid=Lid.WHITE)),
    "ming-black": (Typeface.MING, Typeface.SONG_BLACK, Typeface.GB_KAI, GEL_PEN, YELLOWED, Scanner(blur_px=0.7)),
    "micro-mono": (Typeface.MICRO_MONO, Typeface.HEI_BOLD, Typeface.GB_KAI, GEL_PEN, BRIGHT, Scanner(noise=2.6)),
    "black-song": (Typeface.GB_SONG, Typeface.SONG_BLACK, Typeface.KAI, BALL_PEN, RECYCLED, Scanner(jpeg_quality=78)),
    "tall-kai": (Typeface.KAI, Typeface.MICRO_HEI, Typeface.GB_KAI, BALL_PEN, WHITE, Scanner(blur_px=0.9)),
    "light": (Typeface.SONG_LIGHT, BOLD, Typeface.KAI, BALL_PEN, WHITE, Scanner(jpeg_quality=70)),
    "wenkai": (Typeface.WENKAI, Typeface.WENKAI_BOLD, Typeface.KAI, GEL_PEN, BRIGHT, Scanner(jpeg_quality=80)),
    "mono-song": (Typeface.MONO, BOLD, Typeface.KAI, BALL_PEN, WHITE, Scanner(noise=2.5, blur_px=0.75)),
    "han-song": (Typeface.BABELSTONE, Typeface.SONG_BLACK, Typeface.KAI, GEL_PEN, RECYCLED, Scanner(lid=Lid.WHITE)),
    "thin-kai": (Typeface.WENKAI_LIGHT, Typeface.MICRO_HEI, Typeface.GB_KAI, BALL_PEN, WHITE, Scanner(jpeg_quality=82)),
    "gb-wenkai": (Typeface.GB_SONG, Typeface.WENKAI_BOLD, Typeface.GB_KAI, GEL_PEN, YELLOWED, Scanner(noise=2.1)),
    "ming-zen": (
        Typeface.MING,
        Typeface.ZEN_HEI,
        Typeface.KAI,
        BALL_PEN,
        RECYCLED,
        Scanner(jpeg_quality=76, lid=Lid.WHITE),
    ),
    "droid": (Typeface.DROID, Typeface.HEI_BOLD, Typeface.GB_KAI, BALL_PEN, YELLOWED, Scanner(jpeg_quality=74)),
    "light-wenkai": (
        Typeface.SONG_LIGHT,
        Typeface.WENKAI_BOLD,
        Typeface.KAI,
        GEL_PEN,
        BRIGHT,
        Scanner(noise=2.7, lid=Lid.WHITE),
    ),
    "bold-wenkai": (
        Typeface.WENKAI_BOLD,
        Typeface.SONG_BLACK,
        Typeface.GB_KAI,
        GEL_PEN,
        RECYCLED,
        Scanner(blur_px=0.8, jpeg_quality=79),
    ),
    "medium-song": (
        Typeface.SONG_MEDIUM,
        Typeface.HEI_MEDIUM,
        Typeface.GB_KAI,
        GEL_PEN,
        WHITE,
        Scanner(jpeg_quality=77, noise=2.3),
    ),
    "hei-medium": (
        Typeface.HEI_MEDIUM,
        Typeface.SONG_BLACK,
        Typeface.KAI,
        BALL_PEN,
        BRIGHT,
        Scanner(blur_px=0.7, lid=Lid.WHITE),
    ),
    "gb-kai-medium": (
        Typeface.GB_KAI,
        Typeface.SONG_MEDIUM,
        Typeface.KAI,
        GEL_PEN,
        RECYCLED,
        Scanner(jpeg_quality=81, noise=2.4),
    ),
    "demi": (Typeface.HEI_LIGHT, Typeface.HEI_BOLD, Typeface.KAI, GEL_PEN, BRIGHT, Scanner(noise=2.8, blur_px=0.6)),
}


def picture_of(face: Face, fonts: str, seed: int, *, skew_deg: float = 0.0, add: Addition | None = None) -> DrawnPage:
    """One face as scanned at 300 dpi; one that lies across goes through the feeder upright, so comes out turned.

    `fonts`: of the casebook's style. `add` writes on the face before it is scanned. Raises FontMissing.
    """
    body, title, hand, pen, paper, scanner = LOOKS[fonts]

    def layout(_look: Look, rng: Generator) -> Plate:
        plate = Plate(face.width, face.height, ink=TONER)
        for rule in face.rules:
            plate.rule(*rule)
        for piece in (part for whole in face.prints for part in _upright(whole)):
            if piece.hand:
                height, middle = 0.95 * piece.size, piece.top + piece.size / 2
                write_hand(plate, piece.left, middle, piece.text, height, rng, face=hand, ink=pen)
            else:
                _write(plate, piece, title if piece.large else body)
        for stamp in face.stamps:
            _stamp(plate, stamp, rng)
        return plate

    name = f"casebook-{fonts}"
    style = Style(name, layout, paper=paper, scanner=scanner)
    return draw(style, seed, skew_deg=skew_deg, turn=90 if face.lying else 0, add=add)


def _upright(piece: Print) -> list[Print]:
    """An upright stamp's characters one below the other."""
    if not piece.upright:
        return [piece]
    return [
        replace(piece, text=char, top=piece.top + place * piece.size, upright=False)
        for place, char in enumerate(piece.text)
    ]


def _write(plate: Plate, piece: Print, typeface: Typeface) -> None:
    """Each run stands where the casebook says, its figures no wider than half a character; what the typeface lacks is
    set in 宋体."""
    x = piece.left
    for run in _runs(piece.text, typeface):
        face = typeface if drawable(run[0], typeface) or run.isspace() else SONG
        type_, wide = Type(face, piece.size * MM_TO_PT), width_of(run, piece.size)
        if _is_narrow(run[0]) and (drawn := type_.advance(run)) > wide:
            type_ = Type(face, piece.size * MM_TO_PT * wide / drawn)
        plate.write(x, piece.top, run, type_)
        x += wide


def _runs(text: str, typeface: Typeface) -> list[str]:
    """The text cut where the typeface or the width of its characters changes."""

    def sort(char: str) -> tuple[bool, bool]:
        return char.isspace() or drawable(char, typeface), _is_narrow(char)

    return ["".join(run) for _, run in groupby(text, sort)]


def _is_narrow(char: str) -> bool:
    return width_of(char, 1.0) < 1.0


def _stamp(plate: Plate, stamp: Stamp, rng: Generator) -> None:
    x, y = stamp.left + stamp.width / 2, stamp.top + stamp.height / 2
    if stamp.kind == "seal":
        stamp_seal(plate, x, y, Seal(stamp.whose), rng)
    elif stamp.kind == "fingerprint":
        press_finger(plate, x, y, stamp.whose, rng)
