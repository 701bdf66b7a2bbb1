"""BagIt manifests and the bag's information file (RFC 8493, 2.1.3 and 2.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dossier.package.errors import TagFileBroken

BAG_INFO = "bag-info.txt"
TRAINING = {True: "yes, not for use as evidence", False: "no"}  # values of Juanzong-Training
ALGORITHMS = ("sha256", "sm3")
_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
_LABEL = re.compile(r"([A-Za-z][A-Za-z0-9-]*): ([^\r\n]*)")


def manifest_bytes(digests: Mapping[str, str]) -> bytes:
    """`digests`: path -> hexadecimal digest. One line a file, sorted by path."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def parse_manifest(name: str, data: bytes) -> dict[str, str]:
    """Path -> hexadecimal digest. Raises `TagFileBroken` on anything `manifest_bytes` would not write."""
    entries: dict[str, str] = {}
    for number, line in enumerate(_lines(name, data), start=1):
        match = _LINE.fullmatch(line)
        if match is None or match[2] in entries:
            raise TagFileBroken(name=name, reason=f"line {number}")
        entries[match[2]] = match[1]
    return entries


def info_bytes(fields: Iterable[tuple[str, str]]) -> bytes:
    """bag-info.txt. Line breaks inside a value become spaces: a value must not be able to start a new field."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in fields).encode()


def parse_info(name: str, data: bytes) -> dict[str, str]:
    """Label -> value. Raises `TagFileBroken`, also when a label stands twice."""
    fields: dict[str, str] = {}
    for number, line in enumerate(_lines(name, data), start=1):
        match = _LABEL.fullmatch(line)
        if match is None or match[1] in fields:
            raise TagFileBroken(name=name, reason=f"line {number}")
        fields[match[1]] = match[2]
    return fields


def _lines(name: str, data: bytes) -> list[str]:
    try:
        text = data.decode()
    except UnicodeDecodeError as fault:
        raise TagFileBroken(name=name, reason="not UTF-8") from fault
    if text and not text.endswith("\n"):
        raise TagFileBroken(name=name, reason="the last line is cut off")
    return text.split("\n")[:-1]
