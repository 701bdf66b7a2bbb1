"""One PDF of a package against what index.xml declares of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import Destination, StreamObject

from dossier.model import Finding
from dossier.package.index import IndexedFile, IndexedPage
from dossier.verify.findings import block
from signing.types import SignatureReport, TrustAnchors
from signing.validate import validate_pdf

MAX_PAGES = 20_000
# pypdf was written for sound files: on damaged ones these come up besides its own errors. Each means "unreadable".
PDF_FAULTS = (
    PyPdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
    zlib.error,
)


def check_signatures(
    path: Path, file: IndexedFile, anchors: TrustAnchors, at: dt.datetime
) -> tuple[list[SignatureReport], list[Finding]]:
    """Every signature holds, and there are as many as declared: one cut off the end leaves a sound file."""
    reports = validate_pdf(path, anchors, now=at)
    findings: list[Finding] = []
    for report in reports:
        if report.intact and report.covers_whole_file and not report.trusted:
            findings.append(block("A-02", "verify.untrusted", file.path, fingerprint=report.root_sha256 or "-"))
        elif not report.ok:
            findings.append(block("A-02", "verify.pdf-signature", file.path, problems="; ".join(report.problems)))
    if len(reports) != file.signatures:
        findings.append(
            block("A-02", "verify.signature-count", file.path, found=len(reports), declared=file.signatures)
        )
    return reports, findings


def check_navigation(path: Path, file: IndexedFile) -> Iterator[Finding]:
    """C-01, U-09: pages as declared, labels are the page numbers, bookmarks are the catalogue."""
    try:
        with path.open("rb") as stream:  # given a path, pypdf would read the whole file into memory
            reader = PdfReader(stream)
            pages = len(reader.pages)
            if pages != file.physical_pages or pages > MAX_PAGES:
                yield block(
                    "C-01", "verify.count", file.path, what="PDF 页数 pages", found=pages, declared=file.physical_pages
                )
                return
            if file.volume:
                yield from _check_labels(reader, file)
            yield from _check_bookmarks(reader, file)
    except PDF_FAULTS as fault:
        yield block("U-04", "verify.pdf-unreadable", file.path, reason=f"{type(fault).__name__}: {fault}")


def check_pictures(path: Path, file: IndexedFile) -> Iterator[Finding]:
    """Name the pages of an altered PDF whose picture is not the one that was put there."""
    declared = [page for document in file.documents for page in document.pages]
    try:
        with path.open("rb") as stream:
            reader = PdfReader(stream)
            if len(reader.pages) > MAX_PAGES:
                return
            found: set[str] = set()
            for sheet in reader.pages:
                found.update(_pictures(sheet))
                reader.resolved_objects.clear()  # else every picture would stay in memory
    except PDF_FAULTS as fault:
        yield block("U-04", "verify.pdf-unreadable", file.path, reason=f"{type(fault).__name__}: {fault}")
        return
    for page in declared:
        if page.picture_sha256 not in found:
            yield block("A-01", "verify.page-changed", f"{file.path} {_page_name(page)}")


def _check_labels(reader: PdfReader, file: IndexedFile) -> Iterator[Finding]:
    labels = [label for label in reader.page_labels if label.isdecimal()]
    numbers = [str(page.number) for document in file.documents for page in document.pages if page.number is not None]
    if labels != numbers:
        yield block("U-09", "verify.labels", file.path)


def _check_bookmarks(reader: PdfReader, file: IndexedFile) -> Iterator[Finding]:
    """One bookmark a document: its title, leading to its first face."""
    marks = [mark for mark in reader.outline if isinstance(mark, Destination)]
    found = [(_plain(str(mark.title)), reader.get_destination_page_number(mark)) for mark in marks]
    at = found[0][1] or 0 if found else 0  # faces stand in one run from there on
    expected: list[tuple[str, int | None]] = []
    for document in file.documents:
        expected.append((_plain(document.title), at))
        at += len(document.leaves)
    if found != expected or at > file.physical_pages:
        yield block("U-09", "verify.bookmarks", file.path)


def _pictures(page: PageObject) -> Iterator[str]:
    """SHA-256 of each picture on a page, as the JPEG that is embedded."""
    resources = page.get("/Resources", {}).get_object()
    for reference in resources.get("/XObject", {}).get_object().values():
        stream = reference.get_object()
        if isinstance(stream, StreamObject) and stream.get("/Subtype") == "/Image":
            yield hashlib.sha256(stream.get_data()).hexdigest()


def _page_name(page: IndexedPage) -> str:
    return f"p.{page.number}" if page.number is not None else f"face {page.face}"


def _plain(title: str) -> str:
    return "".join(title.split())
