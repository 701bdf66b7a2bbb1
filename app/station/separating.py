"""Separator sheets (分隔页) of a case: printed, found again among its pages, and what they say of the pages after."""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image
from pydantic import TypeAdapter

from app.station.errors import ForeignSeparator, KindUnknown, SeparatorKeyBroken, VolumeUnknown
from app.station.station import Station
from app.store.durable import write_once
from app.store.records import CaseRecord, Page
from app.store.room import disk_room
from dossier.profile import Profile
from drivers.scanners.separators import MIN_KEY_BYTES, SHEET_DPI, Label, Separator, make_sheet, separator_of
from ocr.imaging.codes import Code, CodeKind
from ocr.reading.types import KindGuess, PageReading

KEY_FILE = "separator.key"
KEY_BYTES = 32
_CODES: TypeAdapter[tuple[Code, ...]] = TypeAdapter(tuple[Code, ...])


@dataclass(frozen=True)
class Stretch:
    """Consecutive pages between two separators; `pages` are indices into the sequence parted.

    `opened`: a separator lies before it. `label`: what that says of the pages, if anything.
    """

    opened: bool
    label: Label | None
    pages: tuple[int, ...]


def separator_key(station: Station, random: Callable[[int], bytes] = secrets.token_bytes) -> bytes:
    """The key that proves a sheet is this office's, made at first use, for its owner's eyes only.

    Stations of one centre that shall take each other's sheets have the same file. Raises `SeparatorKeyBroken`.
    """
    path = station.home.keys / KEY_FILE
    if not path.is_file():
        _make_key(path, random(KEY_BYTES))
    key = path.read_bytes()
    if len(key) < MIN_KEY_BYTES:
        raise SeparatorKeyBroken(file=path)
    return key


def separator_sheets(
    station: Station, case_no: str, *, volumes: Sequence[str] = (), kinds: Sequence[str] = (), copies: int = 1
) -> bytes:
    """Sheets ready for A4 as a PDF: one for each kind and each volume named (their codes), else one for the case alone.

    Raises `CaseUnknown`, `VolumeUnknown`, `KindUnknown`, `SeparatorKeyBroken`, `SeparatorFontMissing`.
    """
    record = station.store.cases.get(case_no)
    profile = station.profile_of(record.case)
    labels = [_volume_label(record, profile, code) for code in volumes]
    labels += [_kind_label(record, profile, code) for code in kinds]
    labels = labels or [Label(case_no)]
    key = separator_key(station)
    sheets = [make_sheet(label, key, shown=_shown(label, record, profile)) for label in labels]
    return _pdf([sheet for sheet in sheets for _ in range(copies)])


def patch_sheets(station: Station, copies: int = 1) -> bytes:
    """Sheets that only part documents, of whatever case, as a PDF."""
    return _pdf([make_sheet(None, separator_key(station))] * copies)


def separators(station: Station, record: CaseRecord) -> dict[int, Separator]:
    """The separator sheets among the pages read of a case, by page id. Raises `SeparatorKeyBroken`."""
    codes = station.store.pages.codes(record.id)
    if not codes:
        return {}
    key = separator_key(station)
    found = {page_id: _judge(_CODES.validate_json(text), key) for page_id, text in codes.items()}
    return {page_id: separator for page_id, separator in found.items() if separator is not None}


def separator_pages(pages: Sequence[Page], found: Mapping[int, Separator]) -> dict[int, Separator]:
    """Ids of the faces that are no pages of the dossier: separators, and the blank other side of their sheet."""
    sheets = {page.sheet: found[page.id] for page in pages if page.id in found}
    return {
        page.id: sheets[page.sheet]
        for page in pages
        if page.id in found or (page.sheet in sheets and page.processed and page.blank)
    }


def separator_faces(station: Station, case_no: str) -> list[int]:
    """Numbers of the faces of a case that stay out of the dossier as separators. Raises `CaseUnknown`."""
    record = station.store.cases.get(case_no)
    pages = station.store.pages.of_case(record.id)
    apart = separator_pages(pages, separators(station, record))
    return [page.number for page in pages if page.id in apart]


