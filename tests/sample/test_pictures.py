"""What is seen on the faces agrees with their truth."""

import cv2
import numpy as np
import pytest


def crop(pixels, box):
    x, y, width, height = box
    return pixels[y : y + height, x : x + width].astype(np.int16)


def redness(area):
    return area[:, :, 0] - area[:, :, 1:].max(axis=2)


@pytest.mark.parametrize("face_id", ["004", "008", "017"])
def test_every_line_has_ink_in_its_box(drawn, face_id):
    pixels = drawn.pixels(face_id)
    for line in drawn.face(face_id)["lines"]:
        area = crop(pixels, line["box"])
        assert (area.min(axis=2) < 205).mean() > 0.02, line


def test_ink_outside_all_boxes_is_only_rules(drawn):
    pixels = drawn.pixels("017").min(axis=2)
    ink = (pixels < 150).astype(np.uint8)
    for known in (*drawn.face("017")["lines"], *drawn.face("017")["marks"]):
        x, y, width, height = known["box"]
        ink[max(0, y - 4) : y + height + 4, max(0, x - 4) : x + width + 4] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink)
    solid = [row for row in stats[1:] if row[cv2.CC_STAT_AREA] > 30]
    assert solid, "the record's rules are there"
    assert all(row[cv2.CC_STAT_HEIGHT] <= 8 for row in solid)


def test_seals_and_prints_are_red_and_of_their_size(drawn):
    sizes = {"seal": (40, 44), "fingerprint": (14, 26)}  # mm
    seen = set()
    for face_id in ("004", "008", "017"):
        for mark in drawn.face(face_id)["marks"]:
            if mark["kind"] not in sizes:
                continue
            seen.add(mark["kind"])
            least, most = sizes[mark["kind"]]
            assert all(least <= side / 300 * 25.4 <= most for side in mark["box"][2:]), mark
            assert (redness(crop(drawn.pixels(face_id), mark["box"])) > 40).mean() > 0.06, mark
    assert seen == {"seal", "fingerprint"}


def test_the_blank_back_shows_only_a_faint_seal(drawn):
    face = drawn.face("005")
    assert face["blank"]
    assert face["side"] == "back"
    assert face["lines"] == face["marks"] == face["zones"] == []
    pixels = drawn.pixels("005")
    assert cv2.GaussianBlur(pixels, (0, 0), 2).min() > 200
    seal = next(mark for mark in drawn.face("004")["marks"] if mark["kind"] == "seal")
    x, y, width, height = seal["box"]
    through = redness(crop(cv2.GaussianBlur(pixels, (0, 0), 3), (2480 - x - width, y, width, height)))
    assert through.max() > redness(crop(cv2.GaussianBlur(pixels, (0, 0), 3), (200, 2900, 400, 400))).max() + 2


def test_the_skewed_face_is_straight_after_turning_it_back(drawn):
    assert drawn.face("013")["skew_deg"] == 2.3
    ink = (drawn.pixels("013").min(axis=2) < 140).astype(np.float32)

    def contrast_of_rows(turn):
        matrix = cv2.getRotationMatrix2D((1239.5, 1753.5), turn, 1.0)
        return float(cv2.warpAffine(ink, matrix, (2480, 3508)).sum(axis=1).var())

    turns = (-2.8, -2.3, -1.8, 0.0, 2.3)
    assert max(turns, key=contrast_of_rows) == -2.3


def test_the_missing_signature_is_missing_and_the_others_are_there(drawn):
    [planted] = drawn.truth["planted"]
    assert planted == {"defect": "missing-signature", "face": "008", "label": "被取保候审人（签名、捺指印）"}
    for face_id in ("008", "017"):
        pixels = drawn.pixels(face_id)
        for zone in drawn.face(face_id)["zones"]:
            x, y, width, height = zone["box"]
            ink_mm2 = (crop(pixels, (x, y + height // 4, width, height // 2)).min(axis=2) < 120).sum() / (
                300 / 25.4
            ) ** 2
            if (face_id, zone["label"]) == (planted["face"], planted["label"]):
                assert not zone["signed"]
                assert not zone["printed"]
                assert ink_mm2 == 0
            else:
                assert zone["signed"]
                assert ink_mm2 > 5
