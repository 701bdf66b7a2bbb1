"""From a folder of data files to a `Profile`; everything that does not fit is named with file and line."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from dossier.profile.acceptance import Checks, Deadlines
from dossier.profile.errors import ProfileInvalid, ProfileMissing
from dossier.profile.model import DocumentKind, Part, Rules, Words
from dossier.profile.profile import FRAME, LOOSE, Profile
from dossier.profile.yamlfile import LIMIT_BYTES, Lines, Place, parse

BUILT_IN = Path(__file__).parent / "data"
RULES, KINDS, WORDS, DEADLINES, CHECKS = (
    "profile.yaml",
    "doctypes.tsv",
    "recognition.yaml",
    "deadlines.yaml",
    "checks.yaml",
)
FILES = (RULES, KINDS, WORDS, DEADLINES, CHECKS)
COLUMNS = ("code", "title", "aliases", "vol", "group", "order", "about", "stage", "maker", "sign", "seal", "req", "src")

P = TypeVar("P", bound=Part)


def load_profile(profile_id: str = "CN-GENERIC", *, folder: Path | None = None) -> Profile:
    """Load one profile from `folder`/`profile_id`; without a folder, one that comes with the station.

    Raises `ProfileMissing`, `ProfileInvalid`.
    """
    home = (folder if folder is not None else BUILT_IN) / profile_id
    try:
        files = {name: _content(home / name) for name in FILES}
    except FileNotFoundError as cause:
        raise ProfileMissing(profile=profile_id, folder=home.parent) from cause
    profile = read_profile(files)
    if profile.id != profile_id:
        raise ProfileInvalid(file=RULES, line=1, detail=f"the folder is {profile_id}, the profile says {profile.id}")
    return profile


def read_profile(files: Mapping[str, bytes]) -> Profile:
    """Make a profile from the bytes of its files, as a package carries them. Raises `ProfileInvalid`."""
    rules, rules_lines = _validated(Rules, RULES, files[RULES])
    kinds = tuple(_kinds(files[KINDS], {volume.code for volume in rules.volumes}))
    known = {kind.code for kind in kinds}
    _check_rules(rules, known, rules_lines)
    words, words_lines = _validated(Words, WORDS, files[WORDS])
    _check_words(words, known, words_lines)
    return Profile(
        rules=rules,
        kinds=kinds,
        words=words,
        limits=_validated(Deadlines, DEADLINES, files[DEADLINES])[0],
        acceptance=_validated(Checks, CHECKS, files[CHECKS])[0],
        files=dict(files),
        sha256=_sha256(files),
    )


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LIMIT_BYTES + 1)


def _sha256(files: Mapping[str, bytes]) -> str:
    """SHA-256 over one `name NUL hash LF` a file, sorted by name: moving bytes between files changes it."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return total.hexdigest()


def _validated(model: type[P], name: str, content: bytes) -> tuple[P, Lines]:
    data, lines = parse(name, content)
    try:
        return model.model_validate(data), lines
    except ValidationError as cause:
        errors = cause.errors()
        first = next((error for error in errors if error["type"] == "extra_forbidden"), errors[0])  # a misspelt key
        place = first["loc"]
        raise ProfileInvalid(
            file=name, line=_line(place, lines), detail=f"{'.'.join(map(str, place)) or name}: {first['msg']}"
        ) from cause


def _line(place: Place, lines: Lines) -> int:
    """Return the line of a place, or of the nearest one around it: a missing key has no line of its own."""
    return next(lines[place[:size]] for size in range(len(place), -1, -1) if place[:size] in lines)


def _kinds(content: bytes, volumes: set[str]) -> Iterator[DocumentKind]:
    if len(content) > LIMIT_BYTES:
        raise ProfileInvalid(file=KINDS, line=1, detail=f"larger than {LIMIT_BYTES} bytes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as cause:
        raise ProfileInvalid(file=KINDS, line=1, detail="not UTF-8") from cause
    rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        if number == 1:
            if tuple(row) != COLUMNS:
                raise ProfileInvalid(file=KINDS, line=1, detail=f"the columns must be {' '.join(COLUMNS)}")
            continue
        if len(row) != len(COLUMNS):
            raise ProfileInvalid(file=KINDS, line=number, detail=f"{len(row)} columns instead of {len(COLUMNS)}")
        kind = _kind(dict(zip(COLUMNS, row, strict=True)), number)
        if kind.code in seen:
            raise ProfileInvalid(file=KINDS, line=number, detail=f"{kind.code} is given twice")
        if kind.volume not in volumes | {FRAME, LOOSE}:
            raise ProfileInvalid(file=KINDS, line=number, detail=f"there is no volume {kind.volume}")
        seen.add(kind.code)
        yield kind


def _kind(row: Mapping[str, str], number: int) -> DocumentKind:
    values: dict[str, Any] = {
        "aliases": () if row["aliases"] == "-" else tuple(row["aliases"].split(";")),
        "volume": row["vol"],
        "required": row["req"],
        "source": row["src"],
        "sign": "" if row["sign"] == "-" else row["sign"],
        "seal": "" if row["seal"] == "-" else row["seal"],
    }
    try:
        return DocumentKind.model_validate(
            values | {name: row[name] for name in ("code", "title", "group", "order", "about", "stage", "maker")}
        )
    except ValidationError as cause:
        first = cause.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ProfileInvalid(file=KINDS, line=number, detail=f"{place}: {first['msg']}") from cause


def _check_rules(rules: Rules, kinds: set[str], lines: Lines) -> None:
    """Names used inside the profile must exist in it. Raises `ProfileInvalid`."""
    codes = {volume.code for volume in rules.volumes}
    forwarded = {volume.code for volume in rules.volumes if volume.forward}
    named: list[tuple[Place, str, set[str]]] = [
        (("series_order", n), code, codes) for n, code in enumerate(rules.series_order)
    ]
    named.append((("security", "max_grade"), rules.security.max_grade, set(rules.security.grades)))
    for s, submission in enumerate(rules.submissions):
        for i, part in enumerate(submission.include):
            part_place: Place = ("submissions", s, "include", i)
            named.append(((*part_place, "volume"), part.volume, forwarded))
            named.extend(((*part_place, "kinds", k), code, kinds) for k, code in enumerate(part.kinds or ()))
    for place, name, allowed in named:
        if name not in allowed:
            raise ProfileInvalid(file=RULES, line=_line(place, lines), detail=f"{name} is not known here")


def _check_words(words: Words, kinds: set[str], lines: Lines) -> None:
    """Kinds must exist, and a confused character must belong to one class only. Raises `ProfileInvalid`."""
    for code in words.kinds:
        if code not in kinds:
            raise ProfileInvalid(file=WORDS, line=lines[("kinds", code)], detail=f"{code} is not in {KINDS}")
    seen: set[str] = set()
    for number, group in enumerate(words.confusions):
        doubled = seen & set(group)
        if doubled or len(group) < 2:
            detail = f"{'、'.join(sorted(doubled))} is in two classes" if doubled else "a class needs two characters"
            raise ProfileInvalid(file=WORDS, line=lines[("confusions", number)], detail=detail)
        seen |= set(group)
