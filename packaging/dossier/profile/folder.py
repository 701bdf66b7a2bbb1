"""The files of a profile: from its folder, and from those of the profiles it extends.

A profile is one flat mapping, name -> bytes: its own files under their names, those of its base below `base/`, and so
on. The mapping says everything, so it is what is hashed, signed, and put into a package.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from dossier.profile.errors import ProfileInvalid, ProfileMissing
from dossier.profile.yamlfile import LIMIT_BYTES, parse

BUILT_IN = Path(__file__).parent / "data"
RULES, KINDS, WORDS, DEADLINES, CHECKS = (
    "profile.yaml",
    "doctypes.tsv",
    "recognition.yaml",
    "deadlines.yaml",
    "checks.yaml",
)
FILES = (RULES, KINDS, WORDS, DEADLINES, CHECKS)
MANIFEST, SIGNATURE = "manifest.txt", "manifest.p7s"
SIGNING = (MANIFEST, SIGNATURE)  # stand for the others; no part of what is hashed
READ_BY_PEOPLE = ("README.md",)
BASE = "base/"
MOST_LAYERS = 4
EXTENDS = re.compile(r"([A-Z0-9][A-Z0-9-]{1,40})@(\d{4}\.\d{1,3})")


def base_of(rules: bytes) -> tuple[str, str] | None:
    """Id and version of the profile that a `profile.yaml` extends. Raises `ProfileInvalid`."""
    sheet = parse(RULES, rules)
    if not isinstance(sheet.data, dict) or sheet.data.get("extends") is None:
        return None
    match = EXTENDS.fullmatch(str(sheet.data["extends"]))
    if match is None:
        raise ProfileInvalid(file=RULES, line=sheet.spot(("extends",)).line, detail="extends: ID@VERSION")
    return match[1], match[2]


def find_folder(profile_id: str, folder: Path | None) -> Path:
    """Where a profile lies: in `folder`, else among those that come with the station. Raises `ProfileMissing`."""
    homes = [home for home in (folder, BUILT_IN) if home is not None]
    for home in homes:
        if (home / profile_id / RULES).is_file():
            return home / profile_id
    raise ProfileMissing(profile=profile_id, folder=homes[0])


def read_folder(place: Path, library: Path | None) -> Mapping[str, bytes]:
    """All files of the profile in `place`. A base that is not in its own `base/` is taken from `library` (profiles by
    id), else from those that come with the station.

    Raises `ProfileInvalid` (also for a file that no profile has), `ProfileMissing`, `OSError`.
    """
    return _layer(place, library, MOST_LAYERS)


def _layer(place: Path, library: Path | None, layers: int) -> dict[str, bytes]:
    files = _own(place)
    base = base_of(files[RULES])
    if base is None:
        return files
    if layers == 1:
        raise ProfileInvalid(file=RULES, line=1, detail=f"more than {MOST_LAYERS} profiles one on the other")
    enclosed = place / BASE
    below = _layer(enclosed if enclosed.is_dir() else find_folder(base[0], library), library, layers - 1)
    return files | {f"{BASE}{name}": data for name, data in below.items() if name not in SIGNING}


def _own(place: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in sorted(place.iterdir()):
        if path.is_symlink() or not path.is_file():
            if path.name == BASE.rstrip("/") and path.is_dir() and not path.is_symlink():
                continue
            raise ProfileInvalid(file=path.name, line=1, detail="no file")
        if path.name not in (*FILES, *SIGNING, *READ_BY_PEOPLE):
            raise ProfileInvalid(file=path.name, line=1, detail="no profile has such a file")
        with path.open("rb") as stream:
            files[path.name] = stream.read(LIMIT_BYTES + 1)
    if RULES not in files:
        raise ProfileMissing(profile=place.name, folder=place.parent)
    return files
