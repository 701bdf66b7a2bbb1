"""Reading what has arrived: every page still to do goes through the pool, then the paper is filed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
        folder = station.home.derived(case_no)
        folder.mkdir(parents=True, exist_ok=True)
        todo = to_read(station, record)
        by_stem = {page.stem: page for page in todo}
        lexicon, settings = station.profile_of(record.case).lexicon(), reading_settings(station.home)
        scanners = {batch.id: batch.device for batch in station.store.pages.batches(record.id)}
        jobs = (
            PageJob(
                _original(station, page),
                folder,
                page.stem,
                page.dpi,
                None,
                lexicon,
                settings.cuts_of(scanners[page.batch_id]),
            )
            for page in todo
            if not cancelled()
        )
        read = 0
        for count, (job, outcome) in enumerate(pool.run(jobs), start=1):
            page = by_stem[job.stem]
            if isinstance(outcome, PageNotWritten):
                raise outcome  # no fault of the page: those after it would fare no better
            if isinstance(outcome, OcrError):
                _fail(station, case_no, page, outcome)
                on_page(Done(page, None, outcome, count, len(todo)))
                continue
            if outcome.original_sha256 != page.sha256:
                raise OriginalAltered(page=page.number)
            _keep(station, case_no, page, outcome)
            read += 1
            on_page(Done(page, outcome, None, count, len(todo)))
        file_pages(station, record)
    return read


def to_read(station: Station, record: CaseRecord) -> list[Page]:
    """Pages not read yet, and those whose picture was deleted or removed by rule while their original is still here."""
    folder, removed = station.home.derived(record.case.case_no), station.store.removals.of_case(record.id)
    return [
        page
        for page in station.store.pages.of_case(record.id)
        if page.evidence is None or (page.file not in removed and not (folder / page.evidence).is_file())
    ]


def _original(station: Station, page: Page) -> Path:
    """The page to be read next. Raises `OriginalMissing`, `DiskFull`."""
    station.home.require_space(keep=FLOOR_BYTES)
    if not page.file.is_file():
        raise OriginalMissing(page=page.number, file=page.file)
    return page.file


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
