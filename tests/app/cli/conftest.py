"""The command line in this process, on a home with one open case."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from escl_feeder import EsclFeeder
from PIL import Image, ImageDraw

from app.cli.main import cli

CASE = "A9901260000002026030001"


@dataclass(frozen=True)
class Answer:
    """What a command said. `json`: its first line, under --json."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out.splitlines()[0])


Juanzong = Callable[..., Answer]


@pytest.fixture
def juanzong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Juanzong:
    """Run a command as 李文 would, in a home of its own where CASE is open."""
    monkeypatch.setenv("JUANZONG_LANG", "zh_CN")
    monkeypatch.setenv("JUANZONG_OPERATOR", "李文")

    def run(*args: object) -> Answer:
        done = CliRunner().invoke(cli, ["--home", str(tmp_path / "home"), *map(str, args)])
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Answer(done.exit_code, done.stdout, done.stderr)

    assert run("case", "new", CASE, "--name", "张某危险驾驶案", "--charge", "危险驾驶").code == 0
    return run


@pytest.fixture
def draw(tmp_path: Path) -> Callable[[str], Path]:
    """A folder of its own with one small sheet with a mark of its own."""

    def sheet(name: str) -> Path:
        path = tmp_path / "sheets" / name / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        image = Image.new("RGB", (413, 585), "white")
        ImageDraw.Draw(image).text((40, 40), name * 5, fill="black")
        image.save(path, dpi=(50, 50))
        return path

    return sheet


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[EsclFeeder], None]:
    """Make the feeder the only scanner."""

    def configure(feeder: EsclFeeder) -> None:
        monkeypatch.setenv(
            "SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / f"sane-{len(list(tmp_path.iterdir()))}.d"))
        )

    return configure
