"""Signatures in an OFD (GB/T 33190-2016, 18): how many there are, and whether what they cover is unchanged.

The value of a signature (SES_Signature, GB/T 38540) and its certificate are judged by nothing here, so none is ever
called valid.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from dossier.ofd.archive import OfdParts, located, open_parts
from dossier.ofd.errors import OfdBroken, OfdTooLarge
from dossier.ofd.structure import OfdDocument

MAX_SIGNATURES = 200
MAX_REFERENCES = 50_000
_SHA256 = ("sha256", "sha-256", "2.16.840.1.101.3.4.2.1")
_SM3 = ("sm3", "1.2.156.10197.1.401")


@dataclass(frozen=True)
class OfdSignature:
    """One signature. `intact`: every part it names has the digest it says; None: digests of a kind not reckoned."""

    provider: str
    method: str
    references: int
    intact: bool | None


@dataclass(frozen=True)
class OfdFacts:
    """What a receiver reckons again of an OFD."""

    pages: int
    signatures: tuple[OfdSignature, ...]


def look_at_ofd(path: Path) -> OfdFacts:
    """Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`, `OSError`."""
    with open_parts(path) as parts:
        document = OfdDocument(parts)
        return OfdFacts(
            document.page_count, tuple(_judged(parts, part) for part in declared_signatures(parts, document))
        )


def declared_signatures(parts: OfdParts, document: OfdDocument) -> list[str]:
    """The parts that describe the signatures. Raises `OfdBroken`, `OfdTooLarge`, `OfdUnsafe`."""
    if document.signatures is None:
        return []
    listed = parts.xml(document.signatures).findall("Signature")
    if len(listed) > MAX_SIGNATURES:
        raise OfdTooLarge(what=f"{len(listed)} signatures", limit=MAX_SIGNATURES)
    return [located(document.signatures, each.get("BaseLoc", "")) for each in listed]


def _judged(parts: OfdParts, part: str) -> OfdSignature:
    root = parts.xml(part)
    references = root.find("SignedInfo/References")
    listed = [] if references is None else references.findall("Reference")
    if len(listed) > MAX_REFERENCES:
        raise OfdTooLarge(what=f"{len(listed)} parts under one signature", limit=MAX_REFERENCES)
    method = "" if references is None else references.get("CheckMethod", "")
    intact: bool | None = None
    if method.lower() in _SHA256 + _SM3 and listed:
        told = [(located(part, each.get("FileRef", "")), each.findtext("CheckValue") or "") for each in listed]
        intact = all(name in parts and _digest(parts.data(name), method) == _value(value) for name, value in told)
    provider = root.find("SignedInfo/Provider")
    return OfdSignature("" if provider is None else provider.get("ProviderName", ""), method, len(listed), intact)


def _digest(data: bytes, method: str) -> bytes:
    if method.lower() in _SHA256:
        return hashlib.sha256(data).digest()
    digest = hashes.Hash(hashes.SM3())
    digest.update(data)
    return digest.finalize()


def _value(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise OfdBroken(detail=f"a digest of a signature is no base64: {text[:40]!r}") from fault
