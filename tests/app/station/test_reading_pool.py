"""One setting says where pages are read; without it they are read here."""

from __future__ import annotations

import pytest

from app.station.errors import ReadingSettingBroken
from app.station.reading_pool import open_reading_pool
from app.station.reading_settings import reading_settings
from app.station.station import Station
from ocr.errors import ClusterUnsafe
from ocr.imaging.clarity import MarkCalibration
from ocr.pool import LocalPool


def test_without_a_setting_pages_are_read_here(station: Station) -> None:
    with open_reading_pool(station.home, workers=1) as pool:
        assert isinstance(pool, LocalPool)
        assert pool.workers == 1


def test_the_cluster_that_is_named_is_the_one_asked(station: Station) -> None:
    (station.home.path / "reading.toml").write_text('pool = "dask://reader.example:8786"')
    with pytest.raises(ClusterUnsafe, match=r"reader\.example"):
        open_reading_pool(station.home)


@pytest.mark.parametrize(
    "text",
    [
        "pool = ",
        'pool = "tcp://x:1"',
        'pools = "dask://x:1"',
        "pool = 3",
        "[marks.x]\nridges = 0.2",
        "[marks.x]\nseal_some = 2",
    ],
)
def test_a_setting_that_is_none_is_refused(station: Station, text: str) -> None:
    (station.home.path / "reading.toml").write_text(text)
    with pytest.raises(ReadingSettingBroken, match=r"reading\.toml"):
        open_reading_pool(station.home)


def test_a_scanner_without_cuts_of_its_own_has_the_usual_ones(station: Station) -> None:
    (station.home.path / "reading.toml").write_text('[marks."escl:one"]\nridges_clear = 0.3')
    settings = reading_settings(station.home)
    assert settings.cuts_of("escl:one") == MarkCalibration(ridges_clear=0.3)
    assert settings.cuts_of("import") == MarkCalibration()
