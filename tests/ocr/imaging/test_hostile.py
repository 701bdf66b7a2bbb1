"""Files made to hurt: each ends in one clear error or in the right picture, in bounded memory and time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from clerk import ROOT, juanzong
from hostile_pictures import Hostile, hostile_files

from ocr.errors import OcrError, PictureBroken, PictureTooLarge, PictureUnknown

FILES = list(hostile_files())
WORDS: dict[type[OcrError], str] = {
    PictureUnknown: "is no picture this station takes",
    PictureTooLarge: "million are taken",
    PictureBroken: "is damaged or cut off",
}
CASE = "A9901260000002026050007"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for file in FILES:
        (folder / file.name).write_bytes(file.data)
    return folder


@pytest.fixture(scope="module")
def inspected(folder: Path) -> dict[str, Any]:
    """What `juanzong page inspect` made of each file."""
    command = [sys.executable, ROOT / "tests/rigs/hostile_run.py", folder]
    environment = {**os.environ, "JUANZONG_LANG": "en"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=True)
    return {told["file"]: told for told in map(json.loads, done.stdout.splitlines())}


def test_there_are_enough_of_them() -> None:
    assert len({file.name for file in FILES}) == len(FILES) >= 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_hostile_file_ends_in_an_error_or_in_its_picture(file: Hostile, inspected: dict[str, Any]) -> None:
    told = inspected[file.name]
    if isinstance(file.meant, tuple):
        assert told["code"] == 0, told
        seen = json.loads(told["out"])
        assert (seen["width"], seen["height"]) == file.meant
        assert told["err"] == ""
    else:
        assert told["code"] == 1, told
        assert WORDS[file.meant] in told["err"]
        assert len(told["err"].strip().splitlines()) == 1, "one line, no trace"
    assert told["bytes"] < 1_000_000_000
    assert told["cpu"] < 10


def test_importing_takes_the_pictures_and_names_the_others(folder: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert juanzong(home, "case", "new", CASE, "--name", "测试案", "--charge", "危险驾驶").code == 0
    ran = juanzong(home, "import", CASE, folder, "--json")
    assert ran.code == 1, ran.err
    refused = {Path(item["file"]).name: item["error"] for item in ran.json["refused"]}
    pictures = {file.name for file in FILES if isinstance(file.meant, tuple)} - {"many-pages.tif"}
    assert set(refused) == {file.name for file in FILES} - pictures
    assert set(refused.values()) == {error.key for error in WORDS} | {"import.pdf-broken"}
    assert ran.json["pages"] == len(pictures)
