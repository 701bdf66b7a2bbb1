"""One open station: where things lie, who acts, which standard holds."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from app.station.operators import OPERATORS_FILE, role_of
from app.station.standards import in_force, kept
from app.station.trust import anchors_for
from app.store.errors import CaseInUse, DeskOpen
from app.store.home import Home
from app.store.locks import locked
from app.store.room import disk_room
from app.store.store import Clock, Store, SystemClock, Who
from dossier.model import Case
from dossier.profile import Profile
from dossier.profile.profile import UNVERIFIED

__all__ = ["Station", "Who", "exclusive", "only_desk", "open_station", "this_user"]


@dataclass(frozen=True)
class Station:
    """What every step needs. One thread, one `Station`: a database connection is not shared."""

    home: Home
    store: Store
    profile: Profile  # the one in force: what new cases are opened under
    clock: Clock
    who: Who

    def profile_of(self, case: Case) -> Profile:
        """The standard a case is pinned to. Where it is not here, the one in force: it serves for looking, and sealing
        refuses it. Raises `ProfileAltered`.
        """
        if case.profile_sha256 == self.profile.sha256:
            return self.profile
        return kept(self.home, case.profile_sha256) or self.profile

    def standard_label(self, case: Case) -> str:
        """How the standard of a case is named wherever it is shown, its standing included."""
        profile = self.profile_of(case)
        known = profile.sha256 == case.profile_sha256
        return profile.label if known else f"{case.profile_id} {case.profile_version} ({UNVERIFIED})"

    def stamp(self) -> str:
        """Now, as it is written into records (ISO 8601 with offset)."""
        return self.clock.now().isoformat(timespec="milliseconds")


def this_user() -> Who:
    """The operator as the system knows them; JUANZONG_OPERATOR speaks for shared logins."""
    return Who(actor=os.environ.get("JUANZONG_OPERATOR") or getpass.getuser(), station=socket.gethostname())


@contextmanager
def open_station(
    home: Path, *, clock: Clock | None = None, who: Who | None = None, operators: Path = OPERATORS_FILE
) -> Iterator[Station]:
    """Open the station whose library lies in `home`. `operators`: the list that says which role `who` has.

    Raises `StoreError`, `DossierError` for its standard, `OperatorsBroken`, `OperatorsNotAdministrators`.
    """
    place, time, person = Home(home), clock or SystemClock(), who or this_user()
    person = replace(person, role=role_of(person.actor, time.now().date(), operators))
    with Store(place, time, person) as store:
        profile = in_force(place, anchors_for(home))
        yield Station(home=place, store=store, profile=profile, clock=time, who=person)


@contextmanager
def exclusive(station: Station, case_no: str) -> Iterator[None]:
    """One hand on a case at a time. The system frees the lock of a process that dies.

    Raises `CaseInUse`, and `DiskFull` where what is done to the case meanwhile finds no room.
    """
    folder = station.home.case(case_no)
    with disk_room(station.home.path):
        folder.mkdir(parents=True, exist_ok=True)
        with locked(folder / "lock", CaseInUse(case_no=case_no)):
            yield


@contextmanager
def only_desk(home: Path) -> Iterator[None]:
    """One window a station: two would show one case in two states. Raises `DeskOpen`, `HomeNotWritable`."""
    Home(home).create()
    with locked(home / "desk.lock", DeskOpen(path=home)):
        yield
