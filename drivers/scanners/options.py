"""From the words of paper (source, mode, dpi, size) to a driver's own options, set in order and read back.

SANE fixes neither the names of sources and modes nor that a value is taken as given, so names are matched through alias
tables and every value is read back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from drivers.scanners.names import (
    DPI_OPTIONS,
    DUPLEX_OPTIONS,
    FEED_ON,
    FREE_PAPER_SIZE,
    MANUAL_FEED,
    MODE_NAMES,
    SOURCE_NAMES,
    STOP_AT_MULTIFEED,
    Switch,
    match_name,
)
from drivers.scanners.sane_native import Device, Option, Range, SaneError, Unit, Value, ValueType
from drivers.scanners.types import FaultCode, Inexact, Mode, ScanSettings, Source

_MM_PER_INCH = 25.4
_AREA_TOLERANCE_MM = 1.0
MULTIFEED_KEY = "multi-feed detection"
_FIXED_STEP = 1 / 65536


class SettingError(Exception):
    """A setting cannot be had as asked; `code` is INVALID_SETTING, INEXACT_SETTING or UNSUPPORTED."""

    def __init__(self, code: FaultCode, raw: str) -> None:
        self.code = code
        super().__init__(raw)


@dataclass(frozen=True)
class Applied:
    """What the device will do. `effective` holds every readable scalar option, and for feeders under MULTIFEED_KEY the
    options that make it stop at sheets stuck together ("" where it has none); `inexact` tells tolerated deviations."""

    effective: Mapping[str, Value]
    inexact: tuple[Inexact, ...]
    dpi: int


def apply(device: Device, settings: ScanSettings) -> Applied:
    """Set the device up as asked. Raises SettingError and SaneError.

    Descriptors are read anew before each option, as setting one may change or switch off others. A picture feed has
    neither source nor resolution of its own: these are then the settings'.
    """
    if settings.feed:
        return _apply_to_pile(device, settings)
    told: dict[str, Value] = {}
    _set_source(device, settings.source)
    if settings.source is not Source.FLATBED:
        told = _set_feeder(device, settings)
    one_bit = _set_mode(device, settings.mode)
    inexact = () if one_bit else _set_depth(device, settings)
    _set_dpi(device, settings.dpi)
    inexact += _set_area(device, settings) + _set_tone(device, settings) + _set_extras(device, settings)
    effective = _read_back(device)
    _check_dpi(effective, settings.dpi)
    return Applied(effective | told, inexact, settings.dpi)


def _apply_to_pile(device: Device, settings: ScanSettings) -> Applied:
    _set_mode(device, settings.mode)
    inexact = _set_extras(device, settings)
    pile = {"source": f"picture files as {settings.source}", "resolution": f"{settings.dpi}, not measured"}
    return Applied(_read_back(device) | pile, inexact, settings.dpi)


def set_option(device: Device, name: str, value: Value) -> bool:
    """Set one option by name; True when taken exactly. Raises SettingError when there is none to set, SaneError."""
    option = _find(device, name)
    if option is None or not option.settable:
        raise SettingError(FaultCode.INVALID_SETTING, f"the device has no option {name} to set now")
    try:
        return device.set(option, value)
    except (ValueError, TypeError) as error:
        raise SettingError(FaultCode.INVALID_SETTING, f"{name} = {value!r}: {error}") from error


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
    for name in DUPLEX_OPTIONS:
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


def _set_depth(device: Device, settings: ScanSettings) -> tuple[Inexact, ...]:
    """Set the bits a sample. Where the device has no such option the frame that comes is checked against `depth`."""
    option = _find(device, "depth")
    if option is None or not option.settable:
        return ()
    depth = 1 if settings.mode is Mode.BW else settings.depth or 8
    set_option(device, "depth", depth)
    taken = _value(device, "depth")
    if settings.depth is not None and taken != depth:
        raise SettingError(FaultCode.INEXACT_SETTING, f"depth: asked {depth}, device takes {taken}")
    return () if taken in (depth, None) else (Inexact("depth", str(depth), str(taken)),)


def _set_dpi(device: Device, dpi: int) -> None:
    found = [name for name in DPI_OPTIONS if (option := _find(device, name)) is not None and option.settable]
    for name in found:
        set_option(device, name, dpi)


def _check_dpi(effective: Mapping[str, Value], dpi: int) -> None:
    taken = {name: effective[name] for name in DPI_OPTIONS if name in effective}
    if not taken:
        raise SettingError(FaultCode.INEXACT_SETTING, f"resolution: asked {dpi}, the device does not tell its own")
    for name, value in taken.items():
        if value != dpi:
            raise SettingError(FaultCode.INEXACT_SETTING, f"{name}: asked {dpi}, device takes {value}")


def _set_area(device: Device, settings: ScanSettings) -> tuple[Inexact, ...]:
    """Set the scan area from the top left corner; told back where the device's area is another by over 1 mm."""
    _switch(device, FREE_PAPER_SIZE)
    inexact: list[Inexact] = []
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
            inexact.append(Inexact(name, f"{millimetres:g} mm", f"{taken / per_mm:g} mm"))
    return tuple(inexact)


