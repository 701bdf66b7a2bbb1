"""The sample case, partly drawn: through the command for pictures, in process for what is written on all sheets."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

SAMPLE = Path(__file__).parents[2] / "installer" / "sample"
sys.path.insert(0, str(SAMPLE))

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@dataclass(frozen=True)
class Drawn:
    """A folder that draw.py has filled."""

    folder: Path
    truth: dict[str, Any]

    def face(self, face_id: str) -> dict[str, Any]:
        return next(face for face in self.truth["faces"] if face["id"] == face_id)

    def pixels(self, face_id: str) -> NDArray[np.uint8]:
        with Image.open(self.folder / self.face(face_id)["file"]) as picture:
            return np.asarray(picture)


@pytest.fixture(scope="session")
def draw(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run draw.py from a folder that is not its own."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, str(SAMPLE / "draw.py"), *arguments]
        return subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def drawn(draw: Run, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """Faces 004 (red head), 005 (its blank back), 008 (missing signature), 013 (skewed), 017 (record)."""
    folder = tmp_path_factory.mktemp("sample")
    done = draw("--out", str(folder), "--faces", "4,5,8,13,17")
    assert done.returncode == 0, done.stderr
    return Drawn(folder, json.loads((folder / "truth.json").read_text("utf-8")))
