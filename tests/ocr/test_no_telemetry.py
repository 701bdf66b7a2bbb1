"""Reading calls nobody: onnxruntime would report its use to its maker, keeping its events in the home until it can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

READ = """
import numpy
from ocr.engines.ppocr import PpOcr
PpOcr().read(numpy.full((64, 256, 3), 255, numpy.uint8), 300)
"""
# What runs tests is spared by onnxruntime itself: the reading must be as on a station.
SPARED = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "BUILD_BUILDID", "JENKINS_URL", "GITLAB_CI", "ORT_DISABLE_TELEMETRY")


def kept(home: Path) -> list[Path]:
    """What a process that reads a page leaves in its home."""
    station = {name: value for name, value in os.environ.items() if name not in SPARED and "PYTEST" not in name}
    environment = {**station, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    subprocess.run([sys.executable, "-c", READ], env=environment, check=True)
    return [path for path in home.rglob("*") if path.is_file()]


def test_a_reading_process_leaves_nothing_in_the_home(tmp_path: Path) -> None:
    assert kept(tmp_path) == []
