"""Scan profiles (扫描方案): how to scan, saved by name, each started by one key. Some are built in."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from app.station.errors import HotkeyTaken, ScanProfileInvalid, ScanProfileUnknown
from app.station.pile import Pile, Waits
from app.station.settings_file import first_wrong
from app.station.station import Station
from app.store.profiles import SavedProfile
from drivers.scanners.papers import PAPERS
from drivers.scanners.papers import paper as paper_named
from drivers.scanners.types import Mode, ScanSettings, Source

HOTKEYS = tuple("1234567890")
LONGEST_WAIT_S = 3600.0
MOST_IN_SERIES = 500


class ScanProfile(BaseModel):
    """In the words of `ScanSettings` and `Waits`; `paper` by its name. Unknown fields are refused.

    `hotkey`: a digit, as the other keys of the desk are taken; "" for none. `device`: "" takes the only scanner.
    `backs`: for a pile whose backs are scanned in a second pass (手动双面), how they come: the pile turned over as a
    whole, or in the order of the fronts. `options`: the driver's own, by their SANE names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S(.*\S)?$")]
    hotkey: Annotated[str, Field(pattern=r"^[0-9]?$")] = ""
    device: Annotated[str, Field(max_length=300)] = ""
    source: Source = Source.FLATBED
    mode: Mode = Mode.COLOR
    dpi: Annotated[int, Field(ge=75, le=1200)] = 300
    paper: str = "A4"
    depth: Literal[8, 16] | None = None
    brightness: Annotated[float, Field(ge=-100, le=100)] | None = None
    contrast: Annotated[float, Field(ge=-100, le=100)] | None = None
    threshold: Annotated[float, Field(ge=0, le=100)] | None = None
    manual_feed: bool = False
    pages: Annotated[int, Field(ge=1)] | None = None
    wait_s: Annotated[float, Field(ge=0, le=LONGEST_WAIT_S)] = 0.0
    every_s: Annotated[float, Field(ge=0, le=LONGEST_WAIT_S)] = 0.0
    button: bool = False
    backs: Literal["", "reversed", "in-order"] = ""
    options: dict[str, bool | int | float | str] = {}

    @field_validator("paper")
    @classmethod
    def _known_paper(cls, name: str) -> str:
        try:
            paper_named(name)
        except KeyError:
            raise ValueError(f"no paper {name}; there are {', '.join(PAPERS)}") from None
        return name

    @model_validator(mode="after")
    def _fits_together(self) -> ScanProfile:
        self.settings()
        return self

    def settings(self) -> ScanSettings:
        """Raises ValueError for settings that do not go together."""
        size = paper_named(self.paper)
        return ScanSettings(
            source=self.source,
            mode=self.mode,
            dpi=self.dpi,
            width_mm=size.width_mm,
            height_mm=size.height_mm,
            depth=self.depth,
            brightness=self.brightness,
            contrast=self.contrast,
            threshold=self.threshold,
            manual_feed=self.manual_feed,
            page_limit=self.pages or self._series_limit(),
            extras=dict(self.options),
        )

    def _series_limit(self) -> int | None:
        """A series on the glass goes on until somebody stops it; any number above 1 makes it one."""
        return MOST_IN_SERIES if self.source is Source.FLATBED and (self.every_s or self.button) else None

    def pile(self, device: str, sheets: int | None = None) -> Pile:
        """A pile scanned so. `device`: the one to take where the profile names none."""
        waits = Waits(self.wait_s, self.every_s, self.button)
        return Pile(self.device or device, self.settings(), sheets, waits)


BUILT_IN = (
    ScanProfile(name="卷宗双面", hotkey="1", source=Source.ADF_DUPLEX),
    ScanProfile(name="卷宗单面", hotkey="2", source=Source.ADF),
    ScanProfile(name="平板单页", hotkey="3"),
    ScanProfile(name="手动双面", hotkey="4", source=Source.ADF, backs="reversed"),
    ScanProfile(name="平板连续", hotkey="5", every_s=6.0),
)


def profile_of(fields: dict[str, object]) -> ScanProfile:
    """A profile of these fields. Raises `ScanProfileInvalid`, which names the first that is wrong."""
    try:
        return ScanProfile.model_validate(fields)
    except ValidationError as error:
        raise ScanProfileInvalid(name=fields.get("name", ""), detail=first_wrong(error)) from error


def scan_profiles(station: Station) -> list[ScanProfile]:
    """The built-in ones, each as it was saved over, then the others by name. Raises `ScanProfileInvalid`."""
    saved = {each.name: _load(each) for each in station.store.profiles.all()}
    built_in = [saved.pop(profile.name, profile) for profile in BUILT_IN]
    return [*built_in, *saved.values()]


def scan_profile(station: Station, name: str) -> ScanProfile:
    """Raises `ScanProfileUnknown`, `ScanProfileInvalid`."""
    known = {profile.name: profile for profile in scan_profiles(station)}
    if name not in known:
        raise ScanProfileUnknown(name=name, known="、".join(known))
    return known[name]


def profile_by_key(station: Station, hotkey: str) -> ScanProfile:
    """Raises `ScanProfileUnknown`, `ScanProfileInvalid`."""
    known = {profile.hotkey: profile for profile in scan_profiles(station)}
    if hotkey not in known:
        raise ScanProfileUnknown(name=hotkey, known="、".join(f"{key} {known[key].name}" for key in known if key))
    return known[hotkey]


def save_scan_profile(station: Station, profile: ScanProfile) -> None:
    """Save it under its name, over one of the same name. Raises `HotkeyTaken`."""
    with station.store.transaction():
        for other in scan_profiles(station):
            if profile.hotkey and other.hotkey == profile.hotkey and other.name != profile.name:
                raise HotkeyTaken(hotkey=profile.hotkey, name=other.name)
        saved = SavedProfile(profile.name, profile.hotkey or None, profile.model_dump_json())
        station.store.profiles.put(saved)


def remove_scan_profile(station: Station, name: str) -> None:
    """Forget a saved profile; a built-in one is then as it was built in. Raises `ScanProfileUnknown`."""
    with station.store.transaction():
        saved = [each.name for each in station.store.profiles.all()]
        if name not in saved:
            raise ScanProfileUnknown(name=name, known="、".join(saved) or "-")
        station.store.profiles.remove(name)


def _load(saved: SavedProfile) -> ScanProfile:
    try:
        return ScanProfile.model_validate_json(saved.profile)
    except ValidationError as error:
        raise ScanProfileInvalid(name=saved.name, detail=first_wrong(error)) from error
