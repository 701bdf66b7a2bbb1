"""Search finds every run of characters that stands on a page that counts, and nothing else."""

from __future__ import annotations

import datetime as dt
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from case_facts import case_facts

from app.store.home import Home
from app.store.pages import FoundOnPage
from app.store.records import Aside, DocumentRecord, NewPage
from app.store.search import Wanted, squeezed
from app.store.store import Store, SystemClock, Who

TEXTS = (
    "犯罪嫌疑人张三，男，\n汉族。清公(刑)立字〔2026〕12号",
    "证人欧阳娜娜陈述：看见张\n三离开。",
    "ＡＢＣ１２３ 全角与半角 abc “引号”",
    "人民法院受理；张 三 丰到庭",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(Home(tmp_path / "home"), SystemClock(), Who("李文", "test")) as opened:
        yield opened


@pytest.fixture
def filled(store: Store) -> Store:
    fill(store, TEXTS)
    return store


def fill(store: Store, texts: tuple[str, ...]) -> None:
    case = case_facts()
    with store.change("case.opened", case.case_no):
        case_id = store.cases.add(case)
        batch = store.pages.open_batch(
            case_id, kind="scan", device="x", settings="{}", feed_sha256=None, expected_sheets=None, at="t"
        )
    with store.transaction():
        for number, text in enumerate(texts, start=1):
            page = store.pages.add(
                batch,
                NewPage(number, number, "front", store.home.path / str(number), "0", 1, 300, "file", "t", "{}"),
            )
            store.pages.set_result(page.id, read(text))


def read(text: str) -> FoundOnPage:
    return FoundOnPage("{}", text, False, "x.jpg", "x.thumb.jpg", "t")


def found(store: Store, text: str = "", **more: object) -> list[int]:
    return sorted(hit.page for hit in store.search.find(Wanted(text, **more), 100))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("张三", [1, 2, 4]),  # over the end of a line, and where reading put a space
        ("张", [1, 2, 4]),
        ("丰", [4]),
        ("庭", [4]),  # the last character of a page
        ("欧阳娜娜", [2]),
        ("abc123", [3]),
        ("〔2026〕12", [1]),
        ("“引", [3]),
        ('"', []),
        ("张三丰李", []),
        ("女", []),
    ],
)
def test_runs_of_any_length(filled: Store, text: str, pages: list[int]) -> None:
    assert found(filled, text) == pages


def test_what_is_read_again_is_found_by_its_new_text_only(filled: Store) -> None:
    with filled.transaction():
        filled.pages.set_result(1, read("此页重读"))
    assert found(filled, "犯罪嫌疑人") == []
    assert found(filled, "重读") == [1]
    assert found(filled, "张三") == [2, 4]


def test_a_page_set_aside_is_not_found(filled: Store) -> None:
    with filled.transaction():
        filled.order.set_aside(4, Aside("空", "李文", "t"))
    assert found(filled, "张三") == [1, 2]


def test_newest_first_and_not_more_than_asked(filled: Store) -> None:
    assert [hit.page for hit in filled.search.find(Wanted("张三"), 2)] == [4, 2]


def test_by_what_is_known_of_the_document(filled: Store) -> None:
    def document(title: str, day: int, person: str, number: str | None, page: int) -> DocumentRecord:
        return DocumentRecord("GS01", title, number, dt.date(2026, 3, day), (person,), None, 1.0, (page,))

    with filled.transaction():
        filled.cases.file_documents(
            1,
            [
                document("立案决定书", 5, "张三", "清公(刑)立字〔2026〕12号", 1),
                document("询问笔录", 9, "欧阳娜娜", None, 2),
            ],
        )
    assert found(filled, person="张三") == [1]
    assert found(filled, "张三", person="欧阳娜娜") == [2]
    assert found(filled, number="〔2026〕12") == [1]
    assert found(filled, kind="GS01", since=dt.date(2026, 3, 6)) == [2]
    assert found(filled, until=dt.date(2026, 3, 5)) == [1]
    (hit,) = filled.search.find(Wanted("证人"), 5)
    assert (hit.title, hit.snippet) == ("询问笔录", "证人欧阳娜娜陈述:看见张三离开。")


def test_nothing_that_stands_there_is_missed(store: Store) -> None:
    stream = random.Random(5)
    letters = "的一是张三李四公安局法院号，。（）〔〕'\"*-:12AbＡ　 \n𠮷ö"
    texts = tuple("".join(stream.choices(letters, k=60)) for _ in range(60))
    fill(store, texts)
    runs = [squeezed(text) for text in texts]
    for _ in range(300):
        run, length = stream.choice(runs), stream.randint(1, 6)
        at = stream.randrange(len(run) - length)
        question = run[at : at + length]
        assert found(store, question) == [number for number, run in enumerate(runs, start=1) if question in run]


def test_an_index_that_is_gone_is_made_again(filled: Store) -> None:
    with filled.transaction():
        filled._db.execute("DELETE FROM page_index_filled")
        filled._db.execute("INSERT INTO page_index (page_index) VALUES ('delete-all')")
    assert found(filled, "张三") == []
    with Store(filled.home, SystemClock(), Who("李文", "test")) as again:
        assert found(again, "张三") == [1, 2, 4]


def test_ideographs_are_passed_over_without_harm() -> None:
    """Any text is squeezed as if all of it had been normalised at once."""
    stream = random.Random(3)
    letters = [chr(code) for code in range(0x20, 0x30000) if not 0xD800 <= code < 0xE000]
    for _ in range(20_000):
        text = "".join(stream.choice(letters if stream.random() < 0.7 else "张三\u3099\u0301Aﬁ１ ") for _ in range(6))
        assert squeezed(text) == "".join(unicodedata.normalize("NFKC", text).casefold().split())
