"""The standard profiles of a station: those that come with it, those laid into its folder, the one in force here.

`profiles/ID/` in the home holds further ones; `profiles/in-force` names the one that new cases are opened under.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.station.trust import anchors_for
from app.store.durable import replace, sync_folder
from app.store.home import Home
from app.store.room import disk_room
from dossier.profile import (
    Profile,
    ProfileAltered,
    ProfileInvalid,
    ProfileMissing,
    load_profile,
    open_profile,
    read_profile,
)
from dossier.profile.folder import BUILT_IN, RULES, SIGNING, read_folder
from dossier.profile.signature import sign_files
from signing.types import Signer, TrustAnchors

DEFAULT = "CN-GENERIC"
IN_FORCE = "in-force"
LONGEST_NAME = 64


@dataclass(frozen=True)
class Known:
    """A profile that is installed; `fault` where it cannot be used, `profile` is then None."""

    id: str
    place: Path
    profile: Profile | None
    fault: ProfileInvalid | ProfileMissing | ProfileAltered | None


def library(home: Home) -> Path:
    return home.path / "profiles"


def in_force(home: Home, anchors: TrustAnchors | None) -> Profile:
    """The profile that new cases are opened under. Raises `ProfileMissing`, `ProfileInvalid`, `ProfileAltered`."""
    return load_profile(name_in_force(home), folder=library(home), anchors=anchors)


def name_in_force(home: Home) -> str:
    try:
        with (library(home) / IN_FORCE).open(encoding="utf-8") as file:
            return file.read(LONGEST_NAME).strip()
    except FileNotFoundError:
        return DEFAULT


def put_in_force(home: Home, profile_id: str, anchors: TrustAnchors | None) -> Profile:
    """From now on cases are opened under it; those that are open stay with theirs. Raises as `in_force`."""
    profile = load_profile(profile_id, folder=library(home), anchors=anchors)
    library(home).mkdir(parents=True, exist_ok=True)
    replace(library(home) / IN_FORCE, f"{profile_id}\n".encode())
    return profile


def installed(home: Home, anchors: TrustAnchors | None) -> list[Known]:
    """Every profile by id; one of the station's own folder hides one of the same id that comes with the station."""
    folders = [path for path in (library(home), BUILT_IN) if path.is_dir()]
    places = {path.name: path for folder in reversed(folders) for path in folder.iterdir() if (path / RULES).is_file()}
    return [_known(name, place, library(home), anchors) for name, place in sorted(places.items())]


def keep(home: Home, profile: Profile) -> None:
    """Lay down the profile a case is opened under, so that the case stays with it whatever is in force later.

    It lies in `profiles/kept/SHA256` of the home, as a profile does that brings its base along. Raises `DiskFull`.
    """
    place = _kept(home, profile.sha256)
    if place.is_dir():
        return
    part = place.with_name(f"{place.name}.part")
    with disk_room(home.path):
        for name, data in profile.files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            replace(part / name, data)
        part.rename(place)
        sync_folder(place.parent)


def kept_files(home: Home) -> list[Path]:
    """All files of the profiles that were kept."""
    return [file for file in (library(home) / "kept").rglob("*") if file.is_file()]


def kept(home: Home, sha256: str) -> Profile | None:
    """A profile that was kept; None when it was not. Raises `ProfileAltered` when it is no longer what it was."""
    return _read_kept(home, sha256) if _kept(home, sha256).is_dir() else None


@lru_cache(maxsize=8)
def _read_kept(home: Home, sha256: str) -> Profile:
    place = _kept(home, sha256)
    profile = open_profile(place, anchors=anchors_for(home.path))
    if profile.sha256 != sha256:
        raise ProfileAltered(file=str(place), detail="not what the case was opened under")
    return profile


def _kept(home: Home, sha256: str) -> Path:
    return library(home) / "kept" / sha256


def sign_folder(place: Path, library: Path, signer: Signer, *, now: dt.datetime) -> Profile:
    """Sign the profile in `place` as its publisher; the base it extends is laid into it, so that it stands alone.

    Raises `ProfileInvalid`, `ProfileMissing`, `SigningError`: nothing was written.
    """
    files = {name: data for name, data in read_folder(place, library).items() if name not in SIGNING}
    read_profile(files)
    for name, data in {**files, **sign_files(files, signer, now=now)}.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        replace(place / name, data)
    return open_profile(place)


def _known(profile_id: str, place: Path, library: Path, anchors: TrustAnchors | None) -> Known:
    try:
        return Known(profile_id, place, open_profile(place, library=library, anchors=anchors), None)
    except (ProfileInvalid, ProfileMissing, ProfileAltered) as fault:
        return Known(profile_id, place, None, fault)
