"""Drawn pages with exact truth, for the benchmarks. Needs the sample case's drawing kit (`papercase`) on the path."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "installer" / "sample"))
