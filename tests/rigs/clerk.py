"""The command line as a clerk runs it, and what a finished demo left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Ran:
    """One run of the command line."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def juanzong(home: Path, *args: str | Path, language: str = "en") -> Ran:
    """Run `juanzong --home HOME ARGS` as a clerk would."""
    command = [sys.executable, "-m", "app", "--home", str(home), *map(str, args)]
    environment = {**os.environ, "JUANZONG_LANG": language, "JUANZONG_OPERATOR": "李文"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False, timeout=900)
    return Ran(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Demo:
    """A finished demo."""

    home: Path
    result: dict[str, Any]
    truth: dict[str, Any]

    @property
    def case_no(self) -> str:
        return str(self.truth["case"]["case_no"])

    @property
    def package(self) -> Path:
        return Path(self.result["package"]["file"])
