"""Pages on a real Dask cluster of two workers on this machine, over mutual TLS."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import dask
import pytest
from distributed import LocalCluster
from distributed.security import Security
from PIL import Image, ImageDraw, ImageFont

from ocr.cluster import ClusterPool, open_cluster
from ocr.errors import ClusterUnreachable, ClusterUnsafe, PageWorkerDied, PictureUnknown
from ocr.pipeline import PageJob, PageResult, process_page
from ocr.pool import Pool, open_pool
from ocr.reading.types import Lexicon

SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
TEXT = ("问：你把事情经过如实讲一遍。", "答：我喝了约三两白酒。")
PATIENCE_S = 120


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    """The Dask configuration of a centre: certificates for all, and a page that loses two workers is given up."""
    tls = Security.temporary()
    return {
        "distributed.comm.tls.ca-file": tls.tls_ca_file,
        "distributed.comm.tls.client.cert": tls.tls_client_cert,
        "distributed.comm.tls.client.key": tls.tls_client_key,
        "distributed.comm.tls.scheduler.cert": tls.tls_scheduler_cert,
        "distributed.comm.tls.scheduler.key": tls.tls_scheduler_key,
        "distributed.comm.tls.worker.cert": tls.tls_worker_cert,
        "distributed.comm.tls.worker.key": tls.tls_worker_key,
        "distributed.scheduler.allowed-failures": 1,
    }


@pytest.fixture(scope="module")
def pool(settings: dict[str, object]) -> Iterator[ClusterPool]:
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            protocol="tls",
            security=Security(require_encryption=True),
            dashboard_address=None,
        ) as cluster,
    ):
        port = cluster.scheduler_address.rpartition(":")[2]
        with open_pool(scheduler=f"dask://127.0.0.1:{port}") as pool:
            assert isinstance(pool, ClusterPool)
            yield pool


@pytest.fixture
def no_certificates(settings: dict[str, object]) -> Iterator[None]:
    with dask.config.set(dict.fromkeys(settings)):
        yield


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> PageJob:
    folder = tmp_path_factory.mktemp("page")
    page = Image.new("RGB", (1000, 500), (250, 248, 244))
    for row, line in enumerate(TEXT):
        font = ImageFont.truetype(SERIF, 48, index=2)
        ImageDraw.Draw(page).text((80, 80 + 110 * row), line, font=font, fill=(30, 30, 30))
    page.save(folder / "page.png", dpi=(200, 200))
    return PageJob(folder / "page.png", folder, "page", None, None, Lexicon(kinds=()))


@pytest.fixture
def stuck(tmp_path: Path, job: PageJob) -> PageJob:
    """A page whose file gives no byte: its worker waits for ever."""
    os.mkfifo(tmp_path / "stuck.png")
    return replace(job, original=tmp_path / "stuck.png", stem="stuck")


def read_text(result: object) -> str:
    assert isinstance(result, PageResult), result
    return "".join(line.text for line in result.text.lines)


@contextmanager
def held_open(fifo: Path) -> Iterator[None]:
    """From when a worker has opened the FIFO: whoever reads it waits inside until the end."""
    writing = until(lambda: opened_for_writing(fifo), "no worker took the page")
    try:
        yield
    finally:
        os.close(writing)


def reader_of(fifo: Path) -> int:
    """The process id of the worker that reads the FIFO."""
    return until(lambda: reading_process(fifo), "no worker reads the page")


def kill(process: int) -> None:
    """Kill a process and wait until the system has taken all its files from it."""
    os.kill(process, signal.SIGKILL)
    until(lambda: None if any(Path(f"/proc/{process}").glob("fd/*")) else process, "the worker lives on")


def until(found: Callable[[], int | None], complaint: str) -> int:
    deadline = time.monotonic() + PATIENCE_S
    while (value := found()) is None:
        assert time.monotonic() < deadline, complaint
        time.sleep(0.05)
    return value


def opened_for_writing(fifo: Path) -> int | None:
    try:
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)  # refused while nobody reads
    except OSError:
        return None


def reading_process(fifo: Path) -> int | None:
    pids = {int(link.parts[2]) for link in Path("/proc").glob("[0-9]*/fd/*") if leads_to(link, fifo)} - {os.getpid()}
    return next(iter(pids), None)


def leads_to(link: Path, file: Path) -> bool:
    try:
        return link.readlink() == file
    except OSError:  # closed meanwhile
        return False


def test_a_page_done_there_is_the_page_done_here(pool: Pool, job: PageJob) -> None:
    here = process_page(replace(job, stem="here"))
    ((_, there),) = pool.run([job])
    assert isinstance(there, PageResult)
    assert "我喝了约三两白酒" in read_text(there)
    assert replace(here, evidence=there.evidence, thumbnail=there.thumbnail, seconds=there.seconds) == there


def test_a_bad_page_is_answered_and_the_others_go_on(pool: Pool, job: PageJob, tmp_path: Path) -> None:
    bad = replace(job, original=tmp_path / "bad.png", stem="bad")
    bad.original.write_bytes(b"no picture")
    answers = {done.stem: answer for done, answer in pool.run([bad, replace(job, stem="good")])}
    assert isinstance(answers["bad"], PictureUnknown)
    assert "白酒" in read_text(answers["good"])


def test_a_worker_killed_in_the_middle_of_a_page_is_replaced_and_the_page_done_once_more(
    pool: Pool, job: PageJob, stuck: PageJob, tmp_path: Path
) -> None:
    answer = pool.submit(stuck)
    with held_open(stuck.original):
        worker = reader_of(stuck.original)
        whole = tmp_path / "whole.png"
        whole.write_bytes(job.original.read_bytes())
        whole.replace(stuck.original)
        kill(worker)
    assert "白酒" in read_text(answer.result(PATIENCE_S))


def test_a_page_that_loses_two_workers_is_reported_and_the_others_go_on(
    pool: Pool, job: PageJob, stuck: PageJob
) -> None:
    answer = pool.submit(stuck)
    with held_open(stuck.original):
        for _ in range(2):
            kill(reader_of(stuck.original))
    fault = answer.result(PATIENCE_S)
    assert isinstance(fault, PageWorkerDied)
    assert "stuck.png" in str(fault)
    assert "白酒" in read_text(pool.submit(replace(job, stem="after")).result(PATIENCE_S))


@pytest.mark.usefixtures("no_certificates")
@pytest.mark.parametrize("scheduler", ["dask://10.0.0.1:8786", "dask://reading.invalid:8786"])
def test_without_certificates_nothing_is_sent_to_another_machine(scheduler: str) -> None:
    with pytest.raises(ClusterUnsafe, match=scheduler):
        open_cluster(scheduler)


@pytest.mark.usefixtures("no_certificates")
@pytest.mark.parametrize("scheduler", ["dask://127.0.0.1:1", "tcp://127.0.0.1:8786", "dask://127.0.0.1", "8786"])
def test_a_scheduler_that_does_not_answer_is_named(scheduler: str) -> None:
    with pytest.raises(ClusterUnreachable, match=scheduler):
        open_cluster(scheduler, seconds=1)


def test_a_station_without_the_cluster_programs_says_so(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['distributed'] = None\n"
        "from ocr.errors import ClusterMissing\n"
        "from ocr.pool import open_pool\n"
        "try: open_pool(scheduler='dask://127.0.0.1:8786')\n"
        "except ClusterMissing: sys.exit(7)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 7
