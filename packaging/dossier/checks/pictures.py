"""U-07 and U-08: is every page good enough to read, now and by a search?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath

from dossier.checks.findings import finding
from dossier.checks.subject import Placed, Subject
from dossier.model import Face, Finding, Severity
from ocr.imaging.measures import Light, Side
from ocr.imaging.types import PageAnalysis

PHOTO_KINDS = {"BR03", "WZ07", "ST01"}  # 现场勘验笔录, 物证照片, 视听资料: pages of photographs
_LIGHTS = {Light.DARK: "check.light-dark", Light.BRIGHT: "check.light-bright", Light.FAINT: "check.light-faint"}
_SIDES = {Side.LEFT: "←", Side.TOP: "↑", Side.RIGHT: "→", Side.BOTTOM: "↓"}  # read in any language


def resolution(subject: Subject) -> Iterator[Finding]:
    """U-07: no page below the profile's resolution (DA/T 31)."""
    least = subject.profile.rules.image.dpi.min
    for placed, face in subject.faces():
        if face.dpi < least:
            yield finding("U-07", "check.dpi", Severity.BLOCK, placed.where(face), face=face, dpi=face.dpi, least=least)


def formats(subject: Subject) -> Iterator[Finding]:
    """U-03: captures are files of the profile's formats; that they really are is seen when they come in."""
    allowed = subject.profile.acceptance.formats
    for placed, face in subject.faces():
        ending = PurePath(face.original_name).suffix.lower()
        if allowed and ending not in allowed:
            yield finding("U-03", "check.format", Severity.BLOCK, placed.where(face), face=face, said=ending or "-")


def straightness(subject: Subject) -> Iterator[Finding]:
    """U-07: pages whose skew could not be decided are shown to a person."""
    for placed, face in subject.faces():
        if not face.straight and not face.blank:
            yield finding("U-07", "check.skew", Severity.WARN, placed.where(face), face=face)


def cut_off(subject: Subject) -> Iterator[Finding]:
    """U-07: text that runs out of the picture, or is covered by a finger, is not all there."""
    for placed, face, seen in _measured(subject):
        sure = subject.profile.rules.reading.review_below
        if seen.cut_off and seen.cut_off.sides and seen.cut_off.confidence >= sure:
            sides = _sides(seen.cut_off.sides)
            yield finding("U-07", "check.cut-off", Severity.WARN, placed.where(face), face=face, sides=sides)
        if seen.fingers and seen.fingers.sides and seen.fingers.confidence >= sure:
            sides = _sides(seen.fingers.sides)
            yield finding("U-07", "check.fingers", Severity.WARN, placed.where(face), face=face, sides=sides)


def clearness(subject: Subject) -> Iterator[Finding]:
    """U-07: blurred, too dark, washed out or faint (DA/T 31: a scan that is not clear is made again)."""
    for placed, face, seen in _measured(subject):
        if placed.document.kind in PHOTO_KINDS:  # a photograph may be dark, and is not made sharper by a second scan
            continue
        where = placed.where(face)
        if not seen.sharp:
            yield finding("U-07", "check.blurred", Severity.WARN, where, face=face)
        if seen.exposure and seen.exposure.light in _LIGHTS:
            yield finding("U-07", _LIGHTS[seen.exposure.light], Severity.WARN, where, face=face)


def one_page_each(subject: Subject) -> Iterator[Finding]:
    """U-07: two facing pages in one picture cannot be numbered; a sheet's size must be possible at its resolution."""
    for placed, face, seen in _measured(subject):
        if seen.spread and seen.spread.two_pages:
            yield finding("U-07", "check.spread", Severity.WARN, placed.where(face), face=face)
        if seen.resolution and seen.resolution.plausible is False:
            yield finding(
                "U-07", "check.dpi-implausible", Severity.WARN, placed.where(face), face=face, dpi=face.dpi,
                width=round(seen.resolution.width_mm), height=round(seen.resolution.height_mm),
            )  # fmt: skip


def _measured(subject: Subject) -> Iterator[tuple[Placed, Face, PageAnalysis]]:
    for placed, face in subject.faces():
        if face.analysis is not None and not face.blank:
            yield placed, face, face.analysis


def _sides(sides: Iterable[Side]) -> str:
    return "".join(_SIDES[side] for side in sides)


def text_layer(subject: Subject) -> Iterator[Finding]:
    """U-08: a page with content of which no line was read cannot be searched."""
    for placed, face in subject.faces():
        if not face.blank and not face.lines and placed.document.kind not in PHOTO_KINDS:
            yield finding("U-08", "check.no-text", Severity.INFO, placed.where(face), face=face)
