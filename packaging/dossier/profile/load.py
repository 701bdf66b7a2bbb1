"""From a folder of data files to a `Profile`; everything that does not fit is named with file and line."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from dossier.profile.acceptance import Checks, Deadlines
from dossier.profile.check import check_rules, check_words
from dossier.profile.errors import ProfileInvalid
from dossier.profile.folder import (
    BASE,
    CHECKS,
    DEADLINES,
    FILES,
    KINDS,
    RULES,
    WORDS,
    base_of,
    find_folder,
    read_folder,
)
from dossier.profile.inherit import laid_over
from dossier.profile.kinds import Rows, kinds_of, read_rows
from dossier.profile.model import Part, Rules, Words
from dossier.profile.profile import FRAME, LOOSE, Profile
from dossier.profile.signature import digests_of, endorsement_of
from dossier.profile.yamlfile import Sheet, Spot, parse
from signing.types import TrustAnchors

OWN_KEYS = ("id", "version", "title")  # a profile that extends another still has to say who it is

P = TypeVar("P", bound=Part)


@dataclass(frozen=True)
class _Resolved:
    """A profile's data with its base's already below it, not yet validated."""

    sheets: Mapping[str, Sheet]
    rows: Rows


def load_profile(
    profile_id: str = "CN-GENERIC", *, folder: Path | None = None, anchors: TrustAnchors | None = None
) -> Profile:
    """Load one profile: from `folder`/`profile_id`, else one that comes with the station.

    `anchors`: whose signature under a profile is believed. Raises `ProfileMissing`, `ProfileInvalid`, `ProfileAltered`.
    """
    profile = open_profile(find_folder(profile_id, folder), library=folder, anchors=anchors)
    if profile.id != profile_id:
        raise ProfileInvalid(file=RULES, line=1, detail=f"the folder is {profile_id}, the profile says {profile.id}")
    return profile


def open_profile(place: Path, *, library: Path | None = None, anchors: TrustAnchors | None = None) -> Profile:
    """The profile in the folder `place`, wherever that lies. `library`: profiles by id, to find its base in.

    Raises `ProfileMissing`, `ProfileInvalid`, `ProfileAltered`.
    """
    return read_profile(read_folder(place, library), anchors=anchors)


def read_profile(files: Mapping[str, bytes], *, anchors: TrustAnchors | None = None) -> Profile:
    """Make a profile from the bytes of its files, as a package carries them. Raises as `load_profile`."""
    endorsement = endorsement_of(files, anchors)
    resolved = _resolve(files, "")
    rules = _validated(Rules, RULES, resolved)
    kinds = kinds_of(resolved.rows, {volume.code for volume in rules.volumes} | {FRAME, LOOSE})
    known = {kind.code for kind in kinds}
    check_rules(rules, known, resolved.sheets[RULES])
    words = _validated(Words, WORDS, resolved)
    check_words(words, known, resolved.sheets[WORDS])
    return Profile(
        rules=rules,
        kinds=kinds,
        words=words,
        limits=_validated(Deadlines, DEADLINES, resolved),
        acceptance=_validated(Checks, CHECKS, resolved),
        files=dict(files),
        sha256=_sha256(files),
        endorsement=endorsement,
    )


def _sha256(files: Mapping[str, bytes]) -> str:
    """SHA-256 over one `name NUL hash LF` a file, sorted by name: moving bytes between files changes it."""
    lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(digests_of(files).items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _resolve(files: Mapping[str, bytes], prefix: str) -> _Resolved:
    """`prefix` is said before the names of the files, in errors."""
    base = base_of(files[RULES]) if RULES in files else None
    own = {name: data for name, data in files.items() if not name.startswith(BASE)}
    below = {name.removeprefix(BASE): data for name, data in files.items() if name.startswith(BASE)}
    if base is None:
        for name in FILES:
            if name not in own:
                raise ProfileInvalid(file=f"{prefix}{name}", line=1, detail="the file is missing")
        sheets = {name: parse(f"{prefix}{name}", own[name]) for name in FILES if name != KINDS}
        return _Resolved(sheets, read_rows(f"{prefix}{KINDS}", own[KINDS], {}))
    under = _resolve(below, f"{prefix}{BASE}")
    rules = parse(f"{prefix}{RULES}", own[RULES])
    _require_identity(rules, under, base)
    sheets = {
        name: laid_over(sheet, parse(f"{prefix}{name}", own[name])) if name in own else sheet
        for name, sheet in under.sheets.items()
    }
    rows = read_rows(f"{prefix}{KINDS}", own[KINDS], under.rows) if KINDS in own else under.rows
    return _Resolved(sheets, rows)


def _require_identity(rules: Sheet, under: _Resolved, base: tuple[str, str]) -> None:
    """A region says who it is, and its base is the one it was written for."""
    for key in OWN_KEYS:
        if key not in rules.data:
            spot = rules.spots[()]
            raise ProfileInvalid(file=spot.file, line=spot.line, detail=f"{key} is missing")
    data = under.sheets[RULES].data
    found = data if isinstance(data, dict) else {}
    if (str(found.get("id")), str(found.get("version"))) != base:
        spot = rules.spot(("extends",))
        said = f"it extends {base[0]}@{base[1]}, there is {found.get('id')}@{found.get('version')}"
        raise ProfileInvalid(file=spot.file, line=spot.line, detail=said)


def _validated(model: type[P], name: str, resolved: _Resolved) -> P:
    sheet = resolved.sheets[name]
    try:
        return model.model_validate(sheet.data)
    except ValidationError as cause:
        errors = cause.errors()
        first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])  # a misspelt key
        place = first["loc"]
        spot: Spot = sheet.spot(place)
        raise ProfileInvalid(
            file=spot.file, line=spot.line, detail=f"{'.'.join(map(str, place)) or name}: {first['msg']}"
        ) from cause
