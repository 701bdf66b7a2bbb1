"""A scanner played behind the native layer: sensors, buttons, makers' options, which no backend here can show."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from drivers.scanners.sane_native import (
    Capability,
    Frame,
    Option,
    Parameters,
    Range,
    SaneError,
    Status,
    Unit,
    Value,
    ValueType,
)

SET = Capability.SOFT_SELECT | Capability.SOFT_DETECT
SENSOR = Capability.SOFT_DETECT | Capability.HARD_SELECT
STRIDE, WIDTH, LINES = 24, 20, 10


def boolean(name: str, capability: Capability = SET) -> Option:
    return Option(0, name, ValueType.BOOL, Unit.NONE, 4, capability, None)


def number(name: str, constraint: Range | tuple[float, ...] | None = None, kind: ValueType = ValueType.INT) -> Option:
    return Option(0, name, kind, Unit.NONE, 4, SET, constraint)


def choice(name: str, *choices: str) -> Option:
    return Option(0, name, ValueType.STRING, Unit.NONE, 64, SET, choices)


BASIC = (number("resolution"), choice("mode", "Lineart", "Gray", "Color"))


@dataclass
class PlayedScanner:
    """`script`: what each start answers, GOOD for a whole gray page; NO_DOCS when it is over. `sensors`: functions that
    tell a sensor's state, or an error to raise. `active`: options that are there only while another is set so."""

    described: tuple[Option, ...] = BASIC
    values: dict[str, Value] = field(default_factory=dict)
    script: Iterator[Status] = field(default_factory=lambda: iter(()))
    sensors: Mapping[str, Callable[[], bool]] = field(default_factory=dict)
    active: Mapping[str, tuple[str, Value]] = field(default_factory=dict)
    log: list[str] = field(default_factory=list)

    def options(self) -> list[Option]:
        there = [o for o in self.described if self._is_active(o.name)]
        return there + [boolean(name, SENSOR) for name in self.sensors]

    def _is_active(self, name: str) -> bool:
        return name not in self.active or self.values.get(self.active[name][0]) == self.active[name][1]

    def get(self, option: Option) -> Value:
        if option.name in self.sensors and not option.settable:
            return self.sensors[option.name]()
        return self.values.get(option.name, 0)

    def set(self, option: Option, value: Value) -> bool:
        self.log.append(option.name)
        self.values[option.name] = value
        return True

    def start(self) -> None:
        self.log.append("start")
        self._left = LINES * STRIDE
        status = next(self.script, Status.NO_DOCS)
        if status is not Status.GOOD:
            raise SaneError("sane_start", status, "played")

    def parameters(self) -> Parameters:
        return Parameters(Frame.GRAY, True, STRIDE, WIDTH, LINES, 8)

    def read(self, buffer: ctypes.Array[ctypes.c_ubyte]) -> int | None:
        count, self._left = min(self._left, len(buffer)), 0
        return count or None

    def cancel(self) -> None:
        self.log.append("cancel")
