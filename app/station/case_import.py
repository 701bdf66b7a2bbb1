"""Cases from a case system (案件系统): one export, or a folder into which it writes them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.station.case_lists import read_cases
from app.station.case_map import OWN_FORMATS, CaseMap
from app.station.cases import open_case
from app.station.errors import StationError
from app.station.station import Station
from app.store.errors import CaseExists

TAKEN, REFUSED = "taken", "refused"


@dataclass(frozen=True)
class RefusedCase:
    case_no: str
    error: StationError


@dataclass(frozen=True)
class CasesImported:
    """Case numbers: those opened, those that were open already, and those that cannot be opened."""

    opened: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[RefusedCase, ...]


@dataclass(frozen=True)
class ListTaken:
    """What became of one file of a watched folder; `file` is where it lies now."""

    file: Path
    imported: CasesImported | None
    error: StationError | None = None


def import_cases(station: Station, file: Path, mapping: CaseMap | None = None) -> CasesImported:
    """Open every case of an export that is not open yet; one that cannot be opened stops no other.

    Raises `CaseFileBroken`: nothing was opened.
    """
    opened, known, refused = [], [], []
    for listed in read_cases(file, mapping):
        number = listed.case.case_no
        try:
            open_case(station, listed.case)
            opened.append(number)
        except CaseExists:
            known.append(number)
        except StationError as error:
            refused.append(RefusedCase(number, error))
    return CasesImported(tuple(opened), tuple(known), tuple(refused))


def watch_lists(
    station: Station,
    folder: Path,
    mapping: CaseMap | None = None,
    *,
    on_list: Callable[[ListTaken], None],
    cancelled: Callable[[], bool] = lambda: False,
    idle_s: float | None = None,
    poll_s: float = 0.5,
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Import each export that appears in `folder`, until `cancelled` or nothing has come for `idle_s` seconds.

    A file is read once its size has stayed the same from one look to the next. Then it is moved to `folder`/taken, or
    to `folder`/refused. A watch that was killed reads the file it was at again, which opens nothing twice.
    """
    sizes: dict[Path, int] = {}
    waited = 0.0
    while not cancelled() and (idle_s is None or waited < idle_s):
        now = {file: file.stat().st_size for file in sorted(folder.iterdir()) if _is_list(file)}
        ready = [file for file, size in now.items() if sizes.get(file) == size]
        for file in ready:
            on_list(_take(station, file, mapping))
        sizes = {file: size for file, size in now.items() if file not in ready}
        waited = 0.0 if now else waited + poll_s
        sleep(poll_s)


def _is_list(file: Path) -> bool:
    return file.suffix.lower() in OWN_FORMATS and file.is_file() and not file.name.startswith(".")


def _take(station: Station, file: Path, mapping: CaseMap | None) -> ListTaken:
    try:
        imported = import_cases(station, file, mapping)
    except StationError as error:
        return ListTaken(_moved(file, REFUSED), None, error)
    return ListTaken(_moved(file, REFUSED if imported.refused else TAKEN), imported)


def _moved(file: Path, where: str) -> Path:
    """Beside one of the same name, never over it."""
    folder = file.parent / where
    folder.mkdir(exist_ok=True)
    target = folder / file.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{file.stem}-{number}{file.suffix}"
    return file.rename(target)
