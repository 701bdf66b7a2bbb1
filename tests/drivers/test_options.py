"""Source and mode names of real drivers, and the two ways devices are told to take both sides.

The names are those that sane-backends' own drivers (fujitsu, canon_dr, epsonds, brother, kodakaio, pixma, genesys, hp)
and sane-airscan offer. No device here has these makers' options, so a played one stands in for them.
"""

from __future__ import annotations

from typing import Any

import pytest
from played_scanner import PlayedScanner, boolean, choice, number

from drivers.scanners.names import MODE_NAMES, SOURCE_NAMES, match_name
from drivers.scanners.options import Applied, SettingError, apply
from drivers.scanners.papers import Paper, paper
from drivers.scanners.sane_native import Option, Range, Value, ValueType
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
        (
            ["平板扫描仪", "自动输稿器正面", "自动输稿器背面", "自动输稿器双向"],
            "平板扫描仪",
            "自动输稿器正面",
            "自动输稿器双向",
        ),
        (["fb", "adf"], "fb", "adf", None),
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
        (["线稿", "灰阶", "彩色"], "彩色", "灰阶", "线稿"),
        (["黑白", "灰度", "彩色"], "彩色", "灰度", "黑白"),
    ],
)
def test_modes_are_known_by_their_drivers_names(offered: list[str], color: str, gray: str, bw: str | None) -> None:
    assert match_name(MODE_NAMES[Mode.COLOR], offered) == color
    assert match_name(MODE_NAMES[Mode.GRAY], offered) == gray
    assert match_name(MODE_NAMES[Mode.BW], offered) == (bw or "Black & White")


MODE = choice("mode", "Lineart", "Gray", "Color")


def set_up(device: PlayedScanner, settings: ScanSettings) -> Applied:
    return apply(device, settings)  # type: ignore[arg-type]


@pytest.mark.parametrize(("source", "sides"), [(Source.ADF, "Simplex"), (Source.ADF_DUPLEX, "Duplex")])
def test_both_sides_by_an_adf_mode(source: Source, sides: str) -> None:
    sources = choice("source", "Flatbed", "Automatic Document Feeder")
    device = PlayedScanner((number("resolution"), sources, MODE, choice("adf-mode", "Simplex", "Duplex")))
    assert set_up(device, ScanSettings(source=source, dpi=200)).effective == {
        "source": "Automatic Document Feeder",
        "adf-mode": sides,
        "mode": "Color",
        "multi-feed detection": "",
        "resolution": 200,
    }


@pytest.mark.parametrize("source", [Source.ADF, Source.ADF_DUPLEX])
def test_both_sides_by_a_switch(source: Source) -> None:
    device = PlayedScanner((number("resolution"), choice("source", "Flatbed", "ADF"), MODE, boolean("duplex")))
    applied = set_up(device, ScanSettings(source=source, dpi=200))
    assert applied.effective["source"] == "ADF"
    assert applied.effective["duplex"] is (source is Source.ADF_DUPLEX)


def test_a_device_that_hides_its_resolution_is_not_believed() -> None:
    with pytest.raises(SettingError) as caught:
        set_up(PlayedScanner((MODE,)), ScanSettings())
    assert caught.value.code is FaultCode.INEXACT_SETTING


FUJITSU = (
    number("resolution"),
    choice("source", "ADF Front", "ADF Back", "ADF Duplex"),
    MODE,
    choice("df-action", "Default", "Continue", "Stop"),
    boolean("df-skew"),
    boolean("df-thickness"),
    boolean("df-length"),
)
CANON_DR = (number("resolution"), choice("source", "ADF Front", "ADF Duplex"), MODE, boolean("df-thickness"))
PANASONIC = (
    number("resolution"),
    choice("source", "adf", "fb"),
    MODE,
    choice("feeder-mode", "single", "continuous"),
    boolean("dfeed"),
    boolean("dfstop"),
)


