"""Keys, files and independent tools for the signing tests."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

from signing.keys.pkcs12 import Pkcs12Signer, open_pkcs12
from signing.pdf import sign_pdf
from signing.training import TrainingPki, ensure_training_pki
from signing.trust import load_anchors
from signing.types import TrustAnchors

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
NOW = dt.datetime(2026, 11, 21, 9, 30, tzinfo=dt.UTC)
SIGNER_USAGE = ("digital_signature", "content_commitment")
ALL_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)
PASSWORD = "口令-1234"


@pytest.fixture(scope="session")
def now() -> dt.datetime:
    return NOW


@pytest.fixture(scope="session")
def pki(tmp_path_factory: pytest.TempPathFactory) -> TrainingPki:
    return ensure_training_pki(tmp_path_factory.mktemp("pki"), now=NOW)


@pytest.fixture(scope="session")
def signer(pki: TrainingPki) -> Pkcs12Signer:
    return open_pkcs12(pki.station_p12, pki.station_password)


@pytest.fixture(scope="session")
def counter_signer(pki: TrainingPki) -> Pkcs12Signer:
    return open_pkcs12(pki.platform_p12, pki.platform_password)


@pytest.fixture(scope="session")
def anchors(pki: TrainingPki) -> TrustAnchors:
    return load_anchors([pki.root_path])


@dataclass
class Authority:
    """A small CA of the tests, for certificates the training CA does not issue."""

    key: PrivateKey
    certificate: x509.Certificate

    def issue(
        self,
        common: str,
        key: PrivateKey,
        *,
        usages: tuple[str, ...] = SIGNER_USAGE,
        start: dt.datetime = NOW - dt.timedelta(days=10),
        days: int = 100,
        extra: tuple[x509.ExtensionType, ...] = (),
    ) -> x509.Certificate:
        return _build(common, key, self.certificate.subject, self.key, usages, None, start, days, extra)


def _build(
    common: str,
    key: PrivateKey,
    issuer: x509.Name | None,
    issuer_key: PrivateKey,
    usages: tuple[str, ...],
    path_length: int | None,
    start: dt.datetime,
    days: int,
    extra: tuple[x509.ExtensionType, ...] = (),
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer or subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=days))
        .add_extension(x509.BasicConstraints(path_length is not None, path_length), critical=True)
        .add_extension(x509.KeyUsage(**{usage: usage in usages for usage in ALL_USAGES}), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension in extra:
        builder = builder.add_extension(extension, critical=True)
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture(scope="session")
def authority() -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    start = NOW - dt.timedelta(days=1000)
    return Authority(key, _build("测试根", key, None, key, ("key_cert_sign", "crl_sign"), 1, start, 4000))


@pytest.fixture(scope="session")
def p256_signer(authority: Authority) -> Pkcs12Signer:
    key = ec.generate_private_key(ec.SECP256R1())
    return Pkcs12Signer(key, authority.issue("测试民警", key), ())


@pytest.fixture
def write_p12(tmp_path: Path) -> Callable[[PrivateKey, x509.Certificate], Path]:
    """A key file under the password 口令-1234."""

    def write(key: PrivateKey, certificate: x509.Certificate) -> Path:
        path = tmp_path / "key.p12"
        encryption = BestAvailableEncryption(PASSWORD.encode())
        path.write_bytes(pkcs12.serialize_key_and_certificates(b"key", key, certificate, None, encryption))
        return path

    return write


@pytest.fixture(scope="session")
def plain_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages, last line not ended."""
    path = tmp_path_factory.mktemp("pdf") / "volume.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 300)
    writer.add_blank_page(200, 300)
    writer.write(path)
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    return path


@pytest.fixture(scope="session")
def signed_pdf(plain_pdf: Path, signer: Pkcs12Signer) -> Path:
    target = plain_pdf.parent / "signed.pdf"
    sign_pdf(plain_pdf, target, signer, reason="立卷", location="某市公安局", now=NOW)
    return target


@pytest.fixture(scope="session")
def twice_signed_pdf(signed_pdf: Path, counter_signer: Pkcs12Signer) -> Path:
    target = signed_pdf.parent / "twice.pdf"
    sign_pdf(
        signed_pdf,
        target,
        counter_signer,
        reason="接收",
        location="某市检察院",
        now=NOW,
        field="JuanzongSeal2",
        certify=False,
    )
    return target


@pytest.fixture
def openssl_verifies(tmp_path: Path) -> Callable[[bytes, bytes, x509.Certificate], bool]:
    """The same question to a program that shares no line with ours."""

    def verify(data: bytes, signature: bytes, root: x509.Certificate) -> bool:
        (tmp_path / "data").write_bytes(data)
        (tmp_path / "sig").write_bytes(signature)
        (tmp_path / "root").write_bytes(root.public_bytes(Encoding.PEM))
        command = "openssl cms -verify -binary -inform DER -in sig -content data -CAfile root -purpose any -out out"
        seconds = int(NOW.timestamp())
        run = subprocess.run([*command.split(), "-attime", str(seconds)], cwd=tmp_path, capture_output=True)
        return run.returncode == 0

    return verify


@pytest.fixture(scope="session")
def extract_signature() -> Callable[[bytes], tuple[bytes, bytes]]:
    """Signed bytes and CMS message of the last signature in a PDF, found without any PDF library."""

    def extract(pdf: bytes) -> tuple[bytes, bytes]:
        numbers = re.findall(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)[-1]
        first, first_size, second, second_size = map(int, numbers)
        signed = pdf[first : first + first_size] + pdf[second : second + second_size]
        content = bytes.fromhex(pdf[first_size + 1 : second - 1].decode())
        assert content[:2] == b"\x30\x82"
        return signed, content[: 4 + int.from_bytes(content[2:4], "big")]

    return extract
