"""`sending.toml` in the home: when how much may be sent, and with which certificates.

[[rate]]                               # each holds until the next, over the week's edge too
days = ["mon", "tue", "wed", "thu", "fri"]
at = "08:00"
kb_per_s = 512                         # 0: nothing; left out: no limit

[metered]                              # a connection that is paid for by volume
send = "urgent"                        # custody cases alone; "never"; "all" when left out
mb_a_day = 50                          # left out: no limit
line = "ask"                           # NetworkManager, when left out; "metered" or "free" where there is none
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from app.station.sending_errors import PlanBroken
from app.station.settings_file import read_settings
from app.store.home import Home
from transfer.metered import MEGABYTE, Allowed, Line, MeteredRule
from transfer.timetable import Change, Timetable
from transfer.tls import TlsFiles

FILE = "sending.toml"
_Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_DAYS: tuple[_Day, ...] = get_args(_Day)


class _Rate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: Annotated[tuple[_Day, ...], Field(min_length=1)] = _DAYS
    at: Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    kb_per_s: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None


class _Tls(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ca: Path
    certificate: Path
    key: Path


class _Metered(BaseModel):
    model_config = ConfigDict(extra="forbid")

    send: Allowed = Allowed.ALL
    mb_a_day: Annotated[int, Field(ge=0)] | None = None
    line: Literal["ask", "metered", "free"] = "ask"


class _Plan(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rate: tuple[_Rate, ...] = ()
    tls: _Tls | None = None
    metered: _Metered | None = None


def plan_file(home: Home) -> Path:
    return home.path / FILE


def load_timetable(home: Home) -> Timetable:
    """No limit when there is no file. Raises `PlanBroken`."""
    plan = _load(home)
    return Timetable(tuple(_change(rate, day) for rate in plan.rate for day in rate.days))


def load_tls(home: Home) -> TlsFiles | None:
    """Raises `PlanBroken`."""
    tls = _load(home).tls
    return TlsFiles(home.path / tls.ca, home.path / tls.certificate, home.path / tls.key) if tls else None


def load_metered(home: Home) -> tuple[MeteredRule | None, Line | None]:
    """The rule for metered connections, and what the line is said to be; None: no rule, ask. Raises `PlanBroken`."""
    told = _load(home).metered
    if told is None:
        return None, None
    rule = MeteredRule(told.send, None if told.mb_a_day is None else told.mb_a_day * MEGABYTE)
    return rule, None if told.line == "ask" else Line(told.line)


def _load(home: Home) -> _Plan:
    return read_settings(plan_file(home), _Plan, PlanBroken) or _Plan()


def _change(rate: _Rate, day: _Day) -> Change:
    limit = None if rate.kb_per_s is None else rate.kb_per_s * 1000
    return Change(_DAYS.index(day), dt.time.fromisoformat(rate.at), limit)
