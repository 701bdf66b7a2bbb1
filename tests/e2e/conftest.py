"""The main job, run once by the real command line on the real sample; the tests look at what it made."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from clerk import ROOT, Demo, juanzong


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The drawn sample case: faces and truth."""
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run(
        [sys.executable, ROOT / "installer/sample/draw.py", "--out", folder], check=True, capture_output=True
    )
    return folder


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Demo:
    """`juanzong demo --json` in an empty home."""
    home = tmp_path_factory.mktemp("demo-home")
    shutil.copytree(sample, home / "demo" / "sample", copy_function=os.link)
    ran = juanzong(home, "demo", "--json")
    assert ran.code == 0, ran.err + ran.out
    return Demo(home / "demo", ran.json, json.loads((sample / "truth.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def bag(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, unpacked."""
    folder = tmp_path_factory.mktemp("bag")
    with zipfile.ZipFile(demo.package) as package:
        package.extractall(folder)
    (top,) = folder.iterdir()
    return top


@pytest.fixture(scope="session")
def volumes(bag: Path) -> list[Path]:
    """The signed volume PDFs, in order."""
    found = sorted((bag / "data" / "volumes").glob("*.pdf"))
    assert len(found) == 2
    return found


@pytest.fixture
def own_demo(demo: Demo, tmp_path: Path) -> Demo:
    """A copy of the finished demo for a test that goes on with it."""

    def copy(source: str, target: str) -> None:
        # Originals, pictures and packages are write-once and may share their bytes; the library may not.
        (os.link if source.endswith((".png", ".jpg", ".zip")) else shutil.copy2)(source, target)

    home = tmp_path / "demo-home"
    shutil.copytree(demo.home, home, copy_function=copy)
    return replace(demo, home=home)
