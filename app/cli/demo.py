"""`juanzong demo`: the whole main job on the sample case, without a display."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.station.demo import Made, Step, run_demo
from app.station.station import Who, open_station
from dossier.verify.report import report_json

OPERATOR = Who(actor="演示员", station="演示站")


@click.command(cls=SharedCommand)
@click.pass_obj
def demo(out: Output) -> None:
    """Turn the sample case from paper into a delivered dossier, and show where its results lie.

    Works in a home folder of its own (`demo` below the station's); run again after an interruption, it goes on.
    """
    home = out.settings.home / "demo"
    with open_station(home, who=OPERATOR) as station, out.progress("progress.scanning", None) as bar:

        def step(done: Step) -> None:
            out.line(done.line, **{**done.params, **_in_words(out, done)})

        def progress(key: str, done: int, of: int) -> None:
            bar.name(out.words.line(key))
            bar(done, of)

        made = run_demo(station, on_step=step, on_progress=progress)
        out.result(_json(made, home, out))
    out.line("demo.verified", result=out.words.line("demo.good" if made.report.ok else "demo.bad"))
    for what, path in _where(made, home, out):
        out.line("demo.where", what=what, path=path)
    out.line("demo.done", seconds=made.seconds)
    click.get_current_context().exit(0 if made.good else 1)


def _in_words(out: Output, step: Step) -> dict[str, object]:
    words = {}
    if "in_order" in step.params:
        words["order"] = out.words.line("demo.in-order" if step.params["in_order"] else "demo.out-of-order")
    if "was_reported" in step.params:
        words["reported"] = out.words.line("demo.reported" if step.params["was_reported"] else "demo.not-reported")
    return dict(words)


def _where(made: Made, home: Path, out: Output) -> list[tuple[str, Path]]:
    package = made.outgoing.package
    case = home / "cases" / package.case_no
    rows = [("sample", made.sample.folder), ("originals", case / "originals"), ("package", package.file)]
    rows += [("receipt", package.file.with_suffix(".receipt")), ("database", home / "juanzong.db")]
    return [(out.words.line(f"demo.row.{key}"), path) for key, path in rows]


def _json(made: Made, home: Path, out: Output) -> dict[str, object]:
    package, receipt = made.outgoing.package, made.receipt
    return {
        "ok": made.good,
        "seconds": round(made.seconds, 1),
        "score": asdict(made.score),
        "findings": [
            {"id": f.id, "key": f.key, "severity": f.severity.value, "where": f.where, "face": f.face}
            for f in made.findings
        ],
        "package": {"id": package.id, "file": str(package.file), "size": package.size, "level": package.level},
        "verify": report_json(made.report, out.words.short),
        "receipt": {
            "platform": receipt.platform,
            "sequence": receipt.platform_sequence,
            "verdict": receipt.verdict.value,
            "sha256": receipt.sha256,
        },
        "home": str(home),
    }
