"""Files that only an administrator may write: read within bounds, and refused where others could have written them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from app.station.errors import StationError
from app.station.settings_file import LARGEST


def read_administrators(
    file: Path, administrator: int, others: type[StationError], broken: type[StationError]
) -> bytes | None:
    """Its bytes, one more than `LARGEST` at most; None where there is no such file. `administrator`: the user id that
    it has to belong to.

    Raises `others` with `file`, `owner` and `mode` where others may write it, `broken` with `file` and `detail`.
    """
    try:
        with file.open("rb") as stream:
            found = os.fstat(stream.fileno())
            data = stream.read(LARGEST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise broken(file=file, detail=error.strerror or type(error).__name__) from error
    if found.st_uid != administrator or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise others(file=file, owner=found.st_uid, mode=f"{stat.S_IMODE(found.st_mode):o}")
    return data
