"""The hot folder of a case: every file's pages once, whoever writes and whatever falls."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.station.errors import PdfBroken
from app.station.filing import unfinished_batches
from app.station.station import Station, exclusive
from app.station.watching import FileTold, Outcome, watch
from app.store.records import Page
from drivers.errors import HotFolderGone, SpoolInUse
from tests.packaging.dossier.ofd.foreign import ofd_parts, text_object, write_ofd

ROOT = Path(__file__).parents[3]


def picture(seed: int, kind: str = "JPEG", pages: int = 1) -> bytes:
    dice = np.random.default_rng(seed)
    first, *rest = [Image.fromarray(dice.integers(0, 256, (40, 30), dtype=np.uint8)) for _ in range(pages)]
    out = io.BytesIO()
    first.save(out, kind, **({"save_all": True, "append_images": rest} if rest else {}))
    return out.getvalue()


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "热文件夹"
    folder.mkdir()
    return folder


def sources(station: Station, case: str) -> Counter[str]:
    """How many pages of each file the case has, by the file's name."""
    pages = station.store.pages
    record = station.store.cases.get(case)
    texts = [text for batch in pages.batches(record.id) for text in pages.captures(batch.id)]
    return Counter(json.loads(text)["source_name"] for text in texts)


def run(station: Station, case: str, inbox: Path, **more: object) -> list[FileTold]:
    told: list[FileTold] = []
    more = {"idle_s": 0.2, "poll_s": 0.01, "patience_s": 0.3, **more}
    watch(station, case, inbox, on_file=told.append, **more)  # type: ignore[arg-type]
    return told


def test_files_come_in_under_their_own_names_and_in_order(station: Station, case: str, inbox: Path) -> None:
    for number, (name, kind, pages) in enumerate([("2.jpg", "JPEG", 1), ("10.tif", "TIFF", 3), ("11.pdf", "PDF", 2)]):
        (inbox / name).write_bytes(picture(number, kind, pages))
        os.utime(inbox / name, ns=(0, 1))
    seen: list[Page] = []
    os.utime(write_ofd(inbox / "12.ofd", ofd_parts(text_object("到案经过"))), ns=(0, 1))
    told = run(station, case, inbox, on_page=seen.append)
    names = ("2.jpg", "10.tif", "11.pdf", "12.ofd")
    assert [(file.name, file.outcome) for file in told] == [(name, Outcome.TAKEN) for name in names]
    assert sources(station, case) == {"2.jpg": 1, "10.tif": 3, "11.pdf": 2, "12.ofd": 1}
    assert [page.number for page in seen] == list(range(1, 8))
    assert {page.origin for page in seen} == {"file"}
    assert list(inbox.iterdir()) == []


def test_what_cannot_be_used_is_put_aside_with_a_reason(station: Station, case: str, inbox: Path) -> None:
    (inbox / "cut.jpg").write_bytes(picture(1)[:-100])
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n")
    (inbox / "good.jpg").write_bytes(picture(2))
    (inbox / "again.jpg").write_bytes(picture(2))
    told = {file.name: file for file in run(station, case, inbox)}
    assert told["cut.jpg"].reason == "incomplete"
    assert isinstance(told["broken.pdf"].error, PdfBroken)
    outcomes = Counter(file.outcome for file in told.values())
    assert outcomes == {Outcome.QUARANTINED: 2, Outcome.TAKEN: 1, Outcome.DUPLICATE: 1}
    names = sorted(path.name.split("-")[-1] for path in (inbox / "quarantine").iterdir())
    assert names == ["broken.pdf", "broken.pdf.reason.json", "cut.jpg", "cut.jpg.reason.json"]
    assert run(station, case, inbox) == []


def test_files_wait_in_the_spool_while_somebody_else_works_on_the_case(
    station: Station, case: str, inbox: Path
) -> None:
    (inbox / "1.jpg").write_bytes(picture(1))
    naps = 0
    with exclusive(station, case):

        def nap(_: float) -> None:
            nonlocal naps
            naps += 1

        waits: list[Exception] = []
        assert run(station, case, inbox, cancelled=lambda: naps > 20, sleep=nap, on_wait=waits.append) == []
        assert len(waits) == 1
        assert list(inbox.iterdir()) == []
    assert [file.name for file in run(station, case, inbox)] == ["1.jpg"]


def test_one_case_is_watched_once_and_a_missing_folder_is_told(
    station: Station, case: str, inbox: Path, tmp_path: Path
) -> None:
    with pytest.raises(HotFolderGone):
        run(station, case, tmp_path / "gone")
    again: list[type[Exception]] = []

    def second() -> bool:
        with pytest.raises(SpoolInUse) as caught:
            run(station, case, inbox)
        again.append(caught.type)
        return True

    run(station, case, inbox, cancelled=second)
    assert again == [SpoolInUse]


def test_an_import_that_fell_at_its_very_end_is_closed(station: Station, case: str, inbox: Path) -> None:
    (inbox / "1.jpg").write_bytes(picture(1))
    run(station, case, inbox)
    record = station.store.cases.get(case)
    (batch,) = station.store.pages.batches(record.id)
    with station.store.change("test", case):
        station.store.pages.set_batch_state(batch.id, "open", None, None)
    run(station, case, inbox)
    assert station.store.pages.batches(record.id)[-1].state == "complete"
    assert sources(station, case) == {"1.jpg": 1}


def test_killed_again_and_again_each_file_is_in_the_case_once(station: Station, case: str, inbox: Path) -> None:
    files = [f"{number}.jpg" for number in range(1, 61)]
    for number, name in enumerate(files):
        (inbox / name).write_bytes(picture(number))
        os.utime(inbox / name, ns=(0, 1))
    command = [sys.executable, "-m", "app", "--home", str(station.home.path), "--json", "watch", case, str(inbox)]
    for wanted in (1, 15, 35):  # between two imports, in the middle of one, wherever it then is
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT) as running:
            end = time.monotonic() + 300
            while len(sources(station, case)) < wanted and time.monotonic() < end:
                time.sleep(0.002)
            running.kill()
    done = subprocess.run([*command, "--idle", "1"], stdout=subprocess.PIPE, cwd=ROOT, timeout=500, check=True)
    assert json.loads(done.stdout.splitlines()[-1])["quarantined"] == 0
    assert sources(station, case) == dict.fromkeys(files, 1)
    assert list(inbox.iterdir()) == []
    record = station.store.cases.get(case)
    assert unfinished_batches(station, record, station.store.pages.of_case(record.id)) == []
    assert station.store.audit.verify().ok
