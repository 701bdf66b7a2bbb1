"""Laying out a paper: the form's blocks, filled with the paper's values, in one style; the truth falls off."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

from casebook.filler import catalogue_rows, filling, things_rows
from casebook.furniture import folioed, received
from casebook.model import Face, Laid, Moment, Paper, Person, Truth
from casebook.printouts import bank, calls, chat, more_photos, photos
from casebook.records import lay_record
from casebook.setting import Block, Setting, forms
from casebook.sheet import Sheet
from casebook.style import Style

COPIES = {"此联附卷": "ours", "一份附卷": "ours", "此联交": "other"}
BY_START = ("BR01", "BR02", "BR03", "BR04", "BR06", "ST02", "GS01", "BH01", "ZR01")
WITHOUT_DATE = ("FM01", "FM02", "WZ07", "SZ01", "JD02", "ZC18")

KEY_SHEET = frozenset(("王建勋", "吕海平", "郑东成", "许长林", "谢文立", "曹国平", "邓小军"))  # of BR01
COPIED = ("SZ01", "SZ02", "JD02")  # copies of papers of others
FROM_OTHERS = ("QZ08", "QZ09", "ZJ03", "JD01", "DQ01", "JC01", "FY01")  # by other organs than the police
LYING = ("SZ01-bank", "SZ01-phone")  # across the sheet where the style does so
LONG_TITLE = 9
CATALOGUE = [0.4, 1.0, 1.8, 1.8, 1.0, 0.5, 0.6]  # widths of columns


def lay(paper: Paper, style: Style) -> Laid:
    """Set a paper in a style. Raises `KeyError` for a form or a value that is missing."""
    rng = random.Random(f"{style.name}/{paper.id}/{paper.values['seed']}")
    lying = style.across and paper.form in LYING
    sheet = Sheet(style, dict(paper.values), copied=paper.kind in COPIED, lying=lying)
    setting = Setting(paper, style, rng, sheet)
    for tag, text in _ordered(forms()[paper.form], style):
        BLOCKS[tag](setting, text)
    if sheet.copied and style.copied_note and sheet.prints and sheet.y + sheet.pitch < sheet.bottom:
        sheet.flush_right(style.copied_note.format_map(paper.values))
    faces = sheet.finish()
    if style.received and paper.kind in FROM_OTHERS:
        faces = received(faces, [line.format_map(paper.values) for line in style.received], style)
    if style.folio and not paper.kind.startswith("FM"):
        faces = folioed(faces, int(paper.values.get("folio", 1)), style)
    return Laid(faces, _truth(setting, faces))


def _ordered(blocks: tuple[Block, ...], style: Style) -> list[Block]:
    """The blocks in the style's order: the number under the title or over it."""
    ordered, tags = list(blocks), [tag for tag, _ in blocks]
    if style.number_above and "number" in tags and "title" in tags:
        ordered.insert(tags.index("title"), ordered.pop(tags.index("number")))
    return ordered


def _truth(setting: Setting, faces: tuple[Face, ...]) -> Truth:
    paper, facts = setting.paper, setting.facts
    flat = "".join(face.text for face in faces).replace("\n", "").replace(" ", "")
    people = [value for value in paper.values.values() if isinstance(value, Person)]
    people += [person for person in paper.values.get("suspects", ()) if paper.form in ("QZ07", "ZJ05")]
    charge = str(paper.values["charge"])
    at = paper.values["t0" if paper.kind in BY_START else "at"]
    day = at.at.date().isoformat() if isinstance(at, Moment) and paper.kind not in WITHOUT_DATE else None
    return Truth(
        kind=paper.kind,
        title=facts.get("title", ""),
        copy=facts.get("copy"),
        number=facts.get("number"),
        date=day,
        persons=tuple(dict.fromkeys(p.name for p in _about(paper) if p.name in flat)),
        id_numbers=tuple(dict.fromkeys(p.id for p in people if p.id in flat)),
        charge=charge if any(charge + end in flat for end in ("罪", "一案", "案")) else None,
        ordinal=facts.get("ordinal"),
        amount=paper.values["amount"] if str(paper.values["amount_words"]) in flat else None,
        volumes=paper.values["volumes"] if "附：1." in flat or "附:1." in flat else None,
        pages=paper.values["pages"] if "附：1." in flat or "附:1." in flat else None,
        unit=facts.get("unit"),
        known=frozenset(person.name for person in people) | KEY_SHEET,
    )


