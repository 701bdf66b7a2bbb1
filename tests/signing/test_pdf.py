"""Signing PDF files: other programs accept the signature, and no fault leaves half a file."""

from __future__ import annotations

import datetime as dt
import hashlib
import multiprocessing
import os
import resource
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from cryptography import x509

from signing import durable
from signing.errors import AlreadyCertified, FieldTaken, KeyExpired, KeyRefused, PdfBroken, PdfProtected
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pdf import sign_pdf
from signing.types import Level, TrustAnchors
from signing.validate import validate_pdf

REASON = {"reason": "立卷", "location": "某市公安局"}


def test_result_describes_the_file(plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    result = sign_pdf(plain_pdf, target, signer, now=now, **REASON)
    content = target.read_bytes()
    assert (result.path, result.size) == (target, len(content))
    assert result.sha256 == hashlib.sha256(content).hexdigest()
    assert (result.requested, result.level, result.shortfall) == (Level.B_B, Level.B_B, None)
    assert os.listdir(tmp_path) == ["out.pdf"]  # noqa: PTH208


def test_source_is_only_read_and_its_last_line_ended_in_the_copy(plain_pdf: Path, signed_pdf: Path) -> None:
    source, signed = plain_pdf.read_bytes(), signed_pdf.read_bytes()
    assert source.endswith(b"%%EOF")
    assert signed.startswith(source + b"\n")
    assert pypdf.PdfReader(signed_pdf).get_num_pages() == 2


def test_holds_here(signed_pdf: Path, anchors: TrustAnchors, now: dt.datetime) -> None:
    (report,) = validate_pdf(signed_pdf, anchors, now=now)
    assert report.problems == ()
    assert (report.ok, report.covers_whole_file, report.level) == (True, True, "B-B")
    assert (report.signed_at, report.where) == (now, "signed.pdf: JuanzongSeal1")


def test_holds_for_openssl(
    signed_pdf: Path,
    anchors: TrustAnchors,
    extract_signature: Callable[[bytes], tuple[bytes, bytes]],
    openssl_verifies: Callable[[bytes, bytes, x509.Certificate], bool],
) -> None:
    data, signature = extract_signature(signed_pdf.read_bytes())
    assert openssl_verifies(data, signature, anchors.roots[0])
    assert not openssl_verifies(data[:-1], signature, anchors.roots[0])


def test_holds_for_poppler(twice_signed_pdf: Path) -> None:
    run = subprocess.run(["pdfsig", "-nocert", twice_signed_pdf], capture_output=True, text=True, check=True)
    assert run.stdout.count("Signature is Valid.") == 2
    assert run.stdout.count("ETSI.CAdES.detached") == 2


def test_says_who_where_and_why_and_permits_only_further_signatures(signed_pdf: Path, now: dt.datetime) -> None:
    root = pypdf.PdfReader(signed_pdf).trailer["/Root"]
    value = root["/Perms"]["/DocMDP"]
    assert (value["/Reason"], value["/Location"]) == ("立卷", "某市公安局")
    assert value["/M"].startswith("D:20261121093000")
    assert value["/Reference"][0]["/TransformParams"]["/P"] == 2
    assert root["/AcroForm"]["/Fields"][0]["/Rect"] == [0, 0, 0, 0]


def test_p256_signature(
    plain_pdf: Path, p256_signer: Pkcs12Signer, authority: object, now: dt.datetime, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    sign_pdf(plain_pdf, target, p256_signer, now=now, **REASON)
    (report,) = validate_pdf(target, TrustAnchors((authority.certificate,)), now=now)  # type: ignore[attr-defined]
    assert report.ok


def test_second_signature_leaves_the_first_valid(
    twice_signed_pdf: Path, anchors: TrustAnchors, now: dt.datetime
) -> None:
    first, second = validate_pdf(twice_signed_pdf, anchors, now=now)
    assert (first.ok, first.covers_whole_file) == (True, False)
    assert (second.ok, second.covers_whole_file) == (True, True)
    assert first.signer != second.signer


def test_signs_in_place(
    signed_pdf: Path, plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path
) -> None:
    path = tmp_path / "volume.pdf"
    path.write_bytes(plain_pdf.read_bytes())
    sign_pdf(path, path, signer, now=now, **REASON)
    assert path.stat().st_size == signed_pdf.stat().st_size


def _truncated(pdf: bytes) -> bytes:
    return pdf[: len(pdf) // 2]


def _empty(_: bytes) -> bytes:
    return b""


def _picture(_: bytes) -> bytes:
    return b"\xff\xd8\xff\xe0" + bytes(2000)


def _deep(_: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


@pytest.mark.parametrize("damage", [_truncated, _empty, _picture, _deep])
def test_broken_source(
    plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    source = tmp_path / "in.pdf"
    source.write_bytes(damage(plain_pdf.read_bytes()))
    with pytest.raises(PdfBroken):
        sign_pdf(source, tmp_path / "out.pdf", signer, now=now, **REASON)
    assert list(tmp_path.iterdir()) == [source]


def test_no_source(signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    for source in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(PdfBroken, match="no such file"):
            sign_pdf(source, tmp_path / "out.pdf", signer, now=now, **REASON)


def test_source_with_a_password(plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=plain_pdf)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "in.pdf")
    with pytest.raises(PdfProtected):
        sign_pdf(tmp_path / "in.pdf", tmp_path / "out.pdf", signer, now=now, **REASON)


def test_certifying_comes_first_and_fields_are_used_once(
    signed_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    with pytest.raises(FieldTaken):
        sign_pdf(signed_pdf, target, signer, now=now, certify=False, **REASON)
    with pytest.raises(AlreadyCertified):
        sign_pdf(signed_pdf, target, signer, now=now, field="JuanzongSeal2", **REASON)
    assert list(tmp_path.iterdir()) == []


def test_expired_key(plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    with pytest.raises(KeyExpired):
        sign_pdf(plain_pdf, tmp_path / "out.pdf", signer, now=now + dt.timedelta(days=5000), **REASON)
    assert list(tmp_path.iterdir()) == []


class _PulledToken(Pkcs12Signer):
    """A key that goes away at the moment of signing, as a pulled token does."""

    def sign(self, data: bytes) -> bytes:
        raise KeyRefused(subject="民警", detail="the token is gone")


def test_token_pulled_while_signing(signed_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"the volume of yesterday")
    pulled = _PulledToken(signer._private, signer.certificate, signer.chain)
    with pytest.raises(KeyRefused):
        sign_pdf(signed_pdf, target, pulled, now=now, field="B", certify=False, **REASON)
    assert target.read_bytes() == b"the volume of yesterday"
    assert list(tmp_path.iterdir()) == [target]


def _in_child(work: Callable[[], None]) -> int:
    """Exit code of `work` run in a process of its own; negative: the signal that ended it."""
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode


def test_killed_before_the_rename(plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    target.write_bytes(b"the volume of yesterday")

    def sign_and_die() -> None:
        durable.sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
        sign_pdf(plain_pdf, target, signer, now=now, **REASON)

    assert _in_child(sign_and_die) == -signal.SIGKILL
    assert target.read_bytes() == b"the volume of yesterday"
    (left,) = (entry for entry in tmp_path.iterdir() if entry != target)
    assert left.name.startswith(".out.pdf.")
    assert left.suffix == ".part"


def test_disk_that_fills_up(plain_pdf: Path, signer: Pkcs12Signer, now: dt.datetime, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"

    def sign_on_a_small_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        with pytest.raises(OSError, match="File too large"):
            sign_pdf(plain_pdf, target, signer, now=now, **REASON)

    assert _in_child(sign_on_a_small_disk) == 0
    assert list(tmp_path.iterdir()) == []
