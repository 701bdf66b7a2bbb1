"""The power fails while a station scans: no page that was shown is lost, none is torn, the library is sound.

2 cuts of some 20 pages; `JUANZONG_CUTS=50 JUANZONG_CUT_PAGES=100` asks for more, and so does `tests/rigs/power_cut.py`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from power_cut import cut_power, may_mount

CUTS = int(os.environ.get("JUANZONG_CUTS", "2"))
PAGES = int(os.environ.get("JUANZONG_CUT_PAGES", "20"))

pytestmark = pytest.mark.skipif(not may_mount(), reason="this machine lets nobody mount an ext4 image")


@pytest.mark.parametrize("seed", range(CUTS))
def test_nothing_shown_is_lost(tmp_path: Path, seed: int) -> None:
    cut = cut_power(tmp_path, seed, PAGES)
    assert cut.shown >= PAGES // 2
    assert cut.harmless, cut


def test_the_rig_finds_the_loss_where_nothing_is_synced(tmp_path: Path) -> None:
    cut = cut_power(tmp_path, seed=1, pages=PAGES, sync=False)
    assert cut.missing > cut.shown // 10
