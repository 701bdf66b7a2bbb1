"""What can go wrong with keys and signatures, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class SigningError(Exception):
    """A key, a signature or a trail did not hold.

    `key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form.
    """

    key: ClassVar[str] = "signing.fault"
    text: ClassVar[str] = "Signing failed: {detail}."
    remedy: ClassVar[str] = "Nothing was signed. Check the key and try again."
    exit_code: ClassVar[int] = 6

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class KeyFileMissing(SigningError):
    key = "key.file-missing"
    text = "There is no key file {path}."
    remedy = "Choose the .p12 or .pfx file of the signing key."


class KeyFileBroken(SigningError):
    key = "key.file-broken"
    text = "The key file {path} is damaged or no PKCS#12 file: {detail}."
    remedy = "Copy the key file again from the medium it was issued on."


class WrongPassword(SigningError):
    key = "key.wrong-password"
    text = "The password does not open the key file {path}."
    remedy = "Type the password again; capital letters count."


class KeyUnsupported(SigningError):
    key = "key.unsupported"
    text = "The key of {subject} is of a kind that cannot sign here: {detail}."
    remedy = "Ask the issuing authority for an RSA key of 2048 bits or more, or a key on the curve P-256."


class KeyNotForSigning(SigningError):
    key = "key.not-for-signing"
    text = "The certificate of {subject} is not meant for signatures."
    remedy = "Choose the signing certificate (签名证书), not the encryption certificate (加密证书)."


class KeyExpired(SigningError):
    key = "key.expired"
    text = "The certificate of {subject} was valid until {until}; it is {now}."
    remedy = "Have the certificate renewed, or set the station's clock right."


class KeyNotYetValid(SigningError):
    key = "key.not-yet-valid"
    text = "The certificate of {subject} is valid from {since}; it is {now}."
    remedy = "Set the station's clock right, or wait until the certificate is valid."


class KeyRefused(SigningError):
    key = "key.refused"
    text = "The key of {subject} did not sign: {detail}."
    remedy = "Nothing was signed. Put the key in again and repeat."


class AnchorBroken(SigningError):
    key = "trust.anchor-broken"
    text = "{path} holds no certificate: {detail}."
    remedy = "Give the root certificate as a PEM or DER file."


class TrainingKeysBroken(SigningError):
    key = "training.keys-broken"
    text = "The training keys in {folder} are incomplete or damaged: {detail}."
    remedy = "Move the folder away; new training keys are made at the next start."


class PdfBroken(SigningError):
    key = "pdf.broken"
    text = "{path} is no PDF that can be signed: {detail}."
    remedy = "The file was left as it is. Build the volume again."


class PdfProtected(SigningError):
    key = "pdf.protected"
    text = "{path} is protected by a password."
    remedy = "Sign a copy without protection."


class FieldTaken(SigningError):
    key = "pdf.field-taken"
    text = "{path} already carries a signature in the field {field}."
    remedy = "Sign under another field name."


class AlreadyCertified(SigningError):
    key = "pdf.already-certified"
    text = "{path} is already certified, or its first signature allows no such further one: {detail}."
    remedy = "Add a counter-signature (certify=False) instead, or build the volume again."


class TokenLibraryBroken(SigningError):
    key = "token.library-broken"
    text = "The token's PKCS#11 library {library} does not work: {detail}."
    remedy = "Install the library that came with the token, and give its path."


class TokenMissing(SigningError):
    key = "token.missing"
    text = "There is no token {label}; found: {found}."
    remedy = "Put the token (U盾) in and try again."


class WrongPin(SigningError):
    key = "token.wrong-pin"
    text = "The PIN of the token {label} is wrong."
    remedy = (
        "Type it again with care: after a few wrong tries the token locks itself. Nothing is tried twice by itself."
    )


class TokenLocked(SigningError):
    key = "token.locked"
    text = "The token {label} is locked: {detail}."
    remedy = "Have it unlocked by the authority that issued it."


class TokenKeyMissing(SigningError):
    key = "token.key-missing"
    text = "The token {label} holds no signing key {key_label} with its certificate."
    remedy = "Choose another key label; pkcs11-tool --list-objects shows what is on the token."
