"""What a certificate must be like for its key to sign here, and the order of a chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from signing.errors import KeyExpired, KeyNotForSigning, KeyNotYetValid, KeyUnsupported

MAX_CHAIN = 8
_MIN_RSA_BITS = 2048


def check_usable(certificate: x509.Certificate) -> None:
    """Raise `KeyUnsupported` or `KeyNotForSigning` when no signature can be made with it (RFC 5280 4.2.1.3)."""
    subject = certificate.subject.rfc4514_string()
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        if public.key_size < _MIN_RSA_BITS:
            raise KeyUnsupported(subject=subject, detail=f"RSA with {public.key_size} bits is too short")
    elif not (isinstance(public, ec.EllipticCurvePublicKey) and isinstance(public.curve, ec.SECP256R1)):
        raise KeyUnsupported(subject=subject, detail="neither RSA nor P-256")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise KeyNotForSigning(subject=subject)


def check_valid_at(certificate: x509.Certificate, now: dt.datetime) -> None:
    """Raise `KeyExpired` or `KeyNotYetValid` when `now` (aware) lies outside the certificate's life."""
    subject = certificate.subject.rfc4514_string()
    if now > certificate.not_valid_after_utc:
        raise KeyExpired(subject=subject, until=certificate.not_valid_after_utc.isoformat(), now=now.isoformat())
    if now < certificate.not_valid_before_utc:
        raise KeyNotYetValid(subject=subject, since=certificate.not_valid_before_utc.isoformat(), now=now.isoformat())


def issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Does `issuer` stand behind `certificate` by name and by signature?"""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def issuers_of(certificate: x509.Certificate, pool: Iterable[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """The issuers of `certificate` found in `pool`, nearest first, a root included; at most `MAX_CHAIN`."""
    rest = list(pool)
    chain: list[x509.Certificate] = []
    current = certificate
    while len(chain) < MAX_CHAIN and not issued(current, current):
        found = next((candidate for candidate in rest if issued(candidate, current)), None)
        if found is None:
            break
        rest.remove(found)
        chain.append(found)
        current = found
    return tuple(chain)
