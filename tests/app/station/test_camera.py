"""A document camera's frames as pages of a case; a numbered sequence of pictures stands in its place."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from app.station.pile import Pile
from app.station.scanning import scan
from app.station.station import Station
from drivers.scanners.types import ScanSettings


def test_a_recorded_camera_gives_pages_that_say_so(station: Station, case: str, tmp_path: Path) -> None:
    frames = [np.full((240, 320, 3), 40 * number, np.uint8) for number in (1, 2, 3)]
    for number, frame in enumerate(frames, 1):
        cv2.imwrite(str(tmp_path / f"{number:02}.png"), frame)
    done = scan(station, case, Pile(f"camera:{tmp_path}/%02d.png", ScanSettings()))
    pages = station.store.pages.of_case(station.store.cases.get(case).id)
    assert (done.pages, done.fault, done.batch.state) == (3, None, "complete")
    assert [(page.origin, page.dpi, page.side) for page in pages] == [("replay", None, "front")] * 3
    assert all(np.array_equal(cv2.imread(str(page.file)), frame) for page, frame in zip(pages, frames, strict=True))
