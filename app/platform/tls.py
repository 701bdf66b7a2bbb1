"""Certificates for mutual TLS with the training platform, made at first use. Nobody outside believes them."""

from __future__ import annotations

import datetime as dt
import ssl
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.store.durable import sync_folder
from transfer.tls import TlsFiles

FOLDER = "training-tls"
_YEARS = 10
_UNIT = "TRAINING ONLY 仅供训练"


def station_files(keys: Path) -> TlsFiles:
    """What a station shows and believes."""
    folder = keys / FOLDER
    return TlsFiles(folder / "ca.pem", folder / "station.pem", folder / "station.key")


def server_context(keys: Path, *, now: dt.datetime) -> ssl.SSLContext:
    """Takes nobody without a certificate of the training CA."""
    folder = keys / FOLDER
    if not folder.exists():
        _make(folder, now)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(folder / "platform.pem", folder / "platform.key")
    context.load_verify_locations(folder / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def _make(folder: Path, now: dt.datetime) -> None:
    """The set appears by one rename; the CA's key is never written, so nothing more can be issued."""
    part = folder.with_name(f"{folder.name}.part")
    part.mkdir(mode=0o700, exist_ok=True)
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca_name = _name("卷宗训练 TLS CA")
    ca = _certificate(ca_name, ca_key, ca_name, ca_key, now, usage=None)
    _write(part / "ca.pem", ca.public_bytes(Encoding.PEM))
    for who, usage in (("platform", ExtendedKeyUsageOID.SERVER_AUTH), ("station", ExtendedKeyUsageOID.CLIENT_AUTH)):
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = _certificate(_name(f"训练 {who}"), key, ca_name, ca_key, now, usage=usage)
        _write(part / f"{who}.pem", certificate.public_bytes(Encoding.PEM))
        _write(part / f"{who}.key", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    sync_folder(part)
    part.rename(folder)
    sync_folder(folder.parent)


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, _UNIT),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    now: dt.datetime,
    *,
    usage: x509.ObjectIdentifier | None,
) -> x509.Certificate:
    """RFC 5280. `usage`: what one end may do with it; None makes the CA."""
    authority = usage is None
    start = now.astimezone(dt.UTC) - dt.timedelta(days=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=365 * _YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    if usage is not None:
        names = [x509.IPAddress(ip_address("127.0.0.1")), x509.DNSName("localhost")]
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return builder.sign(issuer_key, hashes.SHA256())
