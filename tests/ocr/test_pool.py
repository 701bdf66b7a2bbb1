"""The pool with its real workers: they load the real models, and are killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr.errors import PageWorkerDied, PictureUnknown
from ocr.pipeline import PageJob, PageResult, process_page
from ocr.pool import IN_FLIGHT, Pool, available_memory, default_workers, open_pool
from ocr.reading.types import Lexicon

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
TEXT = ("讯 问 笔 录", "犯罪嫌疑人张三，男，现住东城区。", "问：你把事情经过如实讲一遍。", "答：我喝了约三两白酒。")
PATIENCE_S = 60


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> PageJob:
    """A small page, upside down."""
    folder = tmp_path_factory.mktemp("page")
    page = Image.new("RGB", (1000, 700), (250, 248, 244))
    for row, line in enumerate(TEXT):
        ImageDraw.Draw(page).text(
            (80, 80 + 110 * row), line, font=ImageFont.truetype(SERIF, 48, index=2), fill=(30, 30, 30)
        )
    page.rotate(180).save(folder / "page.png", dpi=(200, 200))
    return PageJob(folder / "page.png", folder, "page", None, None, Lexicon(kinds=()))


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with open_pool(2) as pool:
        yield pool


@pytest.fixture
def stuck(tmp_path: Path, job: PageJob) -> PageJob:
    """A page whose file gives no byte: its worker waits for ever."""
    os.mkfifo(tmp_path / "stuck.png")
    return replace(job, original=tmp_path / "stuck.png", stem="stuck")


def read_text(result: object) -> str:
    assert isinstance(result, PageResult), result
    return "".join(line.text for line in result.text.lines)


def kill_workers() -> None:
    for child in multiprocessing.active_children():
        os.kill(child.pid or 0, signal.SIGKILL)


def test_a_worker_gives_what_the_same_call_gives_here(pool: Pool, job: PageJob) -> None:
    here = process_page(replace(job, stem="here"))
    there = pool.submit(job).result(PATIENCE_S)
    assert isinstance(there, PageResult)
    assert "我喝了约三两白酒" in read_text(there)
    assert replace(here, evidence=there.evidence, thumbnail=there.thumbnail, seconds=there.seconds) == there
    assert here.evidence.read_bytes() == there.evidence.read_bytes()


def test_a_bad_page_is_answered_and_the_others_go_on(pool: Pool, job: PageJob, tmp_path: Path) -> None:
    bad = replace(job, original=tmp_path / "bad.png", stem="bad")
    bad.original.write_bytes(b"no picture")
    answers = {
        done.stem: answer for done, answer in pool.run([replace(job, stem="one"), bad, replace(job, stem="two")])
    }
    assert answers.keys() == {"one", "bad", "two"}
    assert isinstance(answers.pop("bad"), PictureUnknown)
    assert all("白酒" in read_text(answer) for answer in answers.values())


def test_a_killed_worker_is_replaced_and_its_page_done_once_more(pool: Pool, job: PageJob) -> None:
    future = pool.submit(job)
    kill_workers()
    assert "白酒" in read_text(future.result(PATIENCE_S))


def test_a_page_that_loses_two_workers_is_reported_and_the_others_go_on(
    pool: Pool, job: PageJob, stuck: PageJob
) -> None:
    answers = pool.run([stuck, *(replace(job, stem=f"other{i}") for i in range(3))])
    assert all("白酒" in read_text(next(answers)[1]) for _ in range(3))
    stop = threading.Event()
    killer = threading.Thread(target=lambda: [kill_workers() for _ in iter(lambda: stop.wait(0.2), True)])
    killer.start()
    try:
        assert isinstance(next(answers)[1], PageWorkerDied)
    finally:
        stop.set()
        killer.join()
    assert "白酒" in read_text(pool.submit(job).result(PATIENCE_S))


def test_pages_are_taken_only_as_fast_as_they_are_fetched(pool: Pool, job: PageJob) -> None:
    taken = 0

    def jobs() -> Iterator[PageJob]:
        nonlocal taken
        for number in range(20):
            taken += 1
            yield replace(job, stem=f"many{number}")

    answers = pool.run(jobs())
    next(answers)
    assert taken <= IN_FLIGHT * pool.workers
    answers.close()


def test_no_worker_outlives_a_killed_station(tmp_path: Path) -> None:
    script = tmp_path / "station.py"
    script.write_text(
        "import multiprocessing, time\n"
        "from ocr.pool import open_pool\n"
        "if __name__ == '__main__':\n"
        "    pool = open_pool(2)\n"
        "    print(*(child.pid for child in multiprocessing.active_children()), flush=True)\n"
        "    time.sleep(60)\n",
        encoding="utf-8",
    )
    station = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert station.stdout is not None
    workers = [int(pid) for pid in station.stdout.readline().split()]
    assert len(workers) == 2
    station.kill()
    station.wait()
    station.stdout.close()
    deadline = time.monotonic() + PATIENCE_S
    while any(Path(f"/proc/{pid}").exists() for pid in workers):
        assert time.monotonic() < deadline, "workers are still there"
        time.sleep(0.1)


def test_workers_follow_cores_and_memory(tmp_path: Path) -> None:
    assert 1 <= default_workers() <= len(os.sched_getaffinity(0))
    meminfo = tmp_path / "meminfo"
    meminfo.write_text("MemTotal: 16000000 kB\nMemAvailable:    1000 kB\n", encoding="ascii")
    assert available_memory(meminfo) == 1_024_000
