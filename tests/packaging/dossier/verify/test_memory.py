"""Looking at a large PDF takes no more memory than looking at a small one."""

from __future__ import annotations

import os
import tracemalloc
from dataclasses import replace
from pathlib import Path

from PIL import Image

from dossier.model import Dossier
from dossier.package.digest import digest_file
from dossier.package.index import IndexedDocument, IndexedFile, IndexedPage
from dossier.verify.pdf import check_navigation, check_pictures
from dossier.volumes import Making, write_loose
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.verify.conftest import Sealing

PAGES = 80


def test_memory_is_flat(tmp_path: Path, sealing: Sealing, making: Making) -> None:
    picture = tmp_path / "noise.jpg"
    Image.frombytes("RGB", (900, 1200), os.urandom(900 * 1200 * 3)).save(picture, quality=95)
    faces = tuple(
        replace(casefile.face(tmp_path, number), picture=picture, width_px=900, height_px=1200)
        for number in range(1, PAGES + 1)
    )
    dossier: Dossier = sealing.dossier
    built = write_loose(casefile.document("SZ01", "书证", *faces), dossier, tmp_path / "big.pdf", made=making)
    assert built.size > 64 << 20
    digest = digest_file(picture).sha256
    pages = tuple(IndexedPage(face.id, "front", None, "replay", face.original_sha256, digest) for face in faces)
    document = IndexedDocument("SZ01", "书证", None, None, pages)
    file = IndexedFile("big.pdf", False, built.sha256, "", built.size, 0, PAGES, 0, (document,))
    tracemalloc.start()
    try:
        assert list(check_navigation(built.path, file)) == []
        assert list(check_pictures(built.path, file)) == []
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16 << 20