def _about(paper: Paper) -> list[Person]:
    """Whom the paper is about: those its labels name, not every one in its text."""
    values = paper.values
    if paper.kind in ("QZ07", "ZJ05"):
        return list(values["suspects"])
    keys = {"LA01": "reporter", "LA02": "reporter", "ZA01": "reporter", "LA04": "v", "LA05": "v", "SZ04": "v"}
    loose = (
        "ZC05",
        "ZC14",
        "ZC07",
        "ZC08",
        "ZC11",
        "ZJ03",
        "ZJ07",
        "ST01",
        "QT01",
        "DQ01",
        "JD02",
        "GZ01",
        "WZ07",
        "FM01",
    )
    if paper.kind in loose or paper.form in ("SZ01-chat", "FM02", "FM08", "LA03", "BR03", "BR06", "GS03", "GS02"):
        return []
    key = keys.get(paper.kind, "s" if paper.kind in ("JC01", "FY01") else "p")
    person = values.get(key)
    return [person] if isinstance(person, Person) else []


def _head(setting: Setting, text: str, *, large: bool = False) -> None:
    unit = setting.fill(text)
    setting.facts["unit"] = setting.sheet.unit = unit
    style = setting.style
    if style.form_no and not large and setting.paper.kind not in FROM_OTHERS:
        setting.sheet.put(style.form_no.format(n=setting.paper.values["serial"] % 90), style.left, size=3.8)
        setting.sheet.down(9.0)
    if style.joined and not large:
        setting.facts["joined"] = unit
        return
    parted = style.parted_unit and "局" in unit[:-1]
    for line in [unit[: unit.index("局") + 1], unit[unit.index("局") + 1 :]] if parted else [unit]:
        if style.unit_place == "left" and not large:
            setting.sheet.prose(line, indent=0.0)
        else:
            setting.sheet.centred(line, style.title if large else style.body * 1.1, large=large)


def _title(setting: Setting, text: str) -> None:
    title, style = setting.fill(text), setting.style
    setting.facts.setdefault("title", title)
    setting.sheet.title = setting.sheet.title or title
    shown = f"{setting.facts.pop('joined', '')}{title}"
    if style.spaced and len(shown) <= 5:
        shown = "　".join(shown) if len(shown) <= 3 else " ".join(shown)
    sheet = setting.sheet
    half = (len(shown) + 1) // 2 if style.parted_title and len(shown.replace(" ", "")) >= LONG_TITLE else len(shown)
    for line in filter(None, (shown[:half], shown[half:])):
        sheet.centred(line, min(style.title, 165.0 / len(line)))
    sheet.down(0.4 * sheet.pitch)


def _copy(setting: Setting, text: str) -> None:
    if text == "存根":
        setting.facts["copy"] = "stub"
    setting.sheet.centred(f"（{text}）", setting.style.body)


def _number(setting: Setting, word: str) -> None:
    values, style = setting.paper.values, setting.style
    year, serial = values["at"].at.year, values["serial"]
    organ = {"检": values["proc_short"]}.get(word[0])
    if organ:
        shown = f"{organ}检{word[1:]}〔{year}〕{serial}号"
    else:
        shown = style.numbered(values["org"], values["dept"], word, year, serial)
    _print_number(setting, shown)


def _print_number(setting: Setting, shown: str, *, centre: bool = False) -> None:
    setting.facts["number"] = normal(shown)
    sheet, place = setting.sheet, "centre" if centre else setting.style.number_place
    if place == "centre":
        sheet.centred(shown, setting.style.body, large=False)
    elif place == "left":
        sheet.prose(shown, indent=0.0)
    else:
        sheet.flush_right(shown)
    sheet.down(0.5 * sheet.pitch)


