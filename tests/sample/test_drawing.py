"""What draw.py leaves in its folder."""

import hashlib
import json
from pathlib import Path

from PIL import Image


def test_faces_are_a4_at_300_dpi_in_colour(drawn):
    for face in drawn.truth["faces"]:
        with Image.open(drawn.folder / face["file"]) as picture:
            assert picture.size == (2480, 3508)
            assert picture.mode == "RGB"
            assert [round(dpi) for dpi in picture.info["dpi"]] == [300, 300]


def test_truth_names_the_hash_of_every_face(drawn):
    for face in drawn.truth["faces"]:
        data = (drawn.folder / face["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == face["sha256"]


def test_no_half_written_file_stays(drawn):
    assert not list(drawn.folder.rglob("*.part"))


def test_a_second_run_does_nothing(drawn, draw):
    before = {path: path.stat().st_mtime_ns for path in drawn.folder.rglob("*.*")}
    done = draw("--out", str(drawn.folder), "--faces", "4,5")
    assert done.returncode == 0
    assert "nothing to do" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in drawn.folder.rglob("*.*")} == before


def test_a_damaged_face_is_drawn_again_to_the_same_bytes(drawn, draw, tmp_path: Path):
    face = drawn.face("005")
    (tmp_path / "faces").mkdir()
    truth = {**drawn.truth, "faces": [face]}
    (tmp_path / "truth.json").write_text(json.dumps(truth), "utf-8")
    (tmp_path / face["file"]).write_bytes((drawn.folder / face["file"]).read_bytes()[:-100])
    done = draw("--out", str(tmp_path), "--faces", "5")
    assert done.returncode == 0, done.stderr
    assert hashlib.sha256((tmp_path / face["file"]).read_bytes()).hexdigest() == face["sha256"]


def test_a_face_that_is_not_there_is_wrong_use(draw, tmp_path: Path):
    done = draw("--out", str(tmp_path), "--faces", "99")
    assert done.returncode == 2
    assert "no face 099" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_list_that_is_no_list_is_wrong_use(draw, tmp_path: Path):
    done = draw("--out", str(tmp_path), "--faces", "one")
    assert done.returncode == 2
    assert "not a list of face numbers" in done.stderr
