"""Taking complete uploads in, one after the other, beside the requests."""

from __future__ import annotations

import logging
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from app.platform.inbox import Inbox
from app.platform.uploads import Announced, Uploads

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pending:
    """A package that has come in and has no verdict. `fault`: why checking broke off; the next start does it again."""

    package: Announced
    fault: str | None = None


class Checking:
    """The packages on their way from the uploads into the inbox.

    A judge that breaks down says nothing about the package: there is no verdict then, the upload stays, the sender is
    told to wait, and the page shows it.
    """

    def __init__(self, uploads: Uploads, inbox: Inbox) -> None:
        self._uploads = uploads
        self._inbox = inbox
        self._pending: dict[str, Pending] = {}
        self._guard = threading.Lock()
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="checking")
        for upload_id in uploads.complete():
            self.submit(upload_id)

    def submit(self, upload_id: str) -> None:
        """Have a complete upload taken in; one that is pending already is left alone."""
        package = self._uploads.announced(upload_id)
        with self._guard:
            if upload_id in self._pending:
                return
            self._pending[upload_id] = Pending(package)
        done = self._worker.submit(self._take, upload_id, package)
        done.add_done_callback(lambda future: self._note(upload_id, package, future))

    def pending(self) -> list[Pending]:
        with self._guard:
            return list(self._pending.values())

    def has(self, package_id: str) -> bool:
        """Is a package with this id here without its verdict?"""
        return any(each.package.package_id == package_id for each in self.pending())

    def close(self) -> None:
        """Finish the package at hand; the others are taken in at the next start."""
        self._worker.shutdown(cancel_futures=True)

    def _take(self, upload_id: str, package: Announced) -> None:
        self._inbox.take(package, self._uploads.data(upload_id))
        self._uploads.forget(upload_id)
        with self._guard:
            del self._pending[upload_id]

    def _note(self, upload_id: str, package: Announced, done: Future[None]) -> None:
        if done.cancelled():
            return
        error = done.exception()
        if error is not None:
            LOG.error("checking package %s broke off", package.package_id, exc_info=error)
            with self._guard:
                self._pending[upload_id] = Pending(package, type(error).__name__)
