"""Detached signatures: read by OpenSSL, and no byte of them free to change."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography import x509

from signing.cms import MAX_SIGNATURE_BYTES, sign_detached, verify_detached
from signing.keys.pkcs12 import Pkcs12Signer
from signing.training import TrainingPki
from signing.types import TrustAnchors

DATA = "卷宗".encode() * 1000
Verifies = Callable[[bytes, bytes, x509.Certificate], bool]


@pytest.fixture(scope="module")
def signature(signer: Pkcs12Signer, now: dt.datetime) -> bytes:
    return sign_detached(DATA, signer, now=now)


def test_holds_here_and_with_openssl(
    signature: bytes, anchors: TrustAnchors, now: dt.datetime, openssl_verifies: Verifies
) -> None:
    report = verify_detached(DATA, signature, anchors, at=now)
    assert report.problems == ()
    assert (report.ok, report.intact, report.trusted, report.level) == (True, True, True, "B-B")
    assert (report.signed_at, report.time_basis) == (now, "claimed")
    assert "训练站" in report.signer
    assert openssl_verifies(DATA, signature, anchors.roots[0])
    assert not openssl_verifies(DATA + b"x", signature, anchors.roots[0])


def test_p256_signature_holds_here_and_with_openssl(
    p256_signer: Pkcs12Signer, authority: object, now: dt.datetime, openssl_verifies: Verifies
) -> None:
    root = authority.certificate  # type: ignore[attr-defined]
    signature = sign_detached(DATA, p256_signer, now=now)
    assert verify_detached(DATA, signature, TrustAnchors((root,)), at=now).ok
    assert openssl_verifies(DATA, signature, root)


def test_carries_the_attributes_of_cades(signature: bytes) -> None:
    signed_data = cms.ContentInfo.load(signature)["content"]
    attributes = {attribute["type"].native for attribute in signed_data["signer_infos"][0]["signed_attrs"]}
    assert {"content_type", "message_digest", "signing_time", "signing_certificate_v2"} <= attributes
    assert signed_data["encap_content_info"]["content"].native is None
    assert len(signed_data["certificates"]) == 2  # the signer's and the intermediate's: no root


@pytest.mark.parametrize(("option", "level"), [("-cades", "B-B"), ("-nosmimecap", "CMS")])
def test_takes_what_openssl_signs(
    pki: TrainingPki, anchors: TrustAnchors, tmp_path: Path, option: str, level: str
) -> None:
    (tmp_path / "data").write_bytes(DATA)
    (tmp_path / "password").write_text(pki.station_password)
    for command in (
        f"openssl pkcs12 -in {pki.station_p12} -passin file:password -nodes -clcerts -out key.pem",
        f"openssl pkcs12 -in {pki.station_p12} -passin file:password -nokeys -cacerts -out ca.pem",
        f"openssl cms -sign -binary -in data -signer key.pem -certfile ca.pem {option} -outform DER -out sig",
    ):
        subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    report = verify_detached(DATA, (tmp_path / "sig").read_bytes(), anchors, at=dt.datetime.now(dt.UTC))
    assert report.problems == ()
    assert (report.ok, report.level) == (True, level)


def test_every_byte_of_the_signature_counts(p256_signer: Pkcs12Signer, authority: object, now: dt.datetime) -> None:
    anchors = TrustAnchors((authority.certificate,))  # type: ignore[attr-defined]
    signature = sign_detached(DATA, p256_signer, now=now)
    assert verify_detached(DATA, signature, anchors, at=now).ok
    survivors = []
    for position in range(len(signature)):
        altered = bytearray(signature)
        altered[position] ^= 1 << position % 8
        if verify_detached(DATA, bytes(altered), anchors, at=now).ok:
            survivors.append(position)
    assert survivors == []


def test_every_byte_of_the_intermediate_counts(signature: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    """RSA, with the outer fields of the intermediate: algorithm and unused bits of its signature."""
    certificates = cms.ContentInfo.load(signature)["content"]["certificates"]
    intermediate = next(one.chosen for one in certificates if one.chosen.ca).dump()
    start = signature.index(intermediate)
    end = start + len(intermediate)
    body_end = end - 384 - 20  # RSA-3072: before signature and algorithm
    survivors = []
    for position in [*range(start, body_end, 31), *range(body_end, end - 384), *range(end - 384, end, 31)]:
        for mask in (0x01, 0x20):
            altered = bytearray(signature)
            altered[position] ^= mask
            if verify_detached(DATA, bytes(altered), anchors, at=now).ok:
                survivors.append(position)
    assert survivors == []


def test_changed_data(signature: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    report = verify_detached(DATA + b"x", signature, anchors, at=now)
    assert (report.ok, report.intact) == (False, False)
    assert report.problems == ("the signed content was changed",)


def _with_unsigned_attribute(message: cms.ContentInfo) -> None:
    attribute = cms.CMSAttribute({"type": "content_type", "values": ["data"]})
    message["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([attribute])


def _with_second_signer(message: cms.ContentInfo) -> None:
    message["content"]["signer_infos"].append(message["content"]["signer_infos"][0].copy())


def _with_enclosed_data(message: cms.ContentInfo) -> None:
    message["content"]["encap_content_info"]["content"] = DATA


def _without_intermediate(message: cms.ContentInfo) -> None:
    certificates = message["content"]["certificates"]
    message["content"]["certificates"] = [one for one in certificates if not one.chosen.ca]


@pytest.mark.parametrize(
    "change", [_with_unsigned_attribute, _with_second_signer, _with_enclosed_data, _without_intermediate]
)
def test_rebuilt_by_an_attacker(
    signature: bytes, anchors: TrustAnchors, now: dt.datetime, change: Callable[[cms.ContentInfo], None]
) -> None:
    message = cms.ContentInfo.load(signature)
    change(message)
    altered = message.dump(force=True)
    assert altered != signature
    report = verify_detached(DATA, altered, anchors, at=now)
    assert not report.ok
    assert report.problems


def test_certificate_that_nobody_uses(
    signer: Pkcs12Signer, counter_signer: Pkcs12Signer, anchors: TrustAnchors, now: dt.datetime
) -> None:
    class Burdened(Pkcs12Signer):
        @property
        def chain(self) -> tuple[x509.Certificate, ...]:
            return (*super().chain, counter_signer.certificate)

    burdened = Burdened(signer._private, signer.certificate, signer.chain)
    report = verify_detached(DATA, sign_detached(DATA, burdened, now=now), anchors, at=now)
    assert not report.ok
    assert report.problems == ("a certificate is enclosed that does not belong to the chain",)


@pytest.mark.parametrize(
    "junk",
    [b"", b"\x30", b"\x30\x80", bytes(1000), b"\x30\x82\xff\xff", b"\x30" * 100_000, bytes(MAX_SIGNATURE_BYTES + 1)],
)
def test_what_is_no_signature(junk: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    report = verify_detached(DATA, junk, anchors, at=now)
    assert not report.ok
    assert report.problems


def test_something_behind_the_signature(signature: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    assert not verify_detached(DATA, signature + b"\x00", anchors, at=now).ok
    assert not verify_detached(DATA, signature + signature, anchors, at=now).ok


def test_claimed_time_after_now(signature: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    report = verify_detached(DATA, signature, anchors, at=now - dt.timedelta(hours=1))
    assert not report.ok
    assert "future" in report.problems[0]


def test_still_holds_after_the_certificates_end(signature: bytes, anchors: TrustAnchors, now: dt.datetime) -> None:
    """Judged as of the claimed time, and says so."""
    report = verify_detached(DATA, signature, anchors, at=now + dt.timedelta(days=5000))
    assert (report.ok, report.time_basis) == (True, "claimed")
