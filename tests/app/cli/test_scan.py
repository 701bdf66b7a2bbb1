"""`juanzong scan`, `pages`, `scan-profile`, `devices` as a clerk uses them, on real SANE."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from escl_feeder import EsclFeeder
from PIL import Image, ImageChops

CASE = "A9901260000002026030001"
Juanzong = Callable[..., Any]
Draw = Callable[[str], Path]


def listed(juanzong: Juanzong, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = juanzong("pages", "list", CASE, *options, "--json").json
    return rows


def shows(juanzong: Juanzong, pictures: list[Path]) -> bool:
    """Whether the pages that count are these pictures in this order, pixel by pixel."""
    files = [Path(row["file"]) for row in listed(juanzong)]
    return len(files) == len(pictures) and all(map(_same, files, pictures))


def _same(scanned: Path, fed: Path) -> bool:
    """The scanner's area is A4; the small sheet lies in its corner."""
    with Image.open(scanned) as one, Image.open(fed) as other:
        corner = one.crop((0, 0, *other.size))
        return ImageChops.difference(corner, other.convert(one.mode)).getbbox() is None


def test_a_jam_on_page_five_then_scan_again_then_sheet_two_anew(
    juanzong: Juanzong, draw: Draw, use: Callable[[EsclFeeder], None]
) -> None:
    """A duplex pile of seven faces: the clerk is told what to do, and doing it makes the pile complete."""
    faces = [draw(str(number)) for number in range(1, 9)]
    with EsclFeeder(faces[:7], faults={5: "jam"}) as feeder:
        use(feeder)
        scan = ("scan", CASE, "--profile", "卷宗双面", "--dpi", "100")
        jammed = juanzong(*scan)
        assert jammed.code == 3
        assert "请从这叠纸的第 3 张起放回,再扫描一次" in jammed.out
        assert "卡住" in jammed.err or "卡纸" in jammed.err
        feeder.lay_back(5)
        rest = juanzong(*scan, "--json")
        assert (rest.code, rest.json["went_on_at"], rest.json["pages"]) == (1, 3, 7)
        assert rest.json["sheets"]["odd"] == [4]  # seven faces are no four sheets: a back is missing, and said so
    with EsclFeeder(faces) as feeder:
        use(feeder)
        feeder.lay_back(7)
        mended = juanzong(*scan, "--rescan-sheet", "4", "--json")
        assert (mended.code, mended.json["state"]) == (0, "complete")
        feeder.lay_back(3)
        again = juanzong(*scan, "--rescan-sheet", "2", "--json")
        assert (again.code, again.json["state"], again.json["arrived"]) == (0, "complete", 2)
    assert shows(juanzong, faces)
    rows = listed(juanzong, "--all")
    assert [(row["page"], row["superseded_by"]) for row in rows if row["aside"]] == [(3, 10), (4, 11), (7, 8)]
    record = json.loads(Path(rows[0]["file"]).with_suffix(".json").read_text())
    assert (record["serial"], record["operator"]) == ("TRAINING-1", "李文")
    assert juanzong("audit", "verify").code == 0


def test_a_scan_from_the_glass_goes_where_it_is_told(juanzong: Juanzong, draw: Draw) -> None:
    first, second, new, before = (draw(name) for name in ("a", "b", "new", "before"))

    def scan(picture: Path, *options: object) -> Any:
        return juanzong("scan", CASE, "--device", "pnm:0", "--feed", picture.parent, *options)

    for picture in (first, second):
        assert scan(picture).code == 0
    assert scan(new, "--replace", 2).code == 0
    assert scan(before, "--insert-before", 1).code == 0
    assert shows(juanzong, [before, first, new])
    assert juanzong("import", CASE, second, "--insert-after", 3).code == 0
    assert shows(juanzong, [before, first, new, second])
    assert scan(new, "--replace", 2).code == 2
    both = scan(new, "--replace", 1, "--backs")
    assert (both.code, "--replace, --backs" in both.err) == (2, True)
    assert scan(new, "--reversed").code == 2


