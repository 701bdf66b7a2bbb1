"""What a scanner's own sensors say: is there paper, and what was the fault really.

Sensors are SANE options that can be read but not set (SANE Standard 1.06, 4.2.9: hardware-selected). SANE has no status
for sheets stuck together: fujitsu and canon_dr report a jam, and fujitsu's sensor `double-feed` tells the two apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from drivers.scanners.names import COVER_SENSORS, MULTIFEED_SENSORS, PAPER_SENSORS
from drivers.scanners.sane_native import Device, Option, SaneError, ValueType
from drivers.scanners.types import FaultCode

_DOUBTFUL = frozenset({FaultCode.JAM, FaultCode.IO})


def read(device: Device, wanted: Callable[[str], object]) -> Mapping[str, bool]:
    """The yes-or-no sensors whose names are wanted, as they stand now. One that does not answer is left out."""
    return dict(_answers(device, wanted))


def paper_loaded(device: Device) -> bool | None:
    """Whether there is paper in the feeder; None where no sensor tells."""
    told = read(device, PAPER_SENSORS.__contains__)
    return any(told.values()) if told else None


def refine(device: Device, code: FaultCode, detection: str = "") -> tuple[FaultCode, str]:
    """The cause behind a jam or a broken transfer, and what there is to say about it ("" for nothing).

    `detection`: the options by which the feeder was told to stop at sheets stuck together. Where no sensor tells these
    from a jam (canon_dr, kvs*), it stays a jam and that is said.
    """
    if code not in _DOUBTFUL:
        return code, ""
    told = read(device, (*MULTIFEED_SENSORS, *COVER_SENSORS).__contains__)
    for cause, names in ((FaultCode.MULTIFEED, MULTIFEED_SENSORS), (FaultCode.COVER_OPEN, COVER_SENSORS)):
        tripped = [name for name in names if told.get(name)]
        if tripped:
            return cause, f"sensor {', '.join(tripped)}"
    if code is FaultCode.JAM and detection and not told.keys() & set(MULTIFEED_SENSORS):
        return code, f"sheets stuck together ({detection}) would be told as a jam too"
    return code, ""


def _answers(device: Device, wanted: Callable[[str], object]) -> Iterator[tuple[str, bool]]:
    for option in _describe(device):
        if option.type is not ValueType.BOOL or not option.readable or option.settable or not wanted(option.name):
            continue
        try:
            yield option.name, bool(device.get(option))
        except SaneError:  # after a fault some devices answer nothing more: then there is nothing to add to it
            continue


def _describe(device: Device) -> list[Option]:
    try:
        return device.options()
    except SaneError:
        return []
