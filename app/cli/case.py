"""`juanzong case`: new, list, show, import."""

from __future__ import annotations

from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.cases import NewCase, import_cases, open_case
from app.station.overview import CaseOverview, overview
from app.station.station import open_station
from dossier.model import Person


@click.group(cls=SharedGroup)
def case() -> None:
    """Open and look at cases."""


@case.command("new")
@click.argument("case_no")
@click.option("--name", required=True, help="Case name (案件名称).")
@click.option("--charge", required=True, help="Charge (案由).")
@click.option("--unit", "unit_name", default="", help="Unit that handles it (办案单位).")
@click.option("--unit-code", default="", help="Its 12-digit code; taken from the case number when left out.")
@click.option("--person", "persons", multiple=True, metavar="NAME/ROLE[/ID]", help="In order; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="Facts that decide what must be there: drunk, bail...")
@click.pass_obj
def new(
    out: Output,
    case_no: str,
    name: str,
    charge: str,
    unit_name: str,
    unit_code: str,
    persons: tuple[str, ...],
    tags: tuple[str, ...],
) -> None:
    """Open the case CASE_NO."""
    people = tuple(_person(order, text) for order, text in enumerate(persons, start=1))
    with open_station(out.settings.home) as station:
        record = open_case(station, NewCase(case_no, name, charge, unit_code, unit_name, people, frozenset(tags)))
        out.result(_json(overview(station, record)))
        out.line("case.opened", case_no=case_no, name=name, profile=record.case.profile_id)


@case.command("list")
@click.pass_obj
def list_(out: Output) -> None:
    """All cases, newest first."""
    with open_station(out.settings.home) as station:
        cases = [overview(station, record) for record in station.store.cases.all()]
    out.result([_json(item) for item in cases])
    out.table(
        ("case_no", "name", "pages", "documents", "state"),
        [(c.case_no, c.name, c.pages, c.documents, out.words.line(f"state.{c.state}")) for c in cases],
    )


@case.command("show")
@click.argument("case_no")
@click.pass_obj
def show(out: Output, case_no: str) -> None:
    """One case: what it has and how far it is."""
    with open_station(out.settings.home) as station:
        item = overview(station, station.store.cases.get(case_no))
    out.result(_json(item))
    out.table(
        ("field", "value"),
        [
            (out.words.line("column.case_no"), item.case_no),
            (out.words.line("column.name"), item.name),
            (out.words.line("column.charge"), item.charge),
            (out.words.line("column.profile"), item.profile),
            (out.words.line("column.pages"), f"{item.processed}/{item.pages}"),
            (out.words.line("column.documents"), item.documents),
            (out.words.line("column.state"), out.words.line(f"state.{item.state}")),
        ],
    )


@case.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_(out: Output, file: Path) -> None:
    """Open the cases of a case system's export (JSON, CSV, XML)."""
    with open_station(out.settings.home) as station:
        opened, known = import_cases(station, file)
    out.result({"opened": [record.case.case_no for record in opened], "known": known})
    out.line("case.imported", opened=len(opened), known=len(known))


def _person(order: int, text: str) -> Person:
    name, _, rest = text.partition("/")
    role, _, id_number = rest.partition("/")
    return Person(order, name, role or "嫌疑人", id_number or None)


def _json(item: CaseOverview) -> dict[str, object]:
    return {
        "case_no": item.case_no,
        "name": item.name,
        "charge": item.charge,
        "profile": item.profile,
        "pages": item.pages,
        "processed": item.processed,
        "failed": item.failed,
        "documents": item.documents,
        "state": item.state,
        "packages": list(item.packages),
    }
