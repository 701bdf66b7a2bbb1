"""Putting the training platform together and running it."""

from __future__ import annotations

import datetime as dt
import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import TextIO

from app.platform.checking import Checking
from app.platform.errors import PlatformRunning, PortTaken
from app.platform.inbox import Inbox, Judge
from app.platform.judge import judge_by
from app.platform.server import Receiver
from app.platform.tls import server_context
from app.platform.uploads import Uploads
from app.store.durable import replace
from signing.keys.pkcs12 import open_pkcs12
from signing.training import ensure_training_pki
from signing.types import TrustAnchors

NAME = "清禾市训练平台"
ADDRESS = "address"
UPLOADS = "uploads"
PREDECESSOR_S = 10.0  # one that was told to stop finishes the package it is checking


@contextmanager
def platform(
    folder: Path, keys: Path, *, port: int = 0, judge: Judge | None = None, tls: bool = False
) -> Iterator[Receiver]:
    """A receiver whose state lies in `folder` and whose training keys lie in `keys`; not yet serving.

    `tls`: only stations with a certificate of the training CA are heard (`app.platform.tls`). Its address stands in
    `folder/address` while it runs. Raises `PortTaken`, `PlatformRunning`, `SigningError`.
    """
    with ExitStack() as stack:
        inbox = stack.enter_context(open_inbox(folder, keys, judge=judge))
        uploads = Uploads(folder / UPLOADS)
        checking = stack.enter_context(closing(Checking(uploads, inbox)))
        context = server_context(keys, now=_now()) if tls else None
        try:
            receiver = stack.enter_context(Receiver(("127.0.0.1", port), uploads, inbox, checking, context))
        except OSError as error:
            raise PortTaken(port=port, detail=error.strerror or type(error).__name__) from error
        stack.callback((folder / ADDRESS).unlink, missing_ok=True)
        replace(folder / ADDRESS, receiver.url.encode())
        yield receiver


@contextmanager
def open_inbox(folder: Path, keys: Path, *, judge: Judge | None = None) -> Iterator[Inbox]:
    """What came in, while nobody else works on `folder`. Raises `PlatformRunning`, `SigningError`."""
    folder.mkdir(parents=True, exist_ok=True)
    training = ensure_training_pki(keys, now=_now())
    with _alone(folder), closing(open_pkcs12(training.platform_p12, training.platform_password)) as signer:
        yield Inbox(folder / "received", judge or judge_by(TrustAnchors((training.root,))), signer, NAME, _now)


@contextmanager
def serving(folder: Path, keys: Path, *, port: int = 0, judge: Judge | None = None, tls: bool = False) -> Iterator[str]:
    """The platform in a thread of this process; gives its address."""
    with platform(folder, keys, port=port, judge=judge, tls=tls) as receiver:
        thread = threading.Thread(target=receiver.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield receiver.url
        finally:
            receiver.shutdown()
            thread.join()


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two platforms on one folder would number their receipts alike. The system frees the lock of one that dies."""
    with (folder / "lock").open("w") as lock:
        end = time.monotonic() + PREDECESSOR_S
        while not _locked(lock):
            if time.monotonic() > end:
                raise PlatformRunning
            time.sleep(0.05)
        yield


def _locked(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC).astimezone()
