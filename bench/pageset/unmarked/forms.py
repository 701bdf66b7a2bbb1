"""Forms printed in red: receipts (收据), invoices (发票) and tables."""

from __future__ import annotations

import numpy as np

from pageset.ink import TONER, Ink
from pageset.mark_page import TEXT, MarkPage, body
from pageset.marks import NAMES, px
from pageset.unmarked.drawing import by_hand, centred, frame, lettered, some_pen

RECEIPTS = ("收据", "收款收据", "暂扣款物收据", "押金条", "当事人缴款通知单")
PAID_FOR = ("取保候审保证金", "复印费", "停车费", "鉴定费", "伙食费")
COPIES = ("第一联存根", "第二联交付款方", "第三联记账")
DIGITS = "零壹贰叁肆伍陆柒捌玖"
TABLES = ("物品登记表", "出入所登记簿", "执法记录仪交接表", "案款收支明细")
COLUMNS = ("序号", "日期", "名称", "数量", "经办人", "备注")
ENTRIES = ("手机", "现金", "身份证", "银行卡", "钥匙", "项链")


def red_form(page: MarkPage) -> None:
    """An invoice: frame, cells and words in red, figures in black."""
    rng, red, sheet = page.rng, page.style.inks.red, page.sheet
    top, step = float(rng.uniform(40, 80)), float(rng.uniform(11, 14))
    sheet.write(75, top - 18, "云山增值税发票", page.style.faces.text, 8, red)
    columns = [20.0, 62.0, 95.0, 128.0, 160.0, 190.0]
    for row in range(7):
        sheet.rule(20, top + step * row, 190, top + step * row, 0.35, red)
        for left in columns[:-1] if row < 6 else ():
            sheet.write(
                left + 3,
                top + step * row + 3.5,
                str(rng.choice(("项目名称", "单价", "数量", "金额"))),
                page.style.faces.text,
                4,
                red,
            )
            sheet.write(left + 20, top + step * row + 4, str(int(rng.integers(10, 999))), page.style.faces.text, 3.6)
    for x in columns:
        sheet.rule(x, top, x, top + 6 * step, 0.35, red)
    body(page, top=top + 6 * step + 35)


def receipt(page: MarkPage) -> None:
    """One or two receipts on a sheet, printed in red and filled in by hand, with a running number."""
    if page.rng.random() < 0.5:
        body(page, top=178)
        _slip(page, float(page.rng.uniform(18, 40)))
        return
    for top in (18.0, 150.0):
        _slip(page, top + float(page.rng.uniform(0, 12)))


def _slip(page: MarkPage, top: float) -> None:
    rng, red, face = page.rng, page.style.inks.red, page.style.faces.text
    ink, em, left, right = some_pen(page), float(rng.uniform(4, 5)), float(rng.uniform(15, 30)), 188.0
    title = str(rng.choice(RECEIPTS))
    centred(page, top, title, page.style.faces.head, 8.0, red, apart=4.0 if len(title) < 5 else 0.5)
    page.sheet.rule(75, top + 11, 135, top + 11, 0.35, red)
    page.sheet.rule(75, top + 12.2, 135, top + 12.2, 0.35, red)
    lettered(page, 145, top + 4, f"№ {int(rng.integers(1, 10**7)):07}", face, float(rng.uniform(4.5, 7)), red)
    pitch, y = float(rng.uniform(13, 17)), top + 18
    frame(page, (left, y, right, y + 5 * pitch), 0.5, red)
    for row in range(1, 5):
        page.sheet.rule(left, y + row * pitch, right, y + row * pitch, 0.25, red)
    labels = ("今收到", "交来", "人民币（大写）", "￥", "收款单位")
    amount = "".join(DIGITS[int(rng.integers(1, 10))] + place for place in "仟佰拾元") + "整"
    entries = (str(rng.choice(NAMES)), str(rng.choice(PAID_FOR)), amount, f"{int(rng.integers(100, 9999))}.00", "")
    for row, (label, entry) in enumerate(zip(labels, entries, strict=True)):
        at = y + row * pitch + (pitch - em) / 2
        end = lettered(page, left + 4, at, label, face, em, red)
        if entry:
            by_hand(page, end + 4, at - 1, entry, em * 1.35, ink)
    for i, place in enumerate("拾万仟佰拾元角分"):
        x = right - 8 * 7.5 + i * 7.5
        page.sheet.rule(x, y + 3 * pitch, x, y + 4 * pitch, 0.25, red)
        page.sheet.write(x + 1.8, y + 3 * pitch + 1, place, face, 3.4, red)
    for i, letter in enumerate(str(rng.choice(COPIES))):
        page.sheet.write(right + 2, y + 4 + i * 5.5, letter, face, 4.0, red)
    lettered(page, left, y + 5 * pitch + 3, "会计：        出纳：        经手人：", face, 4.0, red)


