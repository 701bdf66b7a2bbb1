"""The signed volume, looked at by programs that are not ours."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pypdf
import pypdfium2
import pytest
from clerk import Demo
from verapdf import verapdf

pytestmark = pytest.mark.e2e


def recognised(bag: Path, volume: Path) -> list[str]:
    """The recognised lines of each face, as the package carries them, without white space."""
    pages = json.loads((bag / "data" / "text" / f"{volume.stem}.json").read_text("utf-8"))["pages"]
    return ["".join("".join(line["text"].split()) for line in page["lines"]) for page in pages]


def bare(text: str) -> str:
    return "".join(text.split())


def faces_of(texts: list[str], count: int) -> list[str]:
    """Cover and catalogue stand before the faces, remarks sheet and back cover behind."""
    front = len(texts) - count - 2
    return texts[front : front + count]


def test_pypdf_gives_the_recognised_lines(bag: Path, volumes: list[Path]) -> None:
    for volume in volumes:
        wanted = recognised(bag, volume)
        texts = [bare(page.extract_text()) for page in pypdf.PdfReader(volume).pages]
        assert faces_of(texts, len(wanted)) == wanted


def test_pdfium_gives_the_recognised_lines(bag: Path, volumes: list[Path]) -> None:
    for volume in volumes:
        wanted = recognised(bag, volume)
        document = pypdfium2.PdfDocument(volume)
        texts = [bare(page.get_textpage().get_text_range()) for page in document]
        assert faces_of(texts, len(wanted)) == wanted


def test_pdftotext_gives_the_recognised_lines(bag: Path, volumes: list[Path]) -> None:
    for volume in volumes:
        wanted = recognised(bag, volume)
        done = subprocess.run(["pdftotext", "-raw", volume, "-"], capture_output=True, text=True, check=True)
        texts = [bare(text) for text in done.stdout.split("\f")[:-1]]
        assert faces_of(texts, len(wanted)) == wanted


def test_the_signed_volume_is_pdfa_2b(volumes: list[Path]) -> None:
    for volume in volumes:
        assert verapdf(volume, "2b") == []


def test_pdfsig_accepts_the_signature(volumes: list[Path]) -> None:
    for volume in volumes:
        done = subprocess.run(["pdfsig", "-nocert", volume], capture_output=True, text=True, check=False)
        assert "Signature is Valid." in done.stdout
        assert "Total document signed" in done.stdout


def test_openssl_accepts_the_signature(demo: Demo, volumes: list[Path], tmp_path: Path) -> None:
    root = demo.home / "keys" / "training" / "root.pem"
    for volume in volumes:
        signed, token = signed_range(volume.read_bytes())
        (tmp_path / "data").write_bytes(signed)
        (tmp_path / "token.der").write_bytes(token)
        command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", tmp_path / "token.der"]
        command += ["-content", tmp_path / "data", "-CAfile", root, "-purpose", "any", "-out", "/dev/null"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def signed_range(pdf: bytes) -> tuple[bytes, bytes]:
    """What the signature covers, and the signature (PDF 32000-1, 12.8.1)."""
    found = re.search(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]", pdf)
    assert found
    first, length, second, rest = (int(group) for group in found.groups())
    assert first == 0
    assert second + rest == len(pdf)
    token = bytes.fromhex(pdf[length + 1 : second - 1].decode("ascii"))
    return pdf[:length] + pdf[second : second + rest], token


def test_bookmarks_and_page_labels_are_the_catalogue(demo: Demo, volumes: list[Path]) -> None:
    wanted = [document["title"] for document in sorted(demo.truth["documents"], key=lambda d: d["binding_order"])]
    readers = [pypdf.PdfReader(volume) for volume in volumes]
    titles = [
        str(item.title)
        for reader in readers
        for item in reader.outline
        if not isinstance(item, list) and "/Title" in item
    ]
    assert [title for title in titles if any(title.startswith(want[:4]) for want in wanted)]
    numbered = [label for reader in readers for label in reader.page_labels if label.isdigit()]
    assert numbered == [*map(str, range(1, 10)), *map(str, range(1, 15))]