def normal(number: str) -> str:
    """The normal form: 〔〕 around the year, half-width brackets elsewhere, no spaces; a court's number keeps （）."""
    number = number.replace(" ", "")
    text = re.sub(r"[（(\[【〔](\d{4})[）)\]】〕]", r"〔\1〕", number).replace("（", "(").replace("）", ")")
    return text.replace("〔", "（").replace("〕", "）") if text.startswith("〔") else text


def _lab_number(setting: Setting, word: str) -> None:
    values = setting.paper.values
    _print_number(setting, f"{values['lab_short']}〔{values['at']:year}〕{word}字第{values['serial']}号")
    setting.sheet.running_foot = f"{values['lab_short']}〔{values['at']:year}〕{word}字第{values['serial']}号"
    setting.sheet.counted = True


def _police_lab(setting: Setting, word: str) -> None:
    values = setting.paper.values
    _print_number(setting, f"（{values['org']}）公（司）鉴（{word}）字〔{values['at']:year}〕{values['serial']}号")
    setting.sheet.counted = True


def _price_number(setting: Setting, _text: str) -> None:
    values = setting.paper.values
    _print_number(setting, f"{values['org']}价认〔{values['at']:year}〕{values['serial']}号", centre=True)


def _court_number(setting: Setting, _text: str) -> None:
    values = setting.paper.values
    _print_number(setting, f"（{values['at']:year}）{values['court_code']}刑初{values['serial']}号")


def _line(setting: Setting, text: str) -> None:
    text = setting.fill(text)
    if "勘查号" in text:
        setting.facts["number"] = setting.paper.values["scene_no"]
    setting.sheet.prose(text, indent=0.0)


def _persons(setting: Setting, _text: str) -> None:
    for person in setting.paper.values["suspects"]:
        setting.sheet.prose(
            f"犯罪嫌疑人{person.name}，{person.sex}，{person.born}出生，公民身份号码{person.id}，汉族，初中文化，"
            f"{person.job}，户籍所在地{person.home}，现住{person.home}。"
        )
        setting.sheet.prose(f"违法犯罪经历：犯罪嫌疑人{person.name}无违法犯罪前科。")


def _seal(setting: Setting, key: str) -> None:
    setting.facts.setdefault("unit", setting.value(key))
    setting.sheet.seal(str(setting.value(key)), _day(setting))


def _day(setting: Setting) -> str:
    at = setting.value("at")
    if setting.style.stamp_day:
        return f"{replace(at, printed=setting.style.stamp_day):day}"
    return f"{at:day}" if setting.style.stamped_in_digits else f"{at:stamp}".replace("〇", setting.style.zero)


def _sign(setting: Setting, text: str) -> None:
    label, mode, key, *dated = setting.worded(text).split("|")
    setting.sheet.room(2 * setting.sheet.pitch)
    setting.sheet.sign(label, mode, setting.paper.values[key], dated=bool(dated))


def _kv(setting: Setting, text: str) -> None:
    cells = setting.fill(text).split("|")
    if setting.style.cells:
        widths = [0.8 if number % 2 == 0 else 1.0 for number in range(len(cells))]
        if len(cells) == 2:
            widths = [0.5, 2.0]
        setting.sheet.row(cells, widths=widths)
        return
    pairs = [cells[i : i + 2] for i in range(len(cells) % 2, len(cells), 2)]
    head = [cells[0]] if len(cells) % 2 else []
    shown = [*head, *(setting.style.filled.format(label=label, value=value) for label, value in pairs)]
    for line in shown if setting.style.stacked else [" ".join(shown)]:
        setting.sheet.prose(line, indent=0.0)


def _foot(setting: Setting, text: str) -> None:
    setting.facts["copy"] = next(kind for words, kind in COPIES.items() if words in text)
    sheet = setting.sheet
    before, sheet.y, bottom = sheet.y, 276.0 if sheet.style.foot else 280.0, sheet.bottom
    sheet.bottom = 300.0
    sheet.put(setting.worded(text), 24.0, size=4.6)
    sheet.y, sheet.bottom = before, bottom


