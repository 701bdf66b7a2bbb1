"""Sealing (封卷): check, build, sign, package, verify, queue. A sealed package is never changed, only superseded."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from app.station.checking import check
from app.station.disk_budget import COPIES_WHEN_SEALING
from app.station.errors import SealingStopped
from app.station.limits import calendar_of
from app.station.malware import Scanner, installed, search, told
from app.station.retention_errors import FilesRemovedByRule, PicturesMissing
from app.station.safety_errors import PackageInfected
from app.station.station import Station, exclusive
from app.station.submissions import keep_arrangement
from app.store.records import CaseRecord, Outgoing, Package
from app.store.room import FLOOR_BYTES
from dossier.kept import KeptVolumes
from dossier.model import Dossier, Face, MalwareScan
from dossier.package.index_write import Earlier
from dossier.progress import OnProgress, silent
from dossier.seal import seal as seal_dossier
from dossier.volumes import Making, NumberStamp
from signing.training import is_training
from signing.types import Signer
from transfer.types import SendState, Verdict

DESTINATION = "platform"
VOLUMES = "volumes"  # in the folder of what can be made again


def seal(
    station: Station,
    case_no: str,
    submission: str,
    signer: Signer,
    scanner: Scanner | None = None,
    *,
    on_progress: OnProgress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Package:
    """Seal one submission of a case and put it in the outbox. `scanner`: searches the finished package for malware;
    None: the one installed. `cancelled` is asked at every page and while malware is searched for.

    Raises:
        PicturesMissing, FilesRemovedByRule: what the volumes are made of is gone; nothing was made.
        DossierNotReady: blocking findings are unexplained, or documents unfiled; nothing was made.
        CaseUnknown, CaseInUse, NoPages, PagesPending, PagesFailed, BatchUnfinished, DiskFull, SecondReadingFailed,
        OcrError: nothing was made.
        SealingStopped, SearchStopped, PackageInfected, SigningError, DossierError: nothing is in the outbox.
    """

    def step(done: int, of: int) -> None:
        if cancelled():
            raise SealingStopped(case_no=case_no)
        on_progress(done, of)

    record = station.store.cases.get(case_no)
    with exclusive(station, case_no):
        dossier = check(station, case_no, submission, lambda _done, _of: step(0, 0)).dossier
        # What a training key signs is an exercise, wherever its pages came from.
        dossier = replace(dossier, training=dossier.training or is_training(signer.certificate))
        _require_pictures(station, record, dossier)
        # What scanning left free for it is used here.
        station.home.require_space(COPIES_WHEN_SEALING * _picture_bytes(dossier), keep=FLOOR_BYTES)
        _sweep(station, case_no)
        work = station.home.packages(case_no) / "work"
        kept = KeptVolumes(station.home.derived(case_no) / VOLUMES / submission)
        try:
            sealed = seal_dossier(
                dossier,
                station.profile_of(record.case),
                signer=signer,
                audit=station.store.audit.export(case_no),
                work=work,
                out=station.home.packages(case_no),
                making=_making(station, dossier),
                explained=station.store.cases.explanations(record.id),
                earlier=[
                    _earlier(item)
                    for item in station.store.outbox.of_case(record.id)
                    if item.package.submission == submission
                ],
                kept=kept,
                calendar=calendar_of(station),
                on_progress=step,
            )
        finally:  # where the disk was full, it is not left so
            shutil.rmtree(work, ignore_errors=True)
        scan = _searched(sealed.path, scanner or installed(), case_no, cancelled)
        package = Package(
            id=sealed.id,
            case_id=record.id,
            case_no=case_no,
            submission=submission,
            version=station.store.outbox.next_version(record.id, submission),
            file=sealed.path,
            sha256=sealed.sha256,
            sm3=sealed.sm3,
            size=sealed.size,
            level=sealed.level.value,
            training=dossier.training,
            sealed_at=station.stamp(),
            arrangement=station.store.arrangements.active_version(record.id, submission),
        )
        with station.store.change("dossier.sealed", case_no, package=package.id, level=package.level) as change:
            change.detail.update(sha256=package.sha256, submission=submission, arrangement=package.arrangement)
            change.detail["malware"] = told(scan)
            change.detail.update(volumes_built=list(kept.built), volumes_kept=list(kept.reused))
            keep_arrangement(station, record, submission)
            station.store.arrangements.activate(record.id, submission, package.arrangement)
            station.store.outbox.queue(package, DESTINATION, station.stamp())
        kept.forget_others()
    return package


def _searched(package: Path, scanner: Scanner | None, case_no: str, cancelled: Callable[[], bool]) -> MalwareScan:
    """Search a package that nobody has yet; it goes where that finds any or is stopped."""
    try:
        scan = search(scanner, [package], cancelled)[package]
        if scan.found:
            raise PackageInfected(malware=scan.found, case_no=case_no)
    except BaseException:
        package.unlink()
        raise
    return scan


def _earlier(item: Outgoing) -> Earlier:
    """What became of a package that went out before."""
    verdict = {SendState.ARRIVED: Verdict.ACCEPTED, SendState.REJECTED: Verdict.REJECTED}.get(item.state)
    return Earlier(item.package.id, item.package.sealed_at, verdict.value if verdict else "", item.reason or "")


def _picture_bytes(dossier: Dossier) -> int:
    return sum(face.picture.stat().st_size for face in _faces(dossier))


def _require_pictures(station: Station, record: CaseRecord, dossier: Dossier) -> None:
    missing = {face.original_sha256 for face in _faces(dossier) if not face.picture.is_file()}
    if not missing:
        return
    if station.store.removals.of_case(record.id):
        raise FilesRemovedByRule(case_no=record.case.case_no)
    raise PicturesMissing(case_no=record.case.case_no, count=len(missing))


def _faces(dossier: Dossier) -> list[Face]:
    documents = [*(entry.document for volume in dossier.volumes for entry in volume.entries), *dossier.loose]
    return [face for document in documents for face in document.faces]


def _sweep(station: Station, case_no: str) -> None:
    """Remove what a run left behind that died before its package was recorded."""
    folder = station.home.packages(case_no)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(folder / "work", ignore_errors=True)
    recorded = {item.package.file for item in station.store.outbox.all()}
    for leftover in folder.glob("*.zip*"):
        if leftover not in recorded and leftover.suffix != ".receipt":
            leftover.unlink()


def _making(station: Station, dossier: Dossier) -> Making:
    profile, unit = station.profile_of(dossier.case), dossier.case.unit_name
    rules = profile.rules
    stamp = rules.page_numbers.stamp
    return Making(
        now=station.clock.now(),
        maker=station.who.actor,
        checker="",
        unit=unit,
        volumes_total=len(dossier.volumes),
        profile_label=profile.label,
        station=station.who.station,
        stamp=NumberStamp(stamp.font_pt, stamp.colour, stamp.margin_mm),
        cover_fields=rules.cover.fields,
        catalogue_columns=rules.catalogue.columns,
        remarks_fields=rules.remarks_sheet.fields,
        # 责任者: what the police made, the unit in charge answers for; who made the rest nobody here knows.
        responsible={kind.code: unit for kind in profile.kinds if kind.maker == "police"},
    )
