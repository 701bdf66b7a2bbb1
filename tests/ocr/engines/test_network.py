from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import sys
import numpy as np
from ocr.engines.models import DETECTION, ORIENTATION, locate
from ocr.engines.network import OnnxNetwork
from ocr.imaging.orientation import RapidOrienter

subnormal = np.full(4, 1e-39, np.float32)
assert (subnormal * np.float32(1)).any()
{made}
sys.exit(bool((subnormal * np.float32(1)).any()))
"""


@pytest.mark.parametrize("made", ["OnnxNetwork(locate(DETECTION))", "RapidOrienter(locate(ORIENTATION))"])
def test_whichever_network_is_the_first_the_processor_takes_subnormal_numbers_for_zero(made: str) -> None:
    script = SCRIPT.format(made=made)
    assert subprocess.run([sys.executable, "-W", "error", "-c", script], check=False).returncode == 0
