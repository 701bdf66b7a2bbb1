"""Judging the signatures of a PDF file: each by itself, and what was done to the file after it."""

from __future__ import annotations

import asyncio
import datetime as dt
import os
import re
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from asn1crypto import parser
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import (
    EmbeddedPdfSignature,
    async_validate_pdf_signature,
)
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from signing.form import UNSOUND, form_problems, parse_signed_data
from signing.judgement import judge, refused
from signing.trust import SIGNER_USAGE, validation_context
from signing.types import SignatureReport, TrustAnchors

MAX_BYTES = 4 << 30
MAX_SIGNATURES = 64
_MAX_GAP = 8 << 20
_ONE_CASE_HEX = re.compile(rb"<(?:[0-9a-f]*|[0-9A-F]*)>")


def validate_pdf(
    path: Path, anchors: TrustAnchors | None, *, now: dt.datetime, max_bytes: int = MAX_BYTES
) -> list[SignatureReport]:
    """One report for each signature in `path`, in the order of signing; an empty list when there is none.

    Nothing in the file raises: what cannot be read becomes a report that is not ok. `ok` asks of every signature that
    later updates did nothing it forbids (ISO 32000-2, 12.8.2.2), and of the last that it reaches to the end of the
    file. The chain is judged as of the claimed signing time. A whole signature cut off the end leaves a sound file:
    compare the number of reports, or the file's hash, with what is expected.

    Raises OSError when the disk does not give the file.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > max_bytes:
            return [refused(path.name, f"the file has {size} bytes, at most {max_bytes} are read")]
        try:
            reader = PdfFileReader(file)
            fields = list(islice(enumerate_sig_fields(reader, filled_status=True), MAX_SIGNATURES + 1))
        except (PdfError, *UNSOUND) as error:
            return [refused(path.name, f"not a readable PDF: {error}")]
        if len(fields) > MAX_SIGNATURES:
            return [refused(path.name, f"more than {MAX_SIGNATURES} signatures")]
        unreadable: list[SignatureReport] = []
        signatures: list[EmbeddedPdfSignature] = []
        for name, _, field in fields:
            try:
                signatures.append(EmbeddedPdfSignature(reader, field, name))
            except (PdfError, *UNSOUND) as error:
                unreadable.append(refused(f"{path.name}: {name}", f"not a readable signature: {error}"))
        signatures.sort(key=lambda signature: signature.signed_revision)
        reports = [_report(path.name, file, size, signature, anchors, now) for signature in signatures]
    if reports and not reports[-1].covers_whole_file:
        reports[-1] = _flawed(reports[-1], "something was added to the file after the last signature")
    return reports + unreadable


def _report(
    name: str,
    file: BinaryIO,
    size: int,
    signature: EmbeddedPdfSignature,
    anchors: TrustAnchors | None,
    now: dt.datetime,
) -> SignatureReport:
    where = f"{name}: {signature.field_name}"
    try:
        end, der, gap_problems = _enclosed(file, signature)
        signed_data = parse_signed_data(der)
        problems = gap_problems + form_problems(der, signed_data)
        status = asyncio.run(_validate(signature, anchors, signature.self_reported_timestamp or now))
        whole = end == size and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        problems += _change_problems(status)
        return judge(where, status, signed_data, at=now, covers_whole_file=whole, problems=problems)
    except (PdfError, *UNSOUND) as error:
        return refused(where, f"not a sound signature: {error}")


def _enclosed(file: BinaryIO, signature: EmbeddedPdfSignature) -> tuple[int, bytes, tuple[str, ...]]:
    """Where the signed part ends, the CMS message in the gap that the signature leaves free, and what is odd there.

    Nothing protects the bytes of the gap, so they must be exactly one hexadecimal string: the message, then zeros.
    Raises ValueError when the signed ranges are not the file's start and one more part with a gap between.
    """
    ranges = [int(bound) for bound in signature.byte_range]
    if len(ranges) != 4 or ranges[0] != 0 or min(ranges) < 0 or not 0 < ranges[2] - ranges[1] <= _MAX_GAP:
        raise ValueError(f"signed ranges {ranges}")
    file.seek(ranges[1])
    gap = file.read(ranges[2] - ranges[1])
    if not _ONE_CASE_HEX.fullmatch(gap):
        raise ValueError("the gap in the signed ranges is no plain hexadecimal string")
    content = bytes.fromhex(gap[1:-1].decode("ascii"))
    if content != signature.pkcs7_content:
        raise ValueError("the signature stands somewhere else than in the gap of its signed ranges")
    length = parser.peek(content)
    problems = ("bytes stand behind the signature in its gap",) if any(content[length:]) else ()
    return ranges[2] + ranges[3], content[:length], problems


def _change_problems(status: PdfSignatureStatus) -> tuple[str, ...]:
    """What later updates of the file did that this signature does not allow."""
    if isinstance(status.diff_result, SuspiciousModification):
        return (f"the document was changed after signing: {status.diff_result}",)
    if not status.docmdp_ok:
        return ("the document was changed after signing in a way the signature forbids",)
    return ()


def _flawed(report: SignatureReport, problem: str) -> SignatureReport:
    return replace(report, ok=False, problems=(*report.problems, problem))


async def _validate(
    signature: EmbeddedPdfSignature, anchors: TrustAnchors | None, moment: dt.datetime
) -> PdfSignatureStatus:
    context = validation_context(anchors, moment)
    return await async_validate_pdf_signature(
        signature, signer_validation_context=context, key_usage_settings=SIGNER_USAGE
    )
