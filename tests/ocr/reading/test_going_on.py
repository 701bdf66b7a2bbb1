"""What tells that a page goes on from the one before."""

from __future__ import annotations

import pytest

from tests.ocr.reading.conftest import Read
from tests.ocr.reading.papers import BODY, TITLE, Placed, centred

ASK_BELOW = 0.85


def body(*lines: str, top: float = 30) -> list[Placed]:
    """Lines of text from `top` down, in mm."""
    return [(line, 30, top + 9 * number, BODY) for number, line in enumerate(lines)]


@pytest.mark.parametrize(
    "lines",
    [
        ("（接上页）", "检验采用顶空气相色谱仪，平行测定两次，相对相差符合要求。"),
        (
            "案件编号：A9901260000002026027666",
            "第",
            "页 共",
            "页",
            "四、鉴定过程",
            "被鉴定人步入检查室，神志清楚，查体合作。",
        ),
        ("（承前）", "检验采用顶空气相色谱仪，平行测定两次，相对相差符合要求。"),
        ("【问】你当时穿什么衣服？", "【答】黑色夹克。"),
        ("问　你当时穿什么衣服？", "答　黑色夹克。"),
        ("问；你当时穿什么衣服？", "答；黑色夹克。"),
        ("上接第2页", "检验采用顶空气相色谱仪，平行测定两次，相对相差符合要求。"),
        ("附件：检材照片", "概貌照片", "细目照片"),
        ("细目照片 编号：1", "拍照时间：2026年2月1日14:00", "拍照人：傅家鹏"),
    ],
)
def test_what_says_that_a_page_goes_on(read: Read, lines: tuple[str, ...]) -> None:
    page = read(body(*lines, "以上情况均已核对。" * 5))
    assert (page.starts_document, page.title) == (False, None)
    assert page.start_confidence >= ASK_BELOW


def test_lines_that_begin_with_the_words_question_or_answer_are_no_talk(read: Read) -> None:
    page = read(body("问题解决以后，双方再无来往。", "答复意见已经送达当事人。", "以上情况均已核对。" * 5))
    assert page.start_confidence < ASK_BELOW


@pytest.mark.parametrize("title", ["照片辨认笔录 附页", "照片辨认笔录（第二联附页）"])
def test_a_further_leaf_of_a_form_opens_nothing(read: Read, title: str) -> None:
    page = read([centred(title, 30, TITLE), *body("1号", "2号", "3号", top=60)])
    assert (page.starts_document, page.start_confidence >= ASK_BELOW) == (False, True)
