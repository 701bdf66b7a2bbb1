"""From the words of paper (source, mode, dpi, size) to a driver's own options, set in order and read back.

SANE fixes the option names `resolution`, `tl-x`... (SANE Standard 1.06, 4.5) but neither the names of sources and modes
nor that a value is taken as given, so names are matched through alias tables and every value is read back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from drivers.scanners.sane_native import Device, Option, SaneError, Unit, Value, ValueType
from drivers.scanners.types import FaultCode, Mode, ScanSettings, Source

# Compared without case, spaces and punctuation; the first alias found in the device's list wins.
SOURCE_NAMES: Mapping[Source, tuple[str, ...]] = MappingProxyType(
    {
        Source.FLATBED: ("flatbed", "fb", "platen", "normal", "平板", "平台"),
        Source.ADF: (
            "adf",
            "adf front",
            "adf simplex",
            "automatic document feeder",
            "automatic document feeder (left aligned)",
            "automatic document feeder (centrally aligned)",
            "front",
            "simplex",
            "feeder",
            "document feeder",
            "自动进纸器",
            "自动输稿器",
            "单面",
        ),
        Source.ADF_DUPLEX: (
            "adf duplex",
            "duplex",
            "automatic document feeder (duplex)",
            "automatic document feeder (left aligned, duplex)",
            "automatic document feeder (centrally aligned, duplex)",
            "adf both sides",
            "both sides",
            "双面",
            "自动进纸器双面",
        ),
    }
)
MODE_NAMES: Mapping[Mode, tuple[str, ...]] = MappingProxyType(
    {
        Mode.COLOR: ("color", "colour", "24bit color", "color 24bit", "24bit color fast", "full color", "rgb", "彩色"),
        Mode.GRAY: ("gray", "grey", "grayscale", "greyscale", "true gray", "8bit gray", "256 gray", "灰度", "灰阶"),
        Mode.BW: ("lineart", "black & white", "black and white", "binary", "monochrome", "bw", "1bit", "黑白"),
    }
)
_DUPLEX_OPTIONS = ("duplex", "adf-mode", "adf_mode")
_DPI_OPTIONS = ("resolution", "x-resolution", "y-resolution")
_MM_PER_INCH = 25.4
_AREA_TOLERANCE_MM = 1.0


class SettingError(Exception):
    """A setting cannot be had as asked; `code` is INVALID_SETTING, INEXACT_SETTING or UNSUPPORTED."""

    def __init__(self, code: FaultCode, raw: str) -> None:
        self.code = code
        super().__init__(raw)


@dataclass(frozen=True)
class Applied:
    """What the device will do. `effective` holds every readable scalar option; `inexact` tells tolerated deviations."""

    effective: Mapping[str, Value]
    inexact: tuple[str, ...]
    dpi: int


def apply(device: Device, settings: ScanSettings) -> Applied:
    """Set the device up as asked. Raises SettingError and SaneError.

    Descriptors are read anew before each option, as setting one may change or switch off others. A picture feed has
    neither source nor resolution of its own: these are then the settings'.
    """
    if not settings.feed:
        _set_source(device, settings.source)
    one_bit = _set_mode(device, settings.mode)
    _set_depth(device, settings.mode, one_bit)
    if not settings.feed:
        _set_dpi(device, settings.dpi)
    inexact = _set_area(device, settings)
    for name, value in settings.extras.items():
        inexact += _set_extra(device, name, value)
    effective = _read_back(device)
    if settings.feed:
        effective |= {"source": f"picture files as {settings.source}", "resolution": f"{settings.dpi}, not measured"}
        return Applied(effective, inexact, settings.dpi)
    _check_dpi(effective, settings.dpi)
    return Applied(effective, inexact, settings.dpi)


def match_name(wanted: Sequence[str], offered: Iterable[str]) -> str | None:
    """The offered name that is one of the wanted ones, the wanted ones tried in order."""
    by_plain = {_plain(name): name for name in reversed(list(offered))}
    return next((by_plain[_plain(alias)] for alias in wanted if _plain(alias) in by_plain), None)


def set_option(device: Device, name: str, value: Value) -> bool:
    """Set one option by name; True when taken exactly. Raises SettingError when there is none to set, SaneError."""
    option = _find(device, name)
    if option is None or not option.settable:
        raise SettingError(FaultCode.INVALID_SETTING, f"the device has no option {name} to set now")
    try:
        return device.set(option, value)
    except (ValueError, TypeError) as error:
        raise SettingError(FaultCode.INVALID_SETTING, f"{name} = {value!r}: {error}") from error


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()


def _find(device: Device, name: str) -> Option | None:
    return next((option for option in device.options() if option.name == name), None)


def _value(device: Device, name: str) -> Value | None:
    """The option's value now. Its descriptor is read anew: after a set that reloads options the old one is void."""
    option = _find(device, name)
    return device.get(option) if option is not None and option.readable else None


def _choices(option: Option | None) -> tuple[str, ...]:
    if option is None or not option.settable or not isinstance(option.constraint, tuple):
        return ()
    return tuple(str(choice) for choice in option.constraint)


