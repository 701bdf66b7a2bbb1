"""Papers ruled in red: lines, squares to write in (稿纸), accounts (账页), calendars (日历)."""

from __future__ import annotations

import calendar as gregorian

from pageset.ink import TONER
from pageset.mark_page import TEXT, MarkPage, body
from pageset.unmarked.drawing import by_hand, centred, frame, lettered, pen, ring_around, some_pen

PLACES = "千百十万千百十元角分"
WEEK = "一二三四五六日"


def red_rules(page: MarkPage) -> None:
    """Paper with red lines."""
    for y in range(50, 270, 10):
        page.sheet.rule(22, y, 188, y, 0.35, page.style.inks.red)
    page.sheet.rule(28, 40, 28, 275, 0.35, page.style.inks.red)
    body(page, bottom=240)


def manuscript(page: MarkPage) -> None:
    """Paper with a square for each letter (稿纸), 15 to 20 in a row, some rows filled in by hand."""
    rng, red, ink = page.rng, page.style.inks.red, some_pen(page)
    count, gap, top = int(rng.integers(15, 21)), float(rng.uniform(2.5, 5)), float(rng.uniform(28, 42))
    side = 170 / count
    rows, full = int((272 - top) / (side + gap)), int(rng.integers(2, 6))
    for row in range(rows):
        y = top + row * (side + gap)
        for level in (y, y + side):
            page.sheet.rule(20, level, 190, level, 0.25, red)
        for column in range(count + 1):
            x = 20 + column * side
            page.sheet.rule(x, y, x, y + side, 0.25, red)
        if row < full:
            for column in range(2 if row == 0 else 0, count if row < full - 1 else int(rng.integers(3, count))):
                letter = TEXT[(row * count + column) % len(TEXT)]
                by_hand(page, 20 + column * side + side * 0.15, y + side * 0.15, letter, side * 0.7, ink)
    frame(page, (18, top - 2, 192, top + rows * (side + gap) - gap + 2), float(rng.uniform(0.5, 1.0)), red)
    lettered(
        page, 20, top + rows * (side + gap) + 2, f"{count}×{rows}＝{count * rows}", page.style.faces.text, 3.2, red
    )
    lettered(page, 150, top - 10, "第      页", page.style.faces.text, 4.2, red)


def ledger(page: MarkPage) -> None:
    """A page of accounts (账页): a column for each digit, every third rule stronger, double rules between."""
    rng, red, face, ink = page.rng, page.style.inks.red, page.style.faces.text, some_pen(page)
    top, pitch = float(rng.uniform(42, 58)), float(rng.uniform(7.5, 10))
    rows = int((270 - top) / pitch)
    title = str(rng.choice(("明细账", "现金日记账", "案款往来账")))
    centred(page, 18, title, page.style.faces.head, 9.0, red, apart=5.0)
    page.sheet.rule(70, 30, 140, 30, 0.4, red)
    page.sheet.rule(70, 31.2, 140, 31.2, 0.4, red)
    for row in range(rows + 1):
        page.sheet.rule(15, top + row * pitch, 195, top + row * pitch, 0.5 if row % 5 == 0 else 0.2, red)
    low = top + rows * pitch
    for x in (15.0, 22.0, 29.0, 42.0, 86.0, 195.0):
        page.sheet.rule(x, top, x, low, 0.4, red)
    for left, label in ((88.0, "借方"), (124.0, "贷方"), (160.0, "余额")):
        page.sheet.write(left + 12, top + 0.5, label, face, 3.2, red)
        for i in range(len(PLACES) + 1):
            page.sheet.rule(left + 3.4 * i, top + pitch * 0.5, left + 3.4 * i, low, 0.4 if i in (2, 5, 8) else 0.2, red)
            if i < len(PLACES):
                page.sheet.write(left + 3.4 * i + 0.5, top + pitch * 0.55, PLACES[i], face, 2.4, red)
    for row in range(1, int(rng.integers(4, rows))):
        y = top + row * pitch + 1.5
        by_hand(page, 44, y, TEXT[row * 3 % 60 :][:5], 4.6, ink)
        first = int(rng.integers(2, 7))
        for i in range(first, len(PLACES)):
            lettered(page, 124 + 3.4 * i + 0.5, y, str(int(rng.integers(0, 10))), page.style.faces.hand, 3.8, ink)


def calendar(page: MarkPage) -> None:
    """A month, Sundays in red, at times a day ringed by pen; or one day torn off, its number large and red."""
    rng, red, faces = page.rng, page.style.inks.red, page.style.faces
    month = int(rng.integers(1, 13))
    weeks = gregorian.Calendar().monthdayscalendar(2023, month)
    if rng.random() < 0.35:
        day, em = str(weeks[int(rng.integers(1, 4))][6]), float(rng.uniform(55, 90))
        frame(page, (45, 40, 165, 190), 0.8, red)
        centred(page, 46, f"二〇二三年{month}月", faces.text, 8.0, red)
        lettered(page, 105 - em * 0.28 * len(day), 64, day, faces.head, em, red)
        centred(page, 170, "星期日", faces.text, 9.0, red)
        body(page, top=225)
        return
    left, top, step = float(rng.uniform(18, 26)), float(rng.uniform(60, 90)), 24.0
    lettered(page, left, top - 30, f"2023年{month}月", faces.head, float(rng.uniform(10, 16)), red)
    for i, letter in enumerate(WEEK):
        page.sheet.write(left + step * i + 8, top - 9, letter, faces.text, 6, red if i > 4 else TONER)
    ruled = rng.random() < 0.6
    for level in range(len(weeks) + 1):
        if ruled:
            page.sheet.rule(left, top + 20 * level, left + 7 * step, top + 20 * level, 0.3, red)
    for i in range(8):
        if ruled:
            page.sheet.rule(left + step * i, top, left + step * i, top + 20 * len(weeks), 0.3, red)
    em, ringed = float(rng.uniform(7, 12)), set(rng.integers(1, 29, int(rng.integers(0, 3))).tolist())
    for row, week in enumerate(weeks):
        for i, day_of in enumerate(week):
            if day_of:
                x, y = left + step * i + 4, top + 20 * row + 4
                end = lettered(page, x, y, str(day_of), faces.head, em, red if i > 4 else TONER)
                if day_of in ringed:
                    ring = ring_around(rng, (x + end) / 2, y + em * 0.6, end - x + 6, em + 5)
                    pen(page, ring, float(rng.uniform(0.4, 0.8)), red if rng.random() < 0.5 else some_pen(page))
    body(page, top=top + 20 * len(weeks) + 30, title="")
