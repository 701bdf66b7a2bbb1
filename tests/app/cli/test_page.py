"""Cuts of a scanner: made from its pages, and used from reading.toml when its pages are read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFont

from app.station.processing import process
from app.station.results import load
from app.station.station import open_station
from ocr.imaging.types import Clarity
from ocr.pool import open_pool

CASE = "A9901260000002026030001"
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
RED = (205, 60, 60)


@pytest.fixture
def sealed(tmp_path: Path) -> Path:
    """Five round seals of 40 mm on one A4 page at 300 dpi."""
    page = Image.new("RGB", (2480, 3508), (250, 249, 246))
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(FONT, 54)
    for x, y in ((600, 700), (1800, 700), (600, 1700), (1800, 1700), (1200, 2700)):
        pen.ellipse((x - 236, y - 236, x + 236, y + 236), outline=RED, width=12)
        pen.regular_polygon((x, y, 60), 5, fill=RED)
        pen.text((x, y + 110), "岭南市公安局", font=font, fill=RED, anchor="mm")
    page.save(tmp_path / "sealed.png", dpi=(300, 300))
    return tmp_path / "sealed.png"


def test_cuts_are_printed_as_a_section_of_the_settings(juanzong: Any, sealed: Path) -> None:
    ran = juanzong("page", "calibrate", "--scanner", "escl:http://127.0.0.1:1", sealed)
    assert ran.code == 0, ran.err
    cuts = tomllib.loads(ran.out[ran.out.index("[") :])["marks"]["escl:http://127.0.0.1:1"]
    assert cuts["seal_clear"] > 0.3  # this red takes more than half of the green light
    assert cuts["ridges_clear"] == 0.2  # no fingerprint, no change


def test_a_page_without_marks_sets_no_cuts(juanzong: Any, draw: Any) -> None:
    ran = juanzong("page", "calibrate", "--scanner", "x", draw("a"))
    assert (ran.code, "校准" in ran.err) == (2, True)


def test_pages_are_judged_by_the_cuts_of_what_took_them(juanzong: Any, sealed: Path, tmp_path: Path) -> None:
    (tmp_path / "home" / "reading.toml").write_text(
        '[marks."import"]\nseal_some = 0.99\n[marks.other]\nseal_some = 0.1'
    )
    assert juanzong("import", CASE, sealed).code == 0
    with open_station(tmp_path / "home") as station:
        with open_pool(1) as pool:
            assert process(station, CASE, pool) == 1
        (page,) = station.store.pages.of_case(station.store.cases.get(CASE).id)
        result = load(station.store.pages.result(page.id) or "", station.home.derived(CASE))
    assert {mark.clarity for mark in result.marks} == {Clarity.UNCLEAR}
