"""One correction of the filing in a large case: CPU time until the case is filed anew.

    juanzong demo --home DEMO
    python bench/correcting.py DEMO/demo [--times 25]

The pages of the finished demo's case are laid into a copy of its library again and again, with what was read on them.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from app.station.correcting import tell
from app.station.filing import file_pages, load_documents
from app.station.station import Station, Who, open_station
from app.store.records import CaseRecord
from dossier.corrections import Facts

_PAGE = (
    "INSERT INTO pages (case_id, number, batch_id, sequence, sheet, side, file, sha256, bytes, dpi, origin,"
    " captured_at, capture, place, fed_sheet, fed_side) SELECT case_id, ?1, batch_id, ?1, ?1, side, file || ?1,"
    " sha256 || ?1, bytes, dpi, origin, captured_at, capture, ?1, fed_sheet, fed_side FROM pages WHERE id = ?2"
)
_RESULT = (
    "INSERT INTO results SELECT last_insert_rowid(), result, text, blank, evidence, thumbnail, processed_at"
    " FROM results WHERE page_id = ?"
)


def multiply(station: Station, record: CaseRecord, times: int) -> None:
    """Lay the pages of the case in `times` times, and take its package away, so that it can be corrected."""
    pages = station.store.pages.all_of_case(record.id)
    with station.store.transaction():
        station.store._db.execute("DELETE FROM outbox")
        station.store._db.execute("DELETE FROM packages")
        for number in range(len(pages), times * len(pages)):
            page = pages[number % len(pages)]
            station.store._db.execute(_PAGE, (number + 1, page.id))
            station.store._db.execute(_RESULT, (page.id,))
    file_pages(station, record)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("home", type=Path)
    options.add_argument("--times", type=int, default=25)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(shutil.copytree(asked.home, Path(folder) / "home", ignore=shutil.ignore_patterns("*.png", "*.jpg")))
        with open_station(home, who=Who("bench", "bench")) as station:
            (record,) = station.store.cases.all()
            multiply(station, record, asked.times)
            pages, documents = len(station.store.pages.of_case(record.id)), station.store.cases.documents(record.id)
            print(f"{pages} pages, {len(documents)} documents")
            for number in (1, 2, 3):
                began = time.process_time()
                tell(station, record.case.case_no, 5, Facts(title=f"题名{number}"), "bench")
                print(f"a correction: {time.process_time() - began:.2f} s of CPU")
            began = time.process_time()
            load_documents(station, record)
            print(f"the whole case with its text: {time.process_time() - began:.2f} s of CPU")


if __name__ == "__main__":
    main()
