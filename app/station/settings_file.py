"""Settings that a person writes in TOML: read within bounds, and what is wrong with one is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from app.station.errors import StationError

LARGEST = 64 * 1024
Settings = TypeVar("Settings", bound=BaseModel)


def read_settings(
    file: Path, settings: type[Settings], broken: type[StationError], largest: int = LARGEST
) -> Settings | None:
    """None where there is no such file; `largest` in bytes. Raises `broken` with `file` and `detail`."""
    try:
        with file.open("rb") as stream:
            data = stream.read(largest + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise broken(file=file, detail=error.strerror or type(error).__name__) from error
    return parse_settings(data, file, settings, broken, largest)


def parse_settings(
    data: bytes, file: Path, settings: type[Settings], broken: type[StationError], largest: int = LARGEST
) -> Settings:
    """What `file` says, from its bytes. Raises `broken` with `file` and `detail`."""
    if len(data) > largest:
        raise broken(file=file, detail=f"larger than {largest // 1024} kB")
    try:
        return settings.model_validate(tomllib.loads(data.decode()))
    except ValidationError as error:
        raise broken(file=file, detail=first_wrong(error)) from error
    except ValueError as error:
        raise broken(file=file, detail=str(error)) from error


def first_wrong(error: ValidationError) -> str:
    """Which setting is wrong, and why."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    return ": ".join(filter(None, (where, first["msg"].removeprefix("Value error, "))))
