"""Reading pages off a scanner: our reader beside python-sane and scanimage, in one run.

    python bench/scanning.py [--pages N] [--folder DIR]

SANE's `test` backend, flatbed, 300 dpi colour, 200 x 200 mm: 16.7 MB a page, all black. python-sane is built from its
source (needs gcc, libsane-dev and Python's headers) into an environment of its own under DIR. Prints the table of
docs/benchmarks.md; seconds a page are medians over all rounds.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from drivers.scanners import ScanSettings, open_session
from drivers.scanners.batch import READ_BYTES
from drivers.scanners.options import apply
from drivers.scanners.sane_config import private_config
from drivers.scanners.sane_native import Device, Library
from drivers.scanners.types import PageDone

PYTHON_SANE = "python-sane==2.9.2"
PILLOW = "pillow==13.0.0"
SETTINGS = ScanSettings(dpi=300, width_mm=200, height_mm=200)
PAGE_BYTES = 2362 * 2362 * 3
ROUNDS = 5
THEIRS = Path(__file__).with_name("scanning_python_sane.py")


def our_reader(pages: int) -> list[float]:
    """Seconds for each page from start to the last byte in memory, read in the pieces that `Batch` reads."""
    page = bytearray(PAGE_BYTES)
    with Library() as library:
        device = library.open("test:0")
        try:
            apply(device, SETTINGS)
            return [_read_page(device, page) for _ in range(pages)]
        finally:
            device.close()


def _read_page(device: Device, page: bytearray) -> float:
    buffer = (ctypes.c_ubyte * READ_BYTES)()
    view, filled = memoryview(buffer).cast("B"), 0
    began = time.perf_counter()
    device.start()
    while (count := device.read(buffer)) is not None:
        page[filled : filled + count] = view[:count]
        filled += count
    seconds = time.perf_counter() - began
    device.cancel()
    if filled != len(page):
        raise RuntimeError(f"{filled} bytes of {len(page)}")
    return seconds


def our_capture(folder: Path, pages: int) -> list[float]:
    """Seconds from page to page of a whole batch: worker process, PNG, SHA-256, fsync, record."""
    with open_session("test:0", _series(pages + 1), folder) as session:
        told = [time.perf_counter() for event in session if isinstance(event, PageDone)]
    return [later - earlier for earlier, later in pairwise(told)]


def _series(pages: int) -> ScanSettings:
    return ScanSettings(dpi=SETTINGS.dpi, width_mm=200, height_mm=200, page_limit=pages)


def python_sane(python: Path, pages: int) -> list[float]:
    answer = subprocess.run([python, THEIRS, str(pages)], check=True, stdout=subprocess.PIPE).stdout
    return [float(seconds) for seconds in json.loads(answer)]


def scanimage(folder: Path, pages: int, picture_format: str) -> list[float]:
    """Seconds a page of `scanimage --batch`: the run of pages + 1 pages less that of one."""
    one, all_of_them = (_scanimage(folder, count, picture_format) for count in (1, pages + 1))
    return [(all_of_them - one) / pages]


def _scanimage(folder: Path, pages: int, picture_format: str) -> float:
    options = ["--mode=Color", "--depth=8", "--resolution=300", "-x", "200", "-y", "200"]
    target = folder / f"%d.{picture_format}"
    began = time.perf_counter()
    command = ["scanimage", "-d", "test:0", f"--batch={target}", f"--format={picture_format}", f"--batch-count={pages}"]
    subprocess.run([*command, *options], check=True, capture_output=True)
    return time.perf_counter() - began


def build_python_sane(folder: Path) -> Path:
    """The Python of a new environment with python-sane in it."""
    python = folder / "python-sane" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "python-sane", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PYTHON_SANE, PILLOW], check=True, stdout=sys.stderr)
    return python


def table(rows: dict[str, list[float]]) -> str:
    base = statistics.median(rows["our reader"])
    lines = ["| reader | s a page | MB/s | times our reader |", "|---|---|---|---|"]
    for name, seconds in rows.items():
        middle = statistics.median(seconds)
        lines.append(f"| {name} | {middle:.3f} | {PAGE_BYTES / middle / 1e6:.0f} | {middle / base:.1f} |")
    return "\n".join(lines)


def measure(runs: dict[str, Callable[[], list[float]]], rounds: int) -> dict[str, list[float]]:
    """All of them in turn, several times over, so that what else the machine does strikes each alike."""
    found: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name] += run()
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Reading pages: ours, python-sane, scanimage.")
    parser.add_argument("--pages", type=int, default=5, help=f"pages a round ({ROUNDS} rounds)")
    parser.add_argument("--folder", type=Path, help="where the environment of python-sane is kept")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch, private_config(["test"]) as config:
        os.environ["SANE_CONFIG_DIR"] = str(config)
        python = build_python_sane((asked.folder or Path(scratch)).absolute())
        rounds = iter(range(100))
        runs: dict[str, Callable[[], list[float]]] = {
            "our reader": lambda: our_reader(asked.pages),
            "python-sane `scan()`": lambda: python_sane(python, asked.pages),
            "scanimage, PNM": lambda: scanimage(Path(scratch), asked.pages, "pnm"),
            "scanimage, PNG": lambda: scanimage(Path(scratch), asked.pages, "png"),
            "our capture (PNG, hash, fsync)": lambda: our_capture(Path(scratch) / f"{next(rounds)}", asked.pages),
        }
        print(table(measure(runs, ROUNDS)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
