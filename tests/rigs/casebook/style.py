"""Style: how a county's office prints its papers."""

from __future__ import annotations

from dataclasses import dataclass

REGION = "清禾市望陵区"  # of the story, where a style names no other
# wordings for counties whose numbers end in 号 by themselves
REFERENCES = (
    ("{ref_request}号", "{ref_request}"),
    ("{ref_opinion}号", "{ref_opinion}"),
    ("{ref_case}号", "{ref_case}"),
)
NARROW = str.maketrans("：（），；？", ":(),;?")


@dataclass(frozen=True)
class Style:
    """Lengths in mm. `number`: how a document number is put together; `pages`: how a page is counted, None not at all.

    `held_out`: takes the wordings of the forms that no tuning style takes.
    """

    name: str
    held_out: bool
    fonts: str  # pair of typefaces the pictures are set in, see `bench/casebook_pictures.py`
    body: float = 5.6
    title: float = 7.8
    pitch: float = 1.75  # in characters
    left: float = 27.0
    right: float = 25.0
    top: float = 36.0
    spaced: bool = False  # 拘 留 证
    joined: bool = False  # the organ's name and the title stand on one line
    number: str = "{org}公({dept}){word}字〔{year}〕{serial}号"  # {padded}: 012, {long}: 10012
    pages: str | None = "第{n}页 共{m}页"
    record: str = "official"  # dialect of the head of a record, see records.py
    ruled: bool = False  # the lines of a record are printed rules
    day: str = "{y}年{m}月{d}日"
    stamped_in_digits: bool = False
    signed: str = "bracket"  # how a place for a hand is worded, see sheet.py
    cells: bool = True  # label and value stand in cells of their own
    stacked: bool = False  # where they do not: each label begins a line
    wide: bool = True  # ：（） or :()
    folio: bool = False  # the dossier's page number is stamped at the top right
    frame: bool = False  # an old cover, catalogue and remarks sheet lie in the pile
    places: str = "top right"  # where that count stands: top or foot, left, centre or right
    lone: str = "- {n} -"  # how the later pages of other papers are counted; empty: not at all
    counts_all: bool = False  # every paper of more than one page is counted as the records are
    again: str = ""  # the title repeated on later pages, as {title}（续）
    running: str = ""  # a small line over every page, of {title}, {unit} and {case_no}
    foot: str = ""  # a small line under every page
    upright: str = ""  # a stamp set upright at the left edge of copies
    folio_place: str = "top right"
    folio_form: str = "{n}"
    form_no: str = ""  # the form's number over the title of a warrant or notice
    parted_title: bool = False  # a long title stands in two lines
    parted_unit: bool = False  # 清禾市公安局 and 望陵分局 in two lines
    signed_day: str = "dot"  # how a hand writes the day: dot, dash, day, iso, slash
    stamp_day: str = ""  # instead of numerals or digits: a form as in `day`
    bank: str = "columns"  # how a statement of account is set, see printouts.py
    chat: str = "bubbles"  # how a chat is set, see printouts.py
    captions: tuple[str, ...] = ("照片{n}：{what}照片", "拍摄时间：{at:day} 拍摄地点：{place}", "拍摄人：{by}")
    words: tuple[tuple[str, str], ...] = ()  # wordings of its own for those of the forms
    said: tuple[tuple[str, str], ...] = ()  # wordings of its own for what is said in a record
    closing: str = "以上笔录我看过，和我说的相符。"  # in the person's hand at the end of a record
    region: str = REGION  # where the people live
    organs: tuple[tuple[str, str], ...] = ()  # the story's `police`, `org`, `bank`, ... by other names
    zero: str = "〇"  # of a year in numerals: 〇, ○ or 零
    sealed: str = "{unit}"  # what stands under a seal
    number_place: str = "right"  # where a document's number stands: left, centre or right
    number_above: bool = False  # over the title
    unit_place: str = "centre"  # where the organ's name stands over the title: left or centre
    filled: str = "{label}：{value}"  # a blank that is no cell
    carried: tuple[str, str] = ("", "")  # over a page that goes on from another, under one that is gone on with
    copied_note: str = ""  # after the last line of copies; of {holder} and the officer {o2}
    across: bool = False  # statements and lists of calls lie across the sheet
    phone: str = ""  # title of a list of calls; empty: no such list in the pile
    received: tuple[str, ...] = ()  # lines of the stamp on papers that come from other organs, of the paper's values

    def signs(self, text: str) -> str:
        """The text with the style's colons, brackets and commas."""
        return text if self.wide else text.translate(NARROW)

    def numbered(self, org: str, dept: str, word: str, year: int, serial: int) -> str:
        """A document number in the style's own way."""
        return self.number.format(
            org=org, dept=dept, word=word, year=year, serial=serial, padded=f"{serial:03d}", long=10000 + serial
        )
