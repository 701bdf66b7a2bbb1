"""The sample case: drawn by its own script, with its truth beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.station.cases import NewCase
from app.station.errors import SampleMissing
from dossier.model import Person

SCRIPT = Path(__file__).parents[2] / "installer" / "sample" / "draw.py"


@dataclass(frozen=True)
class Sample:
    """A drawn case: face pictures in the order of the pile, and what really stands on them."""

    folder: Path
    truth: Mapping[str, Any]

    @property
    def faces(self) -> tuple[Path, ...]:
        return tuple(self.folder / face["file"] for face in self.truth["faces"])

    @property
    def case(self) -> NewCase:
        fields = self.truth["case"]
        return NewCase(
            case_no=fields["case_no"],
            name=fields["name"],
            charge=fields["charge"],
            unit_code=fields["unit_code"],
            unit_name=fields["unit_name"],
            persons=tuple(Person(p["order"], p["name"], p["role"], p["id_number"]) for p in fields["persons"]),
            tags=frozenset(fields["tags"]),
        )


def draw_sample(folder: Path) -> Sample:
    """Draw the sample case into `folder`; nothing is done when it is there whole.

    JUANZONG_SAMPLE names the drawing script where the station is installed without its repository.
    Raises `SampleMissing`.
    """
    script = Path(os.environ.get("JUANZONG_SAMPLE", SCRIPT))
    if not script.is_file():
        raise SampleMissing(detail=f"{script} is not there.")
    done = subprocess.run(
        [sys.executable, str(script), "--out", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SampleMissing(detail=(done.stderr.strip().splitlines() or ["the drawing stopped."])[-1])
    return Sample(folder, json.loads((folder / "truth.json").read_text("utf-8")))
