"""Account, period and row numbers of printouts."""

from __future__ import annotations

import pytest

from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import Placed, centred


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("户名：陶志远 账号：9999990003748980 币种：人民币", "9999990003748980"),
        ("客户姓名 陶志远  客户账号 9999990003748980", "9999990003748980"),
        ("卡号:999999****8980", "999999****8980"),
        ("微信号：taozy-8812", "taozy-8812"),
        ("支付宝账户：taozy1988@mail.test", "taozy1988@mail.test"),
        ("用户号码:10000005144 查询月份:2026年3月", "10000005144"),
        ("账号密码均由其本人保管", ""),
    ],
)
def test_whose_printout_it_is(read: Read, text: str, account: str) -> None:
    assert read([(text, 26, 40, 4.0)]).account == account


@pytest.mark.parametrize(
    ("lines", "period"),
    [
        (["起止日期：2026.1.17至2026.4.17"], "2026-01-17/2026-04-17"),
        (["查询区间:2026-01-17~2026-04-17"], "2026-01-17/2026-04-17"),
        (["2026年1月17日—2026年4月17日交易明细"], "2026-01-17/2026-04-17"),
        (["账号:9999990003748980 起止日期:2026.1.17至", "2026.4.17"], "2026-01-17/2026-04-17"),
        (["开户日期2019-01-17 打印日期2026-04-17"], ""),
    ],
)
def test_the_days_it_reaches_over(read: Read, lines: list[str], period: str) -> None:
    assert read([(text, 26, 40 + 8 * n, 4.0) for n, text in enumerate(lines)]).period == period


def table(first: int, count: int, misread: int | None = None) -> list[Placed]:
    rows: list[Placed] = []
    for n in range(count):
        shown = "8O" if n == misread else str(first + n)
        rows += [(shown, 24, 60 + 6 * n, 3.0), ("2026-03-05", 34, 60 + 6 * n, 3.0), ("4", 120, 60 + 6 * n, 3.0)]
    return rows


def test_row_numbers_of_a_table(read: Read) -> None:
    assert read(table(35, 20)).running == (35, 54)
    assert read(table(35, 20, misread=0)).running == (36, 54)
    assert read(table(35, 3)).running is None  # three numbers may stand in any form


def test_a_page_counted_1_begins_a_paper_without_a_title_but_is_asked(read: Read) -> None:
    reading = read([("第1页", 98, 16, 4.2), *table(1, 20)])
    assert reading.starts_document
    assert reading.start_confidence < 0.85


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("QQ聊天记录", "SZ01"),
        ("微信聊天截屏", "SZ01"),
        ("借记卡交易明细查询", "SZ01"),
        ("微信聊天记录打印件", "SZ01"),
        ("手机数据提取笔录", "ST02"),
    ],
)
def test_titles_by_the_key_in_them(read: Read, title: str, kind: str) -> None:
    reading = read([centred(title, 30), *table(1, 20)])
    assert reading.kind is not None
    assert (reading.kind.code, reading.kind.confidence >= 0.85) == (kind, True)


def test_a_title_whose_end_is_lost_is_told_by_its_key_and_asked(read: Read) -> None:
    lost = read([centred("支行账户交易水", 30), *table(1, 20)])
    assert lost.kind is not None
    assert (lost.kind.code, lost.starts_document, lost.start_confidence) == ("SZ01", True, 0.8)
    organ = read([centred("清禾市公安局物证鉴定所", 30), *table(1, 20)])
    assert organ.title is None


@pytest.mark.parametrize("folio", ["42页", "卷页 42", "卷42页", "p.42", "042"])
def test_a_title_below_the_dossiers_own_page_number_is_the_first_line(read: Read, folio: str) -> None:
    text = [("因双方已经协商，对其表示自愿谅解，请求从轻处理。", 26, 70 + 9 * n) for n in range(4)]
    assert read([(folio, 16, 9, 4.6), centred("刑事谅解意见书", 50, 7.0), *text]).starts_document


@pytest.mark.parametrize(
    ("cells", "carried"),
    [
        ([("承前页", 26, 40, 4.0), ("12,345.60", 120, 40, 4.0)], ("12345.60", "")),
        ([("接上页 收入合计：100.00 支出合计：88.00", 26, 40, 4.0)], ("100.00/88.00", "")),
        ([("过次页", 26, 262, 4.0), ("-5,800.00", 120, 262, 4.0)], ("", "-5800.00")),
        ([("承前页余额 1.00", 26, 40, 4.0), ("转下页余额 2.00", 26, 262, 4.0)], ("1.00", "2.00")),
        ([("转下页", 26, 262, 4.0)], ("", "")),
        ([("本页余额 12,345.60", 26, 262, 4.0)], ("", "")),
    ],
)
def test_sums_brought_and_carried(read: Read, cells: list[Placed], carried: tuple[str, str]) -> None:
    assert read([*cells, *table(1, 20)]).carried == carried


def test_a_statement_with_a_name_of_its_own_is_known_by_its_columns(read: Read) -> None:
    columns: list[Placed] = [
        (text, 24 + 30 * n, 50, 3.0)
        for n, text in enumerate(("记账日期", "摘要", "余额", "对方户名", "对方账号", "柜员"))
    ]
    reading = read([centred("客户资金往来单", 30), *columns, *table(1, 20)])
    assert reading.kind is not None
    assert (reading.kind.code, reading.kind.confidence >= 0.85) == ("SZ01", True)
