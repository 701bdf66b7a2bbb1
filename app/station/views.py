"""What a window shows of a case, as plain data: no rows, no pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from app.station.checking import Checked, handle
from app.station.filing import arranged, page_result, unfinished_batches
from app.station.interventions import RECORD_CHECK
from app.station.overview import CaseOverview, overview
from app.station.separating import separator_pages, separators
from app.station.station import Station
from app.station.submissions import worked_on
from app.store.records import Page
from dossier.checks import describe
from dossier.model import CaptureOrigin, Entry, Finding
from dossier.profile.profile import FRAME
from ocr.imaging.types import Box


@dataclass(frozen=True)
class PageView:
    """One face on the board. `thumbnail` and `picture` are None until the page has been read."""

    number: int
    sheet: int
    side: str
    origin: CaptureOrigin
    original: Path
    thumbnail: Path | None
    picture: Path | None
    blank: bool
    failure: str | None
    separator: bool = False  # a separator sheet: no page of the dossier
    aside: str | None = None  # why it does not count: `placing.SUPERSEDED`, or the clerk's own words
    cleared: bool = False  # its picture went by the retention rule, after the dossier had arrived


@dataclass(frozen=True)
class LineView:
    """One recognised line over the picture: four corners in pixels of `PageView.picture`."""

    text: str
    confidence: float
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class DocumentView:
    """One line of the catalogue. `faces`: page numbers in the case, in order."""

    order: int
    kind: str
    title: str
    number: str
    date: str
    first_page: int | None
    last_page: int | None
    confidence: float
    faces: tuple[int, ...]


@dataclass(frozen=True)
class VolumeView:
    title: str
    pages: int
    documents: tuple[DocumentView, ...]


@dataclass(frozen=True)
class PlaceView:
    """A part of a page that a finding rests on. `box`: pixels of `PageView.picture`."""

    face: int
    box: Box


@dataclass(frozen=True)
class FindingView:
    """`state`: block, warn, info or explained. `face`: page number in the case, where there is one.

    `places`: where on the pages to look, what it points at first.
    `is_record`: it is answered by an entry into the record of interventions, not by a reason to let it stand.
    """

    handle: str
    state: str
    where: str
    message: str
    remedy: str
    face: int | None
    is_record: bool = False
    places: tuple[PlaceView, ...] = ()


@dataclass(frozen=True)
class SubmissionView:
    id: str
    title: str


@dataclass(frozen=True)
class UnfinishedView:
    """A batch that stopped half-way. `imported`: it came from files, so there is no pile to go on with or to count."""

    number: int
    imported: bool


@dataclass(frozen=True)
class KindView:
    """One document kind (文书种类) a paper may be said to be, or one kind of volume (卷别) it may be put into."""

    code: str
    title: str


def case_list(station: Station) -> list[CaseOverview]:
    """All cases, newest first."""
    return [overview(station, record) for record in station.store.cases.all()]


def case_view(station: Station, case_no: str) -> CaseOverview:
    """How far one case is. Raises `CaseUnknown`."""
    return overview(station, station.store.cases.get(case_no))


def submission_views(station: Station, case_no: str) -> tuple[SubmissionView, ...]:
    """The kinds of submission (报送种类) of the case's standard, in its order. Raises `CaseUnknown`."""
    profile = station.profile_of(station.store.cases.get(case_no).case)
    return tuple(SubmissionView(known.id, known.title) for known in profile.rules.submissions)


def submission_view(station: Station, case_no: str) -> SubmissionView:
    """The submission that is worked on. Raises `CaseUnknown`."""
    current = worked_on(station, case_no)
    return next(known for known in submission_views(station, case_no) if known.id == current)


def kind_views(station: Station, case_no: str) -> list[KindView]:
    """The kinds the case's standard knows, but for the frame pages that the station makes. Raises `CaseUnknown`."""
    profile = station.profile_of(station.store.cases.get(case_no).case)
    return [KindView(kind.code, kind.title) for kind in profile.kinds if kind.volume != FRAME]


