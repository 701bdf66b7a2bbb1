"""Keys on a token: SoftHSM2, set up with programs that are not ours."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from pkcs11.exceptions import PinLocked

from signing.cms import sign_detached, verify_detached
from signing.errors import KeyRefused, TokenKeyMissing, TokenLibraryBroken, TokenLocked, TokenMissing, WrongPin
from signing.keys.pkcs11 import Pkcs11Signer, open_pkcs11
from signing.pdf import sign_pdf
from signing.training import TrainingPki
from signing.types import TrustAnchors
from signing.validate import validate_pdf

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN = "123456"
TOKEN = "卷宗站"


@pytest.fixture(scope="module")
def token(pki: TrainingPki, authority: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Holds the clerk's RSA key as 民警 with its intermediate, a P-256 key as 检察官, and a key without certificate."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        _run(folder, f"softhsm2-util --init-token --free --label {TOKEN} --pin {PIN} --so-pin 12345678")
        clerk = pkcs12.load_pkcs12(pki.station_p12.read_bytes(), pki.station_password.encode())
        assert clerk.cert is not None
        _store(folder, "民警", "01", clerk.key, clerk.cert.certificate)
        _write(folder, "中级", "02", clerk.additional_certs[0].certificate)
        key = ec.generate_private_key(ec.SECP256R1())
        _store(folder, "检察官", "03", key, authority.issue("检察官", key))  # type: ignore[attr-defined]
        _store(folder, "无证书", "04", rsa.generate_private_key(65537, 2048), None)
        yield folder


def _run(folder: Path, command: str) -> None:
    subprocess.run(command.split(), cwd=folder, check=True, capture_output=True)


def _store(folder: Path, label: str, key_id: str, key: object, certificate: object) -> None:
    content = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())  # type: ignore[attr-defined]
    (folder / "key.pem").write_bytes(content)
    _run(folder, f"softhsm2-util --import key.pem --token {TOKEN} --label {label} --id {key_id} --pin {PIN}")
    if certificate is not None:
        _write(folder, label, key_id, certificate)


def _write(folder: Path, label: str, key_id: str, certificate: object) -> None:
    (folder / "cert.der").write_bytes(certificate.public_bytes(Encoding.DER))  # type: ignore[attr-defined]
    tool = f"pkcs11-tool --module {LIBRARY} --token-label {TOKEN} --login --pin {PIN}"
    _run(folder, f"{tool} --write-object cert.der --type cert --id {key_id} --label {label}")


@pytest.fixture
def clerk(token: Path) -> Iterator[Pkcs11Signer]:
    signer = open_pkcs11(LIBRARY, TOKEN, "民警", PIN)
    yield signer
    signer.close()


def test_signs_a_pdf(
    clerk: Pkcs11Signer, plain_pdf: Path, anchors: TrustAnchors, now: dt.datetime, tmp_path: Path
) -> None:
    sign_pdf(plain_pdf, tmp_path / "out.pdf", clerk, reason="立卷", location="某市公安局", now=now)
    (report,) = validate_pdf(tmp_path / "out.pdf", anchors, now=now)
    assert report.problems == ()
    assert report.ok


def test_signs_with_p256(token: Path, authority: object, now: dt.datetime) -> None:
    signer = open_pkcs11(LIBRARY, TOKEN, "检察官", PIN)
    signature = sign_detached(b"data", signer, now=now)
    signer.close()
    anchors = TrustAnchors((authority.certificate,))  # type: ignore[attr-defined]
    assert verify_detached(b"data", signature, anchors, at=now).ok


def test_session_that_ended_while_signing(token: Path) -> None:
    signer = open_pkcs11(LIBRARY, TOKEN, "民警", PIN)
    signer.close()
    with pytest.raises(KeyRefused):
        signer.sign(b"data")


@pytest.mark.parametrize("label", ["nobody", "无证书"])
def test_no_such_key(token: Path, label: str) -> None:
    with pytest.raises(TokenKeyMissing):
        open_pkcs11(LIBRARY, TOKEN, label, PIN)


def test_no_such_token(token: Path) -> None:
    with pytest.raises(TokenMissing, match=TOKEN):
        open_pkcs11(LIBRARY, "another", "民警", PIN)


@pytest.mark.parametrize("library", ["/nowhere/lib.so", "/etc/hostname", "/lib/x86_64-linux-gnu/libz.so.1"])
def test_library_that_is_none(library: str) -> None:
    with pytest.raises(TokenLibraryBroken):
        open_pkcs11(Path(library), TOKEN, "民警", PIN)


@pytest.mark.parametrize("pin", ["654321", "", "1"])
def test_wrong_pin_and_then_the_right_one(token: Path, pin: str) -> None:
    with pytest.raises(WrongPin):
        open_pkcs11(LIBRARY, TOKEN, "民警", pin)
    open_pkcs11(LIBRARY, TOKEN, "民警", PIN).close()


def test_locked_token(monkeypatch: pytest.MonkeyPatch, token: Path) -> None:
    """SoftHSM never locks, so its answer is replaced."""

    class Locked:
        label = TOKEN

        def open(self, **_: object) -> None:
            raise PinLocked

    monkeypatch.setattr("signing.keys.pkcs11._find_token", lambda library, label: Locked())
    with pytest.raises(TokenLocked):
        open_pkcs11(LIBRARY, TOKEN, "民警", PIN)
