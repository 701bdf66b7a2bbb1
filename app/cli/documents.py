"""`juanzong documents`: what a clerk corrects in the filing. `juanzong pages undo` takes the last correction back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station import correcting
from app.station.station import Station, open_station
from dossier.corrections import Facts
from ocr.reading.types import CopyKind

PAGE = click.IntRange(1)
REASON = click.option("--reason", required=True, help="Why; it goes into the trail with the operator's name.")


@click.group(cls=SharedGroup)
def documents() -> None:
    """Correct the filing: split, join, move, say what a document is. Corrections win over any later reading.

    A document is named by any of its pages, a page by its number in the case.
    """


def _spot(command: Callable[..., None]) -> Callable[..., None]:
    """Options that say in front of or behind which page."""
    command = click.option("--before", type=PAGE, metavar="PAGE", help="In front of this page.")(command)
    return click.option("--after", type=PAGE, metavar="PAGE", help="Behind this page.")(command)


@documents.command("split")
@click.argument("case_no")
@click.argument("page", type=PAGE)
@REASON
@click.pass_obj
def split(out: Output, case_no: str, page: int, reason: str) -> None:
    """Let a document begin with PAGE."""
    _correct(out, case_no, page, reason, lambda station: correcting.split(station, case_no, page, reason))


@documents.command("join")
@click.argument("case_no")
@click.argument("page", type=PAGE)
@click.option("--to", type=PAGE, metavar="PAGE", help="A page of the other document; else the one before it.")
@REASON
@click.pass_obj
def join(out: Output, case_no: str, page: int, to: int | None, reason: str) -> None:
    """Put the document of PAGE to the end of another."""
    _correct(out, case_no, page, reason, lambda station: correcting.join(station, case_no, page, reason, to=to))


@documents.command("move-pages")
@click.argument("case_no")
@click.argument("pages", nargs=-1, required=True, type=PAGE, metavar="PAGE...")
@_spot
@REASON
@click.pass_obj
def move_pages(
    out: Output, case_no: str, pages: tuple[int, ...], before: int | None, after: int | None, reason: str
) -> None:
    """Move PAGEs next to another page, into its document."""
    anchor = _anchor(before, after)

    def act(station: Station) -> None:
        correcting.move_pages(station, case_no, pages, anchor, reason, before=before is not None)

    _correct(out, case_no, pages[0], reason, act)


@documents.command("move")
@click.argument("case_no")
@click.argument("page", type=PAGE)
@_spot
@click.option("--submission", default="base", show_default=True, help="In whose order: base, arrest, prosecute...")
@REASON
@click.pass_obj
def move(
    out: Output, case_no: str, page: int, before: int | None, after: int | None, submission: str, reason: str
) -> None:
    """Put the document of PAGE next to another in the order of a submission, within its volume."""
    anchor = _anchor(before, after)

    def act(station: Station) -> None:
        first = before is not None
        correcting.place_document(station, case_no, page, anchor, submission, reason, before=first)

    _correct(out, case_no, page, reason, act)


@documents.command("set")
@click.argument("case_no")
@click.argument("page", type=PAGE)
@click.option("--kind", help="Code of its kind, e.g. GS01.")
@click.option("--title", help="Its title (题名).")
@click.option("--number", help="Its number (文号); empty: it has none.")
@click.option("--date", help="Its date, e.g. 2026-03-18; none: it has none.")
@click.option("--person", "persons", multiple=True, help="Whom it is about; may be repeated.")
@click.option("--ordinal", type=click.IntRange(0), help="Which record of its kind (第n次); 0: none.")
@click.option("--copy", type=click.Choice([copy.value for copy in CopyKind]), help="Which copy (联) it is.")
@click.option("--volume", help="Code of the volume it belongs into, e.g. B.")
@REASON
@click.pass_obj
def set_(out: Output, /, case_no: str, page: int, reason: str, persons: tuple[str, ...], **told: Any) -> None:
    """Say what the document of PAGE is."""
    copy = told.pop("copy")
    facts = Facts(persons=persons or None, copy=CopyKind(copy) if copy else None, **told)
    if not facts.told():
        raise click.UsageError("say what it is: --kind, --title, --number, --date, ...")
    _correct(out, case_no, page, reason, lambda station: correcting.tell(station, case_no, page, facts, reason))


def _anchor(before: int | None, after: int | None) -> int:
    if (before is None) == (after is None):
        raise click.UsageError("give either --before or --after")
    return before or after or 0


def _correct(out: Output, case_no: str, page: int, reason: str, act: Callable[[Station], None]) -> None:
    if not reason.strip():
        raise click.UsageError("--reason is empty")
    with open_station(out.settings.home) as station:
        act(station)
        filed = correcting.document_of(station, case_no, page)
    pages = list(filed.pages)
    out.result({"case": case_no, "kind": filed.kind, "title": filed.title, "pages": pages})
    shown = "、".join(str(number) for number in pages)
    out.line("documents.corrected", kind=filed.kind or "?", title=filed.title or "?", pages=shown)
