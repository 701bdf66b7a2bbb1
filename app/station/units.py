"""`units.toml` in the home (单位目录): who receives dossiers, and by which way each of them is reached.

[[unit]]
code = "990126000009"
name = "云山市人民检察院"
route = "direct"                       # straight to its platform
url = "https://platform.example"

[[unit]]
code = "990126000017"
name = "云山市看守所"
route = "gateway"                      # through the folder of a gap device
folder = "/mnt/gap"
volume_mb = 200                        # largest file; 500 when left out

[[unit]]
code = "990126000025"
name = "望陵县人民检察院"
route = "media"                        # by hand, encrypted for its certificate
certificate = "units/wangling.pem"     # a path of its own, or from the home on
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.station.sending_errors import RouteDiffers, UnitsBroken, UnitUnknown
from app.station.settings_file import read_settings
from app.store.home import Home

FILE = "units.toml"
LARGEST = 1024**2
_COMMANDS = {"direct": "outbox send --unit", "gateway": "outbox ferry --unit", "media": "outbox media FOLDER --unit"}
_Text = Annotated[str, Field(min_length=1, max_length=200)]
_VolumeMb = Annotated[int, Field(ge=1, le=2000)]


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    code: Annotated[str, Field(pattern=r"^[0-9A-Z]{6,20}$")]
    name: _Text


class Direct(_Unit):
    """Reached over the network."""

    route: Literal["direct"]
    url: _Text

    @property
    def where(self) -> str:
        return self.url


class Gateway(_Unit):
    """Reached through the folder of a gap device (网闸)."""

    route: Literal["gateway"]
    folder: Path
    volume_mb: _VolumeMb = 500

    @property
    def where(self) -> str:
        return str(self.folder)


class Media(_Unit):
    """Reached by removable media (移动介质) that only it can open."""

    route: Literal["media"]
    certificate: Path
    volume_mb: _VolumeMb = 500

    @property
    def where(self) -> str:
        return str(self.certificate)


Unit = Direct | Gateway | Media
_Route = TypeVar("_Route", Direct, Gateway, Media)


class _Directory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: tuple[Annotated[Unit, Field(discriminator="route")], ...] = ()


def load_units(home: Home) -> tuple[Unit, ...]:
    """In the order of the file; none when there is no file. Raises `UnitsBroken`."""
    file = home.path / FILE
    directory = read_settings(file, _Directory, UnitsBroken, LARGEST)
    units = directory.unit if directory is not None else ()
    codes = [unit.code for unit in units]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise UnitsBroken(file=file, detail=f"code {min(twice)} stands there twice")
    return units


def unit_by(home: Home, route: type[_Route], wanted: str) -> _Route:
    """The one unit with this code or name, which is reached by `route`.

    Raises `UnitsBroken`, `UnitUnknown`, `RouteDiffers`.
    """
    found = [unit for unit in load_units(home) if wanted in (unit.code, unit.name)]
    if len(found) != 1:
        raise UnitUnknown(unit=wanted, count=len(found))
    (unit,) = found
    if not isinstance(unit, route):
        raise RouteDiffers(unit=unit.name, command=_COMMANDS[unit.route])
    return unit
