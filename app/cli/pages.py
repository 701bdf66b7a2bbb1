"""`juanzong pages`: which pages of a case count, in which order, and what a clerk changes in that."""

from __future__ import annotations

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.batches import recount
from app.station.manual_duplex import join_again, part_sides
from app.station.page_acts import set_aside, take_back
from app.station.station import Station, open_station
from app.station.undo import undo
from app.store.records import CaseRecord, Page


@click.group(cls=SharedGroup)
def pages() -> None:
    """The pages of a case: list, set aside, take back, join the two sides."""


@pages.command("list")
@click.argument("case_no")
@click.option("--all", "everything", is_flag=True, help="Those that were set aside too.")
@click.pass_obj
def list_(out: Output, case_no: str, everything: bool) -> None:
    """List the pages of CASE_NO in their order. A page keeps its number whatever happens around it."""
    with open_station(out.settings.home) as station:
        record = station.store.cases.get(case_no)
        held = station.store.pages
        found = held.all_of_case(record.id) if everything else held.of_case(record.id)
        rows = _rows(station, record, found)
    out.result(rows)
    out.table(
        ("page", "sheet", "side", "batch", "origin", "aside"),
        [
            (
                row["page"],
                row["sheet"],
                out.words.line(f"word.{row['side']}"),
                row["batch"],
                out.words.line(f"origin.{row['origin']}"),
                _why(out, row),
            )
            for row in rows
        ],
    )


@pages.command("aside")
@click.argument("case_no")
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1), metavar="PAGE...")
@click.option("--reason", required=True, help="Why; it goes into the trail with the operator's name.")
@click.pass_obj
def aside(out: Output, case_no: str, numbers: tuple[int, ...], reason: str) -> None:
    """Let pages of CASE_NO count no longer. Nothing is deleted."""
    if not reason.strip():
        raise click.UsageError("--reason is empty")
    with open_station(out.settings.home) as station:
        done = set_aside(station, case_no, numbers, reason)
    out.result({"case": case_no, "aside": [page.number for page in done]})
    out.line("pages.aside", count=len(done))


@pages.command("take-back")
@click.argument("case_no")
@click.argument("numbers", nargs=-1, required=True, type=click.IntRange(1), metavar="PAGE...")
@click.pass_obj
def back(out: Output, case_no: str, numbers: tuple[int, ...]) -> None:
    """Let pages of CASE_NO that were set aside or replaced count again."""
    with open_station(out.settings.home) as station:
        done = take_back(station, case_no, numbers)
    out.result({"case": case_no, "counting": [page.number for page in done]})
    out.line("pages.back", count=len(done))


@pages.command("undo")
@click.argument("case_no")
@click.pass_obj
def undo_(out: Output, case_no: str) -> None:
    """Take back the last step on the pages of CASE_NO: setting aside, replacing, inserting, correcting the filing."""
    with open_station(out.settings.home) as station:
        done = undo(station, case_no)
    out.result({"case": case_no, "counting": list(done.back), "aside": list(done.aside), "correction": done.correction})
    if done.correction:
        out.line("documents.undone")
    else:
        out.line("pages.undone", back=len(done.back), aside=len(done.aside))


@pages.command("join")
@click.argument("case_no")
@click.argument("batch", type=click.IntRange(1))
@click.option("--reversed/--in-order", "reverse", required=True, help="Whether the last sheet's back came first.")
@click.pass_obj
def join(out: Output, case_no: str, batch: int, reverse: bool) -> None:
    """Join the backs scanned as BATCH to their fronts, also once more the other way (manual duplex)."""
    with open_station(out.settings.home) as station:
        join_again(station, case_no, batch, reverse=reverse)
    out.result({"case": case_no, "batch": batch, "joined": True, "reversed": reverse})
    out.line("pages.joined", batch=batch)


@pages.command("part")
@click.argument("case_no")
@click.argument("batch", type=click.IntRange(1))
@click.pass_obj
def part(out: Output, case_no: str, batch: int) -> None:
    """Take the backs scanned as BATCH from their fronts again."""
    with open_station(out.settings.home) as station:
        part_sides(station, case_no, batch)
    out.result({"case": case_no, "batch": batch, "joined": False})
    out.line("pages.parted", batch=batch)


@pages.command("recount")
@click.argument("case_no")
@click.argument("batch", type=click.IntRange(1))
@click.argument("sheets", type=click.IntRange(0))
@click.pass_obj
def recount_(out: Output, case_no: str, batch: int, sheets: int) -> None:
    """Say how many SHEETS the paper of BATCH has, counted once more."""
    with open_station(out.settings.home) as station:
        told = recount(station, case_no, batch, sheets)
    state = "complete" if told.reconciled else "stopped"
    out.result({"case": case_no, "batch": batch, "sheets": sheets, "found": told.sheets, "state": state})
    out.line(
        "pages.recounted", batch=batch, sheets=sheets, found=told.sheets, state=out.words.line(f"word.state.{state}")
    )
    if not told.reconciled:
        click.get_current_context().exit(1)


def _rows(station: Station, record: CaseRecord, found: list[Page]) -> list[dict[str, object]]:
    batches = {batch.id: batch.number for batch in station.store.pages.batches(record.id)}
    numbers = {page.id: page.number for page in station.store.pages.all_of_case(record.id)}
    return [
        {
            "page": page.number,
            "sheet": page.sheet,
            "side": page.side,
            "batch": batches[page.batch_id],
            "origin": page.origin,
            "captured_at": page.captured_at,
            "sha256": page.sha256,
            "file": str(page.file),
            "aside": page.aside.reason if page.aside else None,
            "aside_by": page.aside.by if page.aside else None,
            "aside_at": page.aside.at if page.aside else None,
            "superseded_by": numbers.get(page.aside.superseded_by or 0) if page.aside else None,
        }
        for page in found
    ]


def _why(out: Output, row: dict[str, object]) -> str:
    if row["superseded_by"] is not None:
        return out.words.line("pages.superseded", page=row["superseded_by"])
    return str(row["aside"] or "")
