"""Scan profiles: built in, saved by name with a key of their own, refused where they make no sense."""

from __future__ import annotations

import pytest

from app.station.errors import HotkeyTaken, ScanProfileInvalid, ScanProfileUnknown
from app.station.pile import Waits
from app.station.scan_profiles import (
    BUILT_IN,
    MOST_IN_SERIES,
    ScanProfile,
    profile_of,
    remove_scan_profile,
    save_scan_profile,
    scan_profile,
    scan_profiles,
)
from app.station.station import Station, open_station
from drivers.scanners.types import Mode, Source


def test_the_built_in_profiles_make_sense_and_have_keys_of_their_own(station: Station) -> None:
    profiles = scan_profiles(station)
    assert [profile.name for profile in profiles] == ["卷宗双面", "卷宗单面", "平板单页", "手动双面", "平板连续"]
    keys = [profile.hotkey for profile in profiles]
    assert len(set(keys)) == len(keys)
    dossier = scan_profile(station, "卷宗双面").pile("fujitsu:1")
    settings = dossier.settings
    assert (settings.source, settings.dpi, settings.mode) == (Source.ADF_DUPLEX, 300, Mode.COLOR)
    assert (settings.width_mm, settings.height_mm, dossier.device) == (210, 297, "fujitsu:1")
    series = scan_profile(station, "平板连续").pile("x")
    assert (series.waits, series.settings.page_limit) == (Waits(page_interval_s=6.0), MOST_IN_SERIES)
    assert scan_profile(station, "平板单页").pile("x").settings.page_limit is None


def test_a_saved_profile_is_there_when_the_station_is_opened_again(station: Station) -> None:
    fields = {"name": "票据", "hotkey": "7", "device": "canon_dr:1", "paper": "32开", "options": {"swcrop": True}}
    save_scan_profile(station, profile_of(fields))
    with open_station(station.home.path) as again:
        found = scan_profile(again, "票据")
    assert found == profile_of(fields)
    assert (found.settings().width_mm, found.settings().extras, found.pile("other").device) == (
        130,
        {"swcrop": True},
        "canon_dr:1",
    )
    remove_scan_profile(station, "票据")
    with pytest.raises(ScanProfileUnknown):
        scan_profile(station, "票据")
    with pytest.raises(ScanProfileUnknown):
        remove_scan_profile(station, "票据")


def test_a_built_in_profile_can_be_saved_over_and_comes_back(station: Station) -> None:
    own = BUILT_IN[0].model_copy(update={"dpi": 200})
    save_scan_profile(station, own)
    assert scan_profiles(station)[0] == own
    remove_scan_profile(station, own.name)
    assert scan_profiles(station) == list(BUILT_IN)


def test_one_key_starts_one_profile(station: Station) -> None:
    save_scan_profile(station, ScanProfile(name="票据", hotkey="7"))
    for key in ("7", "1"):
        with pytest.raises(HotkeyTaken):
            save_scan_profile(station, ScanProfile(name="证件", hotkey=key))
    save_scan_profile(station, ScanProfile(name="票据", hotkey="8"))
    save_scan_profile(station, ScanProfile(name="证件", hotkey="7"))
    assert [profile.hotkey for profile in scan_profiles(station)[-2:]] == ["8", "7"]


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"dpi": 20}, "dpi"),
        ({"hotkey": "F6"}, "hotkey"),
        ({"paper": "A9"}, "paper"),
        ({"colour": True}, "colour"),
        ({"threshold": 50}, "threshold"),
        ({"depth": 12}, "depth"),
        ({"depth": 8, "mode": "bw"}, "depth"),
        ({"wait_s": -1}, "wait_s"),
        ({"name": " "}, "name"),
        ({"paper": "17开"}, ": paper: no paper 17开"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(wrong: dict[str, object], where: str) -> None:
    with pytest.raises(ScanProfileInvalid, match=where):
        profile_of({"name": "试", **wrong})


def test_a_profile_that_another_station_spoilt_is_named(station: Station) -> None:
    save_scan_profile(station, ScanProfile(name="票据"))
    with station.store.transaction():
        station.store._db.execute('UPDATE scan_profiles SET profile = \'{"name": "票据", "dpi": "many"}\'')
    with pytest.raises(ScanProfileInvalid, match="票据"):
        scan_profiles(station)
