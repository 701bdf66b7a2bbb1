"""What `reading.toml` in the home says about reading: where it is done, and how marks of each scanner are judged.

pool = "dask://reader.centre.local:8786"    # docs/cluster.md
[marks."SCANNER"]                           # as `juanzong page calibrate` prints it
ridges_clear = 0.2
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.station.errors import ReadingSettingBroken
from app.station.settings_file import read_settings
from app.store.home import Home
from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration

FILE = "reading.toml"
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
    return read_settings(home.path / FILE, ReadingSettings, ReadingSettingBroken) or ReadingSettings()
