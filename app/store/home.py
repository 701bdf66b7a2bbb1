"""Where things lie on the disk. Everything of a station is below one home folder."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from app.store.errors import HomeNotWritable, HomeOfAnother
from app.store.room import RESERVE_BYTES, require_room


def default_home() -> Path:
    """The platform's data folder (XDG base directory specification)."""
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "juanzong"


@dataclass(frozen=True)
class Home:
    """The folders of one station."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "juanzong.db"

    @property
    def journal(self) -> Path:
        """Every change of the library in plain files; the library can be made again from them."""
        return self.path / "journal"

    @property
    def keys(self) -> Path:
        return self.path / "keys"

    @property
    def platform(self) -> Path:
        """The training platform's own folder; the station never reads it."""
        return self.path / "training-platform"

    def case(self, case_no: str) -> Path:
        return self.path / "cases" / case_no

    def batch(self, case_no: str, number: int) -> Path:
        """Originals of one batch: write-once."""
        return self.case(case_no) / "originals" / f"b{number:04d}"

    def derived(self, case_no: str) -> Path:
        """Rendered pictures; may be deleted and made again."""
        return self.case(case_no) / "derived"

    def packages(self, case_no: str) -> Path:
        return self.case(case_no) / "packages"

    def relative(self, path: Path) -> str:
        return path.relative_to(self.path).as_posix()

    def create(self) -> None:
        """Make the folder, for its owner's eyes only. Raises `HomeNotWritable`, `HomeOfAnother`."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise HomeNotWritable(path=self.path, detail=error.strerror) from error
        owner = self.path.stat().st_uid
        if owner != os.geteuid():  # root too: what it writes here, the owner could not write again
            raise HomeOfAnother(path=self.path, owner=_login(owner))
        if not os.access(self.path, os.W_OK):
            raise HomeNotWritable(path=self.path, detail="no write access")

    def require_space(self, needed: int = 0, keep: int = RESERVE_BYTES) -> None:
        """Raise `DiskFull` unless `needed` bytes fit and `keep` stay free."""
        require_room(self.path, needed, keep)


def _login(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
