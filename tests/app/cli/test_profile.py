"""`juanzong profile` as a region's clerk would use it."""

from __future__ import annotations

from pathlib import Path

from tests.app.cli.conftest import Juanzong

REGION = """extends: CN-GENERIC@2026.1
id: CN-HERE
version: "2026.1"
title: 本地标准
volumes:
  - {code: W, max_pages: 80}
"""


def test_from_a_folder_to_the_standard_in_force(juanzong: Juanzong, tmp_path: Path) -> None:
    place = tmp_path / "home" / "profiles" / "CN-HERE"
    place.mkdir(parents=True, exist_ok=True)
    (place / "profile.yaml").write_text(REGION.replace("max_pages", "max_page"), "utf-8")
    refused = juanzong("profile", "check", place)
    assert refused.code == 1
    assert "profile.yaml" in refused.err
    assert "6" in refused.err
    (place / "profile.yaml").write_text(REGION, "utf-8")
    assert juanzong("profile", "check", place, "--json").json["ok"]
    differing = juanzong("profile", "diff", "CN-GENERIC", "CN-HERE", "--json")
    assert differing.code == 1
    assert {"place": "volumes.W.max_pages", "first": "200", "second": "80"} in differing.json
    assert juanzong("profile", "use", "CN-HERE").code == 0
    listed = {each["id"]: each for each in juanzong("profile", "list", "--json").json}
    assert listed["CN-HERE"]["in_force"]
    assert listed["CN-GENERIC"]["status"] == "draft, unverified"
    shown = juanzong("profile", "show", "CN-HERE")
    assert "CN-HERE 2026.1 (draft, unverified)" in shown.out
    assert "诉讼文书卷 (80)" in shown.out
    opened = juanzong("case", "new", "A9901260000002026030002", "--name", "王某盗窃案", "--charge", "盗窃")
    assert "CN-HERE 2026.1 (draft, unverified)" in opened.out


def test_signing_a_profile(juanzong: Juanzong, tmp_path: Path) -> None:
    place = tmp_path / "CN-HERE"
    place.mkdir()
    (place / "profile.yaml").write_text(REGION, "utf-8")
    signed = juanzong("profile", "sign", place, "--json").json
    assert "训练站" in signed["signer"]
    assert not signed["believed"], "a training key publishes nothing"
    assert (place / "base" / "doctypes.tsv").is_file()
    (place / "profile.yaml").write_text(REGION + "series_order: [Z]\n", "utf-8")
    altered = juanzong("profile", "check", place, "--json")
    assert (altered.code, altered.json["error"]) == (6, "profile.altered")
