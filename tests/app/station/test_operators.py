"""Each step of the trail names the role of who took it, by a list that only an administrator writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from app.station.cases import NewCase, open_case
from app.station.checking import check, explain, handle
from app.station.importing import import_files
from app.station.operators import role_of
from app.station.safety_errors import OperatorsBroken, OperatorsNotAdministrators
from app.station.station import Who, open_station
from dossier.model import Person, Severity
from tests.app.station.conftest import CASE
from tests.app.station.papers import opens, read_as

LIST = """
[[operator]]
name = "李文"
role = "clerk"
since = 2026-01-01
until = 2026-06-30

[[operator]]
name = "李文"
role = "reviewer"
since = 2026-07-01

[[operator]]
name = "钱进"
role = "administrator"
since = 2020-01-01

[[operator]]
name = "王芳"
role = "clerk"
since = 2020-01-01
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "operators.toml"
    file.write_text(LIST)
    file.chmod(0o644)
    return file


@pytest.mark.parametrize(
    ("name", "day", "role"),
    [
        ("李文", dt.date(2025, 12, 31), ""),
        ("李文", dt.date(2026, 6, 30), "clerk"),
        ("李文", dt.date(2026, 7, 1), "reviewer"),
        ("张三", dt.date(2026, 7, 1), ""),
    ],
)
def test_a_role_is_held_from_day_to_day(listed: Path, name: str, day: dt.date, role: str) -> None:
    assert role_of(name, day, listed) == role


def test_no_list_says_nothing_of_roles(tmp_path: Path) -> None:
    assert role_of("李文", dt.date(2026, 7, 1), tmp_path / "none.toml") is None


def test_a_list_that_others_can_write_or_that_is_none_opens_no_station(listed: Path, tmp_path: Path) -> None:
    listed.chmod(0o666)
    with pytest.raises(OperatorsNotAdministrators), open_station(tmp_path / "home", operators=listed):
        pass
    listed.chmod(0o644)
    listed.write_text('[[operator]]\nname = "李文"\n')
    with pytest.raises(OperatorsBroken, match="role"), open_station(tmp_path / "home", operators=listed):
        pass


def outside(home: Path, listed: Path, name: str, draw: Callable[[str], Path]) -> list[tuple[str, str, Severity]]:
    """What S-04 says after one more page was brought in and read under a name."""
    with open_station(home, who=Who(name, "测试站"), operators=listed) as station:
        if not station.store.cases.all():
            open_case(station, NewCase(CASE, "张某危险驾驶案", "危险驾驶", persons=(Person(1, "张某", "嫌疑人"),)))
        number = len(station.store.pages.all_of_case(station.store.cases.get(CASE).id))
        done = import_files(station, CASE, [draw(f"{number}.png")])
        read_as(station, CASE, done.pages[0].number, opens("LA01"))
        found = [each for each in check(station, CASE, "base").findings if each.id == "S-04"]
        return [(each.key, dict(each.params).get("person", ""), each.severity) for each in found]


def test_a_step_outside_permission_blocks_until_somebody_who_may_answers(
    listed: Path, tmp_path: Path, draw: Callable[[str], Path]
) -> None:
    home = tmp_path / "home"
    assert outside(home, listed, "王芳", draw) == []
    assert set(outside(home, listed, "钱进", draw)) == {("check.not-permitted", "钱进", Severity.BLOCK)}
    assert ("check.no-role", "周五", Severity.BLOCK) in outside(home, listed, "周五", draw)
    reviewer = tmp_path / "reviewers.toml"
    reviewer.write_text('[[operator]]\nname = "李文"\nrole = "reviewer"\nsince = 2020-01-01\n')
    with open_station(home, who=Who("李文", "测试站"), operators=reviewer) as station:
        for each in [each for each in check(station, CASE, "base").open if each.id == "S-04"]:
            explain(station, CASE, "base", handle(each), "已由审核人员复核")
        assert [each for each in check(station, CASE, "base").open if each.id == "S-04"] == []


def test_steps_before_there_was_a_list_are_told_and_not_judged(
    listed: Path, tmp_path: Path, draw: Callable[[str], Path]
) -> None:
    home = tmp_path / "home"
    assert outside(home, tmp_path / "none.toml", "钱进", draw) == [("check.roles-unknown", "", Severity.INFO)]
    assert outside(home, listed, "王芳", draw) == [("check.roles-unknown", "", Severity.INFO)]
