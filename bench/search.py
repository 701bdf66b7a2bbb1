"""Full-text search over many pages: how long the first 50 hits take, whether any is missed, how large the index is.

    python bench/search.py [--pages 100000] [--questions 200] [--while-scanning]

With `--while-scanning` the questions are asked once more while another process scans piles into the same library and
stores a reading of each page.

Pages are of 365 characters, drawn from the wording of the shipped standard with names of two and three planted. The
truth is a plain substring search over the same texts, both without white space.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from app.store.home import Home
from app.store.search import Wanted, squeezed
from app.store.store import Store, SystemClock, Who

CHARACTERS = 365
NAMES = ("张三", "欧阳娜娜", "李四", "王五", "赵六顺")
WORDING = Path(__file__).parent.parent / "packaging/dossier/profile/data/CN-GENERIC"


def texts(count: int, seed: int) -> Iterator[str]:
    stream = random.Random(seed)
    wording = "".join(
        char
        for file in sorted(WORDING.rglob("*.*"))
        for char in file.read_text("utf-8")
        if "\u4e00" <= char <= "\u9fff"
    )
    for _ in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < CHARACTERS:
            at = stream.randrange(len(wording) - 6)
            parts.append(wording[at : at + stream.randint(1, 6)])
            parts.append(stream.choice(("", "", "", "，", "。\n", f"{stream.randint(1, 31)}日")))
            if stream.random() < 0.001:
                parts.append(stream.choice(NAMES))
        yield "".join(parts)[:CHARACTERS]


def fill(store: Store, pages: list[str]) -> None:
    db = store._db
    with store.transaction():
        db.execute(
            "INSERT INTO cases (id, case_no, name, charge, unit_code, unit_name, security, tags, profile_id,"
            " profile_version, profile_sha256, opened_at) VALUES (1, 'A1', '', '', '', '', '', '[]', '', '', '', '')"
        )
        db.execute(
            "INSERT INTO batches (id, case_id, number, kind, device, settings, state, opened_at)"
            " VALUES (1, 1, 1, 'scan', '', '{}', 'complete', '')"
        )
        for number, text in enumerate(pages, start=1):
            db.execute(
                "INSERT INTO pages (id, case_id, number, batch_id, sequence, sheet, side, file, sha256, bytes, origin,"
                " captured_at, capture, place) VALUES (?1, 1, ?1, 1, ?1, ?1, 'front', ?1, '', 0, 'file', '', '{}', ?1)",
                (number,),
            )
            db.execute("INSERT INTO results VALUES (?, '{}', ?, 0, '', '', '')", (number, text))
            store.search.put(number, text, None)


def questions(pages: list[str], count: int, seed: int) -> Iterator[str]:
    """Runs of 1 to 6 characters that stand somewhere, and the names."""
    stream = random.Random(seed)
    yield from NAMES
    for index in range(count - len(NAMES)):
        run, length = squeezed(stream.choice(pages)), 1 + index % 6
        at = stream.randrange(len(run) - length)
        yield run[at : at + length]


def index_bytes(store: Store) -> int:
    rows = store._db.execute("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'page_index%'")
    return int(rows.fetchone()[0])


SCANNER = """
import sys
from pathlib import Path
from PIL import Image
from app.station.cases import NewCase, open_case
from app.station.scanning import Pile, scan
from app.station.station import Who, open_station
from app.store.pages import FoundOnPage
from drivers.scanners.types import ScanSettings
home, case, text = Path(sys.argv[1]), "A9901260000002026030001", sys.argv[2]
sheets = tuple(home.parent / f"{number}.png" for number in range(20))
for number, sheet in enumerate(sheets):
    Image.new("L", (2480, 3508), 255 - number).save(sheet, dpi=(300, 300))
with open_station(home, who=Who("bench", "bench")) as station:
    open_case(station, NewCase(case, "张某盗窃案", "盗窃"))
    def read(page):
        with station.store.change("page.processed", case):
            station.store.pages.set_result(page.id, FoundOnPage("{}", text, False, "", "", ""))
        print(page.number, flush=True)
    pile = Pile("pnm:0", ScanSettings(feed=sheets, width_mm=210, height_mm=297))
    while True:
        scan(station, case, pile, new_pile=True, on_page=read)
"""


@contextmanager
def scanning(home: Path, text: str) -> Iterator[Callable[[], int]]:
    """Scan in another process; gives how many pages it has taken and stored a reading of."""
    scanner = subprocess.Popen([sys.executable, "-c", SCANNER, str(home), text], stdout=subprocess.PIPE, text=True)
    said = cast("IO[str]", scanner.stdout)
    taken = [said.readline()]  # it is at it
    threading.Thread(target=lambda: taken.extend(iter(said.readline, "")), daemon=True).start()
    try:
        yield lambda: len(taken)
    finally:
        scanner.kill()
        scanner.wait()


def elapsed(store: Store, asked: list[str]) -> list[float]:
    """Milliseconds by the clock that each question takes, sorted."""
    times = []
    for question in asked:
        began = time.perf_counter()
        store.search.find(Wanted(question), 50)
        times.append((time.perf_counter() - began) * 1000)
    return sorted(times)


def beside_scanning(store: Store, pages: list[str], asked: list[str]) -> None:
    alone = elapsed(store, asked)
    with scanning(store.home.path, pages[0]) as taken:
        before = taken()
        beside: list[float] = []
        while taken() < before + 20:
            beside += elapsed(store, asked)
        arrived = taken() - before
    beside.sort()
    for name, times in (("alone", alone), ("while scanning", beside)):
        middle, most, worst = times[len(times) // 2], times[int(len(times) * 0.95)], times[-1]
        print(
            f"{name}: median {middle:.1f} ms, p95 {most:.1f} ms, worst {worst:.1f} ms by the clock, {len(times)} asked"
        )
    print(f"{arrived} pages were scanned and indexed meanwhile")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=100_000)
    options.add_argument("--questions", type=int, default=200)
    options.add_argument("--while-scanning", action="store_true")
    asked = options.parse_args()
    pages = list(texts(asked.pages, seed=7))
    with (
        tempfile.TemporaryDirectory() as folder,
        Store(Home(Path(folder) / "home"), SystemClock(), Who("bench", "bench")) as store,
    ):
        began = time.process_time()
        fill(store, pages)
        print(f"{asked.pages} pages in {time.process_time() - began:.0f} s of CPU")
        print(f"index {index_bytes(store) / sum(len(page.encode()) for page in pages):.2f} of the text")
        runs = [squeezed(page) for page in pages]
        took: dict[int, list[float]] = {length: [] for length in range(1, 7)}
        missed = wrong = 0
        for question in questions(pages, asked.questions, seed=11):
            truth = {number for number, run in enumerate(runs, start=1) if question in run}
            began = time.process_time()
            first = store.search.find(Wanted(question), 50)
            took[len(question)].append((time.process_time() - began) * 1000)
            found = {page for page in store.search._candidates(question) if question in runs[page - 1]}
            missed += len(truth - found)
            wrong += len(found - truth) + (len(first) != min(50, len(truth)))
        for length, times in took.items():
            times.sort()
            middle, most = times[len(times) // 2], times[int(len(times) * 0.95)]
            print(f"{length} characters: median {middle:.1f} ms, p95 {most:.1f} ms of CPU")
        print(f"missed {missed}, wrong {wrong} over {asked.questions} questions")
        if asked.while_scanning:
            beside_scanning(store, pages, list(questions(pages, asked.questions, seed=11)))


if __name__ == "__main__":
    main()
