"""What `reading.toml` in the home says about reading: where it is done, and how marks of each scanner are judged.

pool = "dask://reader.centre.local:8786"    # docs/cluster.md
[marks."SCANNER"]                           # as `juanzong page calibrate` prints it
ridges_clear = 0.2
"""

from __future__ import annotations

import tomllib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.station.errors import ReadingSettingBroken
from app.store.home import Home
from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration

FILE = "reading.toml"
LARGEST = 64 * 1024
Share = Annotated[float, Field(gt=0, le=1)]


class _Cuts(BaseModel):
    """In the words of `MarkCalibration`."""

    model_config = ConfigDict(extra="forbid")

    ridges_clear: Share = DEFAULT_CALIBRATION.ridges_clear
    ridges_some: Share = DEFAULT_CALIBRATION.ridges_some
    seal_clear: Share = DEFAULT_CALIBRATION.seal_clear
    seal_some: Share = DEFAULT_CALIBRATION.seal_some
    cover_clear: Share = DEFAULT_CALIBRATION.cover_clear


class ReadingSettings(BaseModel):
    """`pool`: None for this machine. `marks`: by scanner, as `juanzong devices` names it."""

    model_config = ConfigDict(extra="forbid")

    pool: Annotated[str, Field(pattern=r"^dask://[^/\s]+$")] | None = None
    marks: dict[str, _Cuts] = {}

    def cuts_of(self, scanner: str) -> MarkCalibration:
        """The default ones for a scanner that has none, and for imported files."""
        cuts = self.marks.get(scanner)
        return DEFAULT_CALIBRATION if cuts is None else MarkCalibration(**cuts.model_dump())


def reading_settings(home: Home) -> ReadingSettings:
    """Those of the file, the default ones without it. Raises `ReadingSettingBroken`."""
    file = home.path / FILE
    try:
        with file.open("rb") as stream:
            return ReadingSettings.model_validate(tomllib.loads(stream.read(LARGEST).decode()))
    except FileNotFoundError:
        return ReadingSettings()
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ReadingSettingBroken(file=file, detail=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        detail = ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
        raise ReadingSettingBroken(file=file, detail=detail) from error
