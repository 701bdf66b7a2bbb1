"""Where pages are read: on this machine, or by the cluster that `reading.toml` in the home names.

pool = "dask://reader.centre.local:8786"    # docs/cluster.md
"""

from __future__ import annotations

import tomllib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.station.errors import ReadingSettingBroken
from app.store.home import Home
from ocr.pool import Pool, open_pool

FILE = "reading.toml"
LARGEST = 64 * 1024


class _Reading(BaseModel):
    model_config = ConfigDict(extra="forbid")

    pool: Annotated[str, Field(pattern=r"^dask://[^/\s]+$")] | None = None


def open_reading_pool(home: Home, workers: int | None = None) -> Pool:
    """The pool that the station's setting names; `workers` are for a local one.

    Raises `ReadingSettingBroken` for a setting that is none, and what `ocr.pool.open_pool` raises.
    """
    return open_pool(workers, _load(home).pool)


def _load(home: Home) -> _Reading:
    file = home.path / FILE
    try:
        with file.open("rb") as stream:
            return _Reading.model_validate(tomllib.loads(stream.read(LARGEST).decode()))
    except FileNotFoundError:
        return _Reading()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadingSettingBroken(file=file, detail=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        detail = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        raise ReadingSettingBroken(file=file, detail=detail) from error
