"""The drawn pages of the benchmarks; `pageset` lies in bench/, which is not installed."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
