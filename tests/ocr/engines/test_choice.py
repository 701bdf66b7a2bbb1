from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ocr.engines.choice import FALLBACK_TRUST, reading_engines
from ocr.engines.models import DETECTION
from ocr.engines.ppocr import PpOcr
from ocr.engines.tesseract import Tesseract
from ocr.errors import ModelAltered, ModelMissing
from tests.ocr.engines.conftest import Draw

MISSING = replace(DETECTION, wheel="no-such-wheel")


def test_the_default_engine_reads_and_tesseract_gives_its_opinion() -> None:
    engine, second = reading_engines()
    assert isinstance(engine, PpOcr)
    assert isinstance(second, Tesseract)


def test_without_its_models_tesseract_reads_and_all_it_reads_is_doubtful(draw: Draw) -> None:
    engine, second = reading_engines(MISSING)
    text = engine.read(draw([(300, 200, "问：你把事情经过如实讲一遍。", 67)], (2480, 500)), 300)
    assert text.engine == "tesseract"
    assert "事情经过" in text.lines[0].text
    assert 0 < text.lines[0].confidence <= FALLBACK_TRUST
    assert second is None


def test_altered_models_are_not_worked_around() -> None:
    with pytest.raises(ModelAltered):
        reading_engines(replace(DETECTION, sha256="0" * 64))


def test_without_any_engine_the_missing_model_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("ocr.engines.tesseract.DATA_FOLDERS", str(tmp_path))
    assert reading_engines()[1] is None
    with pytest.raises(ModelMissing, match="PP-OCRv6_det_small"):
        reading_engines(MISSING)
