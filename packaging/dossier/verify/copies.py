"""What goes along with the signed volumes: access copies (阅卷副本) and electronic originals (电子原件)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from dossier.model import Finding
from dossier.ofd.errors import OfdError
from dossier.ofd.signatures import look_at_ofd
from dossier.package.bound import VolumeForm
from dossier.package.errors import TagFileBroken
from dossier.package.index import IndexedCopy, IndexedFile, IndexedOriginal, PackageIndex
from dossier.package.originals import holds
from dossier.verify.content import MAX_TEXT_BYTES
from dossier.verify.findings import block, warn
from dossier.verify.ofd import check_ofd
from dossier.verify.pdf import PDF_FAULTS, check_navigation
from dossier.verify.source import Source, local_file, read_tag_file
from dossier.volumes.text import layer_text
from signing.validate import validate_pdf


def check_copies(source: Source, file: IndexedFile) -> Iterator[Finding]:
    """Each access copy has the pages and bookmarks of its volume, an OFD the text that was read as well."""
    for copy in file.copies:
        if copy.path not in source.sizes:
            continue  # said already
        like = replace(file, path=copy.path, physical_pages=copy.physical_pages)
        with local_file(source, copy.path) as path:
            yield from _check_copy(source, path, copy, like, file)


def _check_copy(
    source: Source, path: Path, copy: IndexedCopy, like: IndexedFile, file: IndexedFile
) -> Iterator[Finding]:
    if copy.physical_pages != file.physical_pages:
        yield block(
            "C-01",
            "verify.count",
            copy.path,
            what="副本页数 pages",
            found=copy.physical_pages,
            declared=file.physical_pages,
        )
    if copy.form != VolumeForm.ACCESS_OFD:
        yield from check_navigation(path, like)
        return
    try:
        text = _texts(read_tag_file(source, file.text_path, MAX_TEXT_BYTES))
    except TagFileBroken as fault:
        yield block("A-13", "verify.tag-file-broken", file.text_path, reason=fault.params["reason"])
        return
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        yield block("A-13", "verify.tag-file-broken", file.text_path, reason=f"{type(fault).__name__}: {fault}")
        return
    yield from check_ofd(path, like, text)


def _texts(data: bytes) -> dict[str, str]:
    """What a layer carries of each face, without white space."""
    pages = json.loads(data, object_hook=_without_chars)["pages"]
    return {
        page["face"]: "".join("".join(layer_text(line["text"]).split()) for line in page["lines"]) for page in pages
    }


def _without_chars(fields: dict[str, Any]) -> dict[str, Any]:
    """Single characters are most of the file, and would be most of the memory."""
    fields.pop("chars", None)
    return fields


def check_originals(source: Source, index: PackageIndex, now: dt.datetime) -> Iterator[Finding]:
    """Each electronic original has the pages and signatures that were declared, and its copies show all of it."""
    for original in index.originals:
        if original.path in source.sizes:
            with local_file(source, original.path) as path:
                yield from _check_original(path, original, now)
        yield from _check_shown(index, original)
    known = {original.sha256 for original in index.originals}
    pages = [page for file in index.files for document in file.documents for page in document.pages]
    for electronic in sorted({page.electronic for page in pages if page.electronic} - known):
        yield block("A-12", "verify.file-missing", electronic, listed="index.xml")


def _check_original(path: Path, original: IndexedOriginal, now: dt.datetime) -> Iterator[Finding]:
    try:
        pages, signatures, intact = _ofd_facts(path) if original.path.endswith(".ofd") else _pdf_facts(path, now)
    except PDF_FAULTS as fault:
        yield block("U-04", "verify.pdf-unreadable", original.path, reason=f"{type(fault).__name__}: {fault}")
        return
    except OfdError as fault:
        yield block("U-04", "verify.ofd-unreadable", original.path, reason=str(fault))
        return
    if pages != original.pages:
        yield block("C-01", "verify.count", original.path, what="原件页数 pages", found=pages, declared=original.pages)
    if (signatures, intact) != (original.signatures, original.intact):
        found, declared = f"{signatures}/{intact}", f"{original.signatures}/{original.intact}"
        yield block("A-02", "verify.signature-count", original.path, found=found, declared=declared)


def _pdf_facts(path: Path, now: dt.datetime) -> tuple[int, int, int]:
    """Pages, signatures, and how many of these hold."""
    with path.open("rb") as stream:
        pages = len(PdfReader(stream).pages)
    reports = validate_pdf(path, None, now=now)
    return pages, len(reports), sum(map(holds, reports))


def _ofd_facts(path: Path) -> tuple[int, int, int]:
    facts = look_at_ofd(path)
    return facts.pages, len(facts.signatures), 0


def _check_shown(index: PackageIndex, original: IndexedOriginal) -> Iterator[Finding]:
    shown = {
        page.electronic_page
        for file in index.files
        for document in file.documents
        for page in document.pages
        if page.electronic == original.sha256
    }
    if shown != set(range(1, original.pages + 1)):
        yield warn("C-01", "verify.original-partly", original.path, shown=len(shown), pages=original.pages)