def invoice_with_code(page: MarkPage) -> None:
    """An invoice out of a printer: a square code (二维码) at its head, a title ruled twice, rules in the red."""
    rng, red, face, sheet = page.rng, page.style.inks.red, page.style.faces.text, page.sheet
    top, side = float(rng.uniform(16, 26)), float(rng.uniform(17, 26))
    _code(page, 18, top, side, TONER if rng.random() < 0.8 else red)
    centred(page, top + 4, "电子发票（普通发票）", page.style.faces.head, 7.5, red)
    for y in (top + 14, top + 15.2):
        sheet.rule(66, y, 144, y, 0.3, red)
    for i, label in enumerate(("发票号码：", "开票日期：")):
        end = lettered(page, 150, top + 4 + 6 * i, label, face, 3.2, red)
        words = str(int(rng.integers(10**8, 10**9))) if i == 0 else "2023年12月05日"
        lettered(page, end, top + 4 + 6 * i, words, face, 3.2)
    y, low = top + side + 5, top + side + 5 + float(rng.uniform(70, 95))
    frame(page, (18, y, 192, low), 0.35, red)
    levels = (y + 22, y + 22 + (low - y - 22) * 0.6, y + 22 + (low - y - 22) * 0.78)
    for level in levels:
        sheet.rule(18, level, 192, level, 0.25, red)
    for x, until in ((25.0, levels[0]), (105.0, levels[0]), (112.0, levels[0]), (70.0, low)):
        sheet.rule(x, y if until != low else levels[1], x, until, 0.25, red)
    for x, words in ((19.8, "购买方信息"), (106.8, "销售方信息")):
        for i, letter in enumerate(words):
            sheet.write(x, y + 1.5 + i * 4, letter, face, 3.4, red)
    for x, name in ((28.0, "岭南市公安局云山分局"), (115.0, "云山印刷有限公司")):
        lettered(page, lettered(page, x, y + 4, "名称：", face, 3.4, red), y + 4, name, face, 3.4)
        lettered(page, x, y + 13, "统一社会信用代码：", face, 3.4, red)
    for x, label in zip((24, 62, 88, 112, 138, 166), ("项目名称", "规格", "单位", "数量", "单价", "税额"), strict=True):
        sheet.write(x, levels[0] + 2, label, face, 3.4, red)
        for row in range(int(rng.integers(1, 4))):
            words = str(rng.choice(PAID_FOR)) if x == 24 else str(int(rng.integers(1, 900)))
            sheet.write(x, levels[0] + 9 + 6 * row, words, face, 3.2)
    sheet.write(26, levels[1] + 3, "合        计", face, 3.6, red)
    sheet.write(26, levels[2] + 3, "价税合计（大写）", face, 3.6, red)
    sheet.write(80, levels[2] + 3, "壹仟贰佰叁拾元整", face, 3.6)
    body(page, top=low + 32)


def _code(page: MarkPage, x: float, y: float, side: float, ink: Ink) -> None:
    """What looks like a square code: its three corners and cells by chance."""
    cells = 29
    grid = page.rng.random((cells, cells)) < 0.48
    eye = np.ones((8, 8), bool)
    eye[7, :] = eye[:, 7] = False
    eye[1:6, 1:6] = False
    eye[2:5, 2:5] = True
    grid[:8, :8], grid[:8, -8:], grid[-8:, :8] = eye, eye[:, ::-1], eye[::-1]
    step = max(2, px(side / cells))
    page.sheet.press(x, y, np.kron(grid, np.ones((step, step))).astype(np.float32) * np.float32(0.95), ink)


def red_table(page: MarkPage) -> None:
    """A table with red rules, its heads red or black, entries printed or by hand; a line of print above and below."""
    rng, red, face = page.rng, page.style.inks.red, page.style.faces.text
    ink, by_pen = some_pen(page), rng.random() < 0.5
    top, pitch, rows = float(rng.uniform(50, 75)), float(rng.uniform(9, 14)), int(rng.integers(8, 14))
    label_ink = red if rng.random() < 0.6 else TONER
    centred(page, top - 24, str(rng.choice(TABLES)), page.style.faces.head, float(rng.uniform(7, 11)), label_ink)
    edges = np.concatenate([[22.0], 22 + np.cumsum(rng.dirichlet(np.full(len(COLUMNS), 12.0))) * 166])
    low, outer = top + rows * pitch, float(rng.uniform(0.3, 1.0))
    for row in range(rows + 1):
        y = top + row * pitch
        page.sheet.rule(22, y, 188, y, outer if row in (0, rows) else 0.25, red)
    for x in edges:
        page.sheet.rule(float(x), top, float(x), low, outer if x in (edges[0], edges[-1]) else 0.25, red)
    for column, label in enumerate(COLUMNS):
        x, em = float(edges[column]) + 2, float(min(4.4, (edges[column + 1] - edges[column] - 3) / len(label)))
        page.sheet.write(x, top + (pitch - em) / 2, label, face, em, label_ink)
        for row in range(1, rows if rng.random() < 0.7 else rows // 2):
            y = top + row * pitch + (pitch - em) / 2
            words = (str(row), f"12.{row:02}", str(rng.choice(ENTRIES)), "壹", str(rng.choice(NAMES)), "")[column]
            if by_pen and words and column in (2, 4):
                by_hand(page, x, y - 1, words, em * 1.2, ink)
            elif words:
                page.sheet.write(x, y, words, face, em)
    if low < 240:
        page.sheet.write(25, low + 8, TEXT[:32], face, 4.6)
