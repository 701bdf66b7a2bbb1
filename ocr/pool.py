"""Warm worker processes for pages: one page at a time each, one thread each; here, or on a cluster.

Every worker here is an executor with a single process. So a worker that dies takes one page with it, and that page is
known; the others are not disturbed. A cluster (ocr.cluster) does the same function for the same jobs.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import queue
import signal
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2

from ocr.engines.choice import check_engines
from ocr.engines.models import ORIENTATION, locate
from ocr.errors import OcrError, PageFailed, PageWorkerDied
from ocr.pipeline import PageJob, PageResult, page_tools, process_page

WORKER_BYTES = 800_000_000
# A dense A3 page takes about 10 s of a slow core; one that takes this long hangs. Time of the clock says little on a
# machine that does other things too, but what waits for ever must end as well.
PAGE_CPU_SECONDS = 180
PAGE_SECONDS = 1800
IN_FLIGHT = 2  # pages handed over per worker: one at work, one waiting
ATTEMPTS = 2
NICE = 5  # pages are read while others are scanned

log = logging.getLogger(__name__)


def open_pool(workers: int | None = None, scheduler: str | None = None) -> Pool:
    """Start `workers` processes and let them load the models; or reach the cluster at `scheduler` (dask://host:port).

    Raises `ModelMissing`, `ModelAltered` before anything is started here; `ClusterMissing`, `ClusterUnsafe` or
    `ClusterUnreachable` for a cluster. The pool is a context manager; leaving it lets the pages at work finish and
    drops those that wait.
    """
    if scheduler is not None:
        from ocr.cluster import open_cluster  # its packages are the extra `cluster`; a station alone goes without

        return open_cluster(scheduler)
    check_engines()
    locate(ORIENTATION)
    return LocalPool(workers or default_workers(), new_worker)


def default_workers() -> int:
    """One a core this process may use, as far as the free memory reaches; at least one."""
    return max(1, min(len(os.sched_getaffinity(0)), available_memory() // WORKER_BYTES))


def available_memory(meminfo: Path = Path("/proc/meminfo")) -> int:
    """Bytes that can be had without swapping (proc(5), MemAvailable)."""
    fields = dict(line.split(":", 1) for line in meminfo.read_text(encoding="ascii").splitlines())
    return int(fields["MemAvailable"].split()[0]) * 1024


def new_worker() -> Executor:
    """An executor with one process of its own that loads the models at once."""
    executor = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_start_worker)
    executor.submit(_warm_up)
    return executor


class Pool(ABC):
    """Works on pages side by side; `submit` and `run` may be called from several threads."""

    @property
    @abstractmethod
    def workers(self) -> int:
        """How many pages are at work at once."""

    @abstractmethod
    def submit(self, job: PageJob) -> Future[PageResult | OcrError]:
        """Do one page as soon as a worker is free. A page that cannot be done answers with the reason."""

    @abstractmethod
    def close(self) -> None:
        """Let the pages at work finish, drop the waiting ones."""

    def run(self, jobs: Iterable[PageJob]) -> Iterator[tuple[PageJob, PageResult | OcrError]]:
        """Each page with its result or its error, as they become ready.

        At most twice as many pages as workers are taken from `jobs` before their results are fetched.
        """
        at_work: dict[Future[PageResult | OcrError], PageJob] = {}
        try:
            for job in jobs:
                at_work[self.submit(job)] = job
                while len(at_work) >= IN_FLIGHT * self.workers:
                    yield from _finished(at_work)
            while at_work:
                yield from _finished(at_work)
        finally:
            for future in at_work:
                future.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class LocalPool(Pool):
    """Processes on this machine, one page each."""

    def __init__(self, workers: int, new_worker: Callable[[], Executor]) -> None:
        self._workers = workers
        self._new_worker = new_worker
        self._idle: queue.SimpleQueue[Executor] = queue.SimpleQueue()
        for _ in range(workers):
            self._idle.put(new_worker())
        self._hands = ThreadPoolExecutor(workers, "page")  # one waits for each worker

    @property
    def workers(self) -> int:
        return self._workers

    def submit(self, job: PageJob) -> Future[PageResult | OcrError]:
        """Hand over one page; the future never holds an exception of the page, only its `OcrError` as a result."""
        return self._hands.submit(self._work, job)

    def close(self) -> None:
        self._hands.shutdown(cancel_futures=True)
        for _ in range(self.workers):
            self._idle.get().shutdown()

    def _work(self, job: PageJob) -> PageResult | OcrError:
        worker = self._idle.get()
        try:
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    answer = worker.submit(do_page, job)
                    fault = answer.exception()
                except BrokenProcessPool as broken:  # it died between two pages
                    fault = broken
                if not isinstance(fault, BrokenProcessPool):
                    return answer.result() if fault is None else as_page_error(job, fault)
                log.warning("page worker died on %s (attempt %d)", job.original, attempt)
                worker.shutdown()
                worker = self._new_worker()
            return PageWorkerDied(file=job.original.name)
        finally:
            self._idle.put(worker)


def _finished(
    at_work: dict[Future[PageResult | OcrError], PageJob],
) -> Iterator[tuple[PageJob, PageResult | OcrError]]:
    done, _ = wait(at_work, return_when=FIRST_COMPLETED)
    for future in done:
        yield at_work.pop(future), future.result()


def as_page_error(job: PageJob, fault: BaseException) -> OcrError:
    """A fault nobody foresaw is one page's fault: named, logged with its trace, and the other pages go on."""
    if isinstance(fault, OcrError):
        return fault
    log.error("page %s failed", job.original, exc_info=fault)
    return PageFailed(file=job.original.name, detail=f"{type(fault).__name__}: {fault}")


def _start_worker() -> None:
    """In the worker: let scanner and desk go first, leave the keyboard to the station, die with the station."""
    os.nice(NICE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, name="parent-watch", daemon=True).start()


def _die_with_parent() -> None:
    """A killed station closes its end of this pipe. PR_SET_PDEATHSIG fires when the starting thread ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _warm_up() -> None:
    page_tools()


def do_page(job: PageJob) -> PageResult:
    """In a worker process with nothing else to do: one page, on one thread, in bounded time. Raises `OcrError`."""
    cv2.setNumThreads(1)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # of Tesseract
    signal.setitimer(signal.ITIMER_PROF, PAGE_CPU_SECONDS)  # the default action ends the process, wherever it hangs
    signal.alarm(PAGE_SECONDS)
    try:
        return process_page(job)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.alarm(0)
