"""The part of bench/scanning.py that runs in the environment of python-sane.

Prints a JSON list: of each page the seconds by the clock and of the processors.
"""

from __future__ import annotations

import json
import sys
import time

import sane


def read_page(device: sane.SaneDev) -> tuple[float, float]:
    began, worked = time.perf_counter(), time.process_time()
    picture = device.scan()
    cost = time.perf_counter() - began, time.process_time() - worked
    if picture.size != (2362, 2362):
        raise RuntimeError(f"a page of {picture.size}")
    return cost


sane.init()
scanner = sane.open("test:0")
scanner.mode, scanner.depth, scanner.resolution = "Color", 8, 300
scanner.br_x = scanner.br_y = 200.0
print(json.dumps([read_page(scanner) for _ in range(int(sys.argv[1]))]))
