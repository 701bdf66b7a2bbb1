"""The colour profile, the object writer and the memory they need."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pypdf
import pytest
from PIL import Image, ImageCms

from dossier.volumes.colour import srgb_profile
from dossier.volumes.navigation import page_labels
from dossier.volumes.pdf import PdfWriter, dictionary, number

ROOT = Path(__file__).parents[4]
_MEASURE = """
import resource, sys
from dataclasses import replace
from pathlib import Path
from dossier.volumes import write_volume
from tests.packaging.dossier.volumes import samples

folder, pages = Path(sys.argv[1]), int(sys.argv[2])
face = samples.make_face(folder, "1")
def volume(count):
    tens = [[replace(face, id=f"{ten}-{i}") for i in range(10)] for ten in range(count // 10)]
    return samples.make_volume([samples.make_document(str(i), "讯问笔录", faces) for i, faces in enumerate(tens)])
def peak(count):
    made = volume(count)
    write_volume(made, samples.make_dossier(made), folder / "v.pdf", made=samples.make_making())
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(peak(20), peak(pages))
"""


def test_our_srgb_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    colours = np.random.default_rng(1).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    turned = ImageCms.profileToProfile(Image.fromarray(colours), ours, ImageCms.createProfile("sRGB"))
    assert turned is not None
    assert np.abs(np.asarray(turned, dtype=int) - colours).max() <= 2
    assert srgb_profile()[8:12] == b"\x02\x10\x00\x00"


def test_the_writer_refuses_to_leave_holes() -> None:
    pdf = PdfWriter(io.BytesIO())
    hole = pdf.reserve()
    root = pdf.put(dictionary({"Type": b"/Catalog"}))
    with pytest.raises(ValueError, match=f"object {hole}"):
        pdf.finish(root, root)


def test_an_object_is_written_once() -> None:
    pdf = PdfWriter(io.BytesIO())
    index = pdf.put(b"null")
    with pytest.raises(ValueError, match="already"):
        pdf.put(b"null", at=index)


def test_a_stream_cut_short_is_noticed() -> None:
    with pytest.raises(EOFError):
        PdfWriter(io.BytesIO()).copy_stream({}, io.BytesIO(b"12345"), 6)


@pytest.mark.parametrize(
    ("value", "written"),
    [(12, b"12"), (12.0, b"12"), (0.5, b"0.5"), (-3.14159, b"-3.1416"), (1e-7, b"0"), (-1e-7, b"0")],
)
def test_numbers_have_no_exponent(value: float, written: bytes) -> None:
    assert number(value) == written


def test_labels_follow_gaps_and_blank_faces() -> None:
    tree = page_labels(2, ("1", "2", "2空白1", "3", "5"), 1)
    assert tree.count(b"<<") == 1 + 6
    assert b"/St 5" in tree
    assert page_labels(0, ("1", "2"), 0).count(b"<<") == 2


def test_memory_is_flat_in_the_number_of_pages(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _MEASURE, str(tmp_path), "600"]
    few, many = map(int, subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout.split())
    assert len(pypdf.PdfReader(tmp_path / "v.pdf").pages) > 600
    assert many - few <= 16
