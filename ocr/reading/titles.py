"""The title line of a page: standing at the top, centred, larger than the text, and worded as a document kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ocr.reading.counts import is_count
from ocr.reading.text import Fold, Page, Row, across, field, join
from ocr.reading.types import Field, KindEntry

TOP_SHARE = 0.38  # titles of fill-in forms end at 63 of 297 mm, those below approval boxes at about a third
CENTRE_SHARE = 0.10
LARGER = 1.15
MUCH_LARGER = 1.3
EXACT, AFTER_ORGAN, KEYED, ENDING = 1.0, 0.97, 0.9, 0.8  # KEYED: a kind's own key stands in a line set as a title
KEY_LENGTH = 4  # of a key that says the kind in a title
STRETCHED_LEAST, STRETCHED_BY = 5, 3  # characters of a title that may be stretched, and by how many
SHORTEST_NEAR, LONG = 5, 8  # characters of a title that is told with one of them wrong; with one of them lost
LONGEST = 28  # characters of a line that may be a title
NEARLY = 0.72  # too little for a kind without other words that speak for it
RUNNING_TOP, RUNNING_MM, RUNNING_SHARE = 0.065, 4.5, 0.9  # a running line: how low, how high, and of the text's height
UNKNOWN_WORDING = 0.8  # looks like a title, but no kind goes by it, at most a key of one stands in it: asked

_ORGAN = re.compile(r".*(?:局|队|所|院|中心|厅|站|处|公司|机关|银行|[分支]行)|关于.*的")  # 关于被盗物品的价格认定结论书
_TURNING = ("不", "解除", "撤销", "变更", "延长", "呈请", "终止")  # before a title they make it another paper
_GOES_ON = (
    r"\([^()]{0,3}[续續接][^()]{0,3}\)$|\([^()]{0,5}附[页頁]\)$|[续續][页頁表]$|接[上前].?[页頁]$"
    r"|(?<=[录表书单证])附[页頁]$|(?<!手)续$"
)
_EXTRA = re.compile(
    r"\((?:副本|正本|存根|回执|[\d一二三四五六七八九十]{1,3})\)|\(?第[\d一二三四五六七八九十]{1,3}次\)?|" + _GOES_ON
)
_CONTINUED = re.compile(_GOES_ON)
_EXPLANATION = re.compile(r"\([一-龥]{2,8}\)$")
SIGNS = re.compile(r"[\W_]+")
_PAPER = re.compile(
    r"(?:[A-Z]{2,4})?[一-龥/、]{2,28}(?:书|证|表|单|笔录|清单|说明|经过|报告|函|记录|通知|材料|目录|回执|照片|供词|证明|明细|流水|查询|截图|截屏|(?:复印|复制|影印|打印)件|信息|资料|病历|协议|结果|意见|拍照)"
)
_CHINESE = re.compile("[一-龥]{4,28}")
# What a paper is, whatever it is about: a notice of a transfer is no opinion.
_SORTS = ("告知书", "通知书", "意见书", "决定书", "申请书", "保证书", "笔录", "清单", "回执", "回证", "审批表")
_MARGIN = ("演示样本", "训练样本")


@dataclass(frozen=True)
class Title:
    """A title and the kinds that go by it; the field's value is the profile's wording of it, the raw text as read.

    `sure` (0 to 1) joins wording and place.
    """

    field: Field
    codes: tuple[str, ...]
    sure: float
    last: Row  # the title ends here; the number stands below
    running: bool = False  # a small line over every page (页眉) that repeats the title
    continued: bool = False  # 讯问笔录（续页）


@dataclass(frozen=True)
class _Wording:
    codes: tuple[str, ...]
    title: str
    quality: float


class TitleWords:
    """All titles and aliases of the kinds, ready for comparison."""

    def __init__(self, kinds: Sequence[KindEntry], fold: Fold) -> None:
        self._fold = fold
        self._exact: dict[str, list[tuple[str, str]]] = {}  # comparable title: kinds and their wording
        self._open: list[tuple[re.Pattern[str], str]] = []
        self._keys = [(key, kind) for kind in kinds for key in map(self._clean, kind.strong) if len(key) >= KEY_LENGTH]
        for kind in kinds:
            for title in (kind.title, *kind.aliases):
                if "…" in title:
                    pattern = ".{1,20}".join(re.escape(self._clean(part)) for part in title.split("…"))
                    self._open.append((re.compile(pattern), kind.code))
                else:
                    self._exact.setdefault(self._clean(title), []).append((kind.code, title))

    def _clean(self, text: str) -> str:
        return self._fold(SIGNS.sub("", _EXTRA.sub("", text)))

    def sharing(self, kinds: Sequence[KindEntry]) -> tuple[KindEntry, ...]:
        """Those of the kinds that share a title with another one."""
        codes = [{code for code, _ in wordings} for wordings in self._exact.values()]
        shared = {code for each in codes if len(each) > 1 for code in each}
        return tuple(kind for kind in kinds if kind.code in shared)

    def match(self, flat: str) -> _Wording | None:
        """Compare one line with all titles: equal, led by an organ's name, nearly equal, or its end."""
        if "《" in flat or "》" in flat:
            return None
        text = self._clean(flat)
        if text in self._exact:
            return _wording(self._exact[text], flat, EXACT)
        for pattern, code in self._open:
            if pattern.fullmatch(text):
                return _Wording((code,), _EXTRA.sub("", flat), EXACT)
        ending = self._ending(flat, text)
        if ending is not None and ending.quality > KEYED:
            return ending
        keyed, misread = self._keyed(flat), self._misread(flat, text)
        if misread is not None and (keyed is None or not set(keyed.codes) & set(misread.codes)):
            return misread
        near = keyed or self._stretched(flat, text) or ending or self._near(flat, text, 2 if len(text) > LONG else 1)
        return near or self._ending_misread(flat, text) or self._explained(flat)

    def _explained(self, flat: str) -> _Wording | None:
        """A title with words of explanation behind it: 通信费用清单（语音详单）."""
        bare = _EXPLANATION.sub("", flat)
        return self.match(bare) if bare != flat else None

    def _stretched(self, flat: str, text: str) -> _Wording | None:
        """A title with a few more characters inside (接处警[工作]登记表); no other kind's may fit as well."""
        if any(word in flat for word in _TURNING):
            return None
        fitting = [
            (len(title), kinds)
            for title, kinds in self._exact.items()
            if STRETCHED_LEAST <= len(title) < len(text) <= len(title) + STRETCHED_BY and _inside(title, text)
        ]
        longest = [kinds for length, kinds in fitting if length == max(fitting, key=lambda fit: fit[0])[0]]
        return _wording(longest[0], flat, KEYED) if len(longest) == 1 else None

    def _keyed(self, flat: str) -> _Wording | None:
        """The longest key that stands in a line worded like a paper's name; no other kind may have one as long."""
        codes = self.keyed(flat) if _PAPER.fullmatch(_EXTRA.sub("", flat)) else ()
        return _Wording(codes, flat, KEYED) if codes else None

    def keyed(self, flat: str) -> tuple[str, ...]:
        """The kind whose key stands in a line, the longest of several; none where two kinds have one as long."""
        if any(word in flat for word in _TURNING):
            return ()
        text = self._clean(flat)
        found = [(len(key), kind.code) for key, kind in self._keys if key in text and _is_of_sort(flat, kind)]
        codes = {code for length, code in found if length == max(found)[0]}
        return tuple(codes) if len(codes) == 1 else ()

    def _ending(self, flat: str, text: str) -> _Wording | None:
        """The longest title that ends the line; after anything but an organ's name it must be a long one."""
        for start in range(1, len(text) - 2):
            kinds = self._exact.get(text[start:])
            if kinds is None:
                continue
            lead = SIGNS.sub("", _EXTRA.sub("", flat))[:start]
            if _ORGAN.fullmatch(lead):
                return _wording(kinds, flat, AFTER_ORGAN)
            if len(text) - start >= 6 and not lead.endswith(_TURNING):
                return _wording(kinds, flat, ENDING)
            return None
        return None

    def _misread(self, flat: str, text: str) -> _Wording | None:
        """A long title with one other character, or one of whose characters is lost."""
        if len(text) < LONG:
            return None
        lost = [kinds for title, kinds in self._exact.items() if len(title) == len(text) + 1 and _inside(text, title)]
        return _wording(lost[0], flat, NEARLY) if len(lost) == 1 else self._near(flat, text, 1)

    def _ending_misread(self, flat: str, text: str) -> _Wording | None:
        """A long title with one other character that ends the line (犯罪嫌疑人认罪认罚从宽制度告知口)."""
        if not LONG < len(text) <= LONGEST:
            return None
        for start in range(1, len(text) - LONG + 1):
            near = self._near(flat, text[start:], 1)
            if near is not None:
                return None if text[:start].endswith(_TURNING) else near
        return None

    def _near(self, flat: str, text: str, most: int) -> _Wording | None:
        """A title of the same length with at most so many other characters; no two titles may be as near."""
        if len(text) < SHORTEST_NEAR:
            return None
        for distance in range(1, most + 1):
            near = [
                kinds
                for title, kinds in self._exact.items()
                if len(title) == len(text) and sum(a != b for a, b in zip(title, text, strict=True)) == distance
            ]
            if near:
                return _wording(near[0], flat, NEARLY) if len(near) == 1 else None
        return None


