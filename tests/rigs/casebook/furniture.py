"""What stands on every face besides the paper's own text: counts, running lines, stamps at the edge."""

from __future__ import annotations

from dataclasses import replace

from casebook.model import Face, Print, chinese_count, width_of
from casebook.style import Style

COUNT, SMALL, STAMP = 4.2, 3.6, 4.6
HEAD_TOP, AGAIN_TOP, FOLIO_TOP = 16.0, 20.0, 9.0
RECEIVED_TOP = 15.0
FOLIO_FOOT = 8.5  # above the lower edge
FOOT, CARRIED = 13.0, 20.0  # above the lower edge


def furnished(
    faces: tuple[Face, ...],
    style: Style,
    *,
    title: str,
    unit: str,
    case_no: str,
    counted: bool,
    own_foot: str,
    copied: bool,
) -> tuple[Face, ...]:
    """The faces of a paper as they come out of the printer.

    `counted`: n of m is printed in any style. `own_foot`: a line of the form's own under every page. `copied`: a copy
    of another's paper, stamped as such where the style does so.
    """
    done = []
    for n, face in enumerate(faces, start=1):
        extra, page_of = _count(face, n, len(faces), style, counted, bool(own_foot))
        foot = own_foot or style.foot.format(title=title, unit=unit, n=n, m=len(faces))
        if foot:
            line = Print(style.signs(foot), style.left, face.height - FOOT, SMALL)
            beside = [piece for piece in extra if piece.top == line.top and piece.left < line.left + line.width]
            extra.append(replace(line, top=line.top + COUNT) if beside else line)
        if style.running:
            running = style.signs(style.running.format(title=title, unit=unit, case_no=case_no))
            extra.append(Print(running, face.width / 2 - width_of(running, SMALL) / 2, 10.0, SMALL))
        if style.again and title and n > 1 and not any(piece.large for piece in face.prints):
            again = style.again.format(title=title)
            extra.append(Print(again, face.width / 2 - width_of(again, 5.2) / 2, AGAIN_TOP, 5.2))
        if style.upright and copied:
            extra.append(Print(style.upright, 9.0, 90.0, 5.0, upright=True))
        if not copied:
            extra += _carried(face, n, len(faces), style)
        prints = sorted((*face.prints, *extra), key=lambda piece: (round(piece.top / 2), piece.left))
        done.append(replace(face, prints=tuple(prints), page_of=page_of))
    return tuple(done)


def _carried(face: Face, n: int, total: int, style: Style) -> list[Print]:
    """That the page goes on from the one before (承前页), and on the next one (转下页)."""
    over, under = (style.signs(mark) for mark in style.carried)
    marks = [Print(over, style.left, AGAIN_TOP, COUNT)] if over and n > 1 else []
    if under and n < total:
        left = face.width - style.right - width_of(under, COUNT)
        marks.append(Print(under, left, face.height - CARRIED, COUNT))
    return marks


def _count(
    face: Face, n: int, total: int, style: Style, counted: bool, footed: bool
) -> tuple[list[Print], tuple[int, int] | None]:
    counted = counted or (style.counts_all and total > 1)
    if counted and style.pages is not None:
        shown = style.pages.format(n=n, m=total, cn=chinese_count(n), cm=chinese_count(total))
        told = (n, total) if shown != style.pages else None  # a blank left empty tells nothing
        return [_placed(face, style.signs(shown), style.places, COUNT, style.left, style.right)], told
    if style.lone and not counted and not footed and n > 1:
        return [Print(style.lone.format(n=n, cn=chinese_count(n)), face.width / 2 - 4, face.height - FOOT, COUNT)], None
    return [], None


def folioed(faces: tuple[Face, ...], first: int, style: Style) -> tuple[Face, ...]:
    """The faces with the dossier's own page numbers stamped on them."""
    done = []
    for n, face in enumerate(faces, start=first):
        stamp = _placed(face, style.folio_form.format(n=n), style.folio_place, STAMP, 16.0, 16.0)
        if style.folio_place.startswith("top"):
            done.append(replace(face, prints=(replace(stamp, top=FOLIO_TOP), *face.prints)))
        else:
            done.append(replace(face, prints=(*face.prints, replace(stamp, top=face.height - FOLIO_FOOT))))
    return tuple(done)


def received(faces: tuple[Face, ...], lines: list[str], style: Style) -> tuple[Face, ...]:
    """The faces with the stamp of those who got them (收文章) in a frame at the top right of the first."""
    wide = max(width_of(line, SMALL) for line in lines) + 3.0
    left, top = faces[0].width - 8.0 - wide, RECEIVED_TOP
    right, foot = left + wide, top + 1.6 * SMALL * len(lines) + 1.0
    prints = [Print(style.signs(line), left + 1.5, top + 1.6 * SMALL * n + 1.5, SMALL) for n, line in enumerate(lines)]
    frame = (
        (left, top, right, top),
        (left, foot, right, foot),
        (left, top, left, foot),
        (right, top, right, foot),
    )
    first = replace(faces[0], prints=(*prints, *faces[0].prints), rules=(*faces[0].rules, *frame))
    return (first, *faces[1:])


def _placed(face: Face, text: str, place: str, size: float, from_left: float, from_right: float) -> Print:
    end, _, side = place.partition(" ")
    wide = width_of(text, size)
    left = {"left": from_left, "centre": face.width / 2 - wide / 2, "right": face.width - from_right - wide}[side]
    return Print(text, left, HEAD_TOP if end == "top" else face.height - FOOT, size)
