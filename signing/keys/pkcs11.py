"""Signing keys on tokens (U盾, smart card, HSM) through PKCS#11 2.40. The key never leaves the token."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol, cast

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from pkcs11.exceptions import (
    MultipleObjectsReturned,
    NoSuchKey,
    PinExpired,
    PinIncorrect,
    PinInvalid,
    PinLenRange,
    PinLocked,
    PKCS11Error,
)

from signing.errors import (
    KeyRefused,
    TokenKeyMissing,
    TokenLibraryBroken,
    TokenLocked,
    TokenMissing,
    WrongPin,
)
from signing.keys.certificates import check_usable, issued, issuers_of


class _TokenKey(Protocol):
    """What python-pkcs11 gives for a private key; its own type hints leave `sign` out."""

    @property
    def id(self) -> bytes: ...

    def sign(self, data: bytes, *, mechanism: pkcs11.Mechanism) -> bytes: ...


class Pkcs11Signer:
    """A key on a token, with a session that stays open until `close`."""

    def __init__(
        self,
        session: pkcs11.Session,
        private: _TokenKey,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...],
    ) -> None:
        self._session = session
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
        """RSA PKCS#1 v1.5 or ECDSA (DER), both over SHA-256. Raises `KeyRefused`, also when the token was pulled."""
        try:
            if isinstance(self._certificate.public_key(), rsa.RSAPublicKey):
                return self._private.sign(data, mechanism=pkcs11.Mechanism.SHA256_RSA_PKCS)
            # Not every token hashes for ECDSA, but every one takes a digest; it answers r and s side by side.
            pair = self._private.sign(hashlib.sha256(data).digest(), mechanism=pkcs11.Mechanism.ECDSA)
        except PKCS11Error as error:
            subject = self._certificate.subject.rfc4514_string()
            raise KeyRefused(subject=subject, detail=type(error).__name__) from error
        half = len(pair) // 2
        return encode_dss_signature(int.from_bytes(pair[:half], "big"), int.from_bytes(pair[half:], "big"))

    def close(self) -> None:
        """Log out and end the session."""
        self._session.close()


def open_pkcs11(library: Path, token_label: str, key_label: str, pin: str) -> Pkcs11Signer:
    """Log in to a token once and find the private key `key_label` with the certificate of the same CKA_ID.

    The PIN is not kept. Raises `TokenLibraryBroken`, `TokenMissing`, `WrongPin`, `TokenLocked`, `TokenKeyMissing`,
    `KeyUnsupported` or `KeyNotForSigning`.
    """
    session = _log_in(_find_token(library, token_label), token_label, pin)
    with ExitStack() as on_failure:
        on_failure.callback(session.close)
        try:
            private = cast(_TokenKey, session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=key_label))
            certificates = {
                entry[pkcs11.Attribute.ID]: x509.load_der_x509_certificate(entry[pkcs11.Attribute.VALUE])
                for entry in session.get_objects({pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE})
            }
            certificate = certificates[private.id]
        except (NoSuchKey, MultipleObjectsReturned, KeyError, ValueError) as error:
            raise TokenKeyMissing(label=token_label, key_label=key_label) from error
        except PKCS11Error as error:
            raise TokenLibraryBroken(library=library, detail=type(error).__name__) from error
        check_usable(certificate)
        issuers = issuers_of(certificate, certificates.values())
        on_failure.pop_all()
        return Pkcs11Signer(session, private, certificate, tuple(one for one in issuers if not issued(one, one)))


def _find_token(library: Path, label: str) -> pkcs11.Token:
    try:
        loaded = pkcs11.lib(str(library))
        tokens = [slot.get_token() for slot in loaded.get_slots(token_present=True)]
    except (PKCS11Error, RuntimeError, OSError) as error:
        raise TokenLibraryBroken(library=library, detail=str(error) or type(error).__name__) from error
    matching = [token for token in tokens if token.label == label]
    if len(matching) != 1:
        found = ", ".join(token.label or "(no label)" for token in tokens) or "none"
        raise TokenMissing(label=label, found=found)
    return matching[0]


def _log_in(token: pkcs11.Token, label: str, pin: str) -> pkcs11.Session:
    try:
        return token.open(user_pin=pin)
    except (PinIncorrect, PinInvalid, PinLenRange) as error:
        raise WrongPin(label=label) from error
    except (PinLocked, PinExpired) as error:
        raise TokenLocked(label=label, detail=type(error).__name__) from error
    except PKCS11Error as error:
        raise TokenMissing(label=label, found=type(error).__name__) from error
