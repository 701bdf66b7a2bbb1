"""With which certificates a station goes to a platform."""

from __future__ import annotations

import ssl

from app.platform.tls import station_files
from app.station.platform_process import known_address
from app.station.sending_plan import load_tls
from app.store.home import Home
from transfer.tls import client_context


def tls_for(home: Home, url: str) -> ssl.SSLContext | bool:
    """Mutual TLS with the files `sending.toml` names; with the training set for the training platform; else the
    system's roots and no certificate of ours.

    Raises `PlanBroken`, `PinnedRootUnusable`, `OwnCertificateUnusable`.
    """
    if not url.startswith("https:"):
        return True
    if url == known_address(home):
        return client_context(station_files(home.keys))
    files = load_tls(home)
    return client_context(files) if files is not None else True
