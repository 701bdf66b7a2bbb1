"""Files that the user names: written whole or not at all and never over the original; passwords that are no text."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

CASE = "A9901260000002026030001"


@pytest.fixture
def original(tmp_path: Path) -> Path:
    Image.new("RGB", (827, 1169), "white").save(tmp_path / "page.jpg", dpi=(100, 100))
    return tmp_path / "page.jpg"


@pytest.mark.parametrize("same", ["itself", "another way to it", "another name of it"])
def test_the_original_is_never_the_output(juanzong: Any, tmp_path: Path, original: Path, same: str) -> None:
    before = original.read_bytes()
    target = {
        "itself": original,
        "another way to it": tmp_path / ".." / tmp_path.name / original.name,
        "another name of it": tmp_path / "other.jpg",
    }[same]
    if same == "another name of it":
        os.link(original, target)
    ran = juanzong("page", "clean", original, "-o", target)
    assert ran.code == 2
    assert "原件不可改动" in ran.err
    assert original.read_bytes() == before


@pytest.mark.parametrize(
    "command",
    [
        ("page", "clean", "page.jpg", "-o"),
        ("audit", "export", "--to"),
        ("separators", CASE, "-o"),
    ],
)
def test_a_folder_that_is_not_there_is_said(
    juanzong: Any, tmp_path: Path, original: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(original.parent)
    ran = juanzong(*command, tmp_path / "nowhere" / "made.bin")
    assert ran.code == 2
    assert "没能写下" in ran.err
    assert not (tmp_path / "nowhere").exists()


def test_a_password_file_that_is_no_text_is_said(juanzong: Any, tmp_path: Path, original: Path) -> None:
    secret = tmp_path / "password"
    secret.write_bytes(b"\xff\xfe")
    ran = juanzong("receive", original, "--key", original, "--password-file", secret)
    assert ran.code == 2
    assert f"{secret} 读不出来" in ran.err


def test_a_picture_that_cannot_be_read_is_said(juanzong: Any) -> None:
    ran = juanzong("page", "read", "/proc/self/mem")
    assert ran.code == 2
    assert "/proc/self/mem 读不出来" in ran.err
