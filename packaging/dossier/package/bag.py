"""The bag: a folder with the payload below data/ and tag files that list it (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from dossier.package.closing import Closed, write_all
from dossier.package.digest import Digests
from dossier.package.manifest import ALGORITHMS, BAG_INFO, info_bytes, manifest_bytes
from dossier.package.names import check_paths

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
PAYLOAD = "data/"
MANIFESTS = tuple(f"manifest-{algorithm}.txt" for algorithm in ALGORITHMS)
TAG_MANIFESTS = tuple(f"tagmanifest-{algorithm}.txt" for algorithm in ALGORITHMS)


def payload_oxum(payload: Iterable[Digests]) -> str:
    """Octets and number of files (RFC 8493, 2.2.2)."""
    sizes = [each.size for each in payload]
    return f"{sum(sizes)}.{len(sizes)}"


def finish_bag(
    folder: Path, payload: Mapping[str, Digests], info: Iterable[tuple[str, str]], tag_files: Mapping[str, bytes]
) -> Closed:
    """Write the tag files and manifests around a payload that already lies in `folder`.

    Raises `NameUnsafe` when a path could not be unpacked everywhere.
    """
    check_paths([*payload, *tag_files])
    tags = write_all(
        folder,
        {
            "bagit.txt": DECLARATION,
            BAG_INFO: info_bytes([*info, ("Payload-Oxum", payload_oxum(payload.values()))]),
            **tag_files,
            **{f"manifest-{each}.txt": _manifest(payload, each) for each in ALGORITHMS},
        },
    )
    lists = write_all(folder, {f"tagmanifest-{each}.txt": _manifest(tags, each) for each in ALGORITHMS})
    return Closed({**payload, **tags, **lists}, lists)


def _manifest(digests: Mapping[str, Digests], algorithm: str) -> bytes:
    return manifest_bytes({name: getattr(each, algorithm) for name, each in digests.items()})
