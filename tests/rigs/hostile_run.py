"""`juanzong page inspect` on each file of a folder, one process each, with what it said and what it cost.

    python hostile_run.py FOLDER

Prints a JSON line a file: exit code, standard output, standard error, largest resident memory in bytes, CPU seconds.
A process that asks for too much memory or time is ended by the kernel.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import IO, NoReturn

import cv2

from app.cli.main import cli
from app.cli.page import page

CPU_S = 10
CRASHED = 99
MORE_BYTES = 1_200_000_000  # of address space, beside what the libraries have reserved already


def main(folder: Path) -> None:
    """Fork for each file: what all share is loaded once."""
    assert page.commands  # loaded with all it needs before the first fork
    cv2.setNumThreads(1)
    for file in sorted(folder.iterdir()):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                _inspect(file, out, err)
            _, status, used = os.wait4(child, 0)
            told = {
                "file": file.name,
                "code": os.waitstatus_to_exitcode(status),
                "out": _text(out),
                "err": _text(err),
                "bytes": used.ru_maxrss * 1024,
                "cpu": used.ru_utime + used.ru_stime,
            }
        print(json.dumps(told), flush=True)


def _inspect(file: Path, out: IO[bytes], err: IO[bytes]) -> NoReturn:
    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    limit = pages * resource.getpagesize() + MORE_BYTES
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    code: object = CRASHED
    try:
        cli.main(["page", "inspect", str(file)])
    except SystemExit as end:
        code = end.code
    finally:
        if code == CRASHED:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0)  # onnxruntime's own end would wait for a thread of the parent's


def _text(stream: IO[bytes]) -> str:
    stream.seek(0)
    return stream.read().decode()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
