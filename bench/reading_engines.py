"""One reading engine in a process of its own, on one thread: CPU time, memory and text of each page.

    python bench/reading_engines.py ENGINE < pages.jsonl

Each line of the input names a picture and its dpi; each line of the output has the text read and the CPU seconds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

import cv2

from ocr.imaging.types import Picture

Read = Callable[[Picture, int], list[str]]


def juanzong() -> Read:
    """Names and numbers read twice, without the second engine's opinion."""
    from ocr.engines.models import ORIENTATION, locate
    from ocr.engines.ppocr import PpOcr
    from ocr.imaging.orientation import RapidOrienter
    from ocr.pipeline import PageTools, read_and_understand
    from ocr.reading.types import Lexicon

    tools = PageTools(PpOcr(), RapidOrienter(locate(ORIENTATION)))
    lexicon = Lexicon(kinds=())
    return lambda picture, dpi: [line.text for line in read_and_understand(picture, dpi, lexicon, tools)[0].lines]


def juanzong_and_second() -> Read:
    """The same with Tesseract's opinion on names and document numbers: what the station does."""
    from ocr.pipeline import page_tools, read_and_understand
    from ocr.reading.types import Lexicon

    tools, lexicon = page_tools(), Lexicon(kinds=())
    return lambda picture, dpi: [line.text for line in read_and_understand(picture, dpi, lexicon, tools)[0].lines]


def rapidocr(**settings: Any) -> Read:
    """RapidOCR with its line classifier off, which turns upright lines over; on one thread."""
    from rapidocr import RapidOCR

    engine = RapidOCR(
        params={
            "Global.use_cls": False,
            "Global.log_level": "error",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            **settings,
        }
    )
    return lambda picture, _: list(engine(picture).txts or ())


def tesseract() -> Read:
    from ocr.engines.tesseract import Tesseract

    engine = Tesseract()
    return lambda picture, dpi: [line.text for line in engine.read(picture, dpi).lines]


ENGINES: dict[str, Callable[[], Read]] = {
    "juanzong": juanzong,
    "juanzong + second opinion": juanzong_and_second,
    "RapidOCR": rapidocr,
    "RapidOCR, 1280 px, lines singly": lambda: rapidocr(**{"Global.max_side_len": 1280, "Rec.rec_batch_num": 1}),
    "Tesseract": tesseract,
}


def cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def main() -> None:
    os.environ["OMP_THREAD_LIMIT"] = "1"
    cv2.setNumThreads(1)
    read = ENGINES[sys.argv[1]]()
    warm = False
    for line in sys.stdin:
        page = json.loads(line)
        picture = cv2.imread(page["picture"], cv2.IMREAD_COLOR)
        if not warm:  # the first call also sets up what later ones use again
            read(picture[:800], page["dpi"])
            warm = True
        started = cpu_seconds()
        text = read(picture, page["dpi"])
        seconds = cpu_seconds() - started
        rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"text": text, "cpu_s": seconds, "rss_mb": rss_mb}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
