"""Source and mode names of real drivers, and the two ways devices are told to take both sides.

The names are those that sane-backends' own drivers (fujitsu, canon_dr, epsonds, brother, kodakaio, pixma, genesys, hp)
and sane-airscan offer. No device here has an `adf-mode` or a `duplex` option, so a table of options stands in for one.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from drivers.scanners.options import MODE_NAMES, SOURCE_NAMES, SettingError, apply, match_name
from drivers.scanners.sane_native import Capability, Option, Unit, Value, ValueType
from drivers.scanners.types import FaultCode, Mode, ScanSettings, Source


@pytest.mark.parametrize(
    ("offered", "flatbed", "adf", "duplex"),
    [
        (["Flatbed", "ADF Front", "ADF Back", "ADF Duplex"], "Flatbed", "ADF Front", "ADF Duplex"),
        (["Flatbed", "ADF", "ADF Duplex"], "Flatbed", "ADF", "ADF Duplex"),
        (["FlatBed", "Automatic Document Feeder"], "FlatBed", "Automatic Document Feeder", None),
        (
            [
                "FlatBed",
                "Automatic Document Feeder(left aligned)",
                "Automatic Document Feeder(left aligned,Duplex)",
                "Automatic Document Feeder(centrally aligned)",
                "Automatic Document Feeder(centrally aligned,Duplex)",
            ],
            "FlatBed",
            "Automatic Document Feeder(left aligned)",
            "Automatic Document Feeder(left aligned,Duplex)",
        ),
        (["Flatbed", "Automatic Document Feeder", "ADF Duplex"], "Flatbed", "Automatic Document Feeder", "ADF Duplex"),
        (["Normal", "ADF"], "Normal", "ADF", None),
        (["平板", "自动进纸器", "自动进纸器（双面）"], "平板", "自动进纸器", "自动进纸器（双面）"),
        (["Transparency Unit"], None, None, None),
    ],
)
def test_sources_are_known_by_their_drivers_names(
    offered: list[str], flatbed: str | None, adf: str | None, duplex: str | None
) -> None:
    found = {source: match_name(SOURCE_NAMES[source], offered) for source in Source}
    assert found == {Source.FLATBED: flatbed, Source.ADF: adf, Source.ADF_DUPLEX: duplex}


@pytest.mark.parametrize(
    ("offered", "color", "gray", "bw"),
    [
        (["Lineart", "Halftone", "Gray", "Color"], "Color", "Gray", "Lineart"),
        (["Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color"], "24bit Color", "True Gray", None),
        (["Black & White", "Grayscale", "24bit Color[Fast]"], "24bit Color[Fast]", "Grayscale", "Black & White"),
        (["Monochrome", "Grayscale", "Color"], "Color", "Grayscale", "Monochrome"),
        (["黑白", "灰度", "彩色"], "彩色", "灰度", "黑白"),
    ],
)
def test_modes_are_known_by_their_drivers_names(offered: list[str], color: str, gray: str, bw: str | None) -> None:
    assert match_name(MODE_NAMES[Mode.COLOR], offered) == color
    assert match_name(MODE_NAMES[Mode.GRAY], offered) == gray
    assert match_name(MODE_NAMES[Mode.BW], offered) == (bw or "Black & White")


@dataclass
class OptionTable:
    """The options of a device, without a device."""

    choices: dict[str, tuple[str, ...]]
    values: dict[str, Value] = field(default_factory=lambda: {"resolution": 75})

    def options(self) -> list[Option]:
        free = Capability.SOFT_SELECT | Capability.SOFT_DETECT
        strings = [
            Option(index, name, ValueType.STRING, Unit.NONE, 64, free, choices)
            for index, (name, choices) in enumerate(self.choices.items(), 10)
        ]
        words = [
            Option(index, name, kind, unit, 4, free, None)
            for index, (name, kind, unit) in enumerate(
                [("resolution", ValueType.INT, Unit.DPI), ("duplex", ValueType.BOOL, Unit.NONE)], 1
            )
            if name in self.values
        ]
        return words + strings

    def get(self, option: Option) -> Value:
        return self.values[option.name]

    def set(self, option: Option, value: Value) -> bool:
        self.values[option.name] = value
        return True


MODES = ("Lineart", "Gray", "Color")


@pytest.mark.parametrize(("source", "sides"), [(Source.ADF, "Simplex"), (Source.ADF_DUPLEX, "Duplex")])
def test_both_sides_by_an_adf_mode(source: Source, sides: str) -> None:
    device = OptionTable(
        {"source": ("Flatbed", "Automatic Document Feeder"), "mode": MODES, "adf-mode": ("Simplex", "Duplex")}
    )
    applied = apply(device, ScanSettings(source=source, dpi=200))  # type: ignore[arg-type]
    assert applied.effective == {
        "source": "Automatic Document Feeder",
        "adf-mode": sides,
        "mode": "Color",
        "resolution": 200,
    }


@pytest.mark.parametrize("source", [Source.ADF, Source.ADF_DUPLEX])
def test_both_sides_by_a_switch(source: Source) -> None:
    device = OptionTable({"source": ("Flatbed", "ADF"), "mode": MODES}, {"resolution": 75, "duplex": False})
    applied = apply(device, ScanSettings(source=source, dpi=200))  # type: ignore[arg-type]
    assert applied.effective["source"] == "ADF"
    assert applied.effective["duplex"] is (source is Source.ADF_DUPLEX)


def test_a_device_that_hides_its_resolution_is_not_believed() -> None:
    device = OptionTable({"mode": MODES}, {})
    with pytest.raises(SettingError) as caught:
        apply(device, ScanSettings())  # type: ignore[arg-type]
    assert caught.value.code is FaultCode.INEXACT_SETTING
