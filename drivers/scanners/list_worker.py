"""The throw-away process that asks the backends what is there. `python -m drivers.scanners.list_worker`."""

from __future__ import annotations

import sys

from drivers.scanners import wire
from drivers.scanners.sane_native import Library
from drivers.scanners.worker import describe


def main() -> int:
    out = wire.claim_stdout()
    with Library() as library:
        out.write(wire.encode_devices([describe(entry) for entry in library.devices()]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
