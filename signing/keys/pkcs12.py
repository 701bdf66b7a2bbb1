"""Signing keys from PKCS#12 files (.p12, .pfx; RFC 7292)."""

from __future__ import annotations

from pathlib import Path

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from signing.errors import KeyFileBroken, KeyFileMissing, KeyUnsupported, WrongPassword
from signing.keys.certificates import check_usable, issued, issuers_of

_MAX_BYTES = 1 << 20
_MAX_ROUNDS = 10_000_000


class Pkcs12Signer:
    """A key held in this process's memory: for training, tests and stations without a token."""

    def __init__(
        self,
        private: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...],
    ) -> None:
        self._private = private
        self._certificate = certificate
        self._chain = chain

    @property
    def certificate(self) -> x509.Certificate:
        return self._certificate

    @property
    def chain(self) -> tuple[x509.Certificate, ...]:
        return self._chain

    def sign(self, data: bytes) -> bytes:
        """RSA PKCS#1 v1.5 or ECDSA (DER), both over SHA-256."""
        if isinstance(self._private, rsa.RSAPrivateKey):
            return self._private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return self._private.sign(data, ec.ECDSA(hashes.SHA256()))

    def close(self) -> None:
        """Nothing is held open."""


def open_pkcs12(path: Path, password: str) -> Pkcs12Signer:
    """Open the key in `path`.

    Raises `KeyFileMissing`, `KeyFileBroken`, `WrongPassword`, `KeyUnsupported` or `KeyNotForSigning`. Whether the
    certificate is still valid is checked at each signature, by the time of that signature.
    """
    data = _read(path)
    try:
        loaded = pkcs12.load_pkcs12(data, password.encode())
    except UnsupportedAlgorithm as error:
        raise KeyUnsupported(subject=path.name, detail=str(error)) from error
    except ValueError as error:
        # The container was parsed above, so what fails now is the check over its content: the password.
        raise WrongPassword(path=path) from error
    if loaded.key is None or loaded.cert is None:
        raise KeyFileBroken(path=path, detail="it holds no key with its certificate")
    private, certificate = loaded.key, loaded.cert.certificate
    check_usable(certificate)
    if not isinstance(private, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise KeyUnsupported(subject=certificate.subject.rfc4514_string(), detail="neither RSA nor P-256")
    if _spki(private.public_key()) != _spki(certificate.public_key()):
        raise KeyFileBroken(path=path, detail="key and certificate do not belong together")
    issuers = issuers_of(certificate, [extra.certificate for extra in loaded.additional_certs])
    return Pkcs12Signer(private, certificate, tuple(issuer for issuer in issuers if not issued(issuer, issuer)))


def _read(path: Path) -> bytes:
    """The file's bytes, once its outer structure is known to be whole and its key derivation to be bounded."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyFileMissing(path=path) from error
    except OSError as error:
        raise KeyFileBroken(path=path, detail=str(error)) from error
    if len(data) > _MAX_BYTES:
        raise KeyFileBroken(path=path, detail="larger than 1 MiB")
    try:
        container = asn1_pkcs12.Pfx.load(data, strict=True)
        mac = container["mac_data"].native
        rounds = mac["iterations"] if mac else 0
    except (ValueError, TypeError, KeyError) as error:
        raise KeyFileBroken(path=path, detail="its structure is not whole") from error
    if rounds > _MAX_ROUNDS:
        raise KeyFileBroken(path=path, detail=f"{rounds} rounds of key derivation")
    return data


def _spki(public: object) -> bytes:
    if not isinstance(public, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        return b""
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
