"""HTTP on loopback: tus 1.0 in, receipts out, and a page that shows what came in."""

from __future__ import annotations

import base64
import binascii
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from app.platform.inbox import Inbox
from app.platform.page import overview_page
from app.platform.uploads import LARGEST, Refused, Uploads, announced

TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
TUS_SERVER = {**TUS, "Tus-Version": "1.0.0", "Tus-Extension": "creation", "Tus-Max-Size": str(LARGEST)}
LARGEST_METADATA = 8 * 1024


class Receiver(ThreadingHTTPServer):
    """Holds the uploads and the inbox; complete uploads are judged one after the other in the background."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], uploads: Uploads, inbox: Inbox) -> None:
        super().__init__(address, Handler)
        self.uploads = uploads
        self.inbox = inbox
        for upload_id in uploads.ids():
            if uploads.offset(upload_id) == uploads.announced(upload_id).size:
                self.take(upload_id)

    def take(self, upload_id: str) -> None:
        threading.Thread(target=self.inbox.take, args=(self.uploads, upload_id), daemon=True).start()


class Handler(BaseHTTPRequestHandler):
    """One request. The standard library bounds the header lines; bodies are bounded by what was announced."""

    protocol_version = "HTTP/1.1"
    timeout = 60
    server: Receiver

    def do_OPTIONS(self) -> None:
        self._answer(204, TUS_SERVER)

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
        try:
            work()
        except Refused as refused:
            self.close_connection = True  # an unread body may follow
            self._answer(refused.status, TUS, refused.reason.encode())

    def _create(self) -> None:
        if self.path != "/files":
            raise Refused(404, "uploads begin at /files")
        package = announced(self._number("Upload-Length"), _metadata(self.headers.get("Upload-Metadata", "")))
        if self.server.inbox.receipt(package.package_id) is not None:
            raise Refused(409, "this package is here already; ask for its receipt")
        upload_id = self.server.uploads.create(package)
        self._answer(201, {**TUS, "Location": f"/files/{upload_id}"})

    def _offset(self) -> None:
        upload_id = self._upload_id()
        offset = self.server.uploads.offset(upload_id)
        size = self.server.uploads.announced(upload_id).size
        self._answer(200, {**TUS, "Upload-Offset": str(offset), "Upload-Length": str(size)})

    def _append(self) -> None:
        upload_id = self._upload_id()
        if self.headers.get("Content-Type") != "application/offset+octet-stream":
            raise Refused(415, "chunks are application/offset+octet-stream")
        size = self.server.uploads.announced(upload_id).size
        length = self._number("Content-Length")
        offset = self.server.uploads.append(upload_id, self._number("Upload-Offset"), self.rfile, length)
        if offset == size:
            self.server.take(upload_id)
        self._answer(204, {**TUS, "Upload-Offset": str(offset)})

    def _show(self) -> None:
        if self.path == "/":
            self._page("text/html; charset=utf-8", overview_page(self.server.inbox.received()).encode())
        elif self.path == "/health":
            self._page("application/json", b'{"training": true}')
        elif self.path.startswith("/receipts/"):
            self._receipt(self.path.removeprefix("/receipts/"))
        else:
            raise Refused(404, "nothing here")

    def _receipt(self, package_id: str) -> None:
        known = [line.receipt.package_id for line in self.server.inbox.received()]
        if package_id in known:
            signed = self.server.inbox.receipt(package_id)
            self._page("application/json", (signed.to_text() if signed else "").encode())
            return
        coming = {self.server.uploads.announced(upload).package_id for upload in self.server.uploads.ids()}
        raise Refused(202 if package_id in coming else 404, "no receipt yet")

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

    def _page(self, kind: str, body: bytes) -> None:
        self._answer(200, {"Content-Type": kind, "Cache-Control": "no-store"}, body)

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
