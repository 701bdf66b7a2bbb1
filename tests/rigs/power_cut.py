"""Cuts the power of a station that scans: its disk is an ext4 image in a loop device; at the cut the image is copied as
it stands, without what the kernel still held back.

Needs a right to mount. As a program: `python tests/rigs/power_cut.py [--cuts 50] [--pages 100] [--without-sync]`.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

from app.station.fsck import Trouble, fsck
from app.station.station import Who, open_station
from app.store.errors import StoreError

IMAGE_BYTES = 6 * 1024**3  # sparse; the station keeps 2 GB free
SHEETS = 20  # of a pile
CASE = "A9901260000002026030001"
WITHOUT_SYNC = ["eatmydata"]  # fsync and its kin do nothing in what it starts
STATION = """
import sys
from pathlib import Path
from app.station.cases import NewCase, open_case
from app.station.scanning import Pile, scan
from app.station.station import Who, open_station
from dossier.model import Person
from drivers.scanners.types import ScanSettings
home, sheets, case = Path(sys.argv[1]), tuple(sorted(Path(sys.argv[2]).iterdir())), sys.argv[3]
with open_station(home, who=Who("李文", "望陵所")) as station:
    open_case(station, NewCase(case, "张某盗窃案", "盗窃", persons=(Person(1, "张某", "嫌疑人"),)))
    print("open", flush=True)
    pile = Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297))
    while True:
        scan(station, case, pile, new_pile=True, on_page=lambda page: print(page.number, page.sha256, flush=True))
"""


@dataclass
class Cut:
    """What one cut left. `shown`: pages a clerk had seen; `torn`: of those, files that are not as they were."""

    shown: int = 0
    missing: int = 0
    torn: int = 0
    unsound: str = ""

    @property
    def harmless(self) -> bool:
        return not (self.missing or self.torn or self.unsound)


def may_mount() -> bool:
    """Whether this machine lets us mount an image."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "disk"
        _make_disk(image, 16 * 1024**2)
        try:
            with _mounted(image, Path(folder)):
                return True
        except subprocess.CalledProcessError:
            return False


def cut_power(folder: Path, seed: int, pages: int, *, sync: bool = True) -> Cut:
    """Let a station scan into a fresh disk, cut the power after about `pages` pages, and look at what is left."""
    disk, after = folder / "disk", folder / "after"
    _make_disk(disk, IMAGE_BYTES)
    sheets = folder / "sheets"
    sheets.mkdir()
    for number in range(SHEETS):
        page = Image.new("L", (200, 280), "white")
        ImageDraw.Draw(page).text((20, 20), f"{seed} {number}", fill=0)
        page.save(sheets / f"{number:03d}.png", dpi=(24, 24))
    with _mounted(disk, folder) as place:
        shown = _run_until_cut(
            place, sheets, disk, after, random.Random(seed).randint(pages // 2, 3 * pages // 2), sync
        )
    disk.unlink()
    with _mounted(after, folder) as place:
        return _look(place / "home", shown)


def _make_disk(image: Path, size: int) -> None:
    with image.open("wb") as out:
        out.truncate(size)
    subprocess.run(["mkfs.ext4", "-q", "-E", "lazy_itable_init=0", str(image)], check=True, capture_output=True)


@contextmanager
def _mounted(image: Path, folder: Path) -> Iterator[Path]:
    place = folder / f"{image.name}.mounted"
    place.mkdir()
    subprocess.run(["mount", "-o", "loop", str(image), str(place)], check=True, capture_output=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True, capture_output=True)


def _run_until_cut(place: Path, sheets: Path, disk: Path, after: Path, pages: int, sync: bool) -> dict[int, str]:
    """The pages shown, by number, with their SHA-256."""
    command = [sys.executable, "-c", STATION, str(place / "home"), str(sheets), CASE]
    station = subprocess.Popen(
        command if sync else [*WITHOUT_SYNC, *command], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert station.stdout is not None
    shown: dict[int, str] = {}
    try:
        for line in station.stdout:
            if line != "open\n":
                number, sha256 = line.split()
                shown[int(number)] = sha256
            if len(shown) >= pages:
                break
        assert len(shown) >= pages, "the station ended by itself"
        # Its scanner's worker is in the same session, so that both stop at one moment.
        os.killpg(station.pid, signal.SIGSTOP)
        subprocess.run(["cp", "--sparse=always", str(disk), str(after)], check=True)
    finally:
        os.killpg(station.pid, signal.SIGKILL)
        station.wait()
        station.stdout.close()
    return shown


def _look(home: Path, shown: dict[int, str]) -> Cut:
    cut = Cut(shown=len(shown))
    try:
        with open_station(home, who=Who("李文", "望陵所")) as station:
            record = station.store.cases.get(CASE)
            known = {page.number: page for page in station.store.pages.all_of_case(record.id)}
            cut.missing = sum(number not in known or known[number].sha256 != sha256 for number, sha256 in shown.items())
            problems = fsck(station).problems
    except StoreError as error:
        cut.missing, cut.unsound = len(shown), str(error)
        return cut
    files = [problem for problem in problems if problem.trouble in (Trouble.MISSING, Trouble.ALTERED)]
    cut.torn = len(files)
    # An original without a row is a page that nobody had seen; the next scan takes it in.
    cut.unsound = "; ".join(
        problem.where for problem in problems if problem.trouble in (Trouble.LIBRARY, Trouble.TRAIL)
    )
    return cut


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--cuts", type=int, default=50)
    options.add_argument("--first", type=int, default=0, help="number of the first cut: its pages and moment follow")
    options.add_argument("--pages", type=int, default=100, help="shown before a cut, on the average")
    options.add_argument("--without-sync", action="store_true", help="with fsync stubbed out: the rig must find losses")
    asked = options.parse_args()
    cuts: list[Cut] = []
    for seed in range(asked.first, asked.first + asked.cuts):
        folder = Path(tempfile.mkdtemp(prefix="power-cut-"))
        try:
            cuts.append(cut_power(folder, seed, asked.pages, sync=not asked.without_sync))
        finally:
            shutil.rmtree(folder)
        print(seed, cuts[-1], flush=True)
    print(
        f"{len(cuts)} cuts, {sum(cut.shown for cut in cuts)} pages shown: {sum(cut.missing for cut in cuts)} missing,"
        f" {sum(cut.torn for cut in cuts)} torn, {sum(bool(cut.unsound) for cut in cuts)} libraries unsound"
    )
    sys.exit(0 if all(cut.harmless for cut in cuts) else 1)


if __name__ == "__main__":
    main()
