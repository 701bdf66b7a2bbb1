"""Mutual TLS (双向认证): the platform proves itself by one pinned CA, the station by its own certificate."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from transfer.errors import OwnCertificateUnusable, PinnedRootUnusable

# Alerts by which a server turns our certificate down (RFC 8446 section 6.2), as OpenSSL names them.
_REFUSALS = (
    "CERTIFICATE_REQUIRED",
    "ALERT_BAD_CERTIFICATE",
    "ALERT_UNSUPPORTED_CERTIFICATE",
    "ALERT_CERTIFICATE_REVOKED",
    "ALERT_CERTIFICATE_EXPIRED",
    "ALERT_CERTIFICATE_UNKNOWN",
    "ALERT_UNKNOWN_CA",
    "ALERT_ACCESS_DENIED",
    "ALERT_HANDSHAKE_FAILURE",
    "ALERT_DECRYPT_ERROR",
)


@dataclass(frozen=True)
class TlsFiles:
    """PEM files. `ca`: the only root believed; `certificate` and `key`: the station's own, the key without password."""

    ca: Path
    certificate: Path
    key: Path


def client_context(files: TlsFiles) -> ssl.SSLContext:
    """TLS 1.2 or newer. Raises `PinnedRootUnusable`, `OwnCertificateUnusable`."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_verify_locations(files.ca)
    except OSError as error:  # ssl.SSLError is one
        raise PinnedRootUnusable(file=files.ca, detail=_words(error)) from error
    try:
        # A password asked for on the terminal would hang a station that sends by night.
        context.load_cert_chain(files.certificate, files.key, password=lambda: b"")
    except OSError as error:
        raise OwnCertificateUnusable(file=files.certificate, detail=_words(error)) from error
    return context


def ssl_fault(error: BaseException | None) -> ssl.SSLError | None:
    """The TLS error at the root of a broken connection, if it is one."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return error
        error = error.__cause__ or error.__context__
    return None


def is_refusal(error: ssl.SSLError) -> bool:
    """Did the other side turn our certificate down, or miss it?"""
    return any(name in (error.reason or "") for name in _REFUSALS)


def _words(error: OSError) -> str:
    return getattr(error, "reason", None) or error.strerror or type(error).__name__