def _set_feeder(device: Device, settings: ScanSettings) -> dict[str, Value]:
    """Set what only feeders have; what was switched for multi-feed detection goes into the record."""
    _switch(device, FEED_ON)
    if settings.manual_feed and not _switch(device, MANUAL_FEED):
        raise SettingError(FaultCode.UNSUPPORTED, "manual feed: the device offers no such option")
    if not settings.stop_at_multifeed:
        return {}
    return {MULTIFEED_KEY: ", ".join(_switch(device, STOP_AT_MULTIFEED))}


def _switch(device: Device, switches: Sequence[Switch]) -> tuple[str, ...]:
    """Set those of the options that the device has now; their names. A sensor of such a name cannot be set."""
    done: list[str] = []
    for name, wanted in switches:
        option = _find(device, name)
        if option is None or not option.settable:
            continue
        choice = wanted if isinstance(wanted, bool) else match_name(wanted, _choices(option))
        if choice is not None and isinstance(choice, bool) == (option.type is ValueType.BOOL):
            set_option(device, name, choice)
            done.append(name)
    return tuple(done)


def _set_tone(device: Device, settings: ScanSettings) -> tuple[Inexact, ...]:
    """Brightness and contrast (-100 to 100) and threshold (0 to 100), spread over the device's own range."""
    asked = {"brightness": settings.brightness, "contrast": settings.contrast, "threshold": settings.threshold}
    inexact: list[Inexact] = []
    for name, percent in asked.items():
        if percent is None:
            continue
        option = _find(device, name)
        if option is None or not option.settable:
            raise SettingError(FaultCode.UNSUPPORTED, f"{name}: the device offers no such option")
        value = _spread(option, percent / 100 if name == "threshold" else (percent + 100) / 200)
        set_option(device, name, value)
        taken = _value(device, name)
        if not isinstance(taken, int | float) or abs(taken - value) > _FIXED_STEP:
            inexact.append(Inexact(name, f"{value:g}", "" if taken is None else str(taken)))
    return tuple(inexact)


def _spread(option: Option, share: float) -> float:
    """The device's value at that share (0 to 1) of its range: on its steps, or the nearest of its list."""
    constraint = option.constraint
    if isinstance(constraint, Range):
        value = constraint.low + share * (constraint.high - constraint.low)
        step = constraint.quant or (0.0 if option.type is ValueType.FIXED else 1.0)
        return constraint.low + round((value - constraint.low) / step) * step if step else value
    levels = [float(level) for level in constraint or () if not isinstance(level, str)]
    if not levels:
        raise SettingError(FaultCode.UNSUPPORTED, f"{option.name}: the device does not tell its range")
    wanted = min(levels) + share * (max(levels) - min(levels))
    return min(levels, key=lambda level: abs(level - wanted))


def _set_extras(device: Device, settings: ScanSettings) -> tuple[Inexact, ...]:
    return tuple(told for name, value in settings.extras.items() for told in _set_extra(device, name, value))


def _set_extra(device: Device, name: str, value: object) -> tuple[Inexact, ...]:
    if isinstance(value, list):
        value = tuple(value)
    if not isinstance(value, bool | int | float | str | tuple):
        raise SettingError(FaultCode.INVALID_SETTING, f"{name}: {value!r} is no option value")
    return () if set_option(device, name, value) else (Inexact(name, str(value), ""),)


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
