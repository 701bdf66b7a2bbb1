"""CPU of a whole page without reading: ours on two processes, OCRmyPDF's deskew and clean beside it in the same run.

    bench/setup && bench/.venv/bin/python bench/page_speed.py [--pages N] [--times N] [--peer-pages N] [--former TREE]

A page is loaded, analysed (with marks), rendered as evidence and encoded (JPEG quality 85, 4:4:4). A4, 300 dpi, colour,
each skewed by about a degree; as the JPEG of a production scanner and as the PNG of our scanner worker. Prints the
table of docs/benchmarks.md; times are CPU milliseconds a page, images a second what two cores give at that. Of several
times over the same page the least counts: a processor that others use too takes longer for the same work. With --former
(the root of an older checkout) the code of both takes turns on every page, one process each, and the ratio is printed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from pageset.page import draw
from pageset.styles import HELDOUT

from drivers.scanners.png import PngWriter
from ocr.engines.models import ORIENTATION, locate
from ocr.imaging.analyse import analyse
from ocr.imaging.evidence import make_evidence
from ocr.imaging.load import dpi_of_a4, encode_jpeg, load_picture
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.recipe import propose

STYLES = ("bureau-letter", "old-form", "own-hand", "statement-of-account")
STAGES = ("load", "analyse", "render and encode")
CORES = 2
SERVE = "--serve"  # what a process is started with that takes pages from its standard input
WANTED = 280 / 60  # images a second of a 280-image-a-minute duplex scanner


def main() -> None:
    parser = argparse.ArgumentParser(description="CPU of a whole page without reading.")
    parser.add_argument("--pages", type=int, default=8, help="pages of ours")
    parser.add_argument("--times", type=int, default=1, help="over each page of ours")
    parser.add_argument("--former", type=Path, help="root of an older checkout to compare with, instead of OCRmyPDF")
    parser.add_argument("--peer-pages", type=int, default=2, help="pages of OCRmyPDF, which takes its time")
    parser.add_argument("--ocrmypdf", type=Path, default=Path(sys.executable).with_name("ocrmypdf"), help="its program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        jpegs, pngs = drawn(Path(folder), options.pages)
        if options.former:
            compare({"JPEG": jpegs, "PNG of our scanner worker": pngs}, options.former, options.times)
            return
        peer = ocrmypdf_seconds(options.ocrmypdf, jpegs[: options.peer_pages]) if options.peer_pages else None
        print("| original | " + " | ".join(STAGES) + " | together | images/s on 2 cores | OCRmyPDF, times ours |")
        print("|---|" + "---|" * (len(STAGES) + 3))
        for name, files in (("JPEG", jpegs), ("PNG of our scanner worker", pngs)):
            spent = ours(files, options.times)
            total = sum(spent)
            stages = " | ".join(f"{1000 * seconds:.0f}" for seconds in spent)
            times = f"{peer / total:.0f}" if peer else "not run"
            print(f"| {name} | {stages} | {1000 * total:.0f} | {CORES / total:.2f} | {times} |")
        print(f"\nWanted: {WANTED:.2f} images/s.")
        if peer:
            print(f"OCRmyPDF --deskew --clean: {peer:.1f} CPU seconds a page.")


def drawn(folder: Path, count: int) -> tuple[list[Path], list[Path]]:
    """The same pages as JPEG and as PNG."""
    styles = [style for style in HELDOUT if style.name in STYLES]
    jpegs, pngs = [], []
    for index in range(count):
        style = styles[index % len(styles)]
        picture = draw(style, 100 + index, skew_deg=1.3 if index % 2 else -0.8).picture
        jpegs.append(folder / f"{index}.jpg")
        jpegs[-1].write_bytes(encode_jpeg(picture, 85, "420"))
        pngs.append(folder / f"{index}.png")
        width = picture.shape[1]
        with pngs[-1].open("wb") as stream:
            writer = PngWriter(stream, width=width, channels=3, depth=8, dpi=300)
            writer.write(np.ascontiguousarray(picture[:, :, ::-1]).tobytes(), 3 * width)
            writer.finish()
    return jpegs, pngs


def ours(files: Sequence[Path], times: int) -> list[float]:
    """CPU seconds a page of each stage, two processes at work."""
    with ProcessPoolExecutor(CORES, multiprocessing.get_context("spawn"), _warm) as pool:
        spent = np.array([list(pool.map(_page, files)) for _ in range(times)])
    return [float(seconds) for seconds in spent.min(axis=0).mean(axis=0)]


def compare(files: dict[str, Sequence[Path]], former: Path, times: int) -> None:
    """Print CPU milliseconds a page of each stage by the former code and by this, and their ratio."""
    trees = (former, Path(__file__).parents[1])
    print("| original | code | " + " | ".join(STAGES) + " | together |")
    print("|---|---|" + "---|" * (len(STAGES) + 1))
    for name, pages in files.items():
        before, now = (np.append(spent, spent.sum()) for spent in in_turn(pages, trees, times))
        for code, figures, digits in (
            ("former", 1000 * before, 0),
            ("this", 1000 * now, 0),
            ("ratio", now / before, 2),
        ):
            print(f"| {name} | {code} | {' | '.join(f'{figure:.{digits}f}' for figure in figures)} |")


def in_turn(files: Sequence[Path], trees: Sequence[Path], times: int) -> NDArray[np.float64]:
    """(trees, stages) CPU seconds a page."""
    with ExitStack() as stack:
        command, pipe = [sys.executable, __file__, SERVE], subprocess.PIPE
        workers = [
            stack.enter_context(subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=_importing(tree)))
            for tree in trees
        ]
        spent = [[[_ask(worker, file) for worker in workers] for _ in range(times)] for file in files]
    return np.asarray(np.array(spent).min(axis=1).mean(axis=0), np.float64)


def _importing(tree: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(tree)}


def _ask(worker: subprocess.Popen[str], file: Path) -> list[float]:
    print(file, file=worker.stdin, flush=True)
    answer: list[float] = json.loads(next(iter(worker.stdout or ())))
    return answer


def serve() -> None:
    """Pages by name from the standard input, one a line; their times to the standard output."""
    _warm()
    for line in sys.stdin:
        print(json.dumps(_page(Path(line.rstrip("\n")))), flush=True)


_orienter: RapidOrienter


def _warm() -> None:
    global _orienter
    cv2.setNumThreads(1)
    _orienter = RapidOrienter(locate(ORIENTATION))
    analyse(np.full((3508, 2480, 3), 255, np.uint8), 300, _orienter)


def _page(path: Path) -> list[float]:
    times = [time.process_time()]
    loaded = load_picture(path)
    times.append(time.process_time())
    dpi = loaded.dpi or dpi_of_a4(*loaded.picture.shape[1::-1])
    analysis = analyse(loaded.picture, dpi, _orienter)
    times.append(time.process_time())
    make_evidence(path, loaded, dpi, propose(analysis))
    times.append(time.process_time())
    return [float(seconds) for seconds in np.diff(times)]


def ocrmypdf_seconds(program: Path, files: Sequence[Path]) -> float:
    """CPU seconds a page, without OCR."""
    wishes = ["--deskew", "--clean", "--clean-final", "--tesseract-timeout", "0", "--output-type", "pdf"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for file in files:
        command = [program, *wishes, "--image-dpi", "300", "--jobs", "1", "--quiet", file, file.with_suffix(".pdf")]
        subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / len(files)


if __name__ == "__main__":
    serve() if sys.argv[1:] == [SERVE] else main()
