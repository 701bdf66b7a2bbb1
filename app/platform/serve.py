"""Putting the training platform together and running it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.platform.inbox import Inbox, Judge
from app.platform.judge import judge_by
from app.platform.server import Receiver
from app.platform.uploads import Uploads
from app.store.durable import replace
from signing.keys.pkcs12 import open_pkcs12
from signing.training import ensure_training_pki
from signing.types import TrustAnchors

NAME = "清禾市训练平台"
ADDRESS = "address"


@contextmanager
def platform(
    folder: Path, keys: Path, *, port: int = 0, judge: Judge | None = None, host: str = "127.0.0.1"
) -> Iterator[Receiver]:
    """A receiver whose state lies in `folder` and whose training keys lie in `keys`; not yet serving.

    Its address stands in `folder/address` while it runs. Raises `SigningError`, `OSError` (port taken).
    """
    now = _now()
    training = ensure_training_pki(keys, now=now)
    signer = open_pkcs12(training.platform_p12, training.platform_password)
    folder.mkdir(parents=True, exist_ok=True)
    inbox = Inbox(folder / "received", judge or judge_by(TrustAnchors((training.root,))), signer, NAME, _now)
    receiver = Receiver((host, port), Uploads(folder / "uploads"), inbox)
    try:
        replace(folder / ADDRESS, f"http://{host}:{receiver.server_port}".encode())
        yield receiver
    finally:
        (folder / ADDRESS).unlink(missing_ok=True)
        receiver.server_close()
        signer.close()


@contextmanager
def serving(folder: Path, keys: Path, *, port: int = 0, judge: Judge | None = None) -> Iterator[str]:
    """The platform in a thread of this process; gives its address."""
    with platform(folder, keys, port=port, judge=judge) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{receiver.server_port}"
        finally:
            receiver.shutdown()
            thread.join()


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).astimezone()
