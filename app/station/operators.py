"""The list of operators (操作人员名单): who has which role from when to when. An administrator's, in TOML.

[[operator]]
name = "李文"
role = "clerk"          # a role of the standard in force
since = 2026-01-01
until = 2026-12-31      # the last day; left out: until further notice
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.station.administrators_file import read_administrators
from app.station.safety_errors import OperatorsBroken, OperatorsNotAdministrators
from app.station.settings_file import parse_settings

OPERATORS_FILE = Path("/etc/juanzong/operators.toml")


class _Operator(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    role: str
    since: dt.date
    until: dt.date = dt.date.max


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    operator: list[_Operator] = []


def role_of(name: str, day: dt.date, file: Path, administrator: int = 0) -> str | None:
    """The role somebody has on a day; empty: none. None where no list of operators was written.

    `administrator`: the user id that the list has to belong to. Raises `OperatorsNotAdministrators`, `OperatorsBroken`.
    """
    data = read_administrators(file, administrator, OperatorsNotAdministrators, OperatorsBroken)
    if data is None:
        return None
    listed = parse_settings(data, file, _Text, OperatorsBroken).operator
    return next((each.role for each in listed if each.name == name and each.since <= day <= each.until), "")
