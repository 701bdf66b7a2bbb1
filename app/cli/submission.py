"""`juanzong submission`: which submission of a case is worked on, in which order of its papers."""

from __future__ import annotations

import click

from app.cli.documents import REASON
from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.station import open_station
from app.station.submissions import activate_submission, open_submission, submissions


@click.group(cls=SharedGroup)
def submission() -> None:
    """Submissions of a case (报送): base, arrest, prosecute... Each has its own order, whose versions are kept."""


@submission.command("list")
@click.argument("case_no")
@click.pass_obj
def list_(out: Output, case_no: str) -> None:
    """The submissions of CASE_NO that were opened or sealed."""
    with open_station(out.settings.home) as station:
        stands = submissions(station, case_no)
    out.result(
        [
            {
                "submission": each.arrangement.submission,
                "title": each.title,
                "version": each.arrangement.version,
                "active": each.arrangement.active,
                "current": each.current,
                "reason": each.arrangement.reason,
                "by": each.arrangement.by,
                "at": each.arrangement.at,
                "packages": list(each.packages),
            }
            for each in stands
        ]
    )
    out.table(
        ("submission", "title", "version", "state", "reason", "package"),
        [
            (
                each.arrangement.submission,
                each.title,
                each.arrangement.version,
                out.words.line(f"word.arrangement.{_standing(each.current, each.arrangement.active)}"),
                each.arrangement.reason,
                "\n".join(each.packages),
            )
            for each in stands
        ],
    )


@submission.command("open")
@click.argument("case_no")
@click.argument("submission_id", metavar="SUBMISSION")
@click.option("--like", help="Begin with what was moved by hand in this submission; else in its own version before.")
@REASON
@click.pass_obj
def open_(out: Output, case_no: str, submission_id: str, like: str | None, reason: str) -> None:
    """Work on SUBMISSION of CASE_NO from now on, in a new version of its order. Sealed packages stay as they are."""
    with open_station(out.settings.home) as station:
        made = open_submission(station, case_no, submission_id, reason, like=like)
    out.result({"case": case_no, "submission": made.submission, "version": made.version})
    out.line("submission.current", submission=made.submission, version=made.version)


@submission.command("use")
@click.argument("case_no")
@click.argument("submission_id", metavar="SUBMISSION")
@click.argument("version", type=click.IntRange(1))
@REASON
@click.pass_obj
def use(out: Output, case_no: str, submission_id: str, version: int, reason: str) -> None:
    """Let VERSION of the order of SUBMISSION hold again."""
    with open_station(out.settings.home) as station:
        activate_submission(station, case_no, submission_id, version, reason)
    out.result({"case": case_no, "submission": submission_id, "version": version})
    out.line("submission.current", submission=submission_id, version=version)


def _standing(current: bool, active: bool) -> str:
    return "current" if current else "active" if active else "earlier"
