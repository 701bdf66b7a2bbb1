"""Printouts of many pages: statements of account (交易明细), lists of calls (通话详单), chats (聊天记录), sheets of
photographs (照片)."""

from __future__ import annotations

from collections.abc import Callable

from casebook.filler import call_rows, chat_lines, statement_rows
from casebook.setting import Setting
from casebook.sheet import Sheet, broken

COLUMNS = ["交易日期", "交易时间", "摘要", "收入", "支出", "余额", "对方户名", "对方账号"]
TELLERS = ["交易日期", "摘要", "借方", "贷方", "余额", "交易网点", "柜员", "对方户名"]
SIDES = ["序号", "记账日期", "摘要", "借方发生额", "贷方发生额", "账户余额", "对手户名"]
FLAGS = ["记账日", "流水号", "借贷标志", "交易金额", "余额", "摘要", "机构号"]
ORDERS = ["交易单号", "交易时间", "交易类型", "收/支/其他", "金额(元)", "交易对方"]
MONTH = ["日期", "时间", "交易类型", "交易金额", "账户余额", "对方户名/账号"]
PASSBOOK = ["行次", "日期", "摘要", "支出(-)", "存入(+)", "结余", "网点号", "操作"]
BROAD = [
    "序号",
    "交易日期",
    "交易时间",
    "交易渠道",
    "摘要",
    "币种",
    "收入金额",
    "支出金额",
    "账户余额",
    "对方账号",
    "对方名称",
    "附言",
]
CALLS = ["序号", "起始时间", "呼叫类型", "对方号码", "通话时长(秒)", "通话地", "费用(元)"]
ROWS, LINES = 34, 38  # of a page
LYING_ROWS, LYING_BOTTOM = 20, 186.0  # of one across
CAPTION_TOP = 240.0  # of a pair of screens


def bank(setting: Setting, _text: str) -> None:
    """As many pages of a statement as the paper's values say."""
    _paged(setting, PAGES[setting.style.bank])


def calls(setting: Setting, _text: str) -> None:
    """As many pages of a list of calls as the paper's values say."""
    _paged(setting, _calls)


def _paged(setting: Setting, page: Callable[[Setting, int], None]) -> None:
    sheet = setting.sheet
    sheet.counted, sheet.bottom = True, LYING_BOTTOM if sheet.lying else 275.0
    for number in range(setting.paper.values["pages"]):
        if number:
            sheet.turn()
        page(setting, number)


def _is_full(sheet: Sheet, mm: float = 6.4) -> bool:
    """No room for another entry so high."""
    return sheet.y + mm > sheet.bottom


def _rows(setting: Setting) -> int:
    return LYING_ROWS if setting.sheet.lying else ROWS


def _calls(setting: Setting, number: int) -> None:
    widths, rows = [0.5, 1.6, 0.8, 1.3, 1.0, 0.9, 0.8], _rows(setting)
    setting.sheet.row(CALLS, size=3.0, widths=widths)
    for n, cells in enumerate(call_rows(setting.rng, rows), start=rows * number + 1):
        if _is_full(setting.sheet):
            break
        setting.sheet.row([str(n), *cells], size=3.0, widths=widths)


def _columns(setting: Setting, _number: int) -> None:
    widths = [1.2, 1.0, 1.0, 1.2, 1.2, 1.4, 1.2, 2.2]
    for cells in [COLUMNS, *statement_rows(setting.rng, _rows(setting))]:
        if _is_full(setting.sheet):
            break
        setting.sheet.row(cells, size=3.0, widths=widths)


def _sides(setting: Setting, number: int) -> None:
    """Debit and credit; whose account it is stands over every page."""
    values, widths = setting.paper.values, [0.5, 1.2, 1.2, 1.3, 1.3, 1.4, 1.2]
    if number:
        setting.sheet.put(f"户名：{values['p']}  账号：{values['account']}  币种：人民币", setting.style.left, size=3.4)
        setting.sheet.down(8.0)
    setting.sheet.row(SIDES, size=3.0, widths=widths)
    for n, (day, _, what, into, out, balance, who, _) in enumerate(statement_rows(setting.rng, ROWS), start=1):
        if _is_full(setting.sheet):
            break
        cells = [str(ROWS * number + n), f"{day[:4]}-{day[4:6]}-{day[6:]}", what, out, into, balance, who]
        setting.sheet.row(cells, size=3.0, widths=widths)


