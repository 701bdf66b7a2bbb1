"""Where pages are read: on this machine, or by the cluster that `reading.toml` in the home names."""

from __future__ import annotations

from app.station.reading_settings import reading_settings
from app.store.home import Home
from ocr.pool import Pool, open_pool


def open_reading_pool(home: Home, workers: int | None = None) -> Pool:
    """The pool that the station's setting names; `workers` are for a local one.

    Raises `ReadingSettingBroken` for a setting that is none, and what `ocr.pool.open_pool` raises.
    """
    return open_pool(workers, reading_settings(home).pool)