@pytest.mark.parametrize(
    ("options", "depends", "values"),
    [
        (FUJITSU, {"df-thickness": ("df-action", "Stop")}, {"df-action": "Stop", "df-thickness": True}),
        (CANON_DR, {}, {"df-thickness": True}),
        (PANASONIC, {"dfstop": ("dfeed", True)}, {"feeder-mode": "continuous", "dfeed": True, "dfstop": False}),
    ],
)
def test_a_feeder_is_told_to_stop_at_sheets_stuck_together(
    options: tuple[Option, ...], depends: dict[str, tuple[str, Value]], values: dict[str, Value]
) -> None:
    device = PlayedScanner(options, active=depends)
    effective = set_up(device, ScanSettings(source=Source.ADF)).effective
    assert values.items() <= effective.items()
    assert not {"df-skew", "df-length"} & set(device.log)  # sheets of other lengths, slightly askew, are no fault
    assert effective["multi-feed detection"] == ", ".join(name for name in values if name.startswith("d"))
    untouched = PlayedScanner(options, active=depends)
    set_up(untouched, ScanSettings(source=Source.ADF, stop_at_multifeed=False))
    assert not [name for name in untouched.log if name.startswith("df")]


def test_a_sensor_of_an_options_name_is_not_set() -> None:
    device = PlayedScanner((*FUJITSU[:3],), sensors={"double-feed": lambda: False, "manual-feed": lambda: False})
    effective = set_up(device, ScanSettings(source=Source.ADF)).effective
    assert effective["multi-feed detection"] == ""
    with pytest.raises(SettingError, match="manual feed"):
        set_up(device, ScanSettings(source=Source.ADF, manual_feed=True))


@pytest.mark.parametrize(
    ("option", "value"),
    [(choice("manual-feed", "off", "wait_doc", "wait_key"), "wait_doc"), (boolean("bypassmode"), 1)],
)
def test_manual_feed_by_the_makers_options(option: Option, value: Value) -> None:
    device = PlayedScanner((*CANON_DR, option))
    assert set_up(device, ScanSettings(source=Source.ADF, manual_feed=True)).effective[option.name] == value


def test_tone_is_spread_over_the_devices_own_range() -> None:
    device = PlayedScanner(
        (
            number("resolution"),
            MODE,
            number("brightness", Range(-127, 127, 1)),
            number("contrast", (-4.0, -2.0, 0.0, 3.0)),
            number("threshold", Range(0, 100, 0), ValueType.FIXED),
        )
    )
    settings = ScanSettings(mode=Mode.BW, brightness=25, contrast=10, threshold=37.5)
    effective = set_up(device, settings).effective
    assert (effective["brightness"], effective["contrast"], effective["threshold"]) == (32, 0, 37.5)


def test_tone_that_cannot_be_had_is_an_error_and_nothing_silent() -> None:
    with pytest.raises(SettingError, match="brightness") as caught:
        set_up(PlayedScanner((number("resolution"), MODE)), ScanSettings(brightness=0))
    assert caught.value.code is FaultCode.UNSUPPORTED


def test_settings_are_made_in_the_order_they_hang_on_each_other() -> None:
    device = PlayedScanner((*(number(n) for n in ("brightness", "br-x", "resolution", "depth")), *FUJITSU[1:3]))
    with pytest.raises(SettingError, match="brightness"):
        set_up(device, ScanSettings(source=Source.ADF, depth=16, brightness=1))
    assert device.log == ["source", "mode", "depth", "resolution", "br-x"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"depth": 12},
        {"depth": 8, "mode": Mode.BW},
        {"brightness": 101},
        {"contrast": -101},
        {"threshold": 50},
        {"threshold": -1, "mode": Mode.BW},
    ],
)
def test_settings_that_mean_nothing_are_not_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"depth|percent|threshold"):
        ScanSettings(**wrong)


def test_papers_by_name() -> None:
    assert paper("a4") == paper("A4") == Paper(210, 297)
    assert paper("16开") == paper("16k") == Paper(184, 260)
    with pytest.raises(KeyError):
        paper("A44")
