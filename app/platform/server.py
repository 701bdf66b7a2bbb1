"""HTTP on loopback: tus 1.0 in, receipts out, and a page that shows what came in."""

from __future__ import annotations

import base64
import binascii
import errno
import socket
import ssl
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.platform.checking import Checking
from app.platform.inbox import Inbox
from app.platform.page import overview_page
from app.platform.uploads import LARGEST, PIECE, Refused, Uploads, announced

VERSION = "1.0.0"
TUS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
TUS_SERVER = {**TUS, "Tus-Version": VERSION, "Tus-Extension": "creation", "Tus-Max-Size": str(LARGEST)}
PAGE = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
LARGEST_METADATA = 8 * 1024
LINGER_S = 2.0


class Receiver(ThreadingHTTPServer):
    """Answers requests from the uploads and the inbox."""

    daemon_threads = True

    def __init__(
        self,
        address: tuple[str, int],
        uploads: Uploads,
        inbox: Inbox,
        checking: Checking,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Raises `OSError`: the address is taken."""
        super().__init__(address, Handler)
        self._tls = tls
        self.uploads = uploads
        self.inbox = inbox
        self.checking = checking

    @property
    def url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.server_port}"

    def get_request(self) -> tuple[socket.socket, Any]:
        """The handshake is left to the request's own thread: one that dawdles must not hold up the others."""
        line, address = super().get_request()
        if self._tls is None:
            return line, address
        return self._tls.wrap_socket(line, server_side=True, do_handshake_on_connect=False), address

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Closing on a request that came with a bad certificate would reset the line, and the alert with it."""
        if isinstance(request, ssl.SSLSocket):
            request.settimeout(Handler.timeout)
            try:
                request.do_handshake()
            except ssl.SSLError:
                drain(request, lambda: request.recv(PIECE))
                raise
        super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A sender that is gone, or whose certificate nobody vouches for, is no error of ours."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError | ssl.SSLError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One request. The standard library bounds the header lines; bodies are bounded by what was announced."""

    protocol_version = "HTTP/1.1"
    server_version = "juanzong-training"
    timeout = 60
    server: Receiver

    def do_OPTIONS(self) -> None:
        self._guarded(lambda: self._answer(204, TUS_SERVER))

    def do_POST(self) -> None:
        self._guarded(self._create)

    def do_HEAD(self) -> None:
        self._guarded(self._offset)

    def do_PATCH(self) -> None:
        self._guarded(self._append)

    def do_GET(self) -> None:
        self._guarded(self._show)

    def log_message(self, *_: Any) -> None:
        """Quiet: the list of what came in is the log."""

    def _guarded(self, work: Callable[[], None]) -> None:
        """A request that is refused may have a body nobody read: the connection then ends with it."""
        if self.command != "PATCH":
            self.close_connection |= "Content-Length" in self.headers or "Transfer-Encoding" in self.headers
        try:
            work()
        except Refused as refused:
            self._refuse(refused.status, refused.reason)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            self._refuse(507, "the disk is full")

    def _refuse(self, status: int, reason: str) -> None:
        self.close_connection = True
        more = TUS_SERVER if status == 412 else TUS
        self._answer(status, {**more, "Content-Type": "text/plain; charset=utf-8"}, reason.encode())
        self._linger()

    def _linger(self) -> None:
        """Read on for a moment: closing on a sender in mid-sentence would reset the line, and the answer with it."""
        drain(self.connection, lambda: self.rfile.read1(PIECE))

    def _create(self) -> None:
        self._require_version()
        if self.path != "/files":
            raise Refused(404, "uploads begin at /files")
        package = announced(self._number("Upload-Length"), _metadata(self.headers.get("Upload-Metadata", "")))
        if self.server.inbox.settled(package) or self.server.checking.has(package.package_id):
            raise Refused(409, "this package is here already; ask for its receipt")
        upload_id = self.server.uploads.create(package)
        self._answer(201, {**TUS, "Location": f"/files/{upload_id}"})

    def _offset(self) -> None:
        self._require_version()
        upload_id = self._upload_id()
        offset = self.server.uploads.offset(upload_id)
        size = self.server.uploads.announced(upload_id).size
        self._answer(200, {**TUS, "Upload-Offset": str(offset), "Upload-Length": str(size)})

    def _append(self) -> None:
        self._require_version()
        upload_id = self._upload_id()
        if self.headers.get("Content-Type") != "application/offset+octet-stream":
            raise Refused(415, "chunks are application/offset+octet-stream")
        size = self.server.uploads.announced(upload_id).size
        start, length = self._number("Upload-Offset"), self._number("Content-Length")
        offset = self.server.uploads.append(upload_id, start, self.rfile, length)
        if offset == size:
            self.server.checking.submit(upload_id)
        self.close_connection |= offset < start + length  # the rest would be taken for the next request
        self._answer(204, {**TUS, "Upload-Offset": str(offset)})

    def _show(self) -> None:
        if self.path == "/":
            page = overview_page(self.server.inbox.received(), self.server.checking.pending())
            self._answer(200, {**PAGE, "Content-Type": "text/html; charset=utf-8"}, page.encode())
        elif self.path == "/health":
            self._json(200, b'{"training": true}')
        elif self.path.startswith("/receipts/"):
            self._receipt(self.path.removeprefix("/receipts/"))
        else:
            raise Refused(404, "nothing here")

    def _receipt(self, package_id: str) -> None:
        """Checking comes first: an older receipt may be about bytes that were damaged on their way."""
        if self.server.checking.has(package_id):
            self._json(202, b'{"state": "checking"}')
            return
        signed = self.server.inbox.receipt(package_id)
        if signed is None:
            self._json(404, b'{"state": "unknown"}')
            return
        self._json(200, signed.to_text().encode())

    def _require_version(self) -> None:
        if self.headers.get("Tus-Resumable") != VERSION:
            raise Refused(412, "this is tus 1.0.0")

    def _upload_id(self) -> str:
        folder, _, upload_id = self.path.rpartition("/")
        if folder != "/files":
            raise Refused(404, "no such upload")
        return upload_id

    def _number(self, name: str) -> int:
        value = self.headers.get(name, "")
        if not (value.isascii() and value.isdigit() and len(value) < 19):
            raise Refused(400, f"{name} must be a number")
        return int(value)

    def _json(self, status: int, body: bytes) -> None:
        self._answer(status, {"Content-Type": "application/json", "Cache-Control": "no-store"}, body)

    def _answer(self, status: int, headers: dict[str, str], body: bytes = b"") -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def drain(line: socket.socket, read: Callable[[], bytes]) -> None:
    """Say that nothing more comes, and read on for a moment."""
    end = time.monotonic() + LINGER_S
    with suppress(OSError):  # the answer is given; what becomes of the line now is the sender's affair
        line.shutdown(socket.SHUT_WR)
        line.settimeout(LINGER_S)
        while time.monotonic() < end and read():
            pass


def _metadata(header: str) -> dict[str, str]:
    """tus: `name base64,name base64`."""
    if len(header) > LARGEST_METADATA:
        raise Refused(431, "too much metadata")
    fields = {}
    for pair in filter(None, header.split(",")):
        name, _, value = pair.strip().partition(" ")
        try:
            fields[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Refused(400, "metadata is not base64 of UTF-8") from error
    return fields
