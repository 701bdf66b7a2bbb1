"""Are the files of a package exactly those that were sealed? Manifests, container, names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossier.model import Finding
from dossier.package.bag import MANIFESTS, PAYLOAD, TAG_MANIFESTS, payload_oxum
from dossier.package.closing import Form
from dossier.package.digest import Digests, digest_stream
from dossier.package.eep import EEP_NAME, MAX_EEP_BYTES, read_eep
from dossier.package.errors import TagFileBroken
from dossier.package.index import INDEX_NAME, MAX_INDEX_BYTES, parse_index
from dossier.package.manifest import ALGORITHMS, BAG_INFO, parse_info, parse_manifest
from dossier.package.sealing import SEAL_NAME, SIGNATURE_NAME, Seal
from dossier.verify.findings import block
from dossier.verify.source import Source, read_tag_file

LISTS = {  # form -> the lists that the seal holds
    Form.BAGIT: TAG_MANIFESTS,
    Form.EEP: (EEP_NAME,),
    Form.PLAIN: (INDEX_NAME,),
}


@dataclass(frozen=True)
class Integrity:
    """What was measured, which files are not as sealed, and what there is to say about it."""

    digests: Mapping[str, Digests]
    altered: frozenset[str]
    findings: tuple[Finding, ...]


def check_integrity(source: Source, seal: Seal | None) -> Integrity:
    """Read every file once and compare with the lists of the package's form, and those with the seal.

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
    form = form_of(source, seal)
    if seal is not None:
        for name in LISTS[form]:
            wanted = seal.lists.get(name, {})
            for algorithm in ALGORITHMS:
                findings += _compare(name, algorithm, wanted.get(algorithm), digests, altered, SEAL_NAME)
    known: set[str] = {
        *LISTS[form],
        SEAL_NAME,
        SIGNATURE_NAME,
    }  # listed in no list: the seal and its signature hold them
    if form is Form.BAGIT:
        for level in (TAG_MANIFESTS, MANIFESTS):
            for name, algorithm in zip(level, ALGORITHMS, strict=True):
                findings += _check_manifest(source, name, algorithm, digests, altered, known)
    else:
        findings += _check_listing(source, form, digests, altered, known)
    for name in sorted(digests.keys() - known):
        findings.append(block("S-02", "verify.file-extra", name))
    if BAG_INFO in digests and BAG_INFO not in altered:
        findings += _check_oxum(source, digests)
    return Integrity(digests, frozenset(altered), tuple(findings))


def form_of(source: Source, seal: Seal | None) -> Form:
    """The form as it is sealed; without a seal, the one whose list is there."""
    if seal is not None:
        return Form(seal.form)
    if EEP_NAME in source.sizes:
        return Form.EEP
    return Form.BAGIT if any(name in source.sizes for name in (*MANIFESTS, *TAG_MANIFESTS)) else Form.PLAIN


def _check_manifest(
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


def _check_listing(
    source: Source, form: Form, digests: Mapping[str, Digests], altered: set[str], known: set[str]
) -> Iterator[Finding]:
    """The same for the one XML file that lists everything."""
    (name,) = LISTS[form]
    try:
        if form is Form.EEP:
            listed: Mapping[str, Mapping[str, str]] = read_eep(read_tag_file(source, name, MAX_EEP_BYTES))[0]
        else:
            listed = parse_index(read_tag_file(source, name, MAX_INDEX_BYTES)).listed
    except TagFileBroken as fault:
        yield block("A-13", "verify.tag-file-broken", name, reason=fault.params["reason"])
        return
    known.update(listed)
    if name in altered:
        return
    for file, wanted in listed.items():
        for algorithm in ALGORITHMS:
            yield from _compare(file, algorithm, wanted[algorithm], digests, altered, name)


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