def volume_kind_views(station: Station, case_no: str) -> list[KindView]:
    """The kinds of volume (卷别) of the case's standard. Raises `CaseUnknown`."""
    profile = station.profile_of(station.store.cases.get(case_no).case)
    return [KindView(volume.code, volume.title) for volume in profile.volumes]


def unfinished_batch(station: Station, case_no: str) -> UnfinishedView | None:
    """The first batch that is not whole and so stops sealing. Raises `CaseUnknown`."""
    record = station.store.cases.get(case_no)
    found = unfinished_batches(station, record, station.store.pages.of_case(record.id))
    return UnfinishedView(found[0].number, imported=found[0].kind == "import") if found else None


def page_views(station: Station, case_no: str) -> list[PageView]:
    """The faces of a case in page order, those set aside among them. Raises `CaseUnknown`."""
    record = station.store.cases.get(case_no)
    pages = station.store.pages.all_of_case(record.id)
    counting = [page for page in pages if page.aside is None]
    apart = separator_pages(counting, separators(station, record))
    return [replace(page_view(station, case_no, page), separator=page.id in apart) for page in pages]


def page_view(station: Station, case_no: str, page: Page) -> PageView:
    """One face, as it has just been stored."""
    derived = station.home.derived(case_no)
    picture = derived / page.evidence if page.evidence else None
    return PageView(
        number=page.number,
        sheet=page.sheet,
        side=page.side,
        origin=CaptureOrigin(page.origin),
        original=page.file,
        thumbnail=derived / page.thumbnail if page.thumbnail else None,
        picture=picture,
        blank=page.blank,
        failure=page.failure,
        aside=page.aside.reason if page.aside else None,
        cleared=picture is not None and not picture.is_file(),
    )


def line_views(station: Station, case_no: str, number: int) -> list[LineView]:
    """The recognised lines of one face; none while it has not been read."""
    record = station.store.cases.get(case_no)
    for page in station.store.pages.of_case(record.id):
        if page.number == number and page.processed:
            lines = page_result(station, record, page).text.lines
            return [LineView(line.text, line.confidence, line.box) for line in lines]
    return []


def volume_views(station: Station, case_no: str, submission: str, unfiled_title: str) -> list[VolumeView]:
    """The catalogue as it stands, also while pages are still being read."""
    record = station.store.cases.get(case_no)
    dossier = arranged(station, record, submission)
    volumes = [
        VolumeView(volume.title, volume.pages, tuple(_document_view(entry) for entry in volume.entries))
        for volume in dossier.volumes
    ]
    rest = tuple(_document_view(Entry(0, document, None, None)) for document in (*dossier.unfiled, *dossier.loose))
    return volumes + ([VolumeView(unfiled_title, 0, rest)] if rest else [])


def _document_view(entry: Entry) -> DocumentView:
    document = entry.document
    return DocumentView(
        order=entry.order,
        kind=document.kind or "",
        title=document.title,
        number=document.number or "",
        date=document.date.isoformat() if document.date else "",
        first_page=entry.first_page,
        last_page=entry.last_page,
        confidence=document.confidence,
        faces=tuple(int(face.id) for face in document.faces),
    )


def finding_views(checked: Checked, language: str) -> list[FindingView]:
    """What the checks say, in `language` ("zh" or "en")."""
    return [_finding_view(finding, finding in checked.open, language) for finding in checked.findings]


def _finding_view(finding: Finding, is_open: bool, language: str) -> FindingView:
    message, remedy = describe(finding, language)
    state = "explained" if finding.severity == "block" and not is_open else finding.severity.value
    face = int(finding.face) if finding.face else None
    return FindingView(
        handle(finding),
        state,
        finding.where,
        message,
        remedy,
        face,
        is_record=finding.id == RECORD_CHECK,
        places=tuple(PlaceView(int(place.face), place.box) for place in finding.rests_on if place.box is not None),
    )
