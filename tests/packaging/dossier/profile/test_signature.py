"""A profile signed by its publisher, and what becomes of one that was changed afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID

from dossier.profile import ProfileAltered, load_profile, read_profile
from dossier.profile.signature import sign_files
from signing.keys.pkcs12 import Pkcs12Signer, open_pkcs12
from signing.training import ensure_training_pki
from signing.trust import load_anchors
from signing.types import TrustAnchors

NOW = dt.datetime(2026, 5, 20, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Pkcs12Signer:
    """A publisher's key whose certificate is its own root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "云江市政法委 标准发布")])
    usage = x509.KeyUsage(True, True, False, False, False, True, False, False, False)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - dt.timedelta(days=1))
        .not_valid_after(NOW + dt.timedelta(days=365))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("publisher") / "key.p12"
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"p", key, certificate, None, BestAvailableEncryption(b"x")))
    return open_pkcs12(path, "x")


@pytest.fixture(scope="module")
def signed(publisher: Pkcs12Signer) -> Mapping[str, bytes]:
    files = load_profile("CN-YUNJIANG").files
    return {**files, **sign_files(files, publisher, now=NOW)}


def test_a_believed_publisher_makes_the_status_count(signed: Mapping[str, bytes], publisher: Pkcs12Signer) -> None:
    profile = read_profile(signed, anchors=TrustAnchors((publisher.certificate,)))
    assert profile.endorsement is not None
    assert profile.endorsement.believed
    assert "云江市政法委" in profile.endorsement.signer
    assert profile.label == "CN-YUNJIANG 2026.1 (example of an invented region)"
    assert profile.sha256 == load_profile("CN-YUNJIANG").sha256, "signing does not change what cases are pinned to"


def test_a_stranger_does_not(signed: Mapping[str, bytes]) -> None:
    profile = read_profile(signed, anchors=None)
    assert profile.endorsement is not None
    assert not profile.endorsement.believed
    assert profile.status == "draft, unverified"


def test_a_training_key_publishes_nothing(tmp_path: Path) -> None:
    pki = ensure_training_pki(tmp_path, now=NOW)
    files = load_profile("CN-YUNJIANG").files
    signer = open_pkcs12(pki.station_p12, pki.station_password)
    profile = read_profile({**files, **sign_files(files, signer, now=NOW)}, anchors=load_anchors([pki.root_path]))
    assert profile.endorsement is not None
    assert profile.status == "draft, unverified"


@pytest.mark.parametrize("name", ["profile.yaml", "base/recognition.yaml", "manifest.p7s"])
def test_a_changed_file_is_named(signed: Mapping[str, bytes], name: str) -> None:
    spoiled = {**signed, name: signed[name][:-2] + bytes([signed[name][-2] ^ 1]) + signed[name][-1:]}
    with pytest.raises(ProfileAltered) as caught:
        read_profile(spoiled)
    assert caught.value.params["file"] == name


@pytest.mark.parametrize("name", ["doctypes.tsv", "manifest.txt", "manifest.p7s"])
def test_a_missing_file_is_named(signed: Mapping[str, bytes], name: str) -> None:
    with pytest.raises(ProfileAltered) as caught:
        read_profile({each: data for each, data in signed.items() if each != name})
    assert caught.value.params["file"] == name


def test_a_file_laid_in_afterwards_is_named(signed: Mapping[str, bytes]) -> None:
    with pytest.raises(ProfileAltered, match=r"deadlines\.yaml"):
        read_profile({**signed, "deadlines.yaml": b"deadlines: []\n"})
