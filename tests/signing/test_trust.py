"""Anchors and chains."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ObjectIdentifier

from signing.cms import sign_detached, verify_detached
from signing.errors import AnchorBroken
from signing.keys.pkcs12 import Pkcs12Signer
from signing.training import TrainingPki
from signing.trust import fingerprint, load_anchors
from signing.types import SignatureReport, TrustAnchors

if TYPE_CHECKING:
    from tests.signing.conftest import Authority


def test_anchors_from_pem_bundle_and_der(pki: TrainingPki, authority: Authority, tmp_path: Path) -> None:
    bundle, single = tmp_path / "bundle.pem", tmp_path / "single.der"
    bundle.write_bytes(pki.root_path.read_bytes() + authority.certificate.public_bytes(Encoding.PEM))
    single.write_bytes(authority.certificate.public_bytes(Encoding.DER))
    assert load_anchors([bundle]).roots == (pki.root, authority.certificate)
    assert load_anchors([single]).roots == (authority.certificate,)


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nxx\n", bytes(1 << 21)])
def test_file_that_is_no_certificate(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "root.pem"
    path.write_bytes(content)
    with pytest.raises(AnchorBroken):
        load_anchors([path])


def test_anchor_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AnchorBroken):
        load_anchors([tmp_path / "none.pem"])


def test_unknown_root_is_told_with_the_end_of_the_chain(
    signer: Pkcs12Signer, authority: Authority, anchors: TrustAnchors, now: dt.datetime
) -> None:
    signature = sign_detached(b"data", signer, now=now)
    for unknown in (None, TrustAnchors(()), TrustAnchors((authority.certificate,))):
        report = verify_detached(b"data", signature, unknown, at=now)
        assert (report.ok, report.intact, report.trusted) == (False, True, False)
        assert report.root_sha256 == fingerprint(signer.chain[-1])
    trusted = verify_detached(b"data", signature, anchors, at=now)
    assert trusted.root_sha256 == fingerprint(anchors.roots[0])


@pytest.fixture
def judge_leaf(authority: Authority, now: dt.datetime) -> Callable[..., SignatureReport]:
    def judge(**options: object) -> SignatureReport:
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = options.pop("issuer", authority)
        signer = Pkcs12Signer(key, issuer.issue("民警", key, **options), ())  # type: ignore[attr-defined]
        signature = sign_detached(b"data", signer, now=now)
        return verify_detached(b"data", signature, TrustAnchors((authority.certificate,)), at=now)

    return judge


def test_sound_leaf(judge_leaf: Callable[..., SignatureReport]) -> None:
    assert judge_leaf().ok


@pytest.mark.parametrize("usages", [("digital_signature",), ("content_commitment",)])
def test_either_signing_usage_is_enough(judge_leaf: Callable[..., SignatureReport], usages: tuple[str, ...]) -> None:
    assert judge_leaf(usages=usages).ok


def test_certificate_for_something_else(judge_leaf: Callable[..., SignatureReport]) -> None:
    report = judge_leaf(usages=("key_encipherment",))
    assert (report.ok, report.intact, report.trusted) == (False, True, False)


def test_unknown_critical_extension(judge_leaf: Callable[..., SignatureReport]) -> None:
    strange = x509.UnrecognizedExtension(ObjectIdentifier("1.2.3.4.5"), b"\x05\x00")
    assert not judge_leaf(extra=(strange,)).trusted


def test_issuer_of_the_right_name_with_another_key(
    judge_leaf: Callable[..., SignatureReport], authority: Authority
) -> None:
    impostor = type(authority)(ec.generate_private_key(ec.SECP256R1()), authority.certificate)
    assert not judge_leaf(issuer=impostor).trusted


def test_somebodys_certificate_cannot_issue_another(
    judge_leaf: Callable[..., SignatureReport], authority: Authority
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    assert not judge_leaf(issuer=type(authority)(key, authority.issue("民警", key))).trusted
