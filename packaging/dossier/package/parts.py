"""A package cut into parts for media of limited size (分盘).

Part 3 of package ID is `ID-003.part`, a plain slice: the parts in order are the package. Beside each lies
`ID-003.json`, the same list in all, so that any one medium tells what the others must hold.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from dossier.package.canonical import canonical_json, parse_canonical
from dossier.package.digest import CHUNK
from dossier.package.errors import PackageTooLarge, PartsIncomplete, TagFileBroken
from signing.durable import appearing

FORMAT = "urn:juanzong:parts:1"
MOST_PARTS = 999
MAX_LIST_BYTES = 1 << 20
_NAME = re.compile(r"([0-9a-f-]{36})-(\d{3})\.(part|json)")


@dataclass(frozen=True)
class Part:
    """One slice of the package. SHA-256 hexadecimal, size in bytes."""

    size: int
    sha256: str


@dataclass(frozen=True)
class PartList:
    """What belongs together."""

    package_id: str
    sha256: str  # of the whole
    size: int
    parts: tuple[Part, ...]

    def name(self, number: int, suffix: str) -> str:
        return f"{self.package_id}-{number:03d}.{suffix}"


def split(package: Path, package_id: str, folder: Path, part_bytes: int) -> list[Path]:
    """Cut the package into parts of at most `part_bytes` in `folder`; the parts, without their lists.

    Raises `PackageTooLarge` when it would take too many, `OSError` when the folder is full: what lies there under its
    full name is whole.
    """
    listed = _measure(package, package_id, part_bytes)
    text = canonical_json({"format": FORMAT, **asdict(listed)})
    written = []
    with package.open("rb") as stream:
        for number, part in enumerate(listed.parts, start=1):
            target = folder / listed.name(number, "part")
            with appearing(target) as temporary, temporary.open("wb") as out:
                for piece in _pieces(stream, part.size):
                    out.write(piece)
            with appearing(folder / listed.name(number, "json")) as temporary:
                temporary.write_bytes(text)
            written.append(target)
    return written


def listing_of(path: Path) -> Path | None:
    """The list to a part, or the first one in a folder; None where `path` has to do with no parts."""
    if path.is_dir():
        listings = (each for each in path.iterdir() if each.suffix == ".json" and _NAME.fullmatch(each.name))
        return min(listings, default=None)
    return path.with_suffix(".json") if _NAME.fullmatch(path.name) else None


@contextmanager
def joined(listing: Path, target: Path) -> Iterator[Path]:
    """Lend the whole package, put together as `target` from the parts beside `listing`; it is deleted afterwards.

    Raises `PartsIncomplete` with all that is missing or damaged, `TagFileBroken` for the list, `OSError`.
    """
    listed = _read(listing)
    faults: list[str] = []
    whole = hashlib.sha256()
    try:
        with target.open("xb") as out:
            for number, part in enumerate(listed.parts, start=1):
                name = listed.name(number, "part")
                if not _append(listing.parent / name, part, out, whole):
                    faults.append(name)
        if faults:
            raise PartsIncomplete(count=len(listed.parts), names=", ".join(faults))
        if whole.hexdigest() != listed.sha256:
            raise TagFileBroken(name=listing.name, reason="its parts do not make its whole")
        yield target
    finally:
        target.unlink(missing_ok=True)


def _measure(package: Path, package_id: str, part_bytes: int) -> PartList:
    size = package.stat().st_size
    count = max(1, -(-size // part_bytes))
    if count > MOST_PARTS:
        raise PackageTooLarge(name=package.name, size=count, limit=MOST_PARTS, unit="parts")
    whole, parts = hashlib.sha256(), []
    with package.open("rb") as stream:
        for number in range(count):
            own, length = hashlib.sha256(), min(part_bytes, size - number * part_bytes)
            for piece in _pieces(stream, length):
                own.update(piece)
                whole.update(piece)
            parts.append(Part(length, own.hexdigest()))
    return PartList(package_id, whole.hexdigest(), size, tuple(parts))


def _read(listing: Path) -> PartList:
    if not listing.is_file():
        raise TagFileBroken(name=listing.name, reason="it is missing")
    with listing.open("rb") as stream:
        data = stream.read(MAX_LIST_BYTES + 1)
    if len(data) > MAX_LIST_BYTES:
        raise TagFileBroken(name=listing.name, reason="too large")
    fields: dict[str, Any] = parse_canonical(listing.name, data)
    try:
        if fields.pop("format") != FORMAT:
            raise ValueError("another format")
        parts = tuple(Part(int(part["size"]), str(part["sha256"])) for part in fields.pop("parts"))
        listed = PartList(parts=parts, **fields)
        sound = bool(_NAME.fullmatch(listed.name(1, "part"))) and 0 < len(parts) <= MOST_PARTS
    except (KeyError, TypeError, ValueError) as fault:
        raise TagFileBroken(name=listing.name, reason=f"{type(fault).__name__}: {fault}") from fault
    if not sound:
        raise TagFileBroken(name=listing.name, reason="no list of parts")
    return listed


def _append(path: Path, part: Part, out: BinaryIO, whole: Any) -> bool:
    """Add one part to the whole; False when it is missing or not what the list says."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size != part.size:
        return False
    own = hashlib.sha256()
    with path.open("rb") as stream:
        for piece in _pieces(stream, part.size):
            own.update(piece)
            whole.update(piece)
            out.write(piece)
    return own.hexdigest() == part.sha256


def _pieces(stream: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := stream.read(min(CHUNK, length))):
        length -= len(piece)
        yield piece