def foreign(found: Mapping[int, Separator], case_no: str) -> dict[int, str]:
    """Page id -> the other case's number, of separators that were printed for another case."""
    labels = {page_id: separator.label for page_id, separator in found.items()}
    return {page_id: label.case for page_id, label in labels.items() if label is not None and label.case != case_no}


def require_own_separators(station: Station, record: CaseRecord, pages: Sequence[Page]) -> None:
    """Raise `ForeignSeparator` for a sheet of another case: the pages after it may be that case's."""
    others = foreign(separators(station, record), record.case.case_no)
    for page in pages:
        if page.id in others:
            raise ForeignSeparator(page=page.number, case_no=record.case.case_no, other=others[page.id])


def stretches(pages: Sequence[Page], found: Mapping[int, Separator], case_no: str) -> list[Stretch]:
    """Part pages at their separators. A sheet of another case parts, but says nothing of the pages after it."""
    apart = separator_pages(pages, found)
    parts: list[tuple[bool, Label | None, list[int]]] = [(False, None, [])]
    for index, page in enumerate(pages):
        if page.id in found:
            label = found[page.id].label
            parts.append((True, label if label is not None and label.case == case_no else None, []))
        elif page.id not in apart:
            parts[-1][2].append(index)
    return [Stretch(opened, label, tuple(indices)) for opened, label, indices in parts if indices]


def guided(readings: Sequence[PageReading | None], stretch: Stretch, profile: Profile) -> list[PageReading | None]:
    """What the pages of a stretch say of themselves, with what the separator before them says put first.

    A kind on the sheet is the kind of every page; a volume alone leaves of the kinds read those that belong into it,
    or all where it takes any.
    """
    told: list[PageReading | None] = []
    to_open = stretch.opened
    for reading in readings:
        if reading is not None:
            reading = replace(reading, kind=_kind(reading, stretch.label, profile))
            if to_open:
                reading, to_open = replace(reading, starts_document=True, start_confidence=1.0), False
        told.append(reading)
    return told


def put_into(label: Label | None, profile: Profile) -> str | None:
    """The volume a separator puts papers of any kind into: one that no kind has for its own, as 补充侦查卷."""
    if label is None or not label.volume or any(kind.volume == label.volume for kind in profile.kinds):
        return None
    return label.volume


def _kind(reading: PageReading, label: Label | None, profile: Profile) -> KindGuess | None:
    if label is None:
        return reading.kind
    if label.kind and profile.knows(label.kind):
        return KindGuess(label.kind, 1.0, 1.0)
    fits = reading.kind is None or put_into(label, profile) or profile.kind(reading.kind.code).volume == label.volume
    return reading.kind if fits or not label.volume else None


def _judge(codes: Sequence[Code], key: bytes) -> Separator | None:
    texts, words = ([code.text for code in codes if code.kind is kind] for kind in (CodeKind.QR, CodeKind.CODE_39))
    return separator_of(texts, words, key)


def _volume_label(record: CaseRecord, profile: Profile, code: str) -> Label:
    if code not in {volume.code for volume in profile.volumes}:
        raise VolumeUnknown(volume=code, known=", ".join(volume.code for volume in profile.volumes))
    return Label(record.case.case_no, code)


def _kind_label(record: CaseRecord, profile: Profile, code: str) -> Label:
    if not profile.knows(code):
        raise KindUnknown(kind=code)
    return Label(record.case.case_no, profile.kind(code).volume, code)


def _shown(label: Label, record: CaseRecord, profile: Profile) -> tuple[str, str, str]:
    """A label in the words of people; a kind that goes along unbound has no volume to name."""
    titles = {volume.code: volume.title for volume in profile.volumes}
    kind = f"{profile.kind(label.kind).title}（{label.kind}）" if label.kind else ""
    return f"{label.case}　{record.case.name}", titles.get(label.volume, ""), kind


def _pdf(sheets: Sequence[bytes]) -> bytes:
    pictures = [Image.open(io.BytesIO(sheet)).convert("1") for sheet in sheets]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=SHEET_DPI)
    return out.getvalue()


def _make_key(path: Path, key: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with disk_room(path.parent), write_once(path) as out:
            os.fchmod(out.fileno(), 0o600)
            out.write(key)
    except FileExistsError:
        return  # another process of this station was first; its key counts
