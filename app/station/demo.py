"""The whole main job on the sample case. Each step looks at what is there first, so a killed demo simply goes on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from app.station.cases import open_case
from app.station.checking import check, explain, handle
from app.station.filing import build_dossier, page_result
from app.station.interventions import interventions, record_intervention
from app.station.keys import open_signer
from app.station.overview import has_arrived
from app.station.platform_process import platform_running
from app.station.processing import process, to_read
from app.station.reading_pool import open_reading_pool
from app.station.receipts import receipt_of
from app.station.sample import Sample, draw_sample
from app.station.sample_score import FaceOutcome, Score, score
from app.station.scanning import Pile, pile_sha256, scan
from app.station.sealing import seal
from app.station.sending import send_all
from app.station.station import Station
from app.station.trust import anchors_for
from app.store.errors import CaseUnknown
from app.store.records import CaseRecord, Outgoing
from dossier.model import Dossier, Finding
from dossier.verify import VerifyReport, verify_package
from drivers.scanners import error_for
from drivers.scanners.types import Mode, ScanSettings, Source
from ocr.engines.models import ORIENTATION, locate
from ocr.imaging.analyse import analyse
from ocr.imaging.load import load_picture
from ocr.imaging.orientation import RapidOrienter
from transfer.errors import AwaitingReceipt
from transfer.types import Receipt

SUBMISSION = "base"
DEVICE = "pnm:0"
REASON = "演示样本:该处有意缺签,用于演示检查"


@dataclass(frozen=True)
class Step:
    """Something the demo has done, for whoever watches: a key of the catalogue and what fills it."""

    line: str
    params: dict[str, object]


@dataclass(frozen=True)
class Made:
    """What the demo made, and where it lies."""

    sample: Sample
    dossier: Dossier
    findings: tuple[Finding, ...]
    score: Score
    outgoing: Outgoing
    report: VerifyReport
    receipt: Receipt
    seconds: float

    @property
    def good(self) -> bool:
        """Everything the sample promises came true."""
        points = self.score
        return (
            points.right_kind == points.right_faces == points.documents
            and points.right_order
            and points.missing_signature_reported
            and points.false_alarms == 0
            and points.faces_upright == points.faces_straight == points.faces
            and points.character_error_rate < 0.015
            and self.report.ok
        )


Watch = Callable[[Step], None]
Progress = Callable[[str, int, int], None]  # key of the catalogue, done, of


def run_demo(station: Station, *, on_step: Watch, on_progress: Progress) -> Made:
    """From sheets of paper to a signed receipt. Raises the errors of each step; running it again goes on."""
    started = time.monotonic()
    say = _teller(on_step)
    sample = draw_sample(station.home.path / "sample")
    say("demo.sampled", faces=len(sample.faces), documents=len(sample.truth["documents"]))
    record = _case(station, sample)
    say("demo.scanned", pages=_scan(station, record, sample, on_progress))
    _process(station, record, on_progress)
    made = _dossier(station, record, sample, say)
    outgoing = _sealed(station, record)
    say("demo.sealed", level=outgoing.package.level, megabytes=outgoing.package.size / 1e6)
    receipt = _delivered(station, record, outgoing, say, on_progress)
    say("demo.arrived")
    report = verify_package(outgoing.package.file, anchors_for(station.home.path), now=station.clock.now())
    return Made(sample, *made, outgoing, report, receipt, time.monotonic() - started)


def _teller(on_step: Watch) -> Callable[..., None]:
    def say(line: str, **params: object) -> None:
        on_step(Step(line, params))

    return say


def _case(station: Station, sample: Sample) -> CaseRecord:
    try:
        return station.store.cases.get(sample.case.case_no)
    except CaseUnknown:
        return open_case(station, sample.case)


def _scan(station: Station, record: CaseRecord, sample: Sample, on_progress: Progress) -> int:
    settings = ScanSettings(Source.FLATBED, Mode.COLOR, 300, feed=sample.faces)
    wanted = pile_sha256(settings)
    batches = station.store.pages.batches(record.id)
    if not any(batch.feed_sha256 == wanted and batch.state == "complete" for batch in batches):
        done = scan(
            station,
            record.case.case_no,
            Pile(DEVICE, settings),
            on_page=lambda page: on_progress("progress.scanning", page.number, len(sample.faces)),
        )
        if done.fault is not None:
            raise error_for(done.fault)
    return len(station.store.pages.of_case(record.id))


def _process(station: Station, record: CaseRecord, on_progress: Progress) -> None:
    if to_read(station, record) or not station.store.cases.documents(record.id):
        with open_reading_pool(station.home) as pool:
            process(
                station,
                record.case.case_no,
                pool,
                on_page=lambda done: on_progress("progress.reading", done.done, done.of),
            )


def _dossier(
    station: Station, record: CaseRecord, sample: Sample, say: Callable[..., None]
) -> tuple[Dossier, tuple[Finding, ...], Score]:
    case_no = record.case.case_no
    if not interventions(station, case_no):
        record_intervention(station, case_no, "")  # the zero report (零报告) that every case needs
    dossier = build_dossier(station, case_no, SUBMISSION)
    checked = check(station, case_no, SUBMISSION)
    points = score(sample, dossier, checked.findings, _outcomes(station, record, dossier))
    say("demo.read", pages=points.faces, cer=points.character_error_rate, characters=points.characters)
    say("demo.filed", right=points.right_kind, documents=points.documents, in_order=points.right_order)
    say("demo.checked", findings=len(checked.findings), was_reported=points.missing_signature_reported)
    for finding in checked.open:
        if finding.id == "C-09":
            explain(station, case_no, SUBMISSION, handle(finding), REASON)
    return dossier, checked.findings, points


def _outcomes(station: Station, record: CaseRecord, dossier: Dossier) -> list[FaceOutcome]:
    """Every face in the order of the pile, with its rendered picture measured once more."""
    orienter = RapidOrienter(locate(ORIENTATION))
    faces = {face.id: face for volume in dossier.volumes for entry in volume.entries for face in entry.document.faces}
    faces |= {face.id: face for document in (*dossier.unfiled, *dossier.loose) for face in document.faces}
    outcomes = []
    for page in station.store.pages.of_case(record.id):
        result = page_result(station, record, page)
        picture = load_picture(result.evidence).picture
        outcomes.append(
            FaceOutcome(faces[page.stem], result.analysis, result.recipe, analyse(picture, result.dpi, orienter))
        )
    return outcomes


def _sealed(station: Station, record: CaseRecord) -> Outgoing:
    outgoing = station.store.outbox.of_case(record.id)
    if not outgoing:
        with open_signer(station) as signer:
            seal(station, record.case.case_no, SUBMISSION, signer)
        outgoing = station.store.outbox.of_case(record.id)
    return outgoing[-1]


def _delivered(
    station: Station, record: CaseRecord, outgoing: Outgoing, say: Callable[..., None], on_progress: Progress
) -> Receipt:
    if not has_arrived(station, record):
        with platform_running(station.home) as url:
            say("demo.platform", url=url)
            for _, error in send_all(
                station, url, on_progress=lambda sent, size: on_progress("progress.sending", sent, size)
            ):
                if error is not None:
                    raise error
    receipt = receipt_of(station, outgoing.package.id)
    if receipt is None:
        raise AwaitingReceipt
    return receipt
