"""Closing a package folder: every file is listed, and the lists are few enough for the seal to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from dossier.package.digest import Digests, digest_bytes
from dossier.package.names import check_paths

AUDIT_NAME = "audit.jsonl"  # the case's trail, one JSON record a line
PROFILE = "profile/"  # the standard, file by file


class Form(StrEnum):
    """The form of a package. The profile says which a receiver gets."""

    BAGIT = "bagit"  # BagIt 1.0: manifests and tag manifests
    EEP = "eep"  # DA/T 48: eep.xml lists everything
    PLAIN = "plain"  # index.xml lists everything


@dataclass(frozen=True)
class Closed:
    """A complete folder: every file's digests by path, and those of the lists that the seal holds, among them."""

    files: Mapping[str, Digests]
    lists: Mapping[str, Digests]


def write_all(folder: Path, files: Mapping[str, bytes]) -> dict[str, Digests]:
    """Write files below `folder` and measure them. Raises `NameUnsafe` when one could not be unpacked everywhere."""
    check_paths(files)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return {name: digest_bytes(data) for name, data in files.items()}