def _is_of_sort(flat: str, kind: KindEntry) -> bool:
    """Whether a line names no other sort of paper than the kind's own titles do."""
    sort = next((sort for sort in _SORTS if flat.endswith(sort)), "")
    return any(title.endswith(sort) for title in (kind.title, *kind.aliases))


def _inside(short: str, long: str) -> bool:
    """Whether the characters of one stand in the other in order, both beginning and ending alike."""
    rest = iter(long)
    return short[0] == long[0] and short[-2:] == long[-2:] and all(char in rest for char in short)


def _wording(kinds: Sequence[tuple[str, str]], flat: str, quality: float) -> _Wording:
    """Kinds that share a comparable title (讯问笔录, 询问笔录) may word it differently: what was read is preferred."""
    title = next((title for _, title in kinds if title in flat), kinds[0][1])
    return _Wording(tuple(code for code, _ in kinds), title, quality)


def is_margin(flat: str) -> bool:
    """Whether a line is a page's number or a mark at its edge."""
    return flat in _MARGIN or is_count(flat)


def find_title(page: Page, words: TitleWords) -> Title | None:
    """Return the topmost title of a page, or None on a page without one; a running one only where there is no other.

    A line that looks like a title but is worded like none is returned sure enough to be asked only, with no codes or
    that of the kind whose key stands in it.
    """
    found = list(_titles(page, words))
    return next((title for title in found if not title.running), found[0] if found else None)