def test_manual_duplex_by_its_profile_and_the_other_way_round(juanzong: Juanzong, draw: Draw, tmp_path: Path) -> None:
    def scan(names: list[str], *options: object) -> Any:
        folder = tmp_path / "-".join(names)
        folder.mkdir()
        for place, name in enumerate(names):
            (folder / f"{place}.png").symlink_to(draw(name))
        return juanzong(
            "scan",
            CASE,
            "--profile",
            "手动双面",
            "--device",
            "pnm:0",
            "--source",
            "flatbed",
            "--feed",
            folder,
            *options,
        )

    assert scan(["1a", "2a"]).code == 0
    few = scan(["2b"], "--backs")
    assert (few.code, "正面 2" in few.err or "2 个正面" in few.err or "2" in few.err) == (3, True)
    assert juanzong("pages", "aside", CASE, 3, "--reason", "漏张").code == 0
    assert scan(["2b", "1b"], "--backs", "--new-pile").code == 0
    assert shows(juanzong, [draw(name) for name in ("1a", "1b", "2a", "2b")])
    assert juanzong("pages", "join", CASE, 3, "--in-order").code == 0
    assert shows(juanzong, [draw(name) for name in ("1a", "2b", "2a", "1b")])
    assert juanzong("pages", "part", CASE, 3).code == 0
    assert shows(juanzong, [draw(name) for name in ("1a", "2a", "2b", "1b")])
    assert juanzong("pages", "join", CASE, 1, "--reversed").code == 2


def test_settings_reach_the_device_and_its_own_options_too(juanzong: Juanzong) -> None:
    options = ("--device", "test:0", "--mode", "gray", "--dpi", "75", "--depth", "16", "--paper", "id-1")
    done = juanzong("scan", CASE, *options, "--option", "test-picture=Grid", "--option", "invert-endianess=false")
    assert done.code == 0
    record = json.loads(Path(listed(juanzong)[0]["file"]).with_suffix(".json").read_text())
    assert (record["depth"], record["effective"]["test-picture"], record["asked"]["width_mm"]) == (16, "Grid", 85.6)
    refused = juanzong("scan", CASE, "--device", "test:0", "--option", "no-such=1")
    assert refused.code == 3
    assert juanzong("scan", CASE, "--device", "test:0", "--option", "nonsense").code == 2
    assert juanzong("scan", CASE, "--device", "test:0", "--threshold", "50").code == 2
    assert juanzong("scan", CASE, "--device", "test:0", "--paper", "A9").code == 2
    assert juanzong("scan", CASE, "--profile", "没有").code == 2


def test_a_series_on_the_glass_goes_on_by_the_clock(juanzong: Juanzong) -> None:
    small = ("--device", "test:0", "--dpi", "75", "--paper", "ID-1", "--mode", "gray")
    done = juanzong("scan", CASE, *small, "--every", "0.1", "--pages", "3", "--json")
    assert (done.code, done.json["pages"], done.json["state"]) == (0, 3, "complete")


def test_pages_are_set_aside_with_a_reason_and_taken_back(juanzong: Juanzong, draw: Draw) -> None:
    assert juanzong("import", CASE, draw("a"), draw("b")).code == 0
    assert juanzong("pages", "aside", CASE, 1, "--reason", "重复").code == 0
    assert [row["page"] for row in listed(juanzong)] == [2]
    (gone, _) = listed(juanzong, "--all")
    assert (gone["aside"], gone["aside_by"]) == ("重复", "李文")
    table = juanzong("pages", "list", CASE, "--all").out
    assert "重复" in table
    assert juanzong("pages", "take-back", CASE, 1).code == 0
    assert [row["page"] for row in listed(juanzong)] == [1, 2]
    unknown = juanzong("pages", "aside", CASE, 9, "--reason", "重复")
    assert (unknown.code, "没有第 9 面" in unknown.err) == (2, True)
    assert juanzong("import", CASE, draw("c"), "--replace", 2).code == 0
    assert shows(juanzong, [draw("a"), draw("c")])
    assert juanzong("pages", "undo", CASE, "--json").json == {
        "case": CASE,
        "counting": [2],
        "aside": [3],
        "correction": False,
    }
    assert shows(juanzong, [draw("a"), draw("b")])


