"""The backends' reader threads are cancelled where they wait, and nowhere else (ADR 10)."""

from __future__ import annotations

import json
import subprocess
import sys

from drivers.scanners.sane_config import environment, private_config

# The reader thread of `test` first computes the whole picture in one go, then writes it. So a frame that is cancelled
# at once costs as much processor time as one cancelled after its first piece, unless its thread is cut off on the way.
CANCELS = """
import ctypes, json, time
from drivers.scanners.sane_native import Library

def seconds(device, pieces):
    began = time.process_time()
    device.start()
    for _ in range(pieces):
        device.read(buffer)
    device.cancel()
    return time.process_time() - began

buffer = (ctypes.c_ubyte * 4096)()
with Library() as library:
    device = library.open("test:0")
    asked = {"mode": "Color", "test-picture": "Grid", "resolution": 600.0, "br-x": 200.0, "br-y": 200.0}
    for name, value in asked.items():
        device.set(next(option for option in device.options() if option.name == name), value)
    print(json.dumps([[seconds(device, pieces) for _ in range(20)] for pieces in (0, 1)]))
    device.close()
"""


def test_a_reader_thread_is_never_cut_off_while_it_computes() -> None:
    with private_config(["test"]) as config:
        command = [sys.executable, "-c", CANCELS]
        ended = subprocess.run(command, env=environment(config), timeout=300, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    at_once, after_a_piece = json.loads(ended.stdout)
    assert min(at_once) > min(after_a_piece) / 2
