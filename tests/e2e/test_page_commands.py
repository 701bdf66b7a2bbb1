"""`juanzong page`: single pictures, no station; the keys are a contract."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from clerk import juanzong

from ocr.imaging.load import load_picture
from ocr.imaging.skew import estimate_skew
from tests.rigs.camera_sheet import camera_picture, corners


def test_inspect_measures_each_picture_in_order(sample: Path, tmp_path: Path) -> None:
    truth = json.loads((sample / "truth.json").read_text("utf-8"))
    faces = [
        next(face for face in truth["faces"] if abs(face["skew_deg"]) > 2),
        next(face for face in truth["faces"] if face["turned_cw_deg"] == 180),
        next(face for face in truth["faces"] if face["blank"]),
    ]
    ran = juanzong(tmp_path / "home", "page", "inspect", *(sample / face["file"] for face in faces))
    assert ran.code == 0, ran.err
    skewed, turned, blank = (json.loads(line) for line in ran.out.splitlines())
    wanted = {
        "file",
        "skew_deg",
        "skew_confidence",
        "orientation_deg",
        "blank",
        "blank_score",
        "sharpness",
        "dpi",
        "marks",
    }
    assert wanted <= skewed.keys()
    assert abs(skewed["skew_deg"] - faces[0]["skew_deg"]) < 0.1
    assert (turned["orientation_deg"], turned["marks"][0]["kind"]) == (180, "seal")
    assert (blank["blank"], blank["skew_deg"], blank["dpi"]) == (True, None, 300)
    assert not (tmp_path / "home").exists()


def test_clean_straightens_and_leaves_the_original(sample: Path, tmp_path: Path) -> None:
    truth = json.loads((sample / "truth.json").read_text("utf-8"))
    face = sample / next(face["file"] for face in truth["faces"] if abs(face["skew_deg"]) > 2)
    before = face.read_bytes()
    ran = juanzong(tmp_path, "page", "clean", face, "-o", tmp_path / "clean.jpg", "--json")
    assert ran.code == 0, ran.err
    cleaned = load_picture(tmp_path / "clean.jpg")
    skew = estimate_skew(cleaned.picture, cleaned.dpi or 0)
    assert skew.deg is not None
    assert abs(skew.deg) < 0.1
    assert face.read_bytes() == before


def test_the_sheet_under_a_camera_is_found_and_made_flat(tmp_path: Path) -> None:
    photo, flat = tmp_path / "photo.png", tmp_path / "flat.jpg"
    cv2.imwrite(str(photo), camera_picture())
    seen = json.loads(juanzong(tmp_path, "page", "inspect", photo).out)
    assert (seen["sheet"]["width_mm"], seen["sheet"]["height_mm"], seen["sheet"]["curled"]) == (297, 210, False)
    found, drawn = np.array(seen["sheet"]["corners"]), corners()
    assert all(np.hypot(*(drawn - corner).T).min() < 8 for corner in found)  # 1.5 mm
    assert seen["orientation_deg"] in (90, 270)
    ran = juanzong(tmp_path, "page", "clean", photo, "-o", flat, "--derivative", "evidence")
    assert ran.code == 0, ran.err
    cleaned = load_picture(flat)
    height, width = cleaned.picture.shape[:2]
    assert abs(width / height - 210 / 297) < 0.01
    assert any("执行拘留" in line for line in juanzong(tmp_path, "page", "read", "--text", flat).out.splitlines())


def test_read_gives_lines_with_engine_and_model_hashes(sample: Path, tmp_path: Path) -> None:
    face = sample / "faces" / "003.png"
    read = json.loads(juanzong(tmp_path, "page", "read", face).out)
    assert read.keys() == {"file", "engine", "models", "lines"}
    assert all(len(digest) == 64 for digest in read["models"].values())
    assert "chi_sim" in read["models"]  # asked about its names and numbers, as in a case
    line = read["lines"][0]
    assert (line["text"], len(line["box"])) == ("受案回执", 4)
    assert "".join(char["text"] for char in line["chars"]) == line["text"]
    assert juanzong(tmp_path, "page", "read", "--text", face).out.splitlines()[0] == "受案回执"


def test_what_is_no_picture_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_text("text")
    ran = juanzong(tmp_path, "page", "read", tmp_path / "a.png")
    assert ran.code == 1
    assert "no picture this station takes" in ran.err
