"""Keys from PKCS#12 files, good and bad."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from signing.cms import sign_detached
from signing.errors import (
    KeyExpired,
    KeyFileBroken,
    KeyFileMissing,
    KeyNotForSigning,
    KeyNotYetValid,
    KeyUnsupported,
    SigningError,
    WrongPassword,
)
from signing.keys.pkcs12 import open_pkcs12
from signing.training import TrainingPki

if TYPE_CHECKING:
    from tests.signing.conftest import Authority

PASSWORD = "口令-1234"
WriteP12 = Callable[..., Path]


def test_opens_the_training_key_with_its_intermediate(pki: TrainingPki) -> None:
    signer = open_pkcs12(pki.station_p12, pki.station_password)
    assert [issuer.issuer for issuer in signer.chain] == [pki.root.subject]
    public = signer.certificate.public_key()
    assert isinstance(public, rsa.RSAPublicKey)
    assert public.key_size == 3072
    public.verify(signer.sign(b"data"), b"data", padding.PKCS1v15(), hashes.SHA256())


def test_opens_a_p256_key(authority: Authority, write_p12: WriteP12) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signer = open_pkcs12(write_p12(key, authority.issue("民警", key)), PASSWORD)
    key.public_key().verify(signer.sign(b"data"), b"data", ec.ECDSA(hashes.SHA256()))


@pytest.mark.parametrize("password", ["", "wrong", "口令"])
def test_wrong_password(pki: TrainingPki, password: str) -> None:
    with pytest.raises(WrongPassword):
        open_pkcs12(pki.station_p12, password)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(KeyFileMissing):
        open_pkcs12(tmp_path / "none.p12", "x")
    with pytest.raises(KeyFileBroken):
        open_pkcs12(tmp_path, "x")


def test_cut_off_at_any_length_is_broken_not_a_wrong_password(authority: Authority, write_p12: WriteP12) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = write_p12(key, authority.issue("民警", key))
    whole = path.read_bytes()
    for length in range(0, len(whole), 13):
        path.write_bytes(whole[:length])
        with pytest.raises(KeyFileBroken):
            open_pkcs12(path, PASSWORD)


def test_altered_bytes_never_give_another_key(authority: Authority, write_p12: WriteP12) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority.issue("民警", key)
    path = write_p12(key, certificate)
    whole = path.read_bytes()
    refused = 0
    for position in range(0, len(whole), 29):
        altered = bytearray(whole)
        altered[position] ^= 0x41
        path.write_bytes(altered)
        try:
            assert open_pkcs12(path, PASSWORD).certificate == certificate
        except SigningError:
            refused += 1
    assert refused > 20


def test_endless_key_derivation_is_refused_at_once(authority: Authority, write_p12: WriteP12) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    path = write_p12(key, authority.issue("民警", key))
    container = asn1_pkcs12.Pfx.load(path.read_bytes())
    container["mac_data"]["iterations"] = 2**31 - 1
    path.write_bytes(container.dump(force=True))
    with pytest.raises(KeyFileBroken, match="2147483647 rounds"):
        open_pkcs12(path, PASSWORD)


def test_file_that_is_far_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.p12"
    path.write_bytes(bytes(1 << 21))
    with pytest.raises(KeyFileBroken, match="1 MiB"):
        open_pkcs12(path, "x")


def test_certificate_for_encryption_only(authority: Authority, write_p12: WriteP12) -> None:
    key = rsa.generate_private_key(65537, 2048)
    certificate = authority.issue("民警", key, usages=("key_encipherment", "data_encipherment"))
    with pytest.raises(KeyNotForSigning):
        open_pkcs12(write_p12(key, certificate), PASSWORD)


@pytest.mark.parametrize(
    "make_key",
    [
        lambda: rsa.generate_private_key(65537, 1024),  # noqa: S505
        lambda: ec.generate_private_key(ec.SECP384R1()),
    ],
    ids=["rsa-1024", "p384"],
)
def test_keys_of_another_kind(
    authority: Authority, write_p12: WriteP12, make_key: Callable[[], rsa.RSAPrivateKey]
) -> None:
    key = make_key()
    with pytest.raises(KeyUnsupported):
        open_pkcs12(write_p12(key, authority.issue("民警", key)), PASSWORD)


def test_expired_and_not_yet_valid_keys_do_not_sign(
    authority: Authority, write_p12: WriteP12, now: dt.datetime
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signer = open_pkcs12(write_p12(key, authority.issue("民警", key, start=now, days=10)), PASSWORD)
    with pytest.raises(KeyNotYetValid):
        sign_detached(b"data", signer, now=now - dt.timedelta(seconds=1))
    with pytest.raises(KeyExpired):
        sign_detached(b"data", signer, now=now + dt.timedelta(days=10, seconds=1))
