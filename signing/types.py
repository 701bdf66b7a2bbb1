"""Signers and what is known about a signature."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from cryptography import x509


class Level(StrEnum):
    """PAdES / CAdES level that was reached, stated and never silently lowered (ETSI EN 319 142-1)."""

    B_B = "B-B"
    B_T = "B-T"
    B_LT = "B-LT"
    B_LTA = "B-LTA"


class Signer(Protocol):
    """One key and its certificates. The key never leaves its token."""

    @property
    def certificate(self) -> x509.Certificate: ...

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        """Intermediates up to, but without, the root."""
        ...

    def sign(self, data: bytes) -> bytes:
        """Signature over `data` (SHA-256; RSA PKCS#1 v1.5 or ECDSA by the key's type). Raises `SigningError`."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class TrustAnchors:
    """Roots somebody decided to believe."""

    roots: tuple[x509.Certificate, ...]


@dataclass(frozen=True)
class SignatureReport:
    """One signature, judged."""

    where: str  # file, and field name for a PDF
    ok: bool  # intact, covers what it must, chain ends in an anchor
    intact: bool
    trusted: bool
    covers_whole_file: bool
    signer: str  # subject of the certificate
    issuer: str
    root_sha256: str | None  # fingerprint of the last certificate in the chain, also when it is not trusted
    signed_at: dt.datetime | None
    time_basis: str  # "claimed" | "timestamp"
    level: str
    problems: tuple[str, ...] = ()
