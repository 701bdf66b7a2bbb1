"""Keys for training, demonstration and tests, made at first use. Nobody outside believes them, and they say so."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from signing.durable import sync
from signing.errors import TrainingKeysBroken

TRAINING_UNIT = "TRAINING ONLY 仅供训练"
_YEARS = 10
_RSA_BITS = 3072
_ROOT = "root.pem"
_PASSWORDS = "passwords.json"


@dataclass(frozen=True)
class TrainingPki:
    """Where the training keys lie. The passwords are kept out of `repr`, so out of logs."""

    root: x509.Certificate
    root_path: Path
    station_p12: Path
    station_password: str = field(repr=False)
    platform_p12: Path
    platform_password: str = field(repr=False)


def is_training(certificate: x509.Certificate) -> bool:
    """Was this certificate issued by a training CA? Every certificate of one carries the unit `TRAINING_UNIT`."""
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    issuer_units = certificate.issuer.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == TRAINING_UNIT for unit in (*units, *issuer_units))


def ensure_training_pki(folder: Path, *, now: dt.datetime) -> TrainingPki:
    """The training keys under `folder`, made there when there are none yet.

    A root "卷宗训练根 CA", an intermediate, a clerk's signing key and a platform's receipt key, RSA-3072, valid for ten
    years from the day before `now`. The private keys of the two CAs are never written: nothing more can be issued.
    Files have mode 0600; the set appears by one rename, so a killed process leaves none or all, and of two processes
    one makes it and the other waits. Raises `TrainingKeysBroken` when files of the set are missing or damaged.
    """
    folder.mkdir(parents=True, exist_ok=True)
    final = folder / "training"
    with _only_one(folder):
        if not final.exists():
            _make(folder / ".training.part", final, now)
    return _open(final)


@contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    handle = os.open(folder / ".training.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _open(final: Path) -> TrainingPki:
    try:
        passwords = json.loads((final / _PASSWORDS).read_text("utf-8"))
        root = x509.load_pem_x509_certificate((final / _ROOT).read_bytes())
        pki = TrainingPki(
            root=root,
            root_path=final / _ROOT,
            station_p12=final / "station.p12",
            station_password=passwords["station"],
            platform_p12=final / "platform.p12",
            platform_password=passwords["platform"],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise TrainingKeysBroken(folder=final, detail=f"{type(error).__name__}: {error}") from error
    for path in (pki.station_p12, pki.platform_p12):
        if not path.is_file():
            raise TrainingKeysBroken(folder=final, detail=f"{path.name} is missing")
    return pki


def _make(part: Path, final: Path, now: dt.datetime) -> None:
    if part.exists():  # an earlier run was killed here
        shutil.rmtree(part)
    part.mkdir(mode=0o700)
    root_key, intermediate_key = _new_key(), _new_key()
    root_name, intermediate_name = _name("卷宗训练根 CA (training only)"), _name("卷宗训练中级 CA (training only)")
    root = _issue(root_name, root_key, root_name, root_key, now, authority=1)
    intermediate = _issue(intermediate_name, intermediate_key, root_name, root_key, now, authority=0)
    passwords = {}
    for who, name in (("station", "训练站 办案民警"), ("platform", "训练平台 回执")):
        key = _new_key()
        certificate = _issue(_name(name), key, intermediate_name, intermediate_key, now, authority=None)
        passwords[who] = secrets.token_urlsafe(24)
        encryption = BestAvailableEncryption(passwords[who].encode())
        content = pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [intermediate], encryption)
        _write(part / f"{who}.p12", content)
    _write(part / _ROOT, root.public_bytes(Encoding.PEM))
    _write(part / _PASSWORDS, json.dumps(passwords, indent=1).encode())
    sync(part)
    part.rename(final)
    sync(final.parent)


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "卷宗训练"),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, TRAINING_UNIT),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _issue(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    now: dt.datetime,
    *,
    authority: int | None,
) -> x509.Certificate:
    """One certificate (RFC 5280). `authority`: path length of a CA, None for somebody who signs documents."""
    start = now.astimezone(dt.UTC).replace(microsecond=0) - dt.timedelta(days=1)
    usage = x509.KeyUsage(
        digital_signature=authority is None,
        content_commitment=authority is None,
        key_cert_sign=authority is not None,
        crl_sign=authority is not None,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * _YEARS + 3))
        .add_extension(x509.BasicConstraints(ca=authority is not None, path_length=authority), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    sync(path)
