"""Opening cases, typed in or from a case system's export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.station.case_import import import_cases
from app.station.case_lists import read_cases
from app.station.cases import Amendment, NewCase, amend_case, open_case
from app.station.errors import CaseFieldMissing, CaseFileBroken, CaseNumberInvalid, CaseSealed
from app.station.filing import build_dossier
from app.station.overview import overview
from app.station.station import Station
from dossier.model import Person
from tests.app.station.papers import opens, queued, take_in, value

CASE = "A9901260000002026030001"
WANTED = NewCase(
    case_no=CASE,
    name="张某危险驾驶案",
    charge="危险驾驶",
    unit_code="990126000000",
    unit_name="清禾市公安局望陵分局",
    persons=(Person(1, "张某", "嫌疑人", "990126198809152178"), Person(2, "何某", "证人")),
    tags=frozenset({"drunk", "bail"}),
)


def exports(folder: Path) -> list[Path]:
    """The same case as three case systems would give it."""
    fields = {
        "case_no": CASE,
        "name": WANTED.name,
        "charge": WANTED.charge,
        "unit_code": WANTED.unit_code,
        "unit_name": WANTED.unit_name,
    }
    people = [{"name": p.name, "role": p.role, "id_number": p.id_number} for p in WANTED.persons]
    (folder / "a.json").write_text(json.dumps([{**fields, "persons": people, "tags": sorted(WANTED.tags)}]), "utf-8")
    heads = ",".join([*fields, "persons", "tags"])
    row = ",".join([*fields.values(), "张某/嫌疑人/990126198809152178;何某/证人", "bail;drunk"])
    (folder / "b.csv").write_text(f"\ufeff{heads}\n{row}\n", "utf-8")
    (folder / "c.xml").write_text(
        f'<案件列表><案件 编号="{CASE}" 名称="{WANTED.name}" 案由="{WANTED.charge}" 标签="bail;drunk"'
        f' 办案单位代码="{WANTED.unit_code}" 办案单位="{WANTED.unit_name}">'
        '<人员 姓名="张某" 诉讼地位="嫌疑人" 证件号码="990126198809152178"/><人员 姓名="何某" 诉讼地位="证人"/>'
        "</案件></案件列表>",
        "utf-8",
    )
    return sorted(folder.iterdir())


def test_three_formats_say_the_same(tmp_path: Path) -> None:
    for file in exports(tmp_path):
        assert [listed.case for listed in read_cases(file)] == [WANTED], file.name


def test_importing_twice_opens_once(station: Station, tmp_path: Path) -> None:
    files = exports(folder_of(tmp_path))
    first, second = import_cases(station, files[0]), import_cases(station, files[1])
    assert (first.opened, first.known, second.opened, second.known) == ((CASE,), (), (), (CASE,))


def folder_of(tmp_path: Path) -> Path:
    folder = tmp_path / "exports"
    folder.mkdir()
    return folder


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", "{"),
        ("a.json", "[1]"),
        ("a.json", '[{"case_no": "x"}]'),
        ("a.json", "[" * 100_000),
        ("a.csv", "case_no,name\nA,B\n"),
        ("a.xml", "<案件"),
        ("a.xml", '<!DOCTYPE a [<!ENTITY b "c">]><案件 编号="&b;"/>'),
        ("a.txt", "A"),
    ],
)
def test_what_is_no_case_list_is_refused_by_name(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(CaseFileBroken, match=name):
        read_cases(tmp_path / name)


@pytest.mark.parametrize("number", ["", "A1", CASE.lower(), CASE[:-1], CASE + "0", CASE.replace("2603", "2613")])
def test_a_number_that_breaks_the_pattern_opens_nothing(station: Station, number: str) -> None:
    with pytest.raises(CaseNumberInvalid):
        open_case(station, NewCase(number, "甲", "盗窃"))
    assert station.store.cases.all() == []


def test_a_case_needs_a_name_and_a_charge(station: Station) -> None:
    for new in (NewCase(CASE, " ", "盗窃"), NewCase(CASE, "甲", "")):
        with pytest.raises(CaseFieldMissing):
            open_case(station, new)


def test_what_is_put_right_is_in_the_trail_and_sorts_the_documents(station: Station, tmp_path: Path) -> None:
    two = (Person(1, "陶志远", "嫌疑人"), Person(2, "邱海峰", "嫌疑人"))
    open_case(station, NewCase(CASE, "陶志远盗窃案", "盗窃", persons=two))
    warrants = [opens("QZ03", persons=(value(person.name),)) for person in two]
    take_in(station, CASE, tmp_path / "pages", warrants)
    swapped = (Person(1, "邱海峰", "嫌疑人"), Person(2, "陶志远", "嫌疑人"))
    record = amend_case(station, CASE, Amendment(charge="抢劫", persons=swapped), "主犯查明")
    assert (record.case.name, record.case.charge, record.case.persons) == ("陶志远盗窃案", "抢劫", swapped)
    (volume,) = build_dossier(station, CASE, "base").volumes
    assert [entry.document.persons for entry in volume.entries] == [("邱海峰",), ("陶志远",)]
    step = next(station.store.audit.newest_first(CASE))
    assert (step.event, step.detail["reason"]) == ("case.amended", "主犯查明")
    assert step.detail["before"] == {"charge": "盗窃", "persons": ["1 陶志远 嫌疑人", "2 邱海峰 嫌疑人"]}
    with pytest.raises(CaseFieldMissing):
        amend_case(station, CASE, Amendment(name=" "), "x")
    queued(station, CASE, "base")
    with pytest.raises(CaseSealed):
        amend_case(station, CASE, Amendment(name="甲"), "x")


def test_a_case_is_pinned_to_the_profile_and_starts_empty(station: Station) -> None:
    record = open_case(station, WANTED)
    assert record.case.profile_sha256 == station.profile.sha256
    assert overview(station, record).state == "empty"
