"""`juanzong paper`: where the paper of a case lies, and who has it."""

from __future__ import annotations

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.paper import PaperAct, PaperStep, Place, paper_chain, return_paper, store_paper, take_paper
from app.station.station import open_station


@click.group(cls=SharedGroup)
def paper() -> None:
    """The paper original of a case: shelf, box, label, and who took it when. Each step is in the trail."""


@paper.command("show")
@click.argument("case_no")
@click.pass_obj
def show(out: Output, case_no: str) -> None:
    """The chain of custody of CASE_NO's paper, the oldest step first."""
    with open_station(out.settings.home) as station:
        chain = paper_chain(station, case_no)
    out.result([_json(step) for step in chain])
    out.table(
        ("paper", "at", "shelf", "box", "barcode", "person", "reason", "by"),
        [
            (
                out.words.line(f"word.paper.{step.act}"),
                step.at,
                step.place.shelf,
                step.place.box,
                step.place.barcode,
                step.person,
                step.reason,
                step.by,
            )
            for step in chain
        ],
    )


@paper.command("store")
@click.argument("case_no")
@click.option("--shelf", required=True, help="Shelf (架位).")
@click.option("--box", default="", help="Box (盒).")
@click.option("--barcode", default="", help="The label on it, as the reader gives it.")
@click.pass_obj
def store(out: Output, case_no: str, shelf: str, box: str, barcode: str) -> None:
    """Record where the paper of CASE_NO lies."""
    with open_station(out.settings.home) as station:
        _tell(out, case_no, store_paper(station, case_no, Place(shelf, box, barcode)))


@paper.command("take")
@click.argument("case_no")
@click.option("--person", required=True, help="Who takes it.")
@click.option("--reason", required=True, help="What for.")
@click.pass_obj
def take(out: Output, case_no: str, person: str, reason: str) -> None:
    """Record that the paper of CASE_NO is handed to somebody."""
    with open_station(out.settings.home) as station:
        _tell(out, case_no, take_paper(station, case_no, person, reason))


@paper.command("return")
@click.argument("case_no")
@click.pass_obj
def return_(out: Output, case_no: str) -> None:
    """Record that the paper of CASE_NO is back at its place."""
    with open_station(out.settings.home) as station:
        _tell(out, case_no, return_paper(station, case_no))


def _tell(out: Output, case_no: str, step: PaperStep) -> None:
    out.result({"case": case_no, **_json(step)})
    if step.act is PaperAct.TAKEN:
        out.line("paper.out", case_no=case_no, person=step.person, at=step.at)
    else:
        place = step.place
        out.line("paper.lies", case_no=case_no, shelf=place.shelf, box=place.box or "-", barcode=place.barcode or "-")


def _json(step: PaperStep) -> dict[str, str]:
    return {
        "act": step.act.value,
        "at": step.at,
        "by": step.by,
        "shelf": step.place.shelf,
        "box": step.place.box,
        "barcode": step.place.barcode,
        "person": step.person,
        "reason": step.reason,
    }