def test_a_pile_counted_wrongly_is_counted_once_more(juanzong: Juanzong, draw: Draw) -> None:
    scan = juanzong("scan", CASE, "--device", "pnm:0", "--feed", draw("a").parent, "--sheets", 2)
    assert (scan.code, "缺第 2 张" in scan.out) == (1, True)
    assert juanzong("pages", "recount", CASE, 1, 3).code == 1
    assert juanzong("pages", "recount", CASE, 1, 1).code == 0
    assert juanzong("pages", "recount", CASE, 7, 1).code == 2


def test_scan_profiles_are_saved_listed_and_removed(juanzong: Juanzong) -> None:
    assert juanzong("scan-profile", "save", "票据", "--key", 7, "--device", "test:0", "--dpi", 75).code == 0
    taken = juanzong("scan-profile", "save", "证件", "--key", 7)
    assert (taken.code, "票据" in taken.err) == (2, True)
    assert juanzong("scan-profile", "save", "证件", "--key", "F20").code == 2
    known = {profile["name"]: profile for profile in juanzong("scan-profile", "list", "--json").json}
    assert (len(known), known["票据"]["hotkey"], known["票据"]["dpi"]) == (6, "7", 75)
    assert juanzong("scan", CASE, "--profile", "票据", "--paper", "ID-1").code == 0
    assert juanzong("scan-profile", "remove", "票据").code == 0
    assert juanzong("scan-profile", "remove", "票据").code == 2


def test_devices_come_from_the_list_that_is_kept(
    juanzong: Juanzong, use: Callable[[EsclFeeder], None], tmp_path: Path
) -> None:
    with EsclFeeder([]) as feeder:
        use(feeder)
        found = juanzong("devices", "--json").json
    assert [device["id"] for device in found if device["driver"] == "airscan"] == [feeder.device_id]
    assert juanzong("devices", "--json").json == found
    (Path(os.environ["SANE_CONFIG_DIR"]) / "dll.conf").write_text("test\n")
    assert juanzong("devices", "--json").json == found
    anew = juanzong("devices", "--refresh", "--json").json
    assert {device["driver"] for device in anew} == {"test"}


def test_two_scanners_want_a_choice_and_none_is_said(
    juanzong: Juanzong, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "two.d"
    (folder / "dll.d").mkdir(parents=True)
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    (folder / "dll.conf").write_text("")
    assert "没有找到扫描仪" in juanzong("scan", CASE).err
    (folder / "dll.conf").write_text("test\npnm\n")
    several = juanzong("scan", CASE)
    assert (several.code, "test:0" in several.err) == (2, True)


def test_a_pile_of_pictures_without_any_scans_nothing_else(juanzong: Juanzong, tmp_path: Path) -> None:
    refused = juanzong("scan", CASE, "--device", "pnm:0", "--feed", str(tmp_path))
    assert (refused.code, listed(juanzong)) == (2, [])
    assert str(tmp_path) in refused.err


def test_separator_sheets_that_cannot_be_written_are_told(juanzong: Juanzong, tmp_path: Path) -> None:
    target = tmp_path / "没有" / "分隔页.pdf"
    refused = juanzong("separators", CASE, "-o", str(target))
    assert refused.code == 2
    assert str(target) in refused.err
    written = juanzong("separators", CASE, "-o", str(tmp_path / "分隔页.pdf"))
    assert (written.code, (tmp_path / "分隔页.pdf").read_bytes()[:5]) == (0, b"%PDF-")


def test_a_sheet_larger_than_the_glass_is_told(juanzong: Juanzong) -> None:
    """The `test` backend's glass is 200 mm square, so a sheet of A4 is cut."""
    scan = ("scan", CASE, "--device", "test:0", "--dpi", "75", "--mode", "gray")
    cut = juanzong(*scan, "--json").json
    assert [told["setting"] for told in cut["inexact"]] == ["br-x", "br-y"]
    assert "纸张宽度要求 210 mm,扫描仪取 200 mm；纸张高度要求 297 mm,扫描仪取 200 mm" in juanzong(*scan).out
    assert juanzong(*scan, "--paper", "ID-1", "--json").json["inexact"] == []
