"""Are the files of a package exactly those that were sealed? Manifests, container, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossier.model import Finding
from dossier.package.bag import MANIFESTS, PAYLOAD, TAG_MANIFESTS, payload_oxum
from dossier.package.digest import Digests, digest_stream
from dossier.package.errors import TagFileBroken
from dossier.package.manifest import ALGORITHMS, BAG_INFO, parse_info, parse_manifest
from dossier.package.sealing import SEAL_NAME, SIGNATURE_NAME, Seal
from dossier.verify.findings import block
from dossier.verify.source import Source, read_tag_file

_OUTSIDE = {*TAG_MANIFESTS, SEAL_NAME, SIGNATURE_NAME}  # listed in no manifest: the seal and its signature hold them


@dataclass(frozen=True)
class Integrity:
    """What was measured, which files are not as sealed, and what there is to say about it."""

    digests: Mapping[str, Digests]
    altered: frozenset[str]
    findings: tuple[Finding, ...]


def check_integrity(source: Source, seal: Seal | None) -> Integrity:
    """Read every file once and compare with the manifests, these with the tag manifests, and those with the seal.

    A list that is itself altered is not held against the files it lists.
    """
    digests: dict[str, Digests] = {}
    findings: list[Finding] = []
    for name in sorted(source.sizes):
        with source.open(name) as stream:
            digests[name] = digest_stream(stream)
        stored = source.stored_crc32(name)
        if stored is not None and stored != digests[name].crc32:
            findings.append(block("A-14", "verify.container-broken", name, reason="CRC-32"))
    altered: set[str] = set()
    if seal is not None:
        listed = {name: seal.tagmanifests.get(name, {}) for name in TAG_MANIFESTS}
        for name, wanted in listed.items():
            for algorithm in ALGORITHMS:
                findings += _compare(name, algorithm, wanted.get(algorithm), digests, altered, SEAL_NAME)
    known: set[str] = set()
    for level in (TAG_MANIFESTS, MANIFESTS):
        for name, algorithm in zip(level, ALGORITHMS, strict=True):
            findings += _check_list(source, name, algorithm, digests, altered, known)
    for name in sorted(digests.keys() - known - _OUTSIDE):
        findings.append(block("S-02", "verify.file-extra", name))
    if BAG_INFO in digests and BAG_INFO not in altered:
        findings += _check_oxum(source, digests)
    return Integrity(digests, frozenset(altered), tuple(findings))


def _check_list(
    source: Source, name: str, algorithm: str, digests: Mapping[str, Digests], altered: set[str], known: set[str]
) -> Iterator[Finding]:
    """Compare the files a manifest lists; add them to `known` and the wrong ones to `altered`."""
    try:
        listed = parse_manifest(name, read_tag_file(source, name))
    except TagFileBroken as fault:
        yield block("A-13", "verify.tag-file-broken", name, reason=fault.params["reason"])
        return
    known.update(listed)
    if name in altered:
        return
    payload = name in MANIFESTS
    for file, wanted in listed.items():
        if file.startswith(PAYLOAD) is not payload:
            yield block("A-13", "verify.tag-file-broken", name, reason=file)
            continue
        yield from _compare(file, algorithm, wanted, digests, altered, name)


def _compare(
    file: str, algorithm: str, wanted: str | None, digests: Mapping[str, Digests], altered: set[str], listed: str
) -> Iterator[Finding]:
    if file not in digests:
        yield block("A-01", "verify.file-missing", file, listed=listed)
    elif getattr(digests[file], algorithm) != wanted:
        altered.add(file)
        yield block("A-01", "verify.file-changed", file, listed=listed)


def _check_oxum(source: Source, digests: Mapping[str, Digests]) -> Iterator[Finding]:
    """C-02: total bytes and number of payload files as declared."""
    try:
        declared = parse_info(BAG_INFO, read_tag_file(source, BAG_INFO)).get("Payload-Oxum", "")
    except TagFileBroken as fault:
        yield block("A-13", "verify.tag-file-broken", BAG_INFO, reason=fault.params["reason"])
        return
    found = payload_oxum(each for name, each in digests.items() if name.startswith(PAYLOAD))
    if found != declared:
        yield block("C-02", "verify.oxum", BAG_INFO, declared=declared, found=found)
