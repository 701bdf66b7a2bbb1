"""A volume of 120 MB is signed and judged in the memory a small one takes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from signing.training import TrainingPki

MIB = 1 << 20
PICTURES = 12

SCRIPT = """
import datetime, json, re, sys
from pathlib import Path
from signing.keys.pkcs12 import open_pkcs12
from signing.pdf import sign_pdf
from signing.trust import load_anchors
from signing.validate import validate_pdf

def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024

small, large, p12, password, root, now = sys.argv[1:]
now = datetime.datetime.fromisoformat(now)
signer, anchors = open_pkcs12(Path(p12), password), load_anchors([Path(root)])

def work(source):
    target = Path(source + ".signed")
    sign_pdf(Path(source), target, signer, reason="r", location="l", now=now)
    (report,) = validate_pdf(target, anchors, now=now)
    assert report.ok, report.problems
    return peak()

print(json.dumps([work(small), work(large)]))
"""


def _write_volume(path: Path, pictures: int) -> None:
    """A PDF of one page and `pictures` streams of 10 MiB, written without holding it."""
    offsets = []
    with path.open("wb") as file:

        def add(*parts: bytes) -> None:
            offsets.append(file.tell())
            file.write(b"%d 0 obj\n" % len(offsets))
            for part in parts:
                file.write(part)
            file.write(b"\nendobj\n")

        file.write(b"%PDF-1.7\n")
        add(b"<</Type/Catalog/Pages 2 0 R>>")
        add(b"<</Type/Pages/Kids[3 0 R]/Count 1>>")
        add(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]>>")
        for _ in range(pictures):
            add(b"<</Length %d>>\nstream\n" % (10 * MIB), bytes(10 * MIB), b"\nendstream")
        table = file.tell()
        file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1))
        file.writelines(b"%010d 00000 n \n" % offset for offset in offsets)
        file.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, table))


@pytest.mark.timeout(120)
def test_memory_does_not_grow_with_the_volume(pki: TrainingPki, now: object, tmp_path: Path) -> None:
    small, large = tmp_path / "small.pdf", tmp_path / "large.pdf"
    _write_volume(small, 0)
    _write_volume(large, PICTURES)
    assert large.stat().st_size > 120 * MIB
    arguments = [small, large, pki.station_p12, pki.station_password, pki.root_path, str(now)]
    run = subprocess.run([sys.executable, "-c", SCRIPT, *map(str, arguments)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    base, peak = json.loads(run.stdout)
    assert peak < base + 64
