"""Pages are read while their pile still runs through the scanner (随扫随读)."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue

from app.station.errors import StationError
from app.station.pile import Pile
from app.station.processing import Done, PageReader, file_if_read
from app.station.reading_pool import open_reading_pool
from app.station.scanning import OnEvent, OnPage, Scanned, scan
from app.station.station import Station, open_station
from app.store.errors import StoreError
from app.store.records import Page
from ocr.errors import OcrError
from ocr.pipeline import PageResult

SMALLEST_PILE = 5  # pages; a smaller pile is in before the models are loaded

_Answer = Future[PageResult | OcrError]
OnRead = Callable[[Station, Done], None]

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ScannedAndRead:
    """`fault`: what kept pages from being read or filed meanwhile, if anything did. They are scanned all the same."""

    scanned: Scanned
    fault: BaseException | None


def scan_and_read(
    station: Station,
    case_no: str,
    pile: Pile,
    *,
    on_page: OnPage,
    on_read: OnRead,
    on_event: OnEvent,
    cancelled: Callable[[], bool],
) -> ScannedAndRead:
    """Scan one pile to the end of a case and read it as it comes; file the case if nothing is left to read then.

    `on_read` is called from another thread, with that thread's station. Raises what `scan` raises.
    """
    ahead, fault = _ReadingAhead(station, case_no, on_read), None

    def shown(page: Page) -> None:
        on_page(page)
        ahead.take(page)

    try:
        scanned = scan(station, case_no, pile, on_page=shown, on_event=on_event, cancelled=cancelled)
    finally:
        fault = ahead.end()
    if ahead.began and fault is None:
        try:
            file_if_read(station, case_no)
        except (StationError, StoreError) as error:
            fault = error
    return ScannedAndRead(scanned, fault)


class _ReadingAhead:
    """Reads what it is handed, in a thread with a station of its own, from the fifth page on.

    The pile's hand on the case keeps others from reading the same pages. What this one leaves is read afterwards.
    """

    def __init__(self, station: Station, case_no: str, on_read: OnRead) -> None:
        self._station, self._case_no, self._on_read = station, case_no, on_read
        self._thread = ThreadPoolExecutor(1, "reading-ahead")
        self._events: SimpleQueue[Page | _Answer | None] = SimpleQueue()
        self._handed = 0
        self._reading: Future[None] | None = None

    def take(self, page: Page) -> None:
        """The page is stored: read it when its turn comes."""
        self._handed += 1
        self._events.put(page)
        if self._handed == SMALLEST_PILE:
            self._reading = self._thread.submit(self._read)

    def end(self) -> BaseException | None:
        """Let the pages at work finish; the others stay to be read. Returns what stopped the reading, if anything."""
        self._events.put(None)
        self._thread.shutdown()
        fault = self._reading.exception() if self._reading is not None else None
        if fault is not None:
            log.warning("pages of %s were not read while they came", self._case_no, exc_info=fault)
        return fault

    @property
    def began(self) -> bool:
        return self._reading is not None

    def _read(self) -> None:
        home, clock, who = self._station.home.path, self._station.clock, self._station.who
        with open_station(home, clock=clock, who=who) as station, open_reading_pool(station.home) as pool:
            reader = PageReader(station, station.store.cases.get(self._case_no))
            waiting: deque[Page] = deque()
            at_work: dict[_Answer, Page] = {}
            done, over = 0, False
            while at_work or not over:
                event = self._events.get()
                if event is None:
                    over = True
                    waiting.clear()
                elif isinstance(event, Future):
                    page, done = at_work.pop(event), done + 1
                    self._on_read(station, Done(page, *reader.keep(page, event.result()), done, self._handed))
                else:
                    waiting.append(event)
                while waiting and len(at_work) < pool.workers:
                    answer = pool.submit(reader.job(waiting[0]))
                    at_work[answer] = waiting.popleft()
                    answer.add_done_callback(self._events.put)
