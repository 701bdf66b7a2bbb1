"""Reading what has arrived: every page still to do goes through the pool, then the paper is filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.station.errors import OriginalAltered, OriginalMissing
from app.station.filing import file_pages
from app.station.reading_settings import reading_settings
from app.station.results import dump
from app.station.station import Station, exclusive
from app.store.pages import FoundOnPage
from app.store.records import CaseRecord, Page
from app.store.room import FLOOR_BYTES
from ocr.errors import OcrError, PageNotWritten
from ocr.pipeline import PageJob, PageResult
from ocr.pool import Pool


@dataclass(frozen=True)
class Done:
    """One page read, or not."""

    page: Page
    result: PageResult | None
    error: OcrError | None
    done: int
    of: int


def process(
    station: Station,
    case_no: str,
    pool: Pool,
    *,
    on_page: Callable[[Done], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Read all pages of a case still to do (`to_read`), then file them. Returns how many were read.

    Raises:
        CaseUnknown, CaseInUse, ReadingSettingBroken: nothing was done.
        OriginalMissing, OriginalAltered: the evidence is not what was captured; the pages before it are done.
        DiskFull, PageNotWritten: there is no room; the pages before it are done.
    """
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        reader = PageReader(station, record)
        todo = to_read(station, record)
        by_stem = {page.stem: page for page in todo}
        jobs = (reader.job(page) for page in todo if not cancelled())
        read = 0
        for count, (job, outcome) in enumerate(pool.run(jobs), start=1):
            result, error = reader.keep(by_stem[job.stem], outcome)
            read += result is not None
            on_page(Done(by_stem[job.stem], result, error, count, len(todo)))
        file_pages(station, record)
    return read


class PageReader:
    """What a pool is given to read a case's pages, and what is kept of its answers. Raises `ReadingSettingBroken`."""

    def __init__(self, station: Station, record: CaseRecord) -> None:
        self._station, self._case_no = station, record.case.case_no
        self._folder = station.home.derived(self._case_no)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lexicon = station.profile_of(record.case).lexicon()
        self._settings = reading_settings(station.home)

    def job(self, page: Page) -> PageJob:
        """Raises `OriginalMissing`, `DiskFull`."""
        self._station.home.require_space(keep=FLOOR_BYTES)
        if not page.file.is_file():
            raise OriginalMissing(page=page.number, file=page.file)
        cuts = self._settings.cuts_of(self._station.store.pages.batch(page.batch_id).device)
        return PageJob(page.file, self._folder, page.stem, page.dpi, None, self._lexicon, cuts)

    def keep(self, page: Page, outcome: PageResult | OcrError) -> tuple[PageResult | None, OcrError | None]:
        """Store the result, or why there is none. Raises `PageNotWritten`, `OriginalAltered`, `DiskFull`."""
        if isinstance(outcome, PageNotWritten):
            raise outcome  # no fault of the page: those after it would fare no better
        if isinstance(outcome, OcrError):
            _fail(self._station, self._case_no, page, outcome)
            return None, outcome
        if outcome.original_sha256 != page.sha256:
            raise OriginalAltered(page=page.number)
        _keep(self._station, self._case_no, page, outcome)
        return outcome, None


def file_if_read(station: Station, case_no: str) -> None:
    """File a case none of whose pages is still to read; else leave it as it is. Raises `CaseInUse`."""
    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        if not to_read(station, record):
            file_pages(station, record)


def to_read(station: Station, record: CaseRecord) -> list[Page]:
    """Pages not read yet, and those whose picture was deleted or removed by rule while their original is still here."""
    folder, removed = station.home.derived(record.case.case_no), station.store.removals.of_case(record.id)
    return [
        page
        for page in station.store.pages.of_case(record.id)
        if page.evidence is None or (page.file not in removed and not (folder / page.evidence).is_file())
    ]


def _keep(station: Station, case_no: str, page: Page, result: PageResult) -> None:
    found = FoundOnPage(
        result=dump(result),
        text="\n".join(line.text for line in result.text.lines),
        blank=result.analysis.blank,
        evidence=result.evidence.name,
        thumbnail=result.thumbnail.name,
        at=station.stamp(),
    )
    with station.store.change("page.processed", case_no, page=page.number) as change:
        change.detail["sha256"] = result.original_sha256
        change.detail.update(
            engine=result.text.engine,
            analysis=result.analysis.version,
            same_coding=result.same_coding,
            ops=[
                [op.kind.value, *(f"{value:.3f}" for value in op.values), op.source.value] for op in result.recipe.ops
            ],
        )
        station.store.pages.set_result(page.id, found)


def _fail(station: Station, case_no: str, page: Page, error: OcrError) -> None:
    with station.store.change("page.failed", case_no, page=page.number, error=error.key):
        station.store.pages.set_failure(page.id, error.key, str(error), station.stamp())
