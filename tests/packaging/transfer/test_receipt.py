"""Receipts: only this package's, only from a believed platform."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import json

import pytest

from signing.types import TrustAnchors
from transfer.errors import ReceiptBroken, ReceiptForged, ReceiptForOther, ReceiptHashDiffers
from transfer.receipt import SignedReceipt, canonical, check_receipt, sign_receipt
from transfer.types import PackageRef, Receipt, Verdict

NOW = dt.datetime.now(dt.UTC)


def receipt_for(package: PackageRef) -> Receipt:
    return Receipt(
        package_id=package.id,
        sha256=package.sha256,
        sm3=package.sm3,
        size=package.size,
        platform="清禾市训练平台",
        platform_sequence=7,
        received_at=NOW,
        verdict=Verdict.ACCEPTED,
        reason_code=None,
        reasons=(),
    )


@pytest.fixture
def package(make_package) -> PackageRef:
    return make_package()


@pytest.fixture
def signed(package: PackageRef, platform_signer) -> SignedReceipt:
    return sign_receipt(receipt_for(package), platform_signer, now=NOW)


def test_a_receipt_survives_its_file_form(package, signed, anchors):
    again = SignedReceipt.from_text(signed.to_text())
    assert again == signed
    assert check_receipt(again, package, anchors, now=NOW) == receipt_for(package)


@pytest.mark.parametrize("days", [-3, 3])
def test_a_station_whose_clock_is_off_still_believes_its_platform(package, signed, anchors, days: int):
    assert check_receipt(signed, package, anchors, now=NOW + dt.timedelta(days=days)) == receipt_for(package)


@pytest.mark.parametrize("time", [dt.datetime(2026, 3, 5), dt.datetime.max.replace(tzinfo=dt.UTC)])
def test_a_receipt_with_an_impossible_time_is_broken(package, platform_signer, anchors, time: dt.datetime):
    odd = sign_receipt(dataclasses.replace(receipt_for(package), received_at=time), platform_signer, now=NOW)
    with pytest.raises(ReceiptBroken):
        check_receipt(odd, package, anchors, now=NOW)


def test_the_signed_bytes_are_canonical(package):
    document = canonical(receipt_for(package))
    fields = json.loads(document)
    assert list(fields) == sorted(fields)
    assert b" " not in document
    assert "清禾市".encode() in document


@pytest.mark.parametrize("field", ["verdict", "platform_sequence", "sha256", "received_at"])
def test_a_changed_field_is_a_forgery(package, signed, anchors, field: str):
    fields = json.loads(signed.document)
    fields[field] = {"verdict": "rejected", "platform_sequence": 8}.get(field, "0" * 64)
    forged = dataclasses.replace(signed, document=json.dumps(fields).encode())
    with pytest.raises(ReceiptForged):
        check_receipt(forged, package, anchors, now=NOW)


def test_a_receipt_of_a_platform_nobody_believes_is_a_forgery(package, signed):
    with pytest.raises(ReceiptForged):
        check_receipt(signed, package, TrustAnchors(()), now=NOW)


def test_a_receipt_for_another_package_is_not_taken(signed, make_package, anchors):
    with pytest.raises(ReceiptForOther):
        check_receipt(signed, make_package(seed=2), anchors, now=NOW)


@pytest.mark.parametrize("changed", [{"sha256": "0" * 64}, {"sm3": "0" * 64}, {"size": 5}])
def test_a_receipt_replayed_for_other_contents_under_the_same_id_is_not_taken(package, signed, anchors, changed):
    with pytest.raises(ReceiptHashDiffers):
        check_receipt(signed, dataclasses.replace(package, **changed), anchors, now=NOW)


def as_file(document: bytes) -> str:
    return json.dumps({"receipt": base64.b64encode(document).decode(), "signature": ""})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        '{"receipt": 1, "signature": 2}',
        '{"receipt": "ä", "signature": ""}',
        "[" * 60_000,
        " " * 70_000,
    ],
)
def test_what_is_no_receipt_is_said_to_be_broken(text: str):
    with pytest.raises(ReceiptBroken):
        SignedReceipt.from_text(text)


@pytest.mark.parametrize("document", [b"", b"{}", b'{"package_id": 1}', b"\xff", b"[" * 20_000])
def test_what_is_no_receipt_inside_is_said_to_be_broken(document: bytes):
    with pytest.raises(ReceiptBroken):
        SignedReceipt.from_text(as_file(document)).read()
