"""Who measures skew: our estimator and its peers behind one call. All give counter-clockwise degrees or None."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import leptonica_peer
import numpy as np
from deskew import determine_skew
from jdeskew.estimator import get_angle  # type: ignore[import-untyped]
from numpy.typing import NDArray

from ocr.imaging.skew import estimate_skew

Picture = NDArray[np.uint8]
Measure = Callable[[Picture, int, Path], float | None]  # picture B, G, R; its dpi; the file it was read from
JDESKEW_SMALL_PX = 1500
DESKEW_REDUCTION, DESKEW_STEP_DEG = 4, 0.1
TESSERACT_ANGLE = re.compile(r"Deskew angle: (-?[\d.]+)")
UNPAPER_ANGLE = re.compile(r"^rotate \(.*\): (-?[\d.]+)", re.MULTILINE)


@dataclass(frozen=True)
class Method:
    """`every`: slow ones look at each `every`-th page only."""

    name: str
    measure: Measure
    every: int = 1


def timed(method: Method, picture: Picture, dpi: int, path: Path) -> tuple[float | None, float]:
    """The answer and the CPU seconds it took, here and in programs started."""
    before = _cpu_seconds()
    answer = method.measure(picture, dpi, path)
    return answer, _cpu_seconds() - before


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _gray(picture: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)


def ours(picture: Picture, dpi: int, _path: Path) -> float | None:
    return estimate_skew(picture, dpi).deg


def jdeskew_full(picture: Picture, _dpi: int, _path: Path) -> float | None:
    return -float(get_angle(_gray(picture), angle_max=15))


def jdeskew_small(picture: Picture, _dpi: int, _path: Path) -> float | None:
    return -float(get_angle(_gray(picture), vertical_image_shape=JDESKEW_SMALL_PX, angle_max=15))


def deskew_quarter(picture: Picture, _dpi: int, _path: Path) -> float | None:
    """`deskew` with tenths of a degree, on a quarter of the size: at full size it takes seconds."""
    small = cv2.resize(
        _gray(picture), None, fx=1 / DESKEW_REDUCTION, fy=1 / DESKEW_REDUCTION, interpolation=cv2.INTER_AREA
    )
    angle = determine_skew(np.asarray(small, np.uint8), min_deviation=DESKEW_STEP_DEG)
    return None if angle is None else -float(angle)


def tesseract_angle(_picture: Picture, dpi: int, path: Path) -> float | None:
    """What `ocrmypdf --deskew` turns by (its get_deskew: `tesseract --psm 2`)."""
    command = ["tesseract", str(path), "-", "--dpi", str(dpi), "--psm", "2"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=os.environ | {"OMP_THREAD_LIMIT": "1"}
    )
    found = TESSERACT_ANGLE.search(done.stdout + done.stderr)
    return -float(np.degrees(float(found[1]))) if found else None


def unpaper_angle(picture: Picture, _dpi: int, _path: Path) -> float | None:
    """unpaper as it comes, scanning 15 degrees; None where it does not rotate. Timed is its whole clean-up."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.pgm"
        cv2.imwrite(str(page), _gray(picture))
        command = [
            "unpaper",
            "-vv",
            "--layout",
            "single",
            "--deskew-scan-range",
            "15",
            str(page),
            f"{folder}/out_%d.pgm",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    found = UNPAPER_ANGLE.search(said)
    return -float(np.degrees(float(found[1]))) if found and "NO ROTATING" not in said else None


METHODS = (
    Method("ours", ours),
    Method("Leptonica pixFindSkew (7°)", lambda picture, _dpi, _path: leptonica_peer.default_skew(_gray(picture))),
    Method("Leptonica sweep (15°)", lambda picture, _dpi, _path: leptonica_peer.wide_skew(_gray(picture))),
    Method("jdeskew, 1500 px", jdeskew_small),
    Method("jdeskew, full", jdeskew_full, every=4),
    Method("deskew, 0.1° steps", deskew_quarter, every=2),
    Method("OCRmyPDF (tesseract --psm 2)", tesseract_angle, every=4),
    Method("unpaper", unpaper_angle, every=16),
)
