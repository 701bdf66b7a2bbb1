"""`juanzong catalogue`, `check`, `explain`, `seal`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.files import password_in, save
from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.checking import Checked, handle
from app.station.checking import check as run_check
from app.station.checking import explain as explain_finding
from app.station.checking import report as check_on_paper
from app.station.filing import build_dossier
from app.station.keys import open_signer
from app.station.sealing import seal as seal_case
from app.station.station import open_station
from app.station.trust import anchors_for
from app.store.store import SystemClock
from dossier.checks import describe
from dossier.model import Document, Dossier, Entry, Finding, Severity
from dossier.verify import verify_package
from dossier.verify.report import report_json

SUBMISSION = click.option("--submission", default="base", show_default=True, help="base, arrest, prosecute...")


@click.command(cls=SharedCommand)
@click.argument("case_no")
@SUBMISSION
@click.pass_obj
def catalogue(out: Output, case_no: str, submission: str) -> None:
    """Documents of CASE_NO in the order of the standard."""
    with open_station(out.settings.home) as station:
        dossier = build_dossier(station, case_no, submission)
    bound = [_entry_json(volume.code, entry) for volume in dossier.volumes for entry in volume.entries]
    out.result(bound + _unbound(dossier))
    out.table(
        ("volume", "order", "kind", "title", "number", "date", "persons", "page", "confidence"),
        [
            (
                f"{volume.sequence} {volume.title}",
                entry.order,
                entry.document.kind,
                entry.document.title,
                entry.document.number,
                entry.document.date,
                "、".join(entry.document.persons),
                _pages(entry),
                f"{entry.document.confidence:.2f}",
            )
            for volume in dossier.volumes
            for entry in volume.entries
        ],
    )
    for document in dossier.unfiled:
        out.line("catalogue.unfiled", title=document.title or "?", face=document.faces[0].id)


def _pages(entry: Entry) -> str:
    if entry.first_page is None:
        return ""
    return str(entry.first_page) if entry.first_page == entry.last_page else f"{entry.first_page}-{entry.last_page}"


def _entry_json(volume: str, entry: Entry) -> dict[str, object]:
    return {
        "volume": volume,
        "order": entry.order,
        "pages": None if entry.first_page is None else [entry.first_page, entry.last_page],
        **_document_json(entry.document),
    }


def _unbound(dossier: Dossier) -> list[dict[str, object]]:
    return [
        {"volume": None, "order": None, "pages": None, **_document_json(document)}
        for document in (*dossier.loose, *dossier.unfiled)
    ]


def _document_json(document: Document) -> dict[str, object]:
    return {
        "kind": document.kind,
        "title": document.title,
        "number": document.number,
        "date": document.date.isoformat() if document.date else None,
        "persons": list(document.persons),
        "ordinal": document.ordinal,
        "copy": document.copy.value if document.copy else None,
        "told": sorted(document.told),
        "faces": [face.id for face in document.faces],
        "confidence": document.confidence,
    }


@click.command(cls=SharedCommand)
@click.argument("case_or_package")
@SUBMISSION
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a PDF to print and sign.")
@click.pass_obj
def check(out: Output, case_or_package: str, submission: str, report: Path | None) -> None:
    """Acceptance checks of a case or of a package; exit code 1 when one blocks."""
    if Path(case_or_package).exists():
        verified = verify_package(Path(case_or_package), anchors_for(out.settings.home), now=SystemClock().now())
        out.result(report_json(verified, out.words.short))
        for finding in verified.findings:
            _print_finding(out, finding, closed=False)
        click.get_current_context().exit(0 if verified.ok else 1)
    with open_station(out.settings.home) as station:
        if report is None:
            checked = run_check(station, case_or_package, submission)
        else:
            checked, paper = check_on_paper(station, case_or_package, submission)
            save(report, paper)
    out.result(
        {
            "case": case_or_package,
            "submission": submission,
            "ok": not checked.open,
            "findings": [
                {
                    **_finding_json(out, finding),
                    "explained": _is_explained(finding, checked),
                }
                for finding in checked.findings
            ],
        }
    )
    for finding in checked.findings:
        _print_finding(out, finding, closed=_is_explained(finding, checked))
    out.line("check.done", findings=len(checked.findings), open=len(checked.open))
    if report is not None:
        out.line("check.reported", file=report)
    click.get_current_context().exit(1 if checked.open else 0)


def _is_explained(finding: Finding, checked: Checked) -> bool:
    return finding.severity is Severity.BLOCK and finding not in checked.open


def _finding_json(out: Output, finding: Finding) -> dict[str, object]:
    message, remedy = describe(finding, out.words.short)
    return {
        "id": finding.id,
        "handle": handle(finding),
        "severity": finding.severity.value,
        "where": finding.where,
        "face": finding.face,
        "box": list(finding.box) if finding.box else None,
        "rests_on": [asdict(place) for place in finding.rests_on],
        "da_t_70": finding.item,
        "waivable": finding.waivable,
        "asks": finding.asks,
        "message": message,
        "remedy": remedy,
    }


def _print_finding(out: Output, finding: Finding, *, closed: bool) -> None:
    message, remedy = describe(finding, out.words.short)
    state = out.words.line("severity.explained" if closed else f"severity.{finding.severity.value}")
    if not out.settings.quiet:
        out.text(f"[{state}] {handle(finding)}: {message} {remedy}")


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.argument("finding")
@click.option("--reason", required=True, help="Why it may stand; it travels inside the sealed package.")
@SUBMISSION
@click.pass_obj
def explain(out: Output, case_no: str, finding: str, reason: str, submission: str) -> None:
    """Answer for FINDING (as `check` names it) of CASE_NO, by name and with a reason."""
    if not reason.strip():
        raise click.UsageError("--reason is empty")
    with open_station(out.settings.home) as station:
        meant = explain_finding(station, case_no, submission, finding, reason)
        out.result({"case": case_no, "finding": finding, "explained": len(meant), "by": station.who.actor})
        out.line("explain.done", finding=finding, by=station.who.actor)


@click.command(cls=SharedCommand)
@click.argument("case_no")
@click.option("--submission", required=True, help="base, arrest, prosecute...")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PKCS#12 key; the training key when left out.",
)
@click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File with the key's password; asked for when left out.",
)
@click.pass_obj
def seal(out: Output, case_no: str, submission: str, key: Path | None, password_file: Path | None) -> None:
    """Build, sign, package, verify and queue CASE_NO."""
    password = None
    if key is not None:
        password = (
            password_in(password_file)
            if password_file
            else str(click.prompt(out.words.line("seal.password"), hide_input=True, err=True))
        )
    with (
        open_station(out.settings.home) as station,
        open_signer(station, key, password) as signer,
        out.progress("progress.sealing", 100) as bar,
    ):
        package = seal_case(
            station, case_no, submission, signer, on_progress=lambda done, of: bar(100 * done // of, 100)
        )
    out.result(
        {
            "case": case_no,
            "package": package.id,
            "file": str(package.file),
            "sha256": package.sha256,
            "sm3": package.sm3,
            "size": package.size,
            "level": package.level,
            "training": package.training,
            "version": package.version,
        }
    )
    out.line("seal.done", file=package.file, level=package.level, megabytes=package.size / 1e6)
