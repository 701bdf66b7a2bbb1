"""Who made a paper (单位): the organ's name above the title or before it, else the one over the closing date."""

from __future__ import annotations

import re

from ocr.reading.text import Page, Row, field
from ocr.reading.titles import SIGNS, Title
from ocr.reading.types import Field

ORGAN = re.compile(
    r"[一-龥()]{2,24}(?:公安局(?:[一-龥]{1,10}分局)?|分局|派出所|支队|大队|中队|看守所|检察院|法院|鉴定中心|鉴定所|认证中心|认定中心|银行[一-龥]{0,10})"
)
BESIDE_DATE = 0.95


def find_unit(page: Page, title: Title | None, date: Field | None) -> Field | None:
    """Return the organ that made the paper, as printed."""
    if title is not None:
        for row in page.rows:
            if row.middle < title.last.middle and ORGAN.fullmatch(row.flat):
                return field(row, 0, len(row.flat), row.flat)
        lead = _lead(page, title)
        if lead is not None:
            return lead
    if date is None:
        return None
    left, top, width, _ = date.box
    over = [row for row in page.rows if ORGAN.fullmatch(row.flat) and _stands_over(row, left, left + width, top, page)]
    last = over[-1] if over else None
    return field(last, 0, len(last.flat), last.flat, trust=BESIDE_DATE) if last else None


def _lead(page: Page, title: Title) -> Field | None:
    """清禾市公安局望陵分局 before 拘留证 on one line."""
    row = title.last
    match = ORGAN.match(row.flat) if row in page.rows else None
    whole = SIGNS.sub("", row.flat)
    if match is None or whole == SIGNS.sub("", title.field.value):
        return None
    return field(row, 0, match.end(), match[0])


def _stands_over(row: Row, left: float, right: float, top: float, page: Page) -> bool:
    return 0 < top - row.top < 3.5 * page.body and row.left < right and row.right > left
