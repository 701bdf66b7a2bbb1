"""Pages on a Dask cluster: the same function for the same jobs, on the machines of a centre (docs/cluster.md).

Stations and workers see originals and results under the same paths. What goes over the wire is unpickled on both
sides, so off this machine only mutual TLS is spoken.
"""

# mypy: disable-error-code="no-untyped-call"
# distributed says it is typed and types few of its functions
from __future__ import annotations

import ipaddress
import socket
from concurrent.futures import Future
from urllib.parse import urlsplit

from ocr.errors import ClusterMissing, ClusterUnreachable, ClusterUnsafe, OcrError, PageWorkerDied
from ocr.pipeline import PageJob, PageResult
from ocr.pool import Pool, as_page_error, do_page

try:
    from distributed import Client
    from distributed import Future as Remote
    from distributed.scheduler import KilledWorker
    from distributed.security import Security
except ImportError as missing:
    raise ClusterMissing from missing

SCHEME = "dask"
CONNECT_SECONDS = 10


def open_cluster(scheduler: str, *, seconds: float = CONNECT_SECONDS) -> ClusterPool:
    """Reach the scheduler at `dask://host:port`. TLS as the Dask configuration says (distributed.comm.tls).

    Raises `ClusterUnsafe` when the scheduler is elsewhere and no certificates are set, `ClusterUnreachable`.
    """
    address, security = _address(scheduler)
    try:
        client = Client(address, security=security, timeout=seconds, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise ClusterUnreachable(scheduler=scheduler, detail=str(fault) or type(fault).__name__) from fault
    pool = ClusterPool(client)
    if pool.workers == 0:
        pool.close()
        raise ClusterUnreachable(scheduler=scheduler, detail="0 workers")
    return pool


class ClusterPool(Pool):
    """Workers of a cluster. A page whose worker dies is done once more elsewhere, as often as the scheduler allows."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def workers(self) -> int:
        return sum(self._client.nthreads().values())

    def submit(self, job: PageJob) -> Future[PageResult | OcrError]:
        remote: Remote[PageResult] = self._client.submit(do_page, job, pure=False)
        answer: Future[PageResult | OcrError] = Future()
        answer.add_done_callback(lambda answer: self._drop(remote) if answer.cancelled() else None)
        remote.add_done_callback(lambda remote: _pass_on(remote, job, answer))
        return answer

    def close(self) -> None:
        self._client.close()

    def _drop(self, remote: Remote[PageResult]) -> None:
        if self._client.status == "running":  # a closing client drops all its pages itself
            remote.cancel()


def _pass_on(remote: Remote[PageResult], job: PageJob, answer: Future[PageResult | OcrError]) -> None:
    if remote.cancelled() or not answer.set_running_or_notify_cancel():
        answer.cancel()
        return
    fault = remote.exception()
    if isinstance(fault, KilledWorker):
        answer.set_result(PageWorkerDied(file=job.original.name))
    elif fault is not None:
        answer.set_result(as_page_error(job, fault))
    else:
        answer.set_result(remote.result())


def _address(scheduler: str) -> tuple[str, Security]:
    parts = urlsplit(scheduler)
    if parts.scheme != SCHEME or not parts.hostname or not parts.port:
        raise ClusterUnreachable(scheduler=scheduler, detail=f"{SCHEME}://host:port")
    security = Security(require_encryption=True)
    if security.get_connection_args("client").get("ssl_context") is not None:
        return f"tls://{parts.netloc}", security
    if not _is_here(parts.hostname):
        raise ClusterUnsafe(scheduler=scheduler)
    return f"tcp://{parts.netloc}", Security(require_encryption=False)


def _is_here(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ipaddress.ip_address(str(address[0])).is_loopback for *_, address in found)
