"""Reading the sealed package on this disk: it goes out as it was sealed, or not at all."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from transfer.errors import PackageAltered, PackageUnreadable
from transfer.types import PackageRef


@contextmanager
def reading(path: Path) -> Iterator[io.BufferedReader]:
    """Raises `PackageAltered` when the file is gone, `PackageUnreadable` when the disk does not give it."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as gone:
        raise PackageAltered(file=path.name) from gone
    except OSError as error:
        raise PackageUnreadable(file=path.name, detail=error.strerror or type(error).__name__) from error


def require_whole(package: PackageRef) -> None:
    """Hash the file once, in flat memory. Raises `PackageAltered`, `PackageUnreadable`."""
    with reading(package.path) as file:
        if hashlib.file_digest(file, "sha256").hexdigest() != package.sha256:
            raise PackageAltered(file=package.path.name)
