"""A platform that means ill, or a box in between that is broken: every case ends in time, in little memory, with a
typed error."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from transfer import tus
from transfer.errors import (
    CertificateRefused,
    PlatformBroken,
    PlatformBusy,
    PlatformDown,
    PlatformRefused,
    ReceiptBroken,
    TransferError,
    UploadGone,
)
from transfer.send import Destination, Pace, deliver

Answer = Callable[[socket.socket], None]
UNKNOWN = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LONGEST_S = 10.0
MOST_BYTES = 16 * 1024**2
HASTY = Pace(receipt_wait=1.0, tries=2, pause=lambda _: 0.0)


@contextmanager
def hostile(answers: dict[bytes, Answer]) -> Iterator[str]:
    """A server that answers by the request's method; to anything else it knows nothing."""
    over = threading.Event()

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.settimeout(LONGEST_S)
            request = connection.recv(65536)
            answers.get(request.split(b" ")[0], lambda line: line.sendall(UNKNOWN))(connection)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):  # closing on an unread body would reset the line
                pass

    def accept(listener: socket.socket) -> None:
        while not over.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = listener.accept()
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        thread = threading.Thread(target=accept, args=(listener,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def say(text: bytes) -> Answer:
    return lambda line: line.sendall(text)


def reply(status: str, *headers: str) -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "Content-Length: 0", "Connection: close", "", "")).encode()


def drip(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        line.sendall(b"a")
        time.sleep(0.05)


def drip_body(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
    while True:
        line.sendall(b"a")
        time.sleep(0.05)


def flood(head: bytes, piece: bytes) -> Answer:
    def answer(line: socket.socket) -> None:
        line.sendall(head)
        while True:
            line.sendall(piece)

    return answer


def body(status: str) -> Answer:
    return flood(f"HTTP/1.1 {status}\r\nContent-Length: 524288000\r\n\r\n".encode(), b"x" * 65536)


def silent(line: socket.socket) -> None:
    time.sleep(LONGEST_S)


def alternately(*answers: Answer) -> Answer:
    turn = itertools.cycle(answers)
    return lambda line: next(turn)(line)


MADE = say(reply("201 Created", "Location: /files/1"))


def held(offset: str) -> dict[bytes, Answer]:
    return {b"POST": MADE, b"HEAD": say(reply("200 OK", f"Upload-Offset: {offset}"))}


CASES: dict[str, tuple[dict[bytes, Answer], type[TransferError]]] = {
    "a header that drips": ({b"GET": drip}, PlatformDown),
    "no answer": ({b"GET": silent}, PlatformDown),
    "a hundred-continue for ever": ({b"GET": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000)}, PlatformDown),
    "a header without end": ({b"GET": flood(b"HTTP/1.1 200 OK\r\nX: ", b"x" * 65536)}, PlatformBroken),
    "headers without end": ({b"GET": flood(b"HTTP/1.1 200 OK\r\n", b"X: yyyyyyyy\r\n" * 1000)}, PlatformBroken),
    "an error of 500 MB": ({b"GET": body("400 Bad Request")}, PlatformRefused),
    "a receipt of 500 MB": ({b"GET": body("200 OK")}, ReceiptBroken),
    "no HTTP": ({b"GET": say(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")}, PlatformBroken),
    "hangs up": ({b"GET": say(b"")}, PlatformDown),
    "hangs up in the body": ({b"GET": say(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")}, PlatformDown),
    "a portal's page": ({b"GET": say(reply("302 Found", "Location: http://portal.example/"))}, PlatformBroken),
    "a receipt that drips": ({b"GET": drip_body}, PlatformDown),
    "a receipt of nothing": ({b"GET": say(reply("200 OK"))}, ReceiptBroken),
    "some other web server": ({}, PlatformBroken),
    "a redirect": ({b"POST": say(reply("307 Temporary", "Location: http://127.0.0.1:9/files"))}, PlatformBroken),
    "another machine": ({b"POST": say(reply("201 Created", "Location: http://evil.example/1"))}, PlatformBroken),
    "another port": ({b"POST": say(reply("201 Created", "Location: http://127.0.0.1:9/1"))}, PlatformBroken),
    "another user": ({b"POST": say(reply("201 Created", "Location: //a@127.0.0.1/1"))}, PlatformBroken),
    "a broken address": ({b"POST": say(reply("201 Created", "Location: http://[::1/1"))}, PlatformBroken),
    "a long address": ({b"POST": say(reply("201 Created", "Location: /" + "a" * 70_000))}, PlatformBroken),
    "no address": ({b"POST": say(reply("201 Created"))}, PlatformBroken),
    "a page for an upload": ({b"POST": say(reply("200 OK"))}, PlatformBroken),
    "offset -5": (held("-5"), PlatformBroken),
    "offset 10^20": (held("1" + "0" * 20), PlatformBroken),
    "an offset of a million digits": (held("1" * 60_000), PlatformBroken),
    "offset x": (held("x"), PlatformBroken),
    "offset +1": (held("+1"), PlatformBroken),
    "offset ٣, which int() would take": (held("٣"), PlatformBroken),
    "no offset": ({b"POST": MADE, b"HEAD": say(reply("200 OK"))}, PlatformBroken),
    "more than there is": (held("100001"), PlatformBroken),
    "forgets every upload": ({b"POST": MADE, b"HEAD": say(UNKNOWN)}, UploadGone),
    "forgets after every chunk": (
        {**held("0"), b"PATCH": alternately(say(reply("204 No Content", "Upload-Offset: 50000")), say(UNKNOWN))},
        UploadGone,
    ),
    "busy for ever": ({b"GET": say(reply("503 Busy"))}, PlatformBusy),
    "no progress": ({**held("0"), b"PATCH": say(reply("204 No Content", "Upload-Offset: 0"))}, PlatformBroken),
    "too much progress": (
        {**held("0"), b"PATCH": say(reply("204 No Content", "Upload-Offset: 100001"))},
        PlatformBroken,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_it_ends_in_time_in_little_memory_with_a_typed_error(
    case: str, make_package, anchors, monkeypatch: pytest.MonkeyPatch
):
    answers, expected = CASES[case]
    monkeypatch.setattr("transfer.send.ASK_DEADLINE_S", 0.5)
    monkeypatch.setattr(tus, "ASK_DEADLINE_S", 0.5)
    package = make_package()
    with hostile(answers) as url:
        tracemalloc.start()
        started = time.monotonic()
        with pytest.raises(expected) as told:
            deliver(package, Destination(url, anchors), now=lambda: dt.datetime.now(dt.UTC), pace=HASTY)
        seconds = time.monotonic() - started
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert seconds < LONGEST_S
    assert most < MOST_BYTES
    assert len(str(told.value)) < 500


def self_signed(folder: Path) -> Path:
    """Certificate and key of somebody no root vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    return path


def test_a_certificate_no_root_vouches_for_is_not_believed(make_package, anchors, tmp_path: Path):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path))
    said: list[bytes] = []

    def speak(connection: socket.socket) -> None:
        with contextlib.suppress(ssl.SSLError, OSError), context.wrap_socket(connection, server_side=True) as line:
            said.append(line.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: speak(listener.accept()[0]), daemon=True)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        with pytest.raises(CertificateRefused, match="verify failed"):
            deliver(make_package(), Destination(url, anchors), now=lambda: dt.datetime.now(dt.UTC), pace=HASTY)
        thread.join()
    assert said in ([], [b""])