def _fill(setting: Setting, topic: str) -> None:
    for paragraph in filling(topic, setting.paper.values, setting.rng):
        setting.sheet.prose(paragraph)


def _catalogue(setting: Setting, _text: str) -> None:
    """The table head again on every sheet."""
    sheet, (head, *entries) = setting.sheet, catalogue_rows(setting.paper.values)
    sheets = -1
    for cells in entries:
        sheet.room(3 * sheet.style.body)
        if sheets != len(sheet.done):
            sheets = len(sheet.done)
            sheet.row(head, widths=CATALOGUE)
        sheet.row(cells, widths=CATALOGUE)


def _hashes(setting: Setting, _text: str) -> None:
    sheet, pages = setting.sheet, setting.paper.values.get("pages", 1)
    number = 0
    while len(sheet.done) < pages - 1 or number < 6:
        number += 1
        sheet.row(
            [str(number), f"IMG_{setting.rng.randrange(10**8):08d}.jpg", f"{setting.rng.getrandbits(128):032x}"],
            size=3.4,
            widths=[0.3, 1.2, 2.0],
        )


def _card(setting: Setting, _text: str) -> None:
    person, sheet = setting.paper.values["p"], setting.sheet
    for label, value, left, top in (
        ("姓名", person.name, 68, 70),
        ("性别", person.sex, 68, 77),
        ("住址", person.home, 68, 92),
        ("公民身份号码", person.id, 68, 108),
    ):
        sheet.y = float(top)
        sheet.put(value, sheet.put(label, left, size=2.8) + 4, size=3.4)
    for text, top in (
        ("居民身份证", 140.0),
        (f"签发机关 {setting.paper.values['card_organ']}", 168.0),
        ("有效期限 2016.08.02-2036.08.02", 175.0),
    ):
        sheet.y = top
        sheet.put(text, 80.0, size=4.4 if top < 150 else 3.0)
    sheet.y = 215.0


def _slip(setting: Setting, text: str) -> None:
    setting.sheet.put(setting.fill(text), 70.0, size=3.6)
    setting.sheet.down(6.0)


BLOCKS: dict[str, Callable[[Setting, str], None]] = {
    "unit": _head,
    "head": lambda s, t: _head(s, t, large=True),
    "title": _title,
    "copy": _copy,
    "number": _number,
    "labnumber": _lab_number,
    "policelab": _police_lab,
    "pricenumber": _price_number,
    "courtnumber": _court_number,
    "to": lambda s, t: s.sheet.prose(s.fill(t) + "：", indent=0.0),
    "p": lambda s, t: s.sheet.prose(s.fill(t)),
    "item": lambda s, t: s.sheet.prose(s.fill(t)),
    "line": _line,
    "hand": lambda s, t: s.sheet.prose(s.fill(t), indent=0.0, hand=True),
    "right": lambda s, t: s.sheet.flush_right(s.fill(t)),
    "date": lambda s, _t: s.sheet.flush_right(_day(s), inset=8.0),
    "seal": _seal,
    "sign": _sign,
    "kv": _kv,
    "row": lambda s, t: s.sheet.row(s.fill(t).split("|")),
    "foot": _foot,
    "gap": lambda s, t: s.sheet.down(float(t)),
    "page": lambda s, _t: s.sheet.turn(),
    "persons": _persons,
    "fill": _fill,
    "photos": photos,
    "repeat": more_photos,
    "bank": bank,
    "chat": chat,
    "calls": calls,
    "hashes": _hashes,
    "card": _card,
    "slip": _slip,
    "things": lambda s, _t: [s.sheet.row(cells) for cells in things_rows(s.paper.values)] and None,
    "catalogue": _catalogue,
    "record": lambda s, _t: lay_record(s.sheet, s.facts, s.paper, s.rng),
}
