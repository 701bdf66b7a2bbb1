"""The bag: a folder with the payload below data/ and tag files that list it (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossier.package.digest import Digests, digest_bytes
from dossier.package.manifest import ALGORITHMS, BAG_INFO, info_bytes, manifest_bytes
from dossier.package.names import check_paths

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
PROFILE = "profile/"
MANIFESTS = tuple(f"manifest-{algorithm}.txt" for algorithm in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tagmanifest-{algorithm}.txt" for algorithm in ALGORITHMS)


@dataclass(frozen=True)
class Bag:
    """A finished bag: every file's digests by path, and those of the tag manifests among them."""

    files: Mapping[str, Digests]
    tag_manifests: Mapping[str, Digests]


def payload_oxum(payload: Iterable[Digests]) -> str:
    """Octets and number of files (RFC 8493, 2.2.2)."""
    sizes = [each.size for each in payload]
    return f"{sum(sizes)}.{len(sizes)}"


def finish_bag(
    folder: Path, payload: Mapping[str, Digests], info: Iterable[tuple[str, str]], tag_files: Mapping[str, bytes]
) -> Bag:
    """Write the tag files and manifests around a payload that already lies in `folder`.

    Raises `NameUnsafe` when a path could not be unpacked everywhere.
    """
    check_paths([*payload, *tag_files])
    tags = {
        "bagit.txt": DECLARATION,
        BAG_INFO: info_bytes([*info, ("Payload-Oxum", payload_oxum(payload.values()))]),
        **tag_files,
        **{f"manifest-{each}.txt": _manifest(payload, each) for each in ALGORITHMS},
    }
    tag_digests = {name: digest_bytes(data) for name, data in tags.items()}
    closing = {f"tagmanifest-{each}.txt": _manifest(tag_digests, each) for each in ALGORITHMS}
    for name, data in {**tags, **closing}.items():
        write_file(folder, name, data)
    closing_digests = {name: digest_bytes(data) for name, data in closing.items()}
    return Bag({**payload, **tag_digests, **closing_digests}, closing_digests)


def write_file(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _manifest(digests: Mapping[str, Digests], algorithm: str) -> bytes:
    return manifest_bytes({name: getattr(each, algorithm) for name, each in digests.items()})
