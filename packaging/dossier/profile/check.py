"""Names used inside a profile must exist in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from dossier.profile.errors import ProfileInvalid
from dossier.profile.model import Rules, Words
from dossier.profile.yamlfile import Place, Sheet


def check_rules(rules: Rules, kinds: set[str], sheet: Sheet) -> None:
    """Raises `ProfileInvalid`."""
    for place, name, allowed in _named(rules, kinds):
        if name not in allowed:
            _refuse(sheet, place, f"{name} is not known here")
    if rules.valid_to is not None and rules.valid_to < rules.valid_from:
        _refuse(sheet, ("valid_to",), "it ends before it begins")
    if "pdf" not in rules.volume_forms or len(set(rules.volume_forms)) != len(rules.volume_forms):
        _refuse(sheet, ("volume_forms",), "pdf, which is signed, and each other form at most once")


def check_words(words: Words, kinds: set[str], sheet: Sheet) -> None:
    """Kinds must exist, and a confused character must belong to one class only. Raises `ProfileInvalid`."""
    for code in words.kinds:
        if code not in kinds:
            _refuse(sheet, ("kinds", code), f"{code} is no kind of document here")
    seen: set[str] = set()
    for number, group in enumerate(words.confusions):
        doubled = seen & set(group)
        if doubled or len(group) < 2:
            detail = f"{'、'.join(sorted(doubled))} is in two classes" if doubled else "a class needs two characters"
            _refuse(sheet, ("confusions", number), detail)
        seen |= set(group)


def _named(rules: Rules, kinds: set[str]) -> Iterator[tuple[Place, str, set[str]]]:
    """Each name, where it is used, and what it may be."""
    codes = {volume.code for volume in rules.volumes}
    forwarded = {volume.code for volume in rules.volumes if volume.forward}
    for n, code in enumerate(rules.series_order):
        yield ("series_order", n), code, codes
    yield ("security", "max_grade"), rules.security.max_grade, set(rules.security.grades)
    for s, submission in enumerate(rules.submissions):
        for i, part in enumerate(submission.include):
            place: Place = ("submissions", s, "include", i)
            yield (*place, "volume"), part.volume, forwarded
            for k, code in enumerate(part.kinds or ()):
                yield (*place, "kinds", k), code, kinds


def _refuse(sheet: Sheet, place: Place, detail: str) -> NoReturn:
    spot = sheet.spot(place)
    raise ProfileInvalid(file=spot.file, line=spot.line, detail=detail)
