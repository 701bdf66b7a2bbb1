"""Bringing in files: pictures byte for byte; PDFs, OFDs and many-page TIFFs as pages, with the file beside them."""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from PIL import Image

from app.station.disk_budget import TO_READ_AND_SEAL, bytes_to_seal, room_to_keep
from app.station.errors import FileTooLarge, FileUnreadable, NothingToImport, NotOnePage, StationError
from app.station.malware import Scanner, installed, search, told
from app.station.ofd_import import ofd_pages
from app.station.page_acts import require_changeable
from app.station.pdf_import import pdf_pages
from app.station.placing import place
from app.station.safety_errors import FileInfected
from app.station.scanning import OnPage
from app.station.station import Station, exclusive
from app.store.durable import write_once
from app.store.errors import DiskFull
from app.store.records import Aim, AimKind, Batch, CaseRecord, NewPage, Page
from app.store.room import disk_room
from app.store.store import to_json
from dossier.checks.safety import INFECTED
from dossier.model import CaptureOrigin, MalwareScan
from dossier.ofd.errors import OfdError
from dossier.progress import OnProgress, silent
from drivers.scanners.types import FaultCode
from ocr.errors import OcrError
from ocr.imaging.load import count_pages, load_picture
from signing.chain import Json

KINDS = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf", ".ofd"})
LARGEST_FILE = 1024**3


@dataclass(frozen=True)
class Refused:
    """One file that was not taken, and why."""

    path: Path
    error: OcrError | OfdError | StationError


@dataclass(frozen=True)
class Imported:
    pages: tuple[Page, ...]
    known: tuple[Path, ...]  # the same bytes are in the case already
    refused: tuple[Refused, ...]


@dataclass(frozen=True)
class _Picture:
    path: Path
    dpi: int | None


@dataclass(frozen=True)
class _Pictures:
    """The pages of one file; `electronic`: its form where it was born digital and is an original itself (电子原件).

    `not_drawn`: what the pages do not show of it, in words.
    """

    pages: Sequence[_Picture]
    electronic: str | None = None
    not_drawn: str = ""


@dataclass(frozen=True)
class _Source:
    """One file being taken in."""

    path: Path
    name: str  # as its sender called it
    sha256: str
    scan: MalwareScan


def import_files(
    station: Station,
    case_no: str,
    paths: Sequence[Path],
    *,
    called: Mapping[Path, str] = MappingProxyType({}),
    aim: Aim = Aim(),  # noqa: B008 - frozen
    on_page: OnPage = lambda _: None,
    scanner: Scanner | None = None,
    on_progress: OnProgress = silent,
    cancelled: Callable[[], bool] = lambda: False,
) -> Imported:
    """Take files and folders into a case, in natural order; a bad file is refused by itself, the others go in.

    One that cannot be read is refused; where its medium was pulled out the import ends there and is not whole.

    A file whose bytes are in the case already is passed over, so an interrupted import is simply run again. `called`:
    the names to record of files that lie under another here. `aim`: where the pages go; a page is replaced by one page,
    also by one whose bytes are in the case already. `scanner`: searches the files for malware before anything of them
    is opened; None: the one installed. A file that holds any is refused. `on_progress`: in thousandths of files.
    `cancelled` is asked at every page: the files before are in the case, and the import is not whole until it is run
    again.

    Raises:
        NothingToImport: none of the paths holds a picture, a PDF or an OFD.
        CaseUnknown, CaseInUse, CaseSealed, PageUnknown, PageAside, NotOnePage: nothing was taken.
        SearchStopped: it was `cancelled` while malware was searched for; nothing was taken.
        DiskFull: the files before the one there is no room for are in the case, that one and those after it are not.
    """
    record = station.store.cases.get(case_no)
    files = [file for path in paths for file in _expand(path)]
    taken: list[Page] = []
    known: list[Path] = []
    refused: list[Refused] = []
    try:
        with exclusive(station, case_no):
            to_seal = bytes_to_seal(station, record)
            station.home.require_space(keep=room_to_keep(to_seal))
            if aim.kind is not AimKind.APPEND:
                require_changeable(station, record, aim)
            replaces = aim.kind is AimKind.REPLACE
            if replaces and len(files) != 1:
                raise NotOnePage(file=paths[0].name, pages=len(files))
            scans = search(scanner or installed(), files, cancelled)
            batch = _open_batch(station, record, aim)
            seen = set() if replaces else _taken_sources(station, record)
            with _closed_after(station, record, batch, refused):
                for count, file in enumerate(files):
                    on_file = _thousandths(count, len(files), on_progress, cancelled)
                    on_file(0, 1)
                    coming = to_seal + TO_READ_AND_SEAL * (len(taken) + 1)
                    try:
                        source = _Source(file, called.get(file, file.name), _sha256(file), scans[file])
                        if source.sha256 in seen:
                            known.append(file)
                            continue
                        station.home.require_space(file.stat().st_size, room_to_keep(coming))
                        taken += _take_file(station, record, batch, source, on_file, most=1 if replaces else None)
                    except (OcrError, OfdError, StationError) as error:
                        refused.append(Refused(file, error))
                        continue
                    except OSError as fault:
                        if _readable(file):  # then it is the station's own disk
                            raise
                        refused.append(Refused(file, FileUnreadable(file=file.name, detail=fault.strerror)))
                        if not file.exists():  # its medium was pulled out, and the other files with it
                            raise _Stopped(FaultCode.IO) from fault
                        continue
                    seen.add(source.sha256)
    finally:
        for page in taken:
            on_page(page)
    return Imported(tuple(taken), tuple(known), tuple(refused))


