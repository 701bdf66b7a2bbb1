"""`juanzong receive`: the receiver's side."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.files import password_in
from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.keys import open_signer
from app.station.malware import told
from app.station.receiving import Said, Slip
from app.station.receiving import receive as receive_package
from app.station.station import open_station
from app.station.trust import anchors_for
from dossier.checks import describe
from dossier.model import Finding
from dossier.profile.model import OTHER_REASON
from dossier.verify.report import report_json
from transfer.types import Verdict


@click.command(cls=SharedCommand)
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option("--trust", multiple=True, type=click.Path(exists=True, path_type=Path), help="Roots to believe (PEM).")
@click.option("--unit", default="", help="Who receives, as the slip names it; the station's name when left out.")
@click.option(
    "--verdict", type=click.Choice([each.value for each in Verdict]), help="A person decides; else the checks."
)
@click.option(
    "--code", default=OTHER_REASON, show_default=True, help="The standard's reason (退回原因) for a rejection."
)
@click.option("--reason", default="", help="Why, in words; a verdict against the checks needs it.")
@click.option("--out", type=click.Path(file_okay=False, exists=True, path_type=Path), help="Folder for the slip.")
@click.option(
    "--key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="PKCS#12; training when none."
)
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def receive(
    out: Output,
    /,
    package: Path,
    trust: tuple[Path, ...],
    unit: str,
    verdict: str | None,
    code: str,
    reason: str,
    **given: Path | None,
) -> None:
    """Check PACKAGE, answer it by a signed slip and keep it; exit code 1 when it is sent back.

    The sending station takes the slip with `outbox import-receipts`.
    """
    if verdict is not None and not reason.strip():
        raise click.UsageError("--verdict needs --reason")
    said = None if verdict is None else Said(Verdict(verdict), reason.strip(), code)
    password_file = given["password_file"]
    password = password_in(password_file) if password_file else None
    anchors = anchors_for(out.settings.home, trust)
    with (
        open_station(out.settings.home) as station,
        open_signer(station, given["key"], password) as signer,
        out.progress("progress.looking", None),
    ):
        slip = receive_package(
            station,
            package,
            signer,
            unit=unit or station.who.station,
            anchors=anchors,
            said=said,
            out=given["out"],
        )
    _tell(out, slip)
    click.get_current_context().exit(0 if slip.signed.read().verdict is Verdict.ACCEPTED else 1)


def _tell(out: Output, slip: Slip) -> None:
    receipt, examined = slip.signed.read(), slip.examined
    out.result(
        {
            "package": receipt.package_id,
            "verdict": receipt.verdict.value,
            "reason_code": receipt.reason_code,
            "reasons": list(receipt.reasons),
            "slip": str(slip.file),
            "again": slip.again,
            "profile": examined.profile.label if examined.profile else None,
            "earlier": [each.package_id for each in examined.earlier],
            "malware": told(examined.scan),
            "verification": report_json(examined.report, out.words.short),
            "findings": [_finding(out, each, open_=each in examined.open) for each in examined.findings],
        }
    )
    for each in (*examined.report.findings, *examined.findings):
        message, _ = describe(each, out.words.short)
        out.text(f"[{out.words.line(f'severity.{each.severity.value}')}] {each.id} {each.where}: {message}")
    if not examined.scan.scanner:
        out.line("receive.not-searched")
    line = "receive.accepted" if receipt.verdict is Verdict.ACCEPTED else "receive.rejected"
    out.line(line, package=receipt.package_id, reasons="; ".join((receipt.reason_code or "", *receipt.reasons)))
    out.line("receive.slip", file=slip.file)


def _finding(out: Output, finding: Finding, *, open_: bool) -> dict[str, object]:
    message, remedy = describe(finding, out.words.short)
    return {
        "id": finding.id,
        "severity": finding.severity.value,
        "where": finding.where,
        "open": open_,
        "message": message,
        "remedy": remedy,
    }