def _titles(page: Page, words: TitleWords) -> Iterator[Title]:
    """All titles from the top down, at most one that is not a running one."""
    heads = _joined([row for row in page.rows if row.middle < TOP_SHARE * page.height], page)
    for number, row in enumerate(heads):
        for size in (3, 2, 1):
            rows = heads[number : number + size]
            if len(rows) < size or not _stacked(rows):
                continue
            wording = words.match("".join(part.flat for part in rows))
            sure = 0.0 if wording is None else wording.quality * _place(rows, wording.quality, heads, page)
            if wording is None or sure <= 0:
                continue
            title = Title(_field(rows, wording.title), wording.codes, sure, rows[-1])
            yield _placed(title, rows, page)
            if not _running(rows, page):
                return
            break
        else:
            if not _is_set_as_title(row, heads, page):
                continue
            bare = _CHINESE.fullmatch(row.flat) and not _ORGAN.fullmatch(row.flat)
            codes = words.keyed(row.flat) if bare else ()
            if codes or _PAPER.fullmatch(_EXTRA.sub("", row.flat)):
                yield Title(_field([row], row.flat), codes, UNKNOWN_WORDING, row)
                return


def _placed(title: Title, rows: Sequence[Row], page: Page) -> Title:
    continued = _CONTINUED.search(rows[-1].flat) is not None
    return replace(title, running=_running(rows, page), continued=continued)


