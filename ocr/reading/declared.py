"""What a paper declares of the file: how many volumes (卷) and pages (页) go with it (附: 本案卷宗二卷180页)."""

from __future__ import annotations

import re

from ocr.reading.amounts import parse_words
from ocr.reading.dates import parse_number
from ocr.reading.text import Page, runs
from ocr.reading.types import Field

_COUNT = r"[\d一二三四五六七八九十零壹贰叁肆伍陆柒捌玖拾佰两]{1,6}"
_VOLUMES = re.compile(
    rf"(?:本案共|(?:本案|随案|诉讼|侦查)?(?:案卷|卷宗)(?:材料)?:?共?)(?P<volumes>{_COUNT})[卷册宗](?:共?(?P<pages>{_COUNT})页)?"
)


def find_declared(page: Page) -> tuple[Field | None, Field | None]:
    """Return the declared number of volumes and of pages, as digits."""
    for run in runs(page):
        match = _VOLUMES.search(run.flat)
        volumes = _number(match["volumes"]) if match else None
        if match is None or volumes is None:
            continue
        pages = _number(match["pages"]) if match["pages"] else None
        return (
            run.field(match.start("volumes"), match.end("volumes"), str(volumes)),
            run.field(match.start("pages"), match.end("pages"), str(pages)) if pages is not None else None,
        )
    return None, None


def _number(text: str) -> int | None:
    number = parse_number(text)
    return number if number is not None else parse_words(text)