def _ledger(setting: Setting, _number: int) -> None:
    """Lines without rules, and the sums of the page."""
    sheet = setting.sheet
    for day, time, what, into, out, balance, who, _ in statement_rows(setting.rng, LINES):
        if _is_full(sheet):
            break
        for text, left in ((f"{day[:4]}/{day[4:6]}/{day[6:]} {time}", 24.0), (what, 62.0), (into or f"-{out}", 92.0)):
            sheet.put(text, left, size=3.2)
        sheet.put(balance, 122.0, size=3.2)
        sheet.put(who, 156.0, size=3.2)
        sheet.y += 5.8
    sheet.put("本页收入合计：      本页支出合计：", sheet.style.left, size=3.4)


def _entries(setting: Setting, number: int) -> None:
    """Two lines an entry; the customer over every page."""
    sheet, values = setting.sheet, setting.paper.values
    if number:
        sheet.put(f"客户姓名 {values['p']}  客户账号 {values['account']}", sheet.style.left, size=3.4)
        sheet.y += 7.0
    for day, time, what, into, out, balance, who, account in statement_rows(setting.rng, ROWS // 2):
        at = f"{day[:4]}-{day[4:6]}-{day[6:]} {time}"
        for text, left in ((at, 24.0), (what, 66.0), (f"+{into}" if into else f"-{out}", 100.0), (balance, 140.0)):
            sheet.put(text, left, size=3.2)
        sheet.y += 5.2
        sheet.put(f"{who} {account}", 66.0, size=3.0)
        sheet.y += 6.6


def _channels(setting: Setting, number: int) -> None:
    """One column for both directions; the sums under the last page."""
    widths = [1.6, 0.8, 1.3, 1.4, 1.2, 1.4]
    setting.sheet.row(["时间", "收/支", "金额", "余额", "渠道", "对方"], size=3.2, widths=widths)
    for day, time, what, into, out, balance, who, _ in statement_rows(setting.rng, ROWS):
        cells = [f"{day[4:6]}月{day[6:]}日 {time[:5]}", "收" if into else "支", into or out, balance, what, who]
        setting.sheet.row(cells, size=3.2, widths=widths)
    if number + 1 == setting.paper.values["pages"]:
        setting.sheet.put(f"以上共{ROWS * (number + 1)}笔", setting.style.left, size=3.4)


def _tellers(setting: Setting, number: int) -> None:
    """Where and by whom each entry was booked, down to the foot; whose account it is over every page."""
    sheet, values, widths = setting.sheet, setting.paper.values, [1.2, 0.9, 1.1, 1.1, 1.3, 1.2, 0.7, 1.1]
    if number:
        sheet.put(f"账号 {values['account']} 户名 {values['p']} 币种 CNY", sheet.style.left, size=3.4)
        sheet.down(8.0)
    sheet.row(TELLERS, size=3.0, widths=widths)
    for day, _, what, into, out, balance, who, _ in statement_rows(setting.rng, ROWS):
        if _is_full(sheet):
            break
        branch = setting.rng.choice(("营业部", "溪桥支行", "北环路支行", "网上银行"))
        cells = [day, what, out, into, balance, branch, f"{setting.rng.randint(1, 99):04d}", who]
        sheet.row(cells, size=3.0, widths=widths)
    if number + 1 == values["pages"]:
        sheet.put("以下空白", sheet.style.left, size=3.4)


def _flags(setting: Setting, number: int) -> None:
    """One amount with a flag (借/贷) beside it; the account over every page, who keeps it under each."""
    sheet, values, widths = setting.sheet, setting.paper.values, [1.1, 1.1, 0.8, 1.2, 1.3, 1.0, 0.9]
    if number:
        sheet.put(f"{values['bank']}  账号/卡号：{values['account']}", sheet.style.left, size=3.4)
        sheet.down(8.0)
    sheet.row(FLAGS, size=3.2, widths=widths)
    for day, time, what, into, out, balance, *_ in statement_rows(setting.rng, ROWS - 4):
        cells = [day, time.replace(":", "") + "01", "贷" if into else "借", into or out, balance, what, "99260103"]
        sheet.row(cells, size=3.2, widths=widths)


def _proof(setting: Setting, number: int) -> None:
    """Of a company for payments by telephone: a sentence on whose account it is, then orders."""
    sheet, values, widths = setting.sheet, setting.paper.values, [2.2, 1.7, 0.9, 0.9, 1.0, 1.1]
    if not number:
        sheet.prose(f"兹证明：{values['p']}（居民身份证：{values['p'].id}）在本平台账户中的交易明细信息如下：")
    sheet.row(ORDERS, size=3.0, widths=widths)
    for day, time, what, into, out, _, who, account in statement_rows(setting.rng, ROWS // 2 + 4):
        order = f"1000{day}{time.replace(':', '')}{account.replace(' ', '')[8:]}"
        cells = [order, f"{day[:4]}-{day[4:6]}-{day[6:]} {time}", what, "收入" if into else "支出", into or out, who]
        sheet.row(cells, size=3.0, widths=widths)
    if number + 1 == values["pages"]:
        sheet.put("说明：本证明仅反映该账户在上述时段内的交易，加盖业务专用章后有效。", sheet.style.left, size=3.4)


def _broad(setting: Setting, number: int) -> None:
    """Twelve columns across the sheet."""
    widths = [0.5, 1.0, 0.9, 0.9, 0.9, 0.6, 1.0, 1.0, 1.1, 1.9, 0.9, 0.7]
    setting.sheet.row(BROAD, size=2.8, widths=widths)
    entries = statement_rows(setting.rng, LYING_ROWS)
    for n, (day, time, what, into, out, balance, who, account) in enumerate(entries, start=LYING_ROWS * number + 1):
        cells = [
            str(n),
            day,
            time,
            "手机银行",
            what,
            "人民币",
            into or "0.00",
            out or "0.00",
            balance,
            account,
            who,
            "",
        ]
        setting.sheet.row(cells, size=2.8, widths=widths)


def _blocks(setting: Setting, _number: int) -> None:
    """Three lines an entry, ruled off from the next."""
    sheet, left = setting.sheet, setting.style.left
    for day, time, what, into, out, balance, who, account in statement_rows(setting.rng, ROWS // 3):
        if _is_full(sheet, 16.2):
            break
        for line in (
            f"交易时间：{day[:4]}-{day[4:6]}-{day[6:]} {time}　　交易摘要：{what}",
            f"交易金额：{into or f'-{out}'}　　交易后余额：{balance}",
            f"对方户名：{who}　　对方账号：{account}",
        ):
            sheet.put(line, left, size=3.3)
            sheet.y += 5.4
        sheet.rules.append((left, sheet.y, sheet.right, sheet.y))
        sheet.y += 2.6


def _months(setting: Setting, number: int) -> None:
    """A month over each page, the day alone in the rows."""
    sheet, widths = setting.sheet, [0.5, 0.9, 1.0, 1.3, 1.4, 2.6]
    sheet.put(f"{2025 + number // 12}年{number % 12 + 1:02d}月", sheet.style.left, size=3.8)
    sheet.down(7.0)
    sheet.row(MONTH, size=3.1, widths=widths)
    for day, time, what, into, out, balance, who, account in statement_rows(setting.rng, ROWS - 2):
        if _is_full(sheet):
            break
        sheet.row([f"{day[6:]}日", time, what, into or f"-{out}", balance, f"{who}/{account}"], size=3.1, widths=widths)


def _passbook(setting: Setting, number: int) -> None:
    """As in a savings book: out before in, the number of the line first; which lines they are under each page."""
    sheet, widths, rows = setting.sheet, [0.5, 1.0, 0.9, 1.1, 1.1, 1.2, 0.9, 0.7], ROWS - 8
    sheet.row(PASSBOOK, size=3.1, widths=widths)
    first = rows * number + 1
    for n, (day, _, what, into, out, balance, *_) in enumerate(statement_rows(setting.rng, rows), start=first):
        cells = [str(n), day, what, out, into, balance, "990412", f"{setting.rng.randint(100, 999)}"]
        sheet.row(cells, size=3.1, widths=widths)
    sheet.put(f"本页打印第{first}行至第{first + rows - 1}行", sheet.style.left, size=3.4)
    sheet.y += 6.0


def _days(setting: Setting, _number: int) -> None:
    """A day over each few entries, as applications on telephones export it."""
    sheet, left = setting.sheet, setting.style.left
    for n, (day, time, what, into, out, balance, who, _) in enumerate(statement_rows(setting.rng, ROWS)):
        if _is_full(sheet, 14.0):
            break
        if n % 3 == 0:
            sheet.y += 2.0
            sheet.put(f"{day[:4]}年{day[4:6]}月{day[6:]}日", left, size=3.6)
            sheet.y += 6.0
        amount = f"+{into}" if into else f"-{out}"
        for text, beside in ((time[:5], 4.0), (f"{what}-{who}", 20.0), (amount, 80.0), (f"余额 {balance}", 115.0)):
            sheet.put(text, left + beside, size=3.3)
        sheet.y += 5.6


PAGES = {
    "columns": _columns,
    "sides": _sides,
    "ledger": _ledger,
    "entries": _entries,
    "channels": _channels,
    "tellers": _tellers,
    "flags": _flags,
    "proof": _proof,
    "broad": _broad,
    "blocks": _blocks,
    "months": _months,
    "passbook": _passbook,
    "days": _days,
}


def chat(setting: Setting, _text: str) -> None:
    """As many pages of a chat as the paper's values say."""
    sheet, pages = setting.sheet, setting.paper.values["pages"]
    sheet.counted = True
    if setting.style.chat == "pairs":
        _screens_in_pairs(setting, pages)
        return
    while len(sheet.done) < pages:
        for mine, text in chat_lines(setting.paper.values, setting.rng):
            _message(setting, text, mine=mine)
            if len(sheet.done) == pages:
                break
    sheet.prints.clear()


def _screens_in_pairs(setting: Setting, pages: int) -> None:
    """Two screens beside each other on a sheet, each numbered below."""
    sheet = setting.sheet
    for page in range(pages):
        if page:
            sheet.turn()
        top = sheet.y
        for screen, left in enumerate((sheet.style.left, sheet.width / 2 + 3.0)):
            sheet.y, wide = top, sheet.width / 2 - sheet.style.left - 6.0
            for mine, text in chat_lines(setting.paper.values, setting.rng):
                for line in broken(text, 3.4, 0.8 * wide, 0.0):
                    sheet.put(line, left + (0.2 * wide if mine else 0.0), size=3.4)
                    sheet.y += 5.0
                sheet.y += 4.0
            sheet.y = CAPTION_TOP
            sheet.put(f"截图{2 * page + screen + 1}", left + 0.4 * wide, size=3.8)


def _message(setting: Setting, text: str, *, mine: bool) -> None:
    sheet = setting.sheet
    if setting.style.chat == "bubbles":
        sheet.put(text, 110.0 - 2 * len(text) if mine else 45.0, size=4.0)
        sheet.down(9.0)
        return
    if setting.style.chat == "minutes":
        sheet.prose(f"[{setting.rng.randint(8, 22)}:{setting.rng.randint(10, 59)}] {'我' if mine else '客服'}: {text}")
        return
    if setting.style.chat == "screens":
        if sheet.y <= min(sheet.style.top, 30.0):
            sheet.put(f"{setting.rng.randint(8, 22)}:{setting.rng.randint(10, 59)}", 48.0, size=3.4)
            sheet.put(f"4G {setting.rng.randint(12, 98)}%", 145.0, size=3.4)
            sheet.down(8.0)
            sheet.put("< 理财服务群(87)", 80.0, size=4.2)
            sheet.down(10.0)
        sheet.put(text, 150.0 - 4.2 * len(text) if mine else 55.0, size=4.2)
        sheet.down(11.0)
        return
    if setting.style.chat == "forensic":
        at = setting.paper.values["t0"].later(minutes=len(sheet.prints))
        who = setting.paper.values["p"].name if mine else "wxid_7k2m"
        sheet.row([f"{at:dash}", "发送" if mine else "接收", who, text], size=3.4, widths=[1.5, 0.6, 0.9, 3.0])
        return
    if setting.style.chat == "script":
        sheet.prose(f"{setting.paper.values['p'] if mine else '业务员'}：{text}", indent=0.0)
        return
    if setting.style.chat == "counted":
        who, at = setting.paper.values["p"] if mine else "对方", f"{setting.rng.randint(8, 22)}时"
        number = sum(len(face.prints) for face in sheet.done) + len(sheet.prints)
        sheet.prose(f"{number}、{who}（{at}）：{text}", indent=0.0)
        return
    if setting.style.chat == "listed":
        sheet.row([f"{len(sheet.prints) // 3 + 1}", setting.paper.values["p"].name if mine else "老师", text], size=3.6)
        return
    who, at = setting.paper.values["p"] if mine else "理财老师", setting.paper.values["t0"]
    sheet.put(f"{who} {at:dash}", sheet.style.left, size=3.2)
    sheet.y += 4.8
    sheet.put(text, sheet.style.left + 4, size=3.8)
    sheet.down(7.5)


def photos(setting: Setting, count: str) -> None:
    """Photographs, each with what stands below it; many small ones are numbered only."""
    sheet, values, style = setting.sheet, setting.paper.values, setting.style
    if int(count) > 4:
        for row in range(int(count) // 4):
            sheet.y = 40.0 + 65.0 * row
            for column in range(4):
                sheet.put(f"{4 * row + column + 1}号", 34.0 + 42.0 * column, size=4.2)
        return
    for number in range(1, int(count) + 1):
        sheet.down(82.0 if sheet.y < 120 else 78.0)
        what = setting.rng.choice(("概貌", "细目", "外观", "侧面"))
        for line in style.captions:
            shown = line.format(n=number, what=what, at=values["at"], place=values["place"], by=values["o2"])
            sheet.put(shown, style.left, size=4.2)
            sheet.down(6.5)
        sheet.down(1.5)


def more_photos(setting: Setting, _text: str) -> None:
    """Further sheets of them, to the number of pages."""
    for _ in range(setting.paper.values["pages"] - 1):
        setting.sheet.turn()
        photos(setting, "2")