def _running(rows: Sequence[Row], page: Page) -> bool:
    """Whether a line stands in the margin, small."""
    small = rows[0].height < max(RUNNING_MM * page.px_per_mm, RUNNING_SHARE * page.body)
    return len(rows) == 1 and small and rows[0].middle < RUNNING_TOP * page.height


def _field(rows: Sequence[Row], title: str) -> Field:
    return across([field(row, 0, len(row.flat), row.flat) for row in rows], title)


def _place(rows: Sequence[Row], quality: float, heads: Sequence[Row], page: Page) -> float:
    """How sure the place makes it: 1 centred and larger; 0 for a line that could be a table cell or running text."""
    first = rows[0]
    centred = all(abs(row.centre - page.width / 2) < CENTRE_SHARE * page.width for row in rows)
    larger = min(row.type_height for row in rows) > LARGER * page.type_height
    alone = all(_alone(row, page) for row in rows)
    if centred and larger:
        return 1.0
    if centred and alone and quality >= AFTER_ORGAN:
        return 0.95
    first_line = alone and first is _first(heads, page)
    if centred and first_line and quality >= KEYED:
        return 0.95
    if quality < EXACT or len(rows) > 1:
        return 0.0
    if larger and alone:
        return 0.9
    return 0.88 if first_line else 0.0


def _is_set_as_title(row: Row, heads: Sequence[Row], page: Page) -> bool:
    return (
        row.type_height > (LARGER if row is _first(heads, page) else MUCH_LARGER) * page.type_height
        and abs(row.centre - page.width / 2) < CENTRE_SHARE * page.width
        and _alone(row, page)
    )


def _alone(row: Row, page: Page) -> bool:
    """Whether nothing but page numbers and margin marks stands on the same line."""
    return all(
        _is_part(other, row) or not row.beside(other) or is_margin(other.flat) or other.left > 0.72 * page.width
        for other in page.rows
    )


def _is_part(other: Row, row: Row) -> bool:
    """Whether a row is the other one or has been joined of it."""
    return row.left <= other.left and other.right <= row.right


def _first(heads: Sequence[Row], page: Page) -> Row | None:
    """The first line below the margin."""
    return next((row for row in heads if not is_margin(row.flat) and not _running([row], page)), None)


def _stacked(rows: Sequence[Row]) -> bool:
    """Whether rows are lines of one title: below each other, close, alike in height and middle."""
    return all(
        0 < below.middle - above.middle < 2.5 * max(above.height, below.height)
        and max(above.height, below.height) < 1.4 * min(above.height, below.height)
        and abs(above.centre - below.centre) < 3 * above.height
        and not _ORGAN.fullmatch(above.flat)
        and not is_margin(above.flat)
        for above, below in pairwise(rows)
    )


def _joined(rows: Sequence[Row], page: Page) -> list[Row]:
    """Join the letters of spaced titles (拘 留 证) that the engine gave as lines of their own."""
    return [join(group) for group in _letters(rows, page)]


def _letters(rows: Sequence[Row], page: Page) -> Iterator[list[Row]]:
    """Group short large rows that stand beside each other, left to right; all others stay alone."""
    waiting = list(rows)
    while waiting:
        row = waiting.pop(0)
        group = [row]
        if len(row.flat) <= 2 and row.type_height > LARGER * page.type_height:
            group += [
                r for r in waiting if len(r.flat) <= 2 and r.type_height > LARGER * page.type_height and r.beside(row)
            ]
            group.sort(key=lambda r: r.left)
        waiting = [r for r in waiting if r not in group]
        yield group
