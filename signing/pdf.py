"""Signatures inside PDF files: PAdES (ETSI EN 319 142-1), written by pyHanko as an incremental update.

Not to be called from inside a running event loop: pyHanko's coroutines are run to their end here.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PyhankoSigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from signing.adapter import DIGEST, AdaptedSigner
from signing.durable import appearing
from signing.errors import AlreadyCertified, FieldTaken, PdfBroken, PdfProtected, SigningError
from signing.form import UNSOUND
from signing.keys.certificates import check_valid_at
from signing.tsa import StampService
from signing.types import Level, Signer

# Hexadecimal digits: room for the signature itself (about 4 kB) and for a time-stamp token put beside it later, without
# moving a byte.
RESERVED_DIGITS = 32768
_CHUNK = 1 << 20


@dataclass(frozen=True)
class SignedPdf:
    """A signed file on the disk. `shortfall`: why `level` is below `requested`, else None."""

    path: Path
    requested: Level
    level: Level
    shortfall: str | None
    sha256: str  # of the whole file, lower-case hexadecimal
    size: int


def sign_pdf(
    source: Path,
    target: Path,
    signer: Signer,
    *,
    reason: str,
    location: str,
    now: dt.datetime,
    field: str = "JuanzongSeal1",
    certify: bool = True,
    tsa_url: str | None = None,
) -> SignedPdf:
    """Sign `source` into `target`; `source` is only read, `target` appears whole or not at all.

    The field is invisible, so PDF/A stays. With `certify` it is the document's first signature and allows further
    signatures but no other change (DocMDP 2). Level B-B; B-T with `tsa_url`, and when that service fails the level
    stays B-B and `shortfall` says why. Memory does not grow with the file.

    Raises `PdfBroken`, `PdfProtected`, `FieldTaken`, `AlreadyCertified`, `KeyExpired`, `KeyNotYetValid`,
    `SigningError`, what the key raises, and OSError from the disk.
    """
    check_valid_at(signer.certificate, now)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=certify,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        reason=reason,
        location=location,
    )
    requested = Level.B_T if tsa_url else Level.B_B
    level, shortfall = requested, None
    with appearing(target) as part:
        stamper = StampService(tsa_url) if tsa_url else None
        try:
            _sign(source, part, PdfSigner(metadata, AdaptedSigner(signer), timestamper=stamper), now)
        except TimestampRequestError as error:
            level, shortfall = Level.B_B, f"no time-stamp from {tsa_url}: {error}"
            _sign(source, part, PdfSigner(metadata, AdaptedSigner(signer)), now)
        size, sha256 = _measure(part)
    return SignedPdf(target, requested, level, shortfall, sha256, size)


def _sign(source: Path, part: Path, pdf_signer: PdfSigner, now: dt.datetime) -> None:
    with part.open("w+b") as file:
        _copy(source, file)
        writer = _open(source, file, pdf_signer.signature_meta)
        try:
            asyncio.run(_write_signature(pdf_signer, writer, now))
        except PdfError as error:
            raise PdfBroken(path=source, detail=error) from error
        except PyhankoSigningError as error:
            raise SigningError(detail=error) from error


def _copy(source: Path, file: BinaryIO) -> None:
    """Copy, and end the last line: an update appended to `%%EOF` itself breaks PDF/A (ISO 19005-2, 6.1.3)."""
    last = b""
    try:
        with source.open("rb") as original:
            while chunk := original.read(_CHUNK):
                file.write(chunk)
                last = chunk
    except (FileNotFoundError, IsADirectoryError) as error:
        raise PdfBroken(path=source, detail="there is no such file") from error
    if not last.endswith((b"\n", b"\r")):
        file.write(b"\n")
    file.seek(0)


def _open(source: Path, file: BinaryIO, metadata: PdfSignatureMetadata) -> IncrementalPdfFileWriter:
    try:
        writer = IncrementalPdfFileWriter(file)
        encrypted = writer.prev.encrypted
        taken = [] if encrypted else [signature.field_name for signature in writer.prev.embedded_signatures]
    except (PdfError, *UNSOUND) as error:
        raise PdfBroken(path=source, detail=error) from error
    if encrypted:
        raise PdfProtected(path=source)
    if metadata.field_name in taken:
        raise FieldTaken(path=source, field=metadata.field_name)
    if taken and metadata.certify:
        raise AlreadyCertified(path=source, detail=f"signed in {', '.join(taken)}")
    return writer


async def _write_signature(pdf_signer: PdfSigner, writer: IncrementalPdfFileWriter, now: dt.datetime) -> None:
    """What `PdfSigner.async_sign_pdf` does, with the time given instead of taken from the clock."""
    session = pdf_signer.init_signing_session(writer)
    session.system_time = now
    prepared = session.prepare_tbs_document(validation_info=None, bytes_reserved=RESERVED_DIGITS)
    digest, _ = prepared.digest_tbs_document(in_place=True, chunk_size=_CHUNK)
    await prepared.perform_signature(digest.document_digest, PdfCMSSignedAttributes(signing_time=now))


def _measure(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return os.fstat(file.fileno()).st_size, digest.hexdigest()
