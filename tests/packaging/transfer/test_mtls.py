"""Mutual TLS with the training platform: it works, and every way it fails has its own error."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from app.platform.inbox import Judgement
from app.platform.serve import serving
from app.platform.tls import server_context, station_files
from transfer.errors import (
    CertificateRefused,
    OwnCertificateRefused,
    OwnCertificateUnusable,
    PinnedRootUnusable,
    PlatformBroken,
    PlatformDown,
)
from transfer.retry import Blame, blame
from transfer.send import Destination, Pace, deliver
from transfer.tls import TlsFiles, client_context
from transfer.types import Verdict

HASTY = Pace(receipt_wait=5.0, tries=2, pause=lambda _: 0.0)


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def url(tmp_path: Path, keys: Path, pki) -> Iterator[str]:
    with serving(tmp_path / "platform", keys, judge=lambda *_: Judgement(True, None, (), ""), tls=True) as address:
        yield address


@pytest.fixture
def files(url: str, keys: Path) -> TlsFiles:
    return station_files(keys)


@pytest.fixture(scope="session")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> TlsFiles:
    """The same set of another training platform."""
    other = tmp_path_factory.mktemp("strangers")
    server_context(other, now=now())
    return station_files(other)


def test_both_prove_themselves_and_the_package_arrives(make_package, anchors, url: str, files: TlsFiles):
    assert url.startswith("https://")
    done = deliver(make_package(3_000_000), Destination(url, anchors, client_context(files)), now=now)
    assert done.receipt.verdict is Verdict.ACCEPTED


def test_a_station_without_a_certificate_is_told_so(make_package, anchors, url: str, files: TlsFiles):
    bare = ssl.create_default_context(cafile=str(files.ca))
    with pytest.raises(OwnCertificateRefused) as told:
        deliver(make_package(), Destination(url, anchors, bare), now=now, pace=HASTY)
    assert blame(told.value) is Blame.DESTINATION


def test_a_certificate_of_a_stranger_is_turned_down(
    make_package, anchors, url: str, files: TlsFiles, strangers: TlsFiles
):
    mixed = dataclasses.replace(strangers, ca=files.ca)
    with pytest.raises(OwnCertificateRefused):
        deliver(make_package(), Destination(url, anchors, client_context(mixed)), now=now, pace=HASTY)


def test_a_platform_the_pinned_root_did_not_issue_is_not_believed(
    make_package, anchors, url: str, files: TlsFiles, strangers: TlsFiles
):
    mixed = dataclasses.replace(files, ca=strangers.ca)
    with pytest.raises(CertificateRefused):
        deliver(make_package(), Destination(url, anchors, client_context(mixed)), now=now, pace=HASTY)


def test_a_public_root_does_not_count_beside_the_pinned_one(files: TlsFiles):
    assert len(client_context(files).get_ca_certs()) == 1


def test_a_platform_under_another_name_is_not_believed(make_package, anchors, url: str, files: TlsFiles):
    elsewhere = url.replace("127.0.0.1", "127.0.0.2")
    with pytest.raises((CertificateRefused, PlatformDown)):
        deliver(make_package(), Destination(elsewhere, anchors, client_context(files)), now=now, pace=HASTY)
    named = url.replace("127.0.0.1", "localhost")
    assert deliver(make_package(), Destination(named, anchors, client_context(files)), now=now).receipt


def test_a_platform_that_speaks_no_tls_is_told_as_that(make_package, anchors, platform_url: str, strangers: TlsFiles):
    address = platform_url.replace("http:", "https:")
    with pytest.raises(PlatformBroken, match="does not speak TLS"):
        deliver(make_package(), Destination(address, anchors, client_context(strangers)), now=now, pace=HASTY)


def test_plain_words_to_a_platform_that_speaks_tls_bring_nothing_over(make_package, anchors, url: str):
    with pytest.raises((PlatformDown, PlatformBroken)):
        deliver(make_package(), Destination(url.replace("https:", "http:"), anchors), now=now, pace=HASTY)


def test_a_platform_that_hangs_up_after_every_handshake_does_not_take_our_certificate(
    make_package, anchors, files: TlsFiles, keys: Path
):
    context = server_context(keys, now=now())

    def hang_up(listener: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                with context.wrap_socket(line, server_side=True):
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=hang_up, args=(listener,), daemon=True).start()
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"
        patient = dataclasses.replace(HASTY, tries=5)
        with pytest.raises(OwnCertificateRefused, match="after every handshake"):
            deliver(make_package(), Destination(address, anchors, client_context(files)), now=now, pace=patient)
        listener.shutdown(socket.SHUT_RDWR)


def test_files_that_are_none_are_named(files: TlsFiles, strangers: TlsFiles, tmp_path: Path):
    garbage, locked = tmp_path / "garbage.pem", tmp_path / "locked.key"
    garbage.write_text("no PEM")
    key = load_pem_private_key(files.key.read_bytes(), None)
    locked.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"1234")))
    for changed, fault in (
        ({"ca": tmp_path / "none.pem"}, PinnedRootUnusable),
        ({"ca": garbage}, PinnedRootUnusable),
        ({"certificate": tmp_path / "none.pem"}, OwnCertificateUnusable),
        ({"certificate": garbage}, OwnCertificateUnusable),
        ({"key": strangers.key}, OwnCertificateUnusable),
        ({"key": locked}, OwnCertificateUnusable),
    ):
        with pytest.raises(fault):
            client_context(dataclasses.replace(files, **changed))


def test_the_private_keys_are_for_their_owners_eyes_only(files: TlsFiles):
    assert files.key.stat().st_mode & 0o077 == 0
