"""The standards of a station: which are there, which holds for new cases, and which for each case that is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.station.cases import NewCase, open_case
from app.station.keys import open_signer
from app.station.overview import overview
from app.station.standards import installed, library, name_in_force, put_in_force, sign_folder
from app.station.station import Station, open_station
from app.station.trust import anchors_for
from dossier.profile import ProfileAltered, ProfileInvalid, ProfileMissing, load_profile, open_profile

OTHER = "A9901260000002026030002"
REGION = """extends: CN-GENERIC@2026.1
id: CN-HERE
version: "2026.1"
title: 本地标准
status: issued
series_order: [Z, W]
"""


@pytest.fixture
def region(station: Station) -> Path:
    """A profile of the station's own folder."""
    place = library(station.home) / "CN-HERE"
    place.mkdir(parents=True)
    (place / "profile.yaml").write_text(REGION, "utf-8")
    return place


def test_a_case_stays_with_the_standard_it_was_opened_under(station: Station, case: str, region: Path) -> None:
    home = station.home
    assert name_in_force(home) == "CN-GENERIC"
    put_in_force(home, "CN-HERE", anchors_for(home.path))
    with open_station(home.path) as later:
        new = open_case(later, NewCase(OTHER, "王某盗窃案", "盗窃"))
        old = later.store.cases.get(case)
        assert new.case.profile_id == "CN-HERE"
        assert later.profile_of(new.case).rules.series_order == ("Z", "W")
        assert later.profile_of(old.case).id == "CN-GENERIC"
        assert overview(later, old).profile == "CN-GENERIC 2026.1 (draft, unverified)"
        assert overview(later, new).profile == "CN-HERE 2026.1 (draft, unverified)", "nobody signed it"
    # The region gives out another text under the same version: the open case keeps the old one.
    (region / "profile.yaml").write_text(REGION.replace("[Z, W]", "[W]"), "utf-8")
    with open_station(home.path) as later:
        assert later.profile.rules.series_order == ("W",)
        assert later.profile_of(later.store.cases.get(OTHER).case).rules.series_order == ("Z", "W")


def test_a_kept_standard_that_was_changed_is_not_used(station: Station, case: str, region: Path) -> None:
    put_in_force(station.home, "CN-HERE", None)
    pinned = station.store.cases.get(case).case
    rules = library(station.home) / "kept" / pinned.profile_sha256 / "profile.yaml"
    rules.write_text(rules.read_text("utf-8").replace("min: 200", "min: 100"), "utf-8")
    with open_station(station.home.path) as later, pytest.raises(ProfileAltered, match="opened under"):
        later.profile_of(pinned)


def test_what_is_installed(station: Station, region: Path) -> None:
    broken = library(station.home) / "CN-BROKEN"
    broken.mkdir()
    (broken / "profile.yaml").write_text("extends: CN-GENERIC@2026.1\nid: CN-BROKEN\ncolour: red\n", "utf-8")
    known = {each.id: each for each in installed(station.home, None)}
    assert sorted(known) == ["CN-BROKEN", "CN-GENERIC", "CN-HERE", "CN-YUNJIANG"]
    assert known["CN-HERE"].profile is not None
    assert isinstance(known["CN-BROKEN"].fault, ProfileInvalid)
    with pytest.raises(ProfileInvalid):
        put_in_force(station.home, "CN-BROKEN", None)
    with pytest.raises(ProfileMissing):
        put_in_force(station.home, "CN-NOWHERE", None)
    assert name_in_force(station.home) == "CN-GENERIC", "a profile that cannot be used is not put in force"


def test_a_publisher_signs_what_stands_alone(station: Station, region: Path) -> None:
    with open_signer(station) as signer:
        sign_folder(region, library(station.home), signer, now=station.clock.now())
    alone = open_profile(region)
    assert alone.endorsement is not None
    assert alone.files["base/profile.yaml"] == load_profile().files["profile.yaml"]
    (region / "base" / "checks.yaml").write_text("checks: []\n", "utf-8")
    with pytest.raises(ProfileAltered, match="base/checks"):
        open_profile(region)
