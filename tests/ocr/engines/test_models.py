from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from ocr.engines.models import DETECTION, ORIENTATION, RECOGNITION, Model, check, find_extra, locate
from ocr.errors import ModelAltered, ModelMissing


@pytest.mark.parametrize("model", [DETECTION, RECOGNITION, ORIENTATION], ids=lambda model: model.name)
def test_the_pinned_models_lie_in_the_wheels(model: Model) -> None:
    assert locate(model).suffix == ".onnx"


def test_the_wheels_code_is_not_run() -> None:
    script = (
        "import sys; from ocr.engines.models import *; locate(DETECTION); locate(ORIENTATION);"
        "sys.exit(any(name.startswith('rapid') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_a_wheel_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelMissing, match="PP-OCRv6_det_small"):
        locate(replace(DETECTION, wheel="no-such-wheel"))


def test_a_file_that_is_not_in_the_wheel_is_named() -> None:
    with pytest.raises(ModelMissing):
        locate(replace(DETECTION, file="rapidocr/models/none.onnx"))


def test_one_changed_byte_is_refused_even_after_a_good_check(tmp_path: Path) -> None:
    copy = tmp_path / "model.onnx"
    data = bytearray(locate(ORIENTATION).read_bytes())
    copy.write_bytes(data)
    check(copy, ORIENTATION)
    data[len(data) // 2] ^= 1
    copy.write_bytes(data)
    os.utime(copy, ns=(1, 1))
    with pytest.raises(ModelAltered):
        check(copy, ORIENTATION)


def test_a_model_one_can_do_without_is_taken_only_whole(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = locate(ORIENTATION).read_bytes()
    extra = replace(ORIENTATION, wheel="", file="extra.onnx")
    folders = [tmp_path / "local", tmp_path / "system"]
    for folder in folders:
        folder.mkdir()
    assert find_extra(extra, folders) is None
    (folders[0] / "extra.onnx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert find_extra(extra, folders) is None
    assert "not the one that was tested" in caplog.text
    (folders[1] / "extra.onnx").write_bytes(data)
    assert find_extra(extra, folders) == (extra, folders[1] / "extra.onnx")
