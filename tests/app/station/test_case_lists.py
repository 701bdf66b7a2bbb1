"""What case systems export, by mapping files; folders they write into; and ledgers compared."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from app.station.case_import import ListTaken, import_cases, watch_lists
from app.station.case_lists import MOST_CASES, ListedCase, read_cases
from app.station.case_map import load_map
from app.station.cases import NewCase, open_case
from app.station.errors import CaseFileBroken, CaseMapBroken, CaseNumberInvalid
from app.station.ledger import Difference, compare_ledger
from app.station.station import Station
from dossier.model import Person
from tests.app.station.papers import opens, take_in, value

CASE, OTHER, THIRD = (f"A990126000000202603000{number}" for number in (1, 2, 3))
WANTED = ListedCase(
    NewCase(
        case_no=CASE,
        name="陶志远等人盗窃案",
        charge="盗窃",
        unit_name="望陵分局",
        persons=(Person(1, "陶志远", "嫌疑人", "990126198809152178"), Person(2, "何文静", "被害人")),
        tags=frozenset({"theft"}),
    ),
    dt.date(2026, 3, 5),
)
ROLES = """
[values.role]
01 = "嫌疑人"
02 = "被害人"
[tags.theft]
field = "AY"
is = ["盗窃", "入户盗窃"]
"""
JSON_MAP = """
cases = "data/rows"
[fields]
case_no = "AJ/BH"
name = "AJ/MC"
charge = "AY"
unit_name = "DW"
date = "LARQ"
[persons]
each = "RY"
name = "XM"
role = "SSDW"
id_number = "ZJHM"
"""
CSV_LINES_MAP = """
encoding = "gb18030"
delimiter = ";"
[fields]
case_no = "编号"
name = "名称"
charge = "AY"
unit_name = "单位"
date = "立案"
[persons]
name = "姓名"
role = "地位"
id_number = "证件"
"""
CSV_CELLS_MAP = """
[fields]
case_no = "编号"
name = "名称"
charge = "AY"
unit_name = "单位"
date = "立案"
[persons]
each = "人员"
split = "、"
parts = "|"
name = "0"
role = "1"
id_number = "2"
"""
XML_MAP = """
cases = "Body/Case"
[fields]
case_no = "@no"
name = "Name"
charge = "AY"
unit_name = "Unit/Name"
date = "Unit/@date"
[persons]
each = "People/Person"
name = "@name"
role = "Role"
id_number = "Id"
"""
PERSON = "990126198809152178"


def exports(folder: Path) -> list[tuple[Path, Path]]:
    """The same case as four systems give it, and the mapping for each."""
    people = [{"XM": "陶志远", "SSDW": "01", "ZJHM": PERSON}, {"XM": "何文静", "SSDW": "02", "ZJHM": None}]
    row = {
        "AJ": {"BH": CASE, "MC": "陶志远等人盗窃案"},
        "AY": "盗窃",
        "DW": "望陵分局",
        "LARQ": "20260305",
        "RY": people,
    }
    head = "编号;名称;AY;单位;立案;姓名;地位;证件"
    same = f"{CASE};陶志远等人盗窃案;盗窃;望陵分局;2026/3/5 09:30"
    written = {
        "a.json": (JSON_MAP, json.dumps({"data": {"rows": [row]}}).encode()),
        "b.csv": (CSV_LINES_MAP, f"{head}\n{same};陶志远;01;{PERSON}\n{same};何文静;02;\n".encode("gb18030")),
        "c.csv": (
            CSV_CELLS_MAP,
            f"编号,名称,AY,单位,立案,人员\n{CASE},陶志远等人盗窃案,盗窃,望陵分局,2026年3月5日,陶志远|01|{PERSON}、何文静|02\n".encode(),
        ),
        "d.xml": (
            XML_MAP,
            f'<?xml version="1.0" encoding="gb18030"?><s:E xmlns:s="urn:x"><s:Body><Case no="{CASE}">'
            '<Name>陶志远等人盗窃案</Name><AY>盗窃</AY><Unit date="2026-03-05"><Name>望陵分局</Name></Unit><People>'
            f'<Person name="陶志远"><Role>01</Role><Id>{PERSON}</Id></Person><Person name="何文静"><Role>02</Role>'
            "</Person></People></Case></s:Body></s:E>".encode("gb18030"),
        ),
    }
    made = []
    for name, (mapping, content) in written.items():
        file, by = folder / name, folder / f"{name}.toml"
        file.write_bytes(content)
        by.write_text(mapping + ROLES, "utf-8")
        made.append((file, by))
    return made


def test_four_systems_say_the_same_by_their_mappings(tmp_path: Path) -> None:
    for file, by in exports(tmp_path):
        assert read_cases(file, load_map(by)) == [WANTED], file.name


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("fields = 1", "fields"),
        ("[fields]\ncase_no = 'a'\nname = 'b'", "fields.charge"),
        ("[fields]\ncase_no = 'a'\nname = 'b'\ncharge = 'c'\ncolour = 'd'", "fields.colour"),
        ("[fields]\n= 1", "line 2"),
        ("#" * 300_000, "256 kB"),
    ],
)
def test_a_mapping_that_is_none_is_refused_where_it_is_wrong(tmp_path: Path, text: str, named: str) -> None:
    (tmp_path / "m.toml").write_text(text, "utf-8")
    with pytest.raises(CaseMapBroken, match=named):
        load_map(tmp_path / "m.toml")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps({"data": {"rows": [{"AJ": {"BH": CASE}}]}})),
        ("a.json", json.dumps({"data": {"rows": [1]}})),
        ("a.json", json.dumps({"data": {"rows": [{"AJ": {"BH": CASE, "MC": "x" * 3000}, "AY": "盗窃"}]}})),
        ("a.json", json.dumps({"data": {"rows": [{"AJ": {"BH": CASE, "MC": "a"}, "AY": "b", "LARQ": "昨天"}]}})),
        ("a.json", json.dumps({"data": {"rows": [{}] * (MOST_CASES + 1)}})),
        ("a.csv", 'AJ/BH,AJ/MC,AY\n"a'),
    ],
)
def test_what_a_mapping_does_not_find_is_refused_whole(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "m.toml").write_text(JSON_MAP, "utf-8")
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(CaseFileBroken, match=name):
        read_cases(tmp_path / name, load_map(tmp_path / "m.toml"))


def listed(folder: Path, name: str, *numbers: str) -> Path:
    rows = [{"case_no": number, "name": f"{number[-1]}案", "charge": "盗窃"} for number in numbers]
    (folder / name).write_text(json.dumps(rows), "utf-8")
    return folder / name


def test_one_case_that_cannot_be_opened_stops_no_other(station: Station, tmp_path: Path) -> None:
    done = import_cases(station, listed(tmp_path, "a.json", CASE, "A1", OTHER))
    assert done.opened == (CASE, OTHER)
    assert [(each.case_no, type(each.error)) for each in done.refused] == [("A1", CaseNumberInvalid)]


def test_a_watched_folder_takes_each_list_once_and_keeps_what_it_refuses(station: Station, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    listed(folder, "1.json", CASE)
    (folder / "2.json").write_text("{", "utf-8")
    listed(folder, "3.json.part", THIRD)
    told: list[ListTaken] = []
    late = iter([lambda: listed(folder, "4.json", OTHER), lambda: None])
    watch_lists(station, folder, on_list=told.append, idle_s=2, poll_s=1, sleep=lambda _: next(late, lambda: None)())
    assert [(each.file.relative_to(folder).as_posix(), each.error is None) for each in told] == [
        ("taken/1.json", True),
        ("refused/2.json", False),
        ("taken/4.json", True),
    ]
    assert {record.case.case_no for record in station.store.cases.all()} == {CASE, OTHER}
    listed(folder, "1.json", THIRD)
    watch_lists(station, folder, on_list=told.append, idle_s=2, poll_s=1, sleep=lambda _: None)
    assert told[-1].file.name == "1-2.json"
    assert sorted(file.name for file in (folder / "taken").iterdir()) == ["1-2.json", "1.json", "4.json"]


def test_a_file_still_being_written_is_left_until_it_rests(station: Station, tmp_path: Path) -> None:
    file = tmp_path / "1.json"
    file.write_text("[", "utf-8")
    whole = json.dumps([{"case_no": CASE, "name": "a", "charge": "b"}])
    writes = iter([lambda: file.write_text(whole[:20], "utf-8"), lambda: file.write_text(whole, "utf-8")])
    told: list[ListTaken] = []
    watch_lists(
        station, tmp_path, on_list=told.append, idle_s=1, poll_s=1, sleep=lambda _: next(writes, lambda: None)()
    )
    assert [each.error for each in told] == [None]


def test_a_ledger_is_compared_case_by_case(station: Station, tmp_path: Path) -> None:
    open_case(station, NewCase(CASE, "陶志远盗窃案", "盗窃", persons=(Person(1, "陶志远", "嫌疑人"),)))
    open_case(station, NewCase(OTHER, "只在本站", "诈骗"))
    take_in(station, CASE, tmp_path / "pages", [opens("LA03", date=value("2026-03-06"))])
    ledger = [
        WANTED,
        WANTED,
        ListedCase(NewCase(THIRD, "只在台账", "盗窃")),
    ]
    assert [(each.case_no, each.difference, each.here, each.there) for each in compare_ledger(station, ledger)] == [
        (CASE, Difference.DOUBLED, "", "2"),
        (CASE, Difference.NAME, "陶志远盗窃案", "陶志远等人盗窃案"),
        (CASE, Difference.DATE, "2026-03-06", "2026-03-05"),
        (CASE, Difference.PERSONS, "陶志远", "何文静、陶志远"),
        (OTHER, Difference.MISSING_THERE, "只在本站", ""),
        (THIRD, Difference.MISSING_HERE, "", "只在台账"),
    ]


def test_a_ledger_that_says_the_same_has_no_findings(station: Station) -> None:
    open_case(station, WANTED.case)
    same = ListedCase(NewCase(CASE.lower(), WANTED.case.name, WANTED.case.charge), WANTED.date)
    assert compare_ledger(station, [same]) == []
