"""Reading pages off a scanner: our reader beside python-sane and scanimage, in one run.

    python bench/scanning.py [--pages N] [--folder DIR]

SANE's `test` backend, flatbed, 300 dpi colour, 200 x 200 mm: 16.7 MB a page, all black. python-sane is built from its
source (needs gcc, libsane-dev and Python's headers) into an environment of its own under DIR. Prints the table of
docs/benchmarks.md: medians over all rounds, by the clock and of processor time, which other programs disturb less.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
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


@dataclass(frozen=True)
class Cost:
    """What a page took: seconds by the clock, and of all processors."""

    seconds: float
    cpu: float


def our_reader(pages: int) -> list[Cost]:
    """Each page from start to the last byte in memory, read in the pieces that `Batch` reads."""
    page = bytearray(PAGE_BYTES)
    with Library() as library:
        device = library.open("test:0")
        try:
            apply(device, SETTINGS)
            return [_read_page(device, page) for _ in range(pages)]
        finally:
            device.close()


def _read_page(device: Device, page: bytearray) -> Cost:
    buffer = (ctypes.c_ubyte * READ_BYTES)()
    view, filled = memoryview(buffer).cast("B"), 0
    began, worked = time.perf_counter(), time.process_time()
    device.start()
    while (count := device.read(buffer)) is not None:
        page[filled : filled + count] = view[:count]
        filled += count
    cost = Cost(time.perf_counter() - began, time.process_time() - worked)
    device.cancel()
    if filled != len(page):
        raise RuntimeError(f"{filled} bytes of {len(page)}")
    return cost


def python_sane(python: Path, pages: int) -> list[Cost]:
    answer = subprocess.run([python, THEIRS, str(pages)], check=True, stdout=subprocess.PIPE).stdout
    return [Cost(seconds, cpu) for seconds, cpu in json.loads(answer)]


def batch(take: Callable[[int], None], pages: int) -> list[Cost]:
    """A page of a batch in a process of its own: the batch of pages + 1 less that of one."""
    one, more = (_cost(partial(take, count)) for count in (1, pages + 1))
    return [Cost((more.seconds - one.seconds) / pages, (more.cpu - one.cpu) / pages)]


def _cost(run: Callable[[], None]) -> Cost:
    began, worked = time.perf_counter(), _cpu_of_children()
    run()
    return Cost(time.perf_counter() - began, _cpu_of_children() - worked)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def capture(folder: Path, pages: int) -> None:
    """A whole batch of ours: worker process, PNG, SHA-256, fsync, record."""
    settings = ScanSettings(dpi=SETTINGS.dpi, width_mm=200, height_mm=200, page_limit=pages)
    with tempfile.TemporaryDirectory(dir=folder) as spool, open_session("test:0", settings, Path(spool)) as session:
        told = sum(isinstance(event, PageDone) for event in session)
    if told != pages:
        raise RuntimeError(f"{told} pages of {pages}")


def scanimage(folder: Path, picture_format: str, pages: int) -> None:
    options = ["--mode=Color", "--depth=8", "--resolution=300", "-x", "200", "-y", "200"]
    target = folder / f"%d.{picture_format}"
    command = ["scanimage", "-d", "test:0", f"--batch={target}", f"--format={picture_format}", f"--batch-count={pages}"]
    subprocess.run([*command, *options], check=True, capture_output=True)


def build_python_sane(folder: Path) -> Path:
    """The Python of a new environment with python-sane in it."""
    python = folder / "python-sane" / "bin" / "python"
    if not python.exists():
        venv.create(folder / "python-sane", with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "-q", PYTHON_SANE, PILLOW], check=True, stdout=sys.stderr)
    return python


def table(rows: dict[str, list[Cost]]) -> str:
    middle = {
        name: Cost(statistics.median(cost.seconds for cost in costs), statistics.median(cost.cpu for cost in costs))
        for name, costs in rows.items()
    }
    base = middle["our reader"]
    lines = [
        "| reader | s a page | MB/s | times our reader | CPU s a page | times our reader |",
        "|---|---|---|---|---|---|",
    ]
    for name, cost in middle.items():
        by_clock = f"{cost.seconds:.3f} | {PAGE_BYTES / cost.seconds / 1e6:.0f} | {cost.seconds / base.seconds:.1f}"
        lines.append(f"| {name} | {by_clock} | {cost.cpu:.3f} | {cost.cpu / base.cpu:.1f} |")
    return "\n".join(lines)


def measure(runs: dict[str, Callable[[], list[Cost]]], rounds: int) -> dict[str, list[Cost]]:
    """All of them in turn, several times over, so that what else the machine does strikes each alike."""
    found: dict[str, list[Cost]] = {name: [] for name in runs}
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
        folder, pages = Path(scratch), asked.pages
        runs: dict[str, Callable[[], list[Cost]]] = {
            "our reader": lambda: our_reader(pages),
            "python-sane `scan()`": lambda: python_sane(python, pages),
            "scanimage, PNM": lambda: batch(partial(scanimage, folder, "pnm"), pages),
            "scanimage, PNG": lambda: batch(partial(scanimage, folder, "png"), pages),
            "our capture (PNG, hash, fsync)": lambda: batch(partial(capture, folder), pages),
        }
        print(table(measure(runs, ROUNDS)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
