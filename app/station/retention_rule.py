"""The retention rule (留存规则): after how many days a delivered dossier's files may go. An administrator's, in TOML.

pictures = 30      # days after the accepted receipt; what is left out is kept for good
originals = 365
packages = 1825    # not before the originals: they tell which originals were delivered
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.station.administrators_file import read_administrators
from app.station.retention_errors import RuleBroken, RuleMissing, RuleNotAdministrators
from app.station.settings_file import parse_settings

RULE_FILE = Path("/etc/juanzong/retention.toml")
_Days = Annotated[int, Field(ge=0, le=36_500)]


class Removable(StrEnum):
    """PICTURES: rendered, can be made again. ORIGINALS: as captured or imported. PACKAGES: as sealed and sent."""

    PICTURES = "pictures"
    ORIGINALS = "originals"
    PACKAGES = "packages"


@dataclass(frozen=True)
class Rule:
    """`days`: of what may go at all. `sha256`: of the file, for the trail."""

    days: dict[Removable, int]
    sha256: str


class _Text(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    pictures: _Days | None = None
    originals: _Days | None = None
    packages: _Days | None = None


def load_rule(file: Path, administrator: int = 0) -> Rule:
    """`administrator`: the user id that the file has to belong to.

    Raises `RuleMissing`, `RuleNotAdministrators`, `RuleBroken`.
    """
    data = read_administrators(file, administrator, RuleNotAdministrators, RuleBroken)
    if data is None:
        raise RuleMissing(file=file)
    text = parse_settings(data, file, _Text, RuleBroken)
    days = {Removable(name): value for name, value in text.model_dump(exclude_none=True).items()}
    packages = days.get(Removable.PACKAGES)
    if packages is not None and packages < days.get(Removable.ORIGINALS, packages + 1):
        raise RuleBroken(file=file, detail="packages go before originals")
    return Rule(days, hashlib.sha256(data).hexdigest())
