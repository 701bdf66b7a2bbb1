"""Does index.xml tell the truth about the files beside it, and do seal, index and bag agree?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from dossier.model import CaptureOrigin, Finding
from dossier.package.closing import PROFILE, Form
from dossier.package.digest import Digests
from dossier.package.index import INDEX_NAME, IndexedCopy, IndexedFile, IndexedOriginal, PackageIndex
from dossier.package.manifest import BAG_INFO, TRAINING, parse_info
from dossier.package.sealing import Seal
from dossier.profile.folder import SIGNATURE, SIGNING
from dossier.profile.profile import UNVERIFIED
from dossier.verify.findings import block
from dossier.verify.source import Source, read_tag_file

_TRAINING_ORIGINS = {CaptureOrigin.REPLAY.value, CaptureOrigin.SIMULATOR.value}


def check_statements(source: Source, seal: Seal, index: PackageIndex) -> Iterator[Finding]:
    """The same facts stand in seal, index and bag-info. Raises `TagFileBroken`."""
    pairs = {
        "案件编号 case_no": (seal.case_no, index.case_no),
        "报送 submission": (seal.submission, index.submission),
        "标准 profile": (seal.profile, index.profile),
        "标准摘要 profile_sha256": (seal.profile_sha256, index.profile_sha256),
        "训练 training": (seal.training, index.training),
    }
    for what, (sealed, indexed) in pairs.items():
        if sealed != indexed:
            yield block("A-12", "verify.statement", INDEX_NAME, what=what)
    if seal.form != Form.BAGIT:
        return
    info = parse_info(BAG_INFO, read_tag_file(source, BAG_INFO))
    if info.get("Juanzong-Training") != TRAINING[seal.training]:
        yield block("A-12", "verify.statement", BAG_INFO, what="训练 training")
    if info.get("External-Identifier") != seal.case_no:
        yield block("A-12", "verify.statement", BAG_INFO, what="案件编号 case_no")


def check_profile(seal: Seal, index: PackageIndex, digests: Mapping[str, Digests]) -> Iterator[Finding]:
    """The standard inside is the one the case is pinned to, and one that nobody signed is not called verified.

    Its hash is over one `name NUL hash LF` a file, sorted by name, its publisher's signature left out; only bytes are
    compared, so that a package can be verified when profiles have long taken another form.
    """
    names = sorted(name.removeprefix(PROFILE) for name in digests if name.startswith(PROFILE))
    lines = "".join(f"{name}\0{digests[f'{PROFILE}{name}'].sha256}\n" for name in names if name not in SIGNING)
    if hashlib.sha256(lines.encode()).hexdigest() != seal.profile_sha256:
        yield block("A-12", "verify.statement", PROFILE, what="标准摘要 profile_sha256")
    if index.profile_status != UNVERIFIED and f"{PROFILE}{SIGNATURE}" not in digests:
        yield block("A-12", "verify.statement", INDEX_NAME, what="标准状态 profile_status")


def check_origins(index: PackageIndex) -> Iterator[Finding]:
    """Pages that no real device captured make a training dossier."""
    if index.training:
        return
    for file in index.files:
        if any(page.origin in _TRAINING_ORIGINS for document in file.documents for page in document.pages):
            yield block("S-05", "verify.origin", file.path)


def check_files(index: PackageIndex, digests: Mapping[str, Digests]) -> Iterator[Finding]:
    """A-11, A-12: each PDF and OFD of the payload is declared, with its digests and size, and the other way round."""
    declared: dict[str, IndexedFile | IndexedCopy | IndexedOriginal] = {
        **{file.path: file for file in index.files},
        **{copy.path: copy for file in index.files for copy in file.copies},
        **{original.path: original for original in index.originals},
    }
    for path, each in declared.items():
        found = digests.get(path)
        if found is None:
            yield block("A-12", "verify.file-missing", path, listed=INDEX_NAME)
        elif (found.sha256, found.sm3, found.size) != (each.sha256, each.sm3, each.size):
            yield block("A-11", "verify.file-changed", path, listed=INDEX_NAME)
    for name in digests:
        if name.endswith((".pdf", ".ofd")) and name not in declared:
            yield block("A-12", "verify.file-extra", name)


def check_numbers(file: IndexedFile) -> Iterator[Finding]:
    """C-01, C-05: page numbers of a volume run from 1 and are as many as declared."""
    numbers = [page.number for document in file.documents for page in document.pages if page.number is not None]
    if len(numbers) != file.numbered_pages:
        yield block(
            "C-01", "verify.count", file.path, what="页数 pages", found=len(numbers), declared=file.numbered_pages
        )
