"""Settings of a scanner in a clerk's words."""

from __future__ import annotations

from collections.abc import Iterable

from app.i18n.catalogue import Catalogue
from drivers.scanners.types import Inexact


def taken_otherwise(catalogue: Catalogue, settings: Iterable[Inexact]) -> str:
    """What was asked of each and what the scanner took."""
    return catalogue.line("list.join").join(
        catalogue.line(
            "scan.taken-otherwise" if each.taken else "scan.not-taken",
            setting=catalogue.word(each.setting),
            asked=each.asked,
            taken=each.taken,
        )
        for each in settings
    )
