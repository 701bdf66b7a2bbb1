"""The part of bench/scanning.py that runs in the environment of python-sane: seconds a page as a JSON list."""

from __future__ import annotations

import json
import sys
import time

import sane


def read_page(device: sane.SaneDev) -> float:
    began = time.perf_counter()
    picture = device.scan()
    seconds = time.perf_counter() - began
    if picture.size != (2362, 2362):
        raise RuntimeError(f"a page of {picture.size}")
    return seconds


sane.init()
scanner = sane.open("test:0")
scanner.mode, scanner.depth, scanner.resolution = "Color", 8, 300
scanner.br_x = scanner.br_y = 200.0
print(json.dumps([read_page(scanner) for _ in range(int(sys.argv[1]))]))
