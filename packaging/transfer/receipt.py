"""The platform's signed answer (回执): canonical JSON over the whole package's hashes, and a detached CMS beside it."""

from __future__ import annotations

import base64
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from signing.cms import sign_detached, verify_detached
from signing.types import Signer, TrustAnchors
from transfer.errors import ReceiptBroken, ReceiptForged, ReceiptForOther, ReceiptHashDiffers
from transfer.types import PackageRef, Receipt

MAX_BYTES = 64 * 1024
LAST_YEAR = 3000
SIGNED_WITHIN = dt.timedelta(minutes=10)  # of the platform's own time of receiving
_RECEIPT: TypeAdapter[Receipt] = TypeAdapter(Receipt)


@dataclass(frozen=True)
class SignedReceipt:
    """The receipt's bytes as signed, and the signature over them."""

    document: bytes
    signature: bytes  # detached CMS, DER

    def to_text(self) -> str:
        """One JSON line, for storing and for handing over on any channel."""
        return json.dumps({"receipt": _text(self.document), "signature": _text(self.signature)})

    @classmethod
    def from_text(cls, text: str | bytes) -> SignedReceipt:
        """Raises `ReceiptBroken`."""
        if len(text) > MAX_BYTES:
            raise ReceiptBroken(detail=f"larger than {MAX_BYTES // 1024} KB")
        try:
            fields = json.loads(text)
            return cls(_bytes(fields["receipt"]), _bytes(fields["signature"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise ReceiptBroken(detail=type(error).__name__) from error

    def read(self) -> Receipt:
        """What it says, signature not looked at. Raises `ReceiptBroken`."""
        try:
            receipt = _RECEIPT.validate_json(self.document, strict=False)
        except ValidationError as error:
            raise ReceiptBroken(detail=f"{error.error_count()} fields are wrong") from error
        if receipt.received_at.utcoffset() is None or receipt.received_at.year > LAST_YEAR:
            raise ReceiptBroken(detail="its time has no zone or lies beyond any calendar of ours")
        return receipt


def canonical(receipt: Receipt) -> bytes:
    """The bytes that are signed: sorted keys, no blanks, UTF-8."""
    fields: dict[str, Any] = _RECEIPT.dump_python(receipt, mode="json")
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign_receipt(receipt: Receipt, signer: Signer, *, now: dt.datetime) -> SignedReceipt:
    """Raises `SigningError`."""
    document = canonical(receipt)
    return SignedReceipt(document, sign_detached(document, signer, now=now))


def check_receipt(signed: SignedReceipt, package: PackageRef, anchors: TrustAnchors, *, now: dt.datetime) -> Receipt:
    """The receipt, proven to be this package's from a believed platform.

    A receipt is bound to the package's id, size and both hashes, so one for another package, or an old one replayed
    for a new version, does not pass. The platform's clock rules: a station whose clock is behind is no reason to doubt.

    Raises `ReceiptForged`, `ReceiptForOther`, `ReceiptHashDiffers`, `ReceiptBroken`.
    """
    receipt = signed.read()
    moment = max(now, receipt.received_at + SIGNED_WITHIN)
    report = verify_detached(signed.document, signed.signature, anchors, at=moment, where="receipt")
    if not report.ok:
        raise ReceiptForged(detail="; ".join(report.problems) or "its signature does not hold")
    if receipt.package_id != package.id:
        raise ReceiptForOther(found=receipt.package_id)
    if (receipt.sha256, receipt.sm3, receipt.size) != (package.sha256, package.sm3, package.size):
        raise ReceiptHashDiffers
    return receipt


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
