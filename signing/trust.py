"""Whom to believe, and whether a certificate leads there. Offline: nothing is fetched, revocation is not asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from signing.errors import AnchorBroken
from signing.types import TrustAnchors

_MAX_BYTES = 1 << 20

# A signing certificate (签名证书) carries one of the two, many carry both (RFC 5280 4.2.1.3).
SIGNER_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def load_anchors(paths: Iterable[Path]) -> TrustAnchors:
    """Roots from PEM files (one or several certificates each) or DER files. Raises `AnchorBroken`."""
    roots: list[x509.Certificate] = []
    for path in paths:
        try:
            with path.open("rb") as file:
                data = file.read(_MAX_BYTES + 1)
            if len(data) > _MAX_BYTES:
                raise AnchorBroken(path=path, detail="larger than 1 MiB")
            if b"-----BEGIN CERTIFICATE-----" in data:
                roots.extend(x509.load_pem_x509_certificates(data))
            else:
                roots.append(x509.load_der_x509_certificate(data))
        except (OSError, ValueError) as error:
            raise AnchorBroken(path=path, detail=str(error)) from error
    return TrustAnchors(tuple(roots))


def validation_context(anchors: TrustAnchors | None, moment: dt.datetime) -> ValidationContext:
    """Path validation (RFC 5280) against `anchors` as of `moment`; without anchors no path is found."""
    roots = anchors.roots if anchors else ()
    return ValidationContext(trust_roots=[as_asn1(root) for root in roots], moment=moment, allow_fetching=False)


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate in the types of asn1crypto, which pyHanko speaks."""
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 over the DER form, lower-case hexadecimal."""
    return certificate.fingerprint(hashes.SHA256()).hex()
