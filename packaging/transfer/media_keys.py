"""Who may open a medium: age encryption (age-encryption.org/v1) for a certificate's key, or under a passphrase.

The key that opens is never on the medium in the clear. For a certificate it stays with the addressee; for a passphrase
every medium has a key of its own, which lies beside the volumes encrypted with scrypt.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pyrage  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from transfer.errors import MediumKeyUnusable, MediumKeyWrong

LARGEST_KEY_FILE = 64 * 1024
SHORTEST_PASSPHRASE = 12
MOST_WRAPPED = 50  # each costs a second of scrypt
KEY_SUFFIX = ".key.age"

Recipient: TypeAlias = Any  # pyrage.ssh.Recipient or pyrage.x25519.Recipient; the library has no types of its own
Identity: TypeAlias = Any  # pyrage.ssh.Identity or pyrage.x25519.Identity


@dataclass(frozen=True)
class Lock:
    """Encrypts for one addressee. `name`: the same for the same addressee; `wrapped`: a file that goes onto the medium
    beside the volumes, its name and content; None for a certificate."""

    recipient: Recipient
    name: str
    wrapped: tuple[str, bytes] | None = None


def lock_for_certificate(file: Path) -> Lock:
    """For the holder of the key to a certificate or public key (PEM; RSA or Ed25519). Raises `MediumKeyUnusable`."""
    pem = _read(file)
    try:
        public = x509.load_pem_x509_certificate(pem).public_key() if b"CERTIFICATE" in pem else load_pem_public_key(pem)
        line = public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        return Lock(pyrage.ssh.Recipient.from_str(line.decode()), hashlib.sha256(line).hexdigest()[:16])
    except (ValueError, UnsupportedAlgorithm, pyrage.RecipientError) as error:
        raise MediumKeyUnusable(file=file.name, detail=_cause(error)) from error


def lock_for_passphrase(file: Path) -> Lock:
    """For whoever knows the first line of `file`, 12 characters or more. Raises `MediumKeyUnusable`."""
    own = pyrage.x25519.Identity.generate()
    public = str(own.to_public())
    wrapped: bytes = pyrage.passphrase.encrypt(str(own).encode(), _passphrase(file))
    name = hashlib.sha256(public.encode()).hexdigest()[:16] + KEY_SUFFIX
    return Lock(own.to_public(), "passphrase", (name, wrapped))


def key_of(file: Path) -> Identity:
    """The private key (PEM without a password; RSA or Ed25519) that opens. Raises `MediumKeyUnusable`."""
    try:
        key = load_pem_private_key(_read(file), password=None)
        if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
            raise MediumKeyUnusable(file=file.name, detail=type(key).__name__)
        return pyrage.ssh.Identity.from_buffer(key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    except (ValueError, TypeError, UnsupportedAlgorithm, pyrage.IdentityError) as error:
        raise MediumKeyUnusable(file=file.name, detail=_cause(error)) from error


def keys_under_passphrase(file: Path, folders: list[Path]) -> list[Identity]:
    """The keys that lie on the media, opened with the first line of `file`; those of others are left out.

    Raises `MediumKeyUnusable`, `MediumKeyWrong` when it opens none.
    """
    phrase = _passphrase(file)
    wrapped = {path.name: path for folder in folders for path in sorted(folder.glob(f"*{KEY_SUFFIX}"))}
    keys: list[Identity] = []
    for path in list(wrapped.values())[:MOST_WRAPPED]:
        try:
            keys.append(pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(_read(path), phrase).decode()))
        except (pyrage.DecryptError, pyrage.IdentityError, ValueError, OSError):
            continue  # damaged, or under another passphrase: the volumes it belongs to stay closed, and are named
    if not keys:
        raise MediumKeyWrong(folder=", ".join(map(str, folders)))
    return keys


def _passphrase(file: Path) -> str:
    try:
        phrase = _read(file).decode().partition("\n")[0].strip("\r")
    except UnicodeDecodeError as error:
        raise MediumKeyUnusable(file=file.name, detail="UTF-8") from error
    if len(phrase) < SHORTEST_PASSPHRASE:
        raise MediumKeyUnusable(file=file.name, detail=f"< {SHORTEST_PASSPHRASE}")
    return phrase


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as data:
            return data.read(LARGEST_KEY_FILE)
    except OSError as error:
        raise MediumKeyUnusable(file=file.name, detail=error.strerror or type(error).__name__) from error


def _cause(error: Exception) -> str:
    return str(error).partition("\n")[0][:80] or type(error).__name__
