"""Who sealed a package, and does the signature stand for these bytes?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives import hashes

from dossier.model import Finding
from dossier.package.errors import TagFileBroken
from dossier.package.sealing import SEAL_NAME, SIGNATURE_NAME, Seal, parse_seal
from dossier.verify.findings import WHOLE_PACKAGE, block, warn
from dossier.verify.source import Source, read_tag_file
from signing.cms import MAX_SIGNATURE_BYTES, verify_detached
from signing.form import UNSOUND, parse_signed_data
from signing.training import is_training
from signing.types import SignatureReport, TrustAnchors

MAX_SEAL_BYTES = 16 << 20


@dataclass(frozen=True)
class Authenticity:
    """The seal, its signature judged, and the anchors the other signatures are to be judged by.

    Where nobody named a root, the topmost certificate that the seal names serves: it shows that all signatures are of
    one chain, not whose.
    """

    seal: Seal | None
    anchors: TrustAnchors
    signatures: tuple[SignatureReport, ...]
    findings: tuple[Finding, ...]


def check_seal(source: Source, anchors: TrustAnchors | None, at: dt.datetime) -> Authenticity:
    """Judge seal.json and seal.p7s. `at`: no signature may be younger."""
    findings: list[Finding] = []
    seal: Seal | None = None
    data = signature = b""
    try:
        data = read_tag_file(source, SEAL_NAME, MAX_SEAL_BYTES)
        seal = parse_seal(data)
    except TagFileBroken as fault:
        findings.append(block("A-13", "verify.tag-file-broken", SEAL_NAME, reason=fault.params["reason"]))
    try:
        signature = read_tag_file(source, SIGNATURE_NAME, MAX_SIGNATURE_BYTES)
    except TagFileBroken as fault:
        findings.append(block("A-02", "verify.seal-invalid", SIGNATURE_NAME, problems=fault.params["reason"]))
    if not (data and signature):
        return Authenticity(seal, anchors or TrustAnchors(()), (), tuple(findings))
    enclosed = _enclosed(signature)
    believed = anchors or TrustAnchors(_topmost(enclosed, seal))
    report = verify_detached(data, signature, believed, at=at, where=SEAL_NAME)
    if seal is not None:
        findings += _judge(report, seal, enclosed, named=anchors is not None)
        if source.root is not None and source.root != seal.package_id:
            findings.append(
                block("A-14", "verify.package-id", WHOLE_PACKAGE, found=source.root, expected=seal.package_id)
            )
    return Authenticity(seal, believed, (report,), tuple(findings))


def _judge(
    report: SignatureReport, seal: Seal, enclosed: Sequence[x509.Certificate], *, named: bool
) -> Iterator[Finding]:
    fingerprint = report.root_sha256 or "-"
    if report.intact and not report.trusted and named:
        yield block("A-02", "verify.untrusted", SIGNATURE_NAME, fingerprint=fingerprint)
    elif not report.ok:
        yield block("A-02", "verify.seal-invalid", SIGNATURE_NAME, problems="; ".join(report.problems))
    by_fingerprint = {_fingerprint(each): each for each in enclosed}
    if by_fingerprint.keys() != set(seal.certificates) or report.signer != seal.signer:
        yield block("A-02", "verify.seal-certificates", SIGNATURE_NAME)
    elif report.intact and not seal.training and is_training(by_fingerprint[seal.certificates[0]]):
        yield warn("A-02", "verify.training-key", SIGNATURE_NAME)
    if not named:
        yield warn("A-02", "verify.no-anchors", SIGNATURE_NAME, fingerprint=fingerprint)


def _enclosed(signature: bytes) -> list[x509.Certificate]:
    """The certificates inside; none when they cannot be read (then the signature does not hold either)."""
    try:
        enclosed = parse_signed_data(signature)["certificates"]
        return [x509.load_der_x509_certificate(each.chosen.dump()) for each in enclosed]
    except UNSOUND:
        return []


def _topmost(enclosed: Sequence[x509.Certificate], seal: Seal | None) -> tuple[x509.Certificate, ...]:
    """The certificate that the seal names last: the end of the signer's chain."""
    if seal is None or not seal.certificates:
        return ()
    return tuple(each for each in enclosed if _fingerprint(each) == seal.certificates[-1])


def _fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex()
