"""`juanzong verify`: needs no station, no Qt, no network."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.trust import anchors_for
from app.store.store import SystemClock
from dossier.checks import describe
from dossier.verify import verify_package
from dossier.verify.report import report_json


@click.command(cls=SharedCommand)
@click.argument("package", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--trust",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Root certificates (PEM file or folder) to believe; the station's own when left out.",
)
@click.pass_obj
def verify(out: Output, package: Path, trust: tuple[Path, ...]) -> None:
    """Check PACKAGE (file or unpacked folder) from itself alone; exit code 1 when it is not right."""
    report = verify_package(package, anchors_for(out.settings.home, trust), now=SystemClock().now())
    out.result(report_json(report, out.words.short))
    for finding in report.findings:
        message, remedy = describe(finding, out.words.short)
        place = "" if finding.where in message else f" {finding.where}"
        state = out.words.line(f"severity.{finding.severity.value}")
        out.text(f"[{state}] {finding.id}{place}: {message} {remedy}")
    for signature in report.signatures:
        out.line(
            "verify.signature",
            where=signature.where,
            signer=signature.signer,
            level=signature.level,
            state=out.words.line("verify.valid" if signature.ok else "verify.invalid"),
        )
    if report.profile is not None and report.profile_status is not None:
        out.line("verify.standard", profile=report.profile, status=report.profile_status)
    out.line("verify.ok" if report.ok else "verify.not-ok", package=package.name)
    click.get_current_context().exit(0 if report.ok else 1)
