"""Time-stamps from a service on loopback: given, refused, garbled."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from signing.keys.pkcs12 import Pkcs12Signer
from signing.pdf import sign_pdf
from signing.trust import as_asn1
from signing.types import Level, TrustAnchors
from signing.validate import validate_pdf

if TYPE_CHECKING:
    from tests.signing.conftest import Authority

STAMPED = dt.datetime(2026, 11, 21, 9, 31, tzinfo=dt.UTC)
REASON = {"reason": "立卷", "location": "某市公安局"}
Answer = Callable[[bytes], tuple[int, bytes]]


@pytest.fixture
def serve() -> Iterator[Callable[[Answer], str]]:
    servers = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                status, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(status)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def stamping(authority: Authority) -> Answer:
    key = rsa.generate_private_key(65537, 2048)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = authority.issue("时间戳服务", key, usages=("digital_signature",), extra=(purpose,))
    service = DummyTimeStamper(
        as_asn1(certificate), translate_pyca_cryptography_key_to_asn1(key), fixed_dt=STAMPED, include_nonce=True
    )
    return lambda request: (200, service.request_tsa_response(tsp.TimeStampReq.load(request)).dump())


def test_time_stamp_is_reached_and_reported(
    plain_pdf: Path,
    signer: Pkcs12Signer,
    anchors: TrustAnchors,
    authority: Authority,
    stamping: Answer,
    serve: Callable[[Answer], str],
    now: dt.datetime,
    tmp_path: Path,
) -> None:
    result = sign_pdf(plain_pdf, tmp_path / "out.pdf", signer, now=now, tsa_url=serve(stamping), **REASON)
    assert (result.requested, result.level, result.shortfall) == (Level.B_T, Level.B_T, None)
    both = TrustAnchors((*anchors.roots, authority.certificate))
    (report,) = validate_pdf(tmp_path / "out.pdf", both, now=STAMPED)
    assert report.problems == ()
    assert (report.ok, report.level, report.time_basis, report.signed_at) == (True, "B-T", "timestamp", STAMPED)
    (report,) = validate_pdf(tmp_path / "out.pdf", anchors, now=STAMPED)
    assert (report.ok, report.level, report.time_basis, report.signed_at) == (False, "B-B", "claimed", now)
    assert report.problems == ("the time-stamp does not hold",)


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: (500, b""),
        lambda request: (200, b""),
        lambda request: (200, b"<html>sign in first</html>"),
        lambda request: (200, b"\x30\x05\x30\x03\x02\x01\x02"),  # RFC 3161 status 2: rejected
    ],
    ids=["error", "empty", "web page", "rejected"],
)
def test_failing_service_costs_a_level_and_never_the_signature(
    plain_pdf: Path,
    signer: Pkcs12Signer,
    anchors: TrustAnchors,
    serve: Callable[[Answer], str],
    now: dt.datetime,
    tmp_path: Path,
    answer: Answer,
) -> None:
    _falls_back(plain_pdf, signer, anchors, serve(answer), now, tmp_path / "out.pdf")


def test_answer_to_another_request(
    plain_pdf: Path,
    signer: Pkcs12Signer,
    anchors: TrustAnchors,
    stamping: Answer,
    serve: Callable[[Answer], str],
    now: dt.datetime,
    tmp_path: Path,
) -> None:
    old: list[bytes] = []

    def replay(request: bytes) -> tuple[int, bytes]:
        old.append(request)
        return stamping(old[0])

    url = serve(replay)
    sign_pdf(plain_pdf, tmp_path / "first.pdf", signer, now=now, tsa_url=url, **REASON)
    _falls_back(plain_pdf, signer, anchors, url, now, tmp_path / "out.pdf")


def test_nobody_listens(
    plain_pdf: Path, signer: Pkcs12Signer, anchors: TrustAnchors, now: dt.datetime, tmp_path: Path
) -> None:
    _falls_back(plain_pdf, signer, anchors, "http://127.0.0.1:9/", now, tmp_path / "out.pdf")


def _falls_back(
    source: Path, signer: Pkcs12Signer, anchors: TrustAnchors, url: str, now: dt.datetime, target: Path
) -> None:
    result = sign_pdf(source, target, signer, now=now, tsa_url=url, **REASON)
    assert (result.requested, result.level) == (Level.B_T, Level.B_B)
    assert url in (result.shortfall or "")
    (report,) = validate_pdf(target, anchors, now=now)
    assert (report.ok, report.level) == (True, "B-B")