def _set_source(device: Device, source: Source) -> None:
    offered = _choices(_find(device, "source"))
    name = match_name(SOURCE_NAMES[source], offered)
    if name is not None:
        set_option(device, "source", name)
        if source is not Source.FLATBED:
            _set_duplex(device, wanted=source is Source.ADF_DUPLEX, named=source is Source.ADF_DUPLEX)
        return
    feeder = match_name(SOURCE_NAMES[Source.ADF], offered)
    if source is Source.ADF_DUPLEX and (feeder is not None or not offered):
        if feeder is not None:
            set_option(device, "source", feeder)
        _set_duplex(device, wanted=True, named=False)
        return
    if source is Source.FLATBED and not offered:
        return
    raise SettingError(FaultCode.UNSUPPORTED, f"source {source}: the device offers {', '.join(offered) or 'none'}")


def _set_duplex(device: Device, *, wanted: bool, named: bool) -> None:
    """Both sides by an option beside the source (Epson `adf-mode`, Brother and others `duplex`)."""
    for name in _DUPLEX_OPTIONS:
        option = _find(device, name)
        if option is None or not option.settable:
            continue
        if option.type is ValueType.BOOL:
            set_option(device, name, wanted)
            return
        choice = match_name(SOURCE_NAMES[Source.ADF_DUPLEX if wanted else Source.ADF], _choices(option))
        if choice is not None:
            set_option(device, name, choice)
            return
    if wanted and not named:
        raise SettingError(FaultCode.UNSUPPORTED, f"source {Source.ADF_DUPLEX}: the device cannot take both sides")


def _set_mode(device: Device, mode: Mode) -> bool:
    """Set the mode; True when the device's mode is a one-bit one by itself."""
    option = _find(device, "mode")
    if option is None:
        return False
    offered = _choices(option)
    name = match_name(MODE_NAMES[mode], offered)
    one_bit = name is not None and mode is Mode.BW
    if name is None and mode is Mode.BW:  # gray with one bit a pixel is the same thing
        name = match_name(MODE_NAMES[Mode.GRAY], offered)
    if name is None:
        raise SettingError(FaultCode.UNSUPPORTED, f"mode {mode}: the device offers {', '.join(offered) or 'none'}")
    set_option(device, "mode", name)
    taken = _value(device, "mode")
    if taken != name:
        raise SettingError(FaultCode.INEXACT_SETTING, f"mode: asked {name}, device takes {taken}")
    return one_bit


def _set_depth(device: Device, mode: Mode, one_bit: bool) -> None:
    option = _find(device, "depth")
    if option is None or not option.settable or one_bit:
        return
    set_option(device, "depth", 1 if mode is Mode.BW else 8)


def _set_dpi(device: Device, dpi: int) -> None:
    found = [name for name in _DPI_OPTIONS if (option := _find(device, name)) is not None and option.settable]
    for name in found:
        set_option(device, name, dpi)


def _check_dpi(effective: Mapping[str, Value], dpi: int) -> None:
    taken = {name: effective[name] for name in _DPI_OPTIONS if name in effective}
    if not taken:
        raise SettingError(FaultCode.INEXACT_SETTING, f"resolution: asked {dpi}, the device does not tell its own")
    for name, value in taken.items():
        if value != dpi:
            raise SettingError(FaultCode.INEXACT_SETTING, f"{name}: asked {dpi}, device takes {value}")


def _set_area(device: Device, settings: ScanSettings) -> tuple[str, ...]:
    """Set the scan area from the top left corner; told back where the device's area is another by over 1 mm."""
    inexact: list[str] = []
    size = {"x": settings.width_mm, "y": settings.height_mm}
    wanted = {
        "page-width": size["x"],
        "page-height": size["y"],
        "tl-x": 0.0,
        "tl-y": 0.0,
        "br-x": size["x"],
        "br-y": size["y"],
    }
    for name, millimetres in wanted.items():
        option = _find(device, name)
        if option is None or not option.settable:
            continue
        per_mm = settings.dpi / _MM_PER_INCH if option.unit is Unit.PIXEL else 1.0
        set_option(device, name, millimetres * per_mm)
        taken = _value(device, name)
        if isinstance(taken, int | float) and abs(taken / per_mm - millimetres) > _AREA_TOLERANCE_MM:
            inexact.append(f"{name}: asked {millimetres:g} mm, device takes {taken / per_mm:g} mm")
    return tuple(inexact)


def _set_extra(device: Device, name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        value = tuple(value)
    if not isinstance(value, bool | int | float | str | tuple):
        raise SettingError(FaultCode.INVALID_SETTING, f"{name}: {value!r} is no option value")
    return () if set_option(device, name, value) else (f"{name}: asked {value}, device takes another value",)


def _read_back(device: Device) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for option in device.options():
        single = option.type is ValueType.STRING or option.size == 4
        if option.readable and single:
            values[option.name] = _get_or_refusal(device, option)
    return values


def _get_or_refusal(device: Device, option: Option) -> Value:
    """A device may refuse to tell a value it describes as readable; the record says so instead of failing."""
    try:
        return device.get(option)
    except SaneError as error:
        return f"not told: {error}"
