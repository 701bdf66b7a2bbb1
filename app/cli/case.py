"""`juanzong case`: new, list, show, import, compare."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.station.case_import import CasesImported, ListTaken, import_cases, watch_lists
from app.station.case_lists import read_cases
from app.station.case_map import load_map
from app.station.cases import Amendment, NewCase, amend_case, open_case
from app.station.ledger import compare_ledger
from app.station.overview import CaseOverview, overview
from app.station.station import open_station
from dossier.model import Person

MAPPING = click.option(
    "--map",
    "mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Mapping file (TOML): where the fields stand.",
)
PERSONS = click.option(
    "--person", "persons", multiple=True, metavar="NAME/ROLE[/ID]", help="In order; may be repeated."
)
TAGS = click.option("--tag", "tags", multiple=True, help="Facts that decide what must be there: drunk, bail...")


@click.group(cls=SharedGroup)
def case() -> None:
    """Open and look at cases."""


@case.command("new")
@click.argument("case_no")
@click.option("--name", required=True, help="Case name (案件名称).")
@click.option("--charge", required=True, help="Charge (案由).")
@click.option("--unit", "unit_name", default="", help="Unit that handles it (办案单位).")
@click.option("--unit-code", default="", help="Its 12-digit code; taken from the case number when left out.")
@PERSONS
@TAGS
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
        out.line("case.opened", case_no=case_no, name=name, profile=station.standard_label(record.case))


@case.command("set")
@click.argument("case_no")
@click.option("--name", help="Case name (案件名称).")
@click.option("--charge", help="Charge (案由).")
@PERSONS
@TAGS
@click.option("--reason", required=True, help="Why; it goes into the trail with the operator's name.")
@click.pass_obj
def set_(
    out: Output,
    case_no: str,
    name: str | None,
    charge: str | None,
    persons: tuple[str, ...],
    tags: tuple[str, ...],
    reason: str,
) -> None:
    """Put right what CASE_NO is called, its charge, all its persons in their order, or all its facts."""
    people = tuple(_person(order, text) for order, text in enumerate(persons, start=1))
    amendment = Amendment(name, charge, people or None, frozenset(tags) or None)
    if amendment == Amendment():
        raise click.UsageError("say what to put right: --name, --charge, --person, --tag")
    with open_station(out.settings.home) as station:
        record = amend_case(station, case_no, amendment, reason)
        out.result(_json(overview(station, record)))
    out.line("case.amended", case_no=case_no, name=record.case.name, charge=record.case.charge)


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
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@MAPPING
@click.option("--watch", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Take what appears here.")
@click.option("--idle", type=click.FloatRange(0), metavar="SECONDS", help="End a watch when nothing came for so long.")
@click.pass_obj
def import_(out: Output, file: Path | None, mapping: Path | None, watch: Path | None, idle: float | None) -> None:
    """Open the cases of a case system's export (JSON, CSV, XML).

    A mapping tells where the fields stand; without one the file is in the station's own format:

    \b
      cases = "data/cases"     # JSON, XML: the way to the cases
      encoding = "gb18030"     # CSV, JSON; delimiter = ";" for CSV
      [fields]                 # column, key or element; @name is an attribute
      case_no = "AJBH"
      name = "AJMC"
      charge = "AY"
      date = "LARQ"            # for `case compare`
      [persons]                # several in one cell: split = ";"
      each = "RYXX/RY"
      name = "XM"
      role = "SSDW"
      id_number = "ZJHM"
      [values.role]            # codes and what they mean
      01 = "嫌疑人"
      [tags.drunk]             # a fact of the case, where a field has such a value
      field = "AY"
      is = ["危险驾驶"]
    """
    if (file is None) == (watch is None):
        raise click.UsageError("name a FILE, or a folder with --watch")
    by = load_map(mapping) if mapping else None
    with open_station(out.settings.home) as station:
        if file is not None:
            imported = import_cases(station, file, by)
            _tell_imported(out, file, imported)
            click.get_current_context().exit(1 if imported.refused else 0)
        elif watch is not None:
            ended = threading.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: ended.set())
            watch_lists(
                station,
                watch,
                by,
                on_list=lambda taken: _tell_taken(out, taken),
                cancelled=ended.is_set,
                idle_s=idle,
                sleep=lambda seconds: _wait(ended, seconds),
            )


@case.command("compare")
@click.argument("ledger", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@MAPPING
@click.pass_obj
def compare(out: Output, ledger: Path, mapping: Path | None) -> None:
    """Compare all cases here with LEDGER, a list exported elsewhere; exit code 1 when they differ."""
    listed = read_cases(ledger, load_map(mapping) if mapping else None)
    with open_station(out.settings.home) as station:
        findings = compare_ledger(station, listed)
    out.result(
        [
            {"case_no": each.case_no, "difference": each.difference.value, "here": each.here, "there": each.there}
            for each in findings
        ]
    )
    out.table(
        ("case_no", "difference", "here", "there"),
        [(each.case_no, out.words.line(f"word.ledger.{each.difference}"), each.here, each.there) for each in findings],
    )
    out.line("case.compared", listed=len(listed), differences=len(findings))
    click.get_current_context().exit(1 if findings else 0)


def _wait(ended: threading.Event, seconds: float) -> None:
    ended.wait(seconds)


def _tell_imported(out: Output, file: Path, imported: CasesImported) -> None:
    refused = [(each.case_no, out.words.error(each.error).message) for each in imported.refused]
    out.result(
        {
            "file": str(file),
            "opened": list(imported.opened),
            "known": list(imported.known),
            "refused": [{"case_no": number, "message": message} for number, message in refused],
        }
    )
    for _, message in refused:
        out.text(message)
    out.line("case.imported", opened=len(imported.opened), known=len(imported.known), refused=len(refused))


def _tell_taken(out: Output, taken: ListTaken) -> None:
    if taken.imported is not None:
        _tell_imported(out, taken.file, taken.imported)
    if taken.error is not None:
        out.error(taken.error)


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
