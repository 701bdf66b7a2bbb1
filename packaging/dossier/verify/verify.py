"""Judging a whole package."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from dossier.model import Finding
from dossier.package.closing import AUDIT_NAME
from dossier.package.errors import ContainerBroken, NameUnsafe, PackageTooLarge, PartsIncomplete, TagFileBroken
from dossier.package.index import INDEX_NAME, MAX_INDEX_BYTES, IndexedFile, PackageIndex, parse_index
from dossier.package.schema import INDEX, schema_fault
from dossier.progress import OnProgress, silent
from dossier.verify.authenticity import Authenticity, check_seal
from dossier.verify.copies import check_copies, check_originals
from dossier.verify.declared import check_files, check_numbers, check_origins, check_profile, check_statements
from dossier.verify.enclosed import check_eep
from dossier.verify.findings import WHOLE_PACKAGE, block
from dossier.verify.integrity import Integrity, check_integrity
from dossier.verify.pdf import check_navigation, check_pictures, check_signatures
from dossier.verify.report import VerifyReport, unread
from dossier.verify.source import Source, local_file, open_source, read_tag_file, whole_package
from dossier.verify.trail import check_trail
from signing.types import SignatureReport, TrustAnchors

_FAR_FUTURE = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def verify_package(
    path: Path, anchors: TrustAnchors | None, *, now: dt.datetime | None = None, on_progress: OnProgress = silent
) -> VerifyReport:
    """Judge the package at `path`: its one file, the folder it was unpacked into, or the folder (or one list) of the
    parts that it was cut into.

    Whatever stands in it ends in the report. `anchors`: the roots to believe; None names the root in a warning and
    still finds every change. `now`: with it, signatures dated in the future do not hold. `on_progress`: how many of its
    volumes and loose documents were looked at. Memory does not grow with the package; a PDF inside a container is
    copied to the temporary folder while it is looked at, and parts are put together there.

    Raises OSError when the disk does not give the package.
    """
    try:
        with whole_package(path) as whole, open_source(whole) as source:
            return _judge(source, anchors, now or _FAR_FUTURE, on_progress)
    except ContainerBroken as fault:
        return unread(block("A-14", "verify.container-broken", fault.place, reason=fault.reason))
    except NameUnsafe as fault:
        return unread(block("S-07", "verify.name-unsafe", str(fault.params["name"]), reason=fault.params["reason"]))
    except PackageTooLarge as fault:
        return unread(block("A-14", "verify.too-large", WHOLE_PACKAGE, reason=str(fault)))
    except PartsIncomplete as fault:
        count, names = fault.params["count"], fault.params["names"]
        return unread(block("C-02", "verify.parts-incomplete", WHOLE_PACKAGE, count=count, names=names))
    except TagFileBroken as fault:
        name, reason = str(fault.params["name"]), fault.params["reason"]
        return unread(block("A-13", "verify.tag-file-broken", name, reason=reason))


def _judge(source: Source, anchors: TrustAnchors | None, now: dt.datetime, on_progress: OnProgress) -> VerifyReport:
    sealed = check_seal(source, anchors, now)
    integrity = check_integrity(source, sealed.seal)
    index, told = _index(source, sealed, integrity)
    enclosed, doubted = check_eep(source, sealed.anchors, now)
    signatures = [*sealed.signatures, *enclosed]
    findings = [*sealed.findings, *integrity.findings, *doubted, *told]
    files = index.files if index else ()
    for count, file in enumerate(files, start=1):
        if file.path in source.sizes:
            reports, found = _check_pdf(source, file, sealed.anchors, integrity, now)
            signatures += reports
            findings += found
        findings += check_copies(source, file)
        on_progress(count, len(files))
    findings += check_originals(source, index, now) if index else []
    if AUDIT_NAME in source.sizes:
        with source.open(AUDIT_NAME) as stream:
            findings += check_trail(stream)
    else:
        findings.append(block("A-16", "verify.audit-broken", AUDIT_NAME, record=0, reason="-"))
    seal = sealed.seal
    return VerifyReport(
        package_id=seal.package_id if seal else None,
        profile=seal.profile if seal else None,
        profile_status=index.profile_status if index else None,
        training=seal.training if seal else None,
        case_no=seal.case_no if seal else None,
        submission=seal.submission if seal else None,
        sealed_at=seal.sealed_at if seal else None,
        volumes=sum(file.volume for file in files),
        documents=sum(len(file.documents) for file in files),
        pages=sum(file.numbered_pages for file in files),
        findings=_once(findings),
        signatures=tuple(replace(each, trusted=each.trusted and anchors is not None) for each in signatures),
    )


def _index(source: Source, sealed: Authenticity, integrity: Integrity) -> tuple[PackageIndex | None, list[Finding]]:
    """The index and what is wrong with its statements; an altered index is not held against the files."""
    if INDEX_NAME in integrity.altered:
        return None, []
    try:
        data = read_tag_file(source, INDEX_NAME, MAX_INDEX_BYTES)
        index = parse_index(data)
        fault = schema_fault(INDEX, data)
        findings = [] if fault is None else [block("A-13", "verify.schema", INDEX_NAME, reason=fault)]
        findings += [*check_files(index, integrity.digests), *check_origins(index)]
        if sealed.seal is not None:
            findings += check_statements(source, sealed.seal, index)
            findings += check_profile(sealed.seal, index, integrity.digests)
    except TagFileBroken as broken:
        name, reason = str(broken.params["name"]), broken.params["reason"]
        return None, [block("A-13", "verify.tag-file-broken", name, reason=reason)]
    for file in index.files:
        findings += check_numbers(file)
    return index, findings


def _check_pdf(
    source: Source, file: IndexedFile, anchors: TrustAnchors, integrity: Integrity, now: dt.datetime
) -> tuple[list[SignatureReport], list[Finding]]:
    with local_file(source, file.path) as path:
        reports, findings = check_signatures(path, file, anchors, now)
        findings += check_pictures(path, file) if file.path in integrity.altered else check_navigation(path, file)
    # In a container the signature names a temporary copy: name the file of the package.
    named = [replace(report, where=report.where.replace(path.name, file.path, 1)) for report in reports]
    return named, findings


def _once(findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding for a message and place, however many lists (both algorithms, the index) disagree."""
    kept: dict[tuple[str, str], Finding] = {}
    for each in findings:
        kept.setdefault((each.key, each.where), each)
    return tuple(kept.values())
