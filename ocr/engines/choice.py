"""Which engines read: the default one, or the fallback where the default's models are not on the machine."""

from __future__ import annotations

import logging

from ocr.engines.models import DETECTION, FIRST_PASS, RECOGNITION, Model, find_extra, locate
from ocr.engines.ppocr import PpOcr
from ocr.engines.tesseract import ONE_BLOCK, Tesseract
from ocr.engines.types import Engine
from ocr.errors import EngineMissing, ModelMissing

FALLBACK_TRUST = 0.8  # below the cut at which a person is asked: all that the fallback reads is asked

log = logging.getLogger(__name__)


def reading_engines(detection: Model = DETECTION) -> tuple[Engine, Engine | None]:
    """The engine that reads pages, and another one for a second opinion on single lines, if there is one.

    PP-OCR, and Tesseract for the opinion where it is installed. Without PP-OCR's models Tesseract alone, whose results
    say so and are all doubtful. Results name the models that were asked.
    Raises `ModelAltered` (altered models are never worked around) and, when neither engine is there, `ModelMissing`.
    """
    try:
        engine = PpOcr(detection, first_pass=find_extra(FIRST_PASS))
    except ModelMissing as missing:
        return _fallback(missing), None
    try:
        return engine, Tesseract(layout=ONE_BLOCK)
    except EngineMissing as missing:
        log.warning("%s Names and numbers are read by one engine only.", missing)
        return engine, None


def check_engines() -> None:
    """Find out without loading anything whether pages can be read. Raises what `reading_engines` does."""
    try:
        for model in (DETECTION, RECOGNITION):
            locate(model)
    except ModelMissing as missing:
        _fallback(missing)


def _fallback(missing: ModelMissing) -> Tesseract:
    try:
        engine = Tesseract(trust=FALLBACK_TRUST)
    except EngineMissing:
        raise missing from None
    log.warning("%s Reading with Tesseract instead: everything it reads is asked.", missing)
    return engine
