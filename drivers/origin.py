"""Where a capture came from: set by the transport that made it and by nothing else."""

from __future__ import annotations

from enum import StrEnum


class Origin(StrEnum):
    """The truth about a capture, told to the end: into the record, the manifest and the pages."""

    HARDWARE = "hardware"
    REPLAY = "replay"
    SIMULATOR = "simulator"
    FILE = "file"  # came as a file; nobody here saw the paper being captured
