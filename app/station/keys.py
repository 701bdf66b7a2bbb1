"""Which key signs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.station.station import Station
from signing.keys.pkcs12 import open_pkcs12
from signing.training import ensure_training_pki
from signing.types import Signer


@contextmanager
def open_signer(station: Station, key: Path | None = None, password: str | None = None) -> Iterator[Signer]:
    """The PKCS#12 key given, else the training key, made at first use.

    Raises `SigningError` (wrong password, broken or expired key): nothing was signed.
    """
    if key is None:
        training = ensure_training_pki(station.home.keys, now=station.clock.now())
        key, password = training.station_p12, training.station_password
    signer = open_pkcs12(key, password or "")
    try:
        yield signer
    finally:
        signer.close()
