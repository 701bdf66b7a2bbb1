"""From lines to meaning: what a page says it is. The lexicon comes in from the profile; nothing is looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ocr.engines.types import PageText
from ocr.imaging.types import Box


@dataclass(frozen=True)
class KindEntry:
    """How one document kind (文书种类) is recognised. `code` as in the profile, e.g. GS01."""

    code: str
    title: str
    aliases: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    number_words: tuple[str, ...] = ()  # 取保 in 清公(望)取保字〔2026〕3号
    assorted: bool = False  # many sorts of paper go by this kind (书证): another title is another paper


class CopyKind(StrEnum):
    """Which copy (联) of a paper it is. OURS belongs in the dossier (此联附卷); STUB stays in the book (存根); OTHER
    goes to somebody else (此联交…)."""

    OURS = "ours"
    STUB = "stub"
    OTHER = "other"


@dataclass(frozen=True)
class CopyWords:
    """How copies are told apart. `duplicate_is_ours`: kinds whose (副本) is the dossier's copy."""

    stub: str = "存根"
    stub_rows: tuple[str, ...] = ()  # four of these row labels make a stub, too
    ours: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    duplicate_is_ours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """The profile's words for reading.

    `confusions`: what an engine writes instead of the right character; characters it cannot tell apart share one
    representative, so keys and text are compared after this replacement.
    `number_patterns`: regular expressions over a number whose year bracket is 〔〕 and whose other brackets are ().
    """

    kinds: tuple[KindEntry, ...]
    number_patterns: tuple[str, ...] = ()
    charges: tuple[str, ...] = ()
    zone_labels: tuple[str, ...] = ()
    confusions: Mapping[str, str] = field(default_factory=dict)
    traditional: Mapping[str, str] = field(default_factory=dict)  # 靜: 静; in names, which forms print simplified
    copies: CopyWords = CopyWords()


@dataclass(frozen=True)
class Field:
    """One thing read: its value, the words it came from, and where they stand."""

    value: str
    raw: str
    confidence: float
    box: Box
    role: str = (
        ""  # of a person: what the paper calls them (犯罪嫌疑人, 报案人, ...); of a date: 打印, when it was printed
    )


@dataclass(frozen=True)
class KindGuess:
    code: str
    confidence: float  # 0 to 1; below the profile's cut it is asked
    margin: float  # distance to the runner-up
    assorted: bool = False  # as of its `KindEntry`
    confirmed: bool = False  # the words without the title say the same by themselves
    rivals: tuple[str, ...] = ()  # all kinds that go by the title, where it is more than one


@dataclass(frozen=True)
class Hint:
    """A key of a kind that stands on a page. Those of all pages tell kinds that share a title (询问笔录) apart."""

    code: str
    key: str
    points: float


@dataclass(frozen=True)
class LabelledZone:
    """A place where somebody signs or gives a print (签名、捺指印), found by its printed label."""

    label: str
    box: Box
    wants_signature: bool
    wants_print: bool


@dataclass(frozen=True)
class PageReading:
    """What one page says about itself. `kind` is None where it does not say, as on most continuation pages.

    `start_confidence` is how sure `starts_document` is, whether True or False. `opens_record`: the header of a record
    (时间 … 至 … and the person) stands on it; `date` is then the start, else the closing date.
    """

    kind: KindGuess | None
    starts_document: bool
    start_confidence: float
    opens_record: bool = False
    title: Field | None = None
    number: Field | None = None  # 文号
    date: Field | None = None  # value in ISO form
    persons: tuple[Field, ...] = ()
    id_numbers: tuple[Field, ...] = ()
    charge: Field | None = None  # 罪名, without 罪
    ordinal: Field | None = None  # 第n次
    page_of: tuple[int, int] | None = None  # 第n页 共m页
    page_no: int | None = None  # 第n页, - n -: a page counted without the total
    apart_from_counts: tuple[bool, float] | None = None  # `starts_document` and its confidence, had no count been read
    account: str = ""  # number of the account, card or line a printout is of (账号)
    period: str = ""  # the days a printout reaches over: 2026-01-17/2026-04-17
    running: tuple[int, int] | None = None  # first and last running number (序号) of a table's rows
    carried: tuple[str, str] = ("", "")  # sums brought from the page before (承前页), and carried to the next (过次页)
    copy: Field | None = None  # value: of a `CopyKind`
    unit: Field | None = None  # who made the paper (单位)
    amounts: tuple[Field, ...] = ()  # in yuan with two decimals; figures and words that differ are doubted
    volumes: Field | None = None  # 本案卷宗n卷
    pages: Field | None = None  # 本案卷宗…m页
    ends_open: bool = False  # the text breaks off at the foot
    zones: tuple[LabelledZone, ...] = ()
    hints: tuple[Hint, ...] = ()  # for and against the kinds that share a title with others


@dataclass(frozen=True)
class DocumentProposal:
    """Consecutive pages that belong together."""

    kind: KindGuess | None
    pages: tuple[int, ...]  # indices into the sequence given
    title: str
    number: Field | None = None
    date: Field | None = None
    persons: tuple[Field, ...] = ()
    ordinal: int | None = None
    confidence: float = 0.0
    followed: float = 1.0  # how sure it is that the pages after the first belong to it
    copy: Field | None = None  # value: of a `CopyKind`
    charge: Field | None = None
    unit: Field | None = None
    id_numbers: tuple[Field, ...] = ()
    amounts: tuple[Field, ...] = ()
    volumes: Field | None = None
    declared_pages: Field | None = None


__all__ = [
    "CopyKind",
    "CopyWords",
    "DocumentProposal",
    "Field",
    "Hint",
    "KindEntry",
    "KindGuess",
    "LabelledZone",
    "Lexicon",
    "PageReading",
    "PageText",
]
