"""Whom this station believes: roots given by name, else those of its own library."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.store.home import Home
from signing.trust import load_anchors
from signing.types import TrustAnchors


def anchors_for(home: Path, given: Sequence[Path] = ()) -> TrustAnchors | None:
    """Roots from `given` (PEM files or folders of them), else `keys/trust/*.pem` and the training root of `home`.

    None when nobody decided to believe anyone: signatures are then checked, but their root is only named.
    Raises `SigningError` for a file that is no certificate.
    """
    keys = Home(home).keys
    places = list(given) or [keys / "trust", keys / "training" / "root.pem"]
    files = [file for place in places for file in (sorted(place.glob("*.pem")) if place.is_dir() else [place])]
    existing = [file for file in files if given or file.is_file()]
    return load_anchors(existing) if existing else None