@contextmanager
def _closed_after(station: Station, record: CaseRecord, batch: Batch, refused: Sequence[Refused]) -> Iterator[None]:
    """Close the batch when its files are in; as stopped where the disk was full, no more was wanted, or their
    medium is gone."""
    try:
        with disk_room(station.home.path):
            yield
    except DiskFull:
        _close(station, record, batch, len(refused), FaultCode.DISK_FULL.value)
        raise
    except _Stopped as stopped:
        _close(station, record, batch, len(refused), stopped.cause.value)
    else:
        _close(station, record, batch, len(refused), None)


class _Stopped(Exception):
    """No more is wanted, or no more can be had."""

    def __init__(self, cause: FaultCode) -> None:
        super().__init__(cause)
        self.cause = cause


def _thousandths(count: int, files: int, on_progress: OnProgress, cancelled: Callable[[], bool]) -> OnProgress:
    """What to tell of how far the file after `count` others is. What it returns raises `_Stopped`."""

    def told(done: int, of: int) -> None:
        if cancelled():
            raise _Stopped(FaultCode.CANCELLED)
        on_progress(1000 * count + 1000 * done // of, 1000 * files)

    return told


def _close(station: Station, record: CaseRecord, batch: Batch, refused: int, reason: str | None) -> None:
    state = "stopped" if reason else "complete"
    with station.store.change("batch.closed", record.case.case_no, batch=batch.number, state=state) as change:
        change.detail.update(refused=refused, reason=reason)
        station.store.pages.set_batch_state(batch.id, state, reason, station.stamp())


def _expand(path: Path) -> list[Path]:
    """The files to take, in the order a person would count them: 2 before 10."""
    if path.is_file():
        return [path]
    files = [file for file in path.rglob("*") if file.suffix.lower() in KINDS and file.is_file()]
    if not files:
        raise NothingToImport(path=path)
    return sorted(files, key=lambda file: [(int(t), "") if t.isdigit() else (-1, t) for t in _TOKENS.split(str(file))])


_TOKENS = re.compile(r"(\d+)")


def _page_pictures(file: Path, scratch: Path, on_page: OnProgress) -> _Pictures:
    """Whole, readable page pictures of one file; `file` itself where it is one picture. What `on_page` raises ends it.

    Raises `OcrError`, `OfdError` or `StationError` before anything of the file is recorded.
    """
    size = file.stat().st_size
    if size > LARGEST_FILE:
        raise FileTooLarge(file=file.name, megabytes=size // 1024**2, limit=LARGEST_FILE // 1024**2)
    with file.open("rb") as stream:
        is_pdf = stream.read(5) == b"%PDF-"
    if is_pdf:
        pdf = pdf_pages(file, scratch, on_page)
        for path, _ in pdf.pictures:
            load_picture(path)
        return _Pictures([_Picture(path, dpi) for path, dpi in pdf.pictures], "pdf" if pdf.electronic else None)
    if file.suffix.lower() == ".ofd":
        ofd = ofd_pages(file, scratch, on_page)
        return _Pictures([_Picture(path, dpi) for path, dpi in ofd.pictures], "ofd", ofd.not_drawn)
    count = count_pages(file)
    pages = [file] if count == 1 else [_tiff_page(file, page, scratch) for page in range(count)]
    return _Pictures([_Picture(page, load_picture(page).dpi) for page in pages])


def _tiff_page(file: Path, page: int, scratch: Path) -> Path:
    loaded = load_picture(file, page=page)
    out = scratch / f"{page + 1:05d}.png"
    density = (loaded.dpi, loaded.dpi) if loaded.dpi else None
    Image.fromarray(loaded.picture[:, :, ::-1]).save(out, dpi=density, compress_level=1)
    return out


def _take_file(
    station: Station, record: CaseRecord, batch: Batch, source: _Source, on_page: OnProgress, most: int | None
) -> list[Page]:
    """The pages of one file, if they are not more than `most`. Raises what `_page_pictures` raises: it is not taken."""
    if source.scan.found:
        case_no, malware = record.case.case_no, told(source.scan)
        station.store.note(INFECTED, case_no, sha256=source.sha256, file=source.name, malware=malware)
        raise FileInfected(file=source.name, malware=source.scan.found)
    with tempfile.TemporaryDirectory(prefix="import-", dir=station.home.case(record.case.case_no)) as scratch:
        pictures = _page_pictures(source.path, Path(scratch), on_page)
        if most is not None and len(pictures.pages) > most:
            raise NotOnePage(file=source.path.name, pages=len(pictures.pages))
        with _whole_or_nothing(station, record, batch, source):
            return _take_in(station, record, batch, source, pictures)


@contextmanager
def _whole_or_nothing(station: Station, record: CaseRecord, batch: Batch, source: _Source) -> Iterator[None]:
    """Where a file is not recorded after all, its copies go: nobody would know them, and the disk may be full."""
    folder = station.home.batch(record.case.case_no, batch.number)
    try:
        yield
    except BaseException:
        recorded = {page.file.stem for page in station.store.pages.of_batch(batch.id)}
        for copy in folder.glob("[0-9]*"):
            if copy.stem not in recorded:
                copy.unlink()
        if source.sha256 not in station.store.pages.sources(record.id):
            for copy in folder.glob(f"sources/{source.sha256[:16]}.*"):
                copy.unlink()
        raise


def _take_in(station: Station, record: CaseRecord, batch: Batch, source: _Source, pictures: _Pictures) -> list[Page]:
    """All pages of one file in one transaction: a file is in the case whole or not at all."""
    folder = station.home.batch(record.case.case_no, batch.number)
    first = max((page.sequence for page in station.store.pages.of_batch(batch.id)), default=0) + 1
    capture: dict[str, Json] = {"source_name": source.name, "source_sha256": source.sha256}
    if pictures.pages[0].path != source.path:
        kept = f"sources/{source.sha256[:16]}{source.path.suffix.lower()}"
        _copy_once(source.path, folder / kept)
        if pictures.electronic:
            whole: dict[str, Json] = {"file": kept, "pages": len(pictures.pages), "form": pictures.electronic}
            capture["electronic"] = {**whole, "not_drawn": pictures.not_drawn}
    sheet = station.store.pages.next_sheet(record.id)
    arrived = [
        _arrive(
            station, folder, {**capture, "source_page": index + 1}, picture, sequence=first + index, sheet=sheet + index
        )
        for index, picture in enumerate(pictures.pages)
    ]
    with station.store.change("file.imported", record.case.case_no, batch=batch.number, pages=len(arrived)) as change:
        change.detail["sha256"] = source.sha256
        change.detail["file"] = source.name
        change.detail["malware"] = told(source.scan)
        placed = [place(station, batch, page) for page in arrived]
        superseded: list[Json] = [number for each in placed for number in each.superseded]
        if superseded:
            change.detail["supersedes"] = superseded
        return [each.page for each in placed]


def _arrive(
    station: Station, folder: Path, told: Mapping[str, Json], picture: _Picture, *, sequence: int, sheet: int
) -> NewPage:
    """`told`: of the file that the page comes from."""
    target = folder / f"{sequence:06d}{picture.path.suffix.lower()}"
    _copy_once(picture.path, target)
    now = station.stamp()
    capture: dict[str, Json] = {**told, "imported_at": now, "operator": station.who.actor}
    with write_once(target.with_suffix(".json")) as sidecar:
        sidecar.write(to_json(capture).encode())
    return NewPage(
        sequence=sequence,
        sheet=sheet,
        side="front",
        file=target,
        sha256=_sha256(target),
        bytes=target.stat().st_size,
        dpi=picture.dpi,
        origin=CaptureOrigin.FILE.value,
        captured_at=now,
        capture=to_json(capture),
    )


def _open_batch(station: Station, record: CaseRecord, aim: Aim) -> Batch:
    with station.store.change("batch.opened", record.case.case_no, device="import") as change:
        batch = station.store.pages.open_batch(
            record.id,
            kind="import",
            device="import",
            settings="{}",
            feed_sha256=None,
            expected_sheets=None,
            at=station.stamp(),
            aim=aim,
        )
        change.detail["batch"] = batch.number
    return batch


def _taken_sources(station: Station, record: CaseRecord) -> set[str]:
    """SHA-256 of every file and page the case holds."""
    pages = station.store.pages.all_of_case(record.id)
    return {page.sha256 for page in pages} | set(station.store.pages.sources(record.id))


def _copy_once(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as data, write_once(target) as out:
        shutil.copyfileobj(data, out, 1024**2)


def _readable(file: Path) -> bool:
    """Whether its medium still gives all of it."""
    try:
        _sha256(file)
    except OSError:
        return False
    return True


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
