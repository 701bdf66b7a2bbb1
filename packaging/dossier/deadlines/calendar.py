"""Working days: weekends, holidays and worked weekends (调休), from a table that is renewed every year."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, TypeAdapter

from dossier.deadlines.errors import HolidaysInvalid

LIMIT_BYTES = 200_000
SATURDAY = 5


class _Year(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    off: tuple[str, ...]
    work: tuple[str, ...]


_YEARS: TypeAdapter[dict[int, _Year]] = TypeAdapter(dict[int, _Year])


@dataclass(frozen=True)
class Calendar:
    """`years`: those the table knows; of others only the weekends are."""

    years: frozenset[int]
    off: frozenset[dt.date]
    work: frozenset[dt.date]

    def is_working(self, day: dt.date) -> bool:
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    def renewed(self, newer: Calendar) -> Calendar:
        """With the years of `newer` in the place of its own."""

        def kept(days: frozenset[dt.date]) -> frozenset[dt.date]:
            return frozenset(day for day in days if day.year not in newer.years)

        return Calendar(self.years | newer.years, kept(self.off) | newer.off, kept(self.work) | newer.work)

    def next_working(self, day: dt.date) -> dt.date:
        """`day` itself if it is one."""
        while not self.is_working(day):
            day += dt.timedelta(days=1)
        return day


@cache
def built_in_calendar() -> Calendar:
    """The table that comes with the station."""
    return read_calendar(files("dossier.deadlines").joinpath("holidays.toml").read_bytes(), "holidays.toml")


def read_calendar(content: bytes, name: str) -> Calendar:
    """A TOML table of years, each `off` and `work` as MM-DD; `name` is for errors. Raises `HolidaysInvalid`."""
    if len(content) > LIMIT_BYTES:
        raise HolidaysInvalid(file=name, detail=f"larger than {LIMIT_BYTES} bytes")
    try:
        years = _YEARS.validate_python(tomllib.loads(content.decode("utf-8")))
        off = frozenset(_days(years, "off"))
        work = frozenset(_days(years, "work"))
    except (ValueError, RecursionError) as cause:
        raise HolidaysInvalid(file=name, detail=str(cause).splitlines()[0]) from cause
    return Calendar(frozenset(years), off, work)


def _days(years: Mapping[int, _Year], name: str) -> list[dt.date]:
    return [dt.date.fromisoformat(f"{year}-{day}") for year, table in years.items() for day in getattr(table, name)]
