"""Which backends libsane loads: a private SANE_CONFIG_DIR for a chosen few.

Loading only the backend that is meant makes a device list take milliseconds instead of seconds, and lets the `test`
and `pnm` backends be used, which Debian ships switched off.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from drivers.errors import SettingRefused

_SYSTEM = Path("/etc/sane.d")
_BACKEND = re.compile(r"[a-z0-9_-]{1,40}", re.ASCII)


def backend_of(device_id: str) -> str:
    """The backend's name: the part of a SANE device name before the first colon."""
    return device_id.partition(":")[0]


@contextlib.contextmanager
def private_config(backends: Sequence[str]) -> Iterator[Path]:
    """A temporary SANE_CONFIG_DIR that names just these backends; their own settings are those of the configuration
    in force (SANE_CONFIG_DIR of this process, else /etc/sane.d). Raises SettingRefused for an impossible name."""
    for backend in backends:
        if not _BACKEND.fullmatch(backend):
            raise SettingRefused(page=0, detail=f"backend {backend!r}")
    named = [Path(part) for part in os.environ.get("SANE_CONFIG_DIR", "").split(":") if part]
    with tempfile.TemporaryDirectory(prefix="juanzong-sane-") as name:
        folder = Path(name)
        for source in named or [_SYSTEM]:
            for entry in source.iterdir() if source.is_dir() else ():
                link = folder / entry.name
                if entry.name not in ("dll.conf", "dll.d") and not link.is_symlink():
                    link.symlink_to(entry.resolve())
        (folder / "dll.conf").write_text("".join(f"{backend}\n" for backend in backends))
        (folder / "dll.d").mkdir()
        yield folder


def environment(config: Path | None) -> Mapping[str, str]:
    """The environment for a worker that is to use that configuration (None: the one in force)."""
    return dict(os.environ) if config is None else {**os.environ, "SANE_CONFIG_DIR": str(config)}
