"""One page from its original to what is known about it: analysed, rendered, read, understood."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import ceil, floor
from pathlib import Path

import numpy as np

from ocr.careful import doubt_disputed
from ocr.engines.choice import reading_engines
from ocr.engines.models import ORIENTATION, locate
from ocr.engines.types import Engine, PageText, Quad
from ocr.errors import PageNotWritten
from ocr.full_width import LineReader, read_again
from ocr.imaging.analyse import analyse
from ocr.imaging.clarity import DEFAULT_CALIBRATION, MarkCalibration
from ocr.imaging.codes import Code, read_codes
from ocr.imaging.evidence import make_evidence
from ocr.imaging.geometry import map_box
from ocr.imaging.load import Loaded, dpi_of_a4, encode_jpeg, load_picture
from ocr.imaging.orientation import RapidOrienter
from ocr.imaging.paper import seal_free
from ocr.imaging.perspective import sheet_view
from ocr.imaging.recipe import propose
from ocr.imaging.render import render
from ocr.imaging.scale import thumbnail
from ocr.imaging.strike_outs import find_strike_outs
from ocr.imaging.types import (
    Box,
    Derivative,
    Mark,
    MarkKind,
    Matrix,
    OpKind,
    Orienter,
    PageAnalysis,
    Picture,
    Recipe,
    StrikeOut,
    Verdict,
    ZoneInk,
)
from ocr.imaging.zones import inspect_zone
from ocr.reading.page import read_page
from ocr.reading.types import LabelledZone, Lexicon, PageReading

JPEG_QUALITY = 85
THUMBNAIL_QUALITY = 80
UNFILLED_DATE = frozenset("年月日 ")
NOT_READ = PageText(engine="", version="", models={}, lines=())


@dataclass(frozen=True)
class PageJob:
    """One page to do. `dpi` and `recipe` are the operator's; None leaves them to the file and to the analysis."""

    original: Path
    out_dir: Path
    stem: str  # of the files written: STEM.jpg, STEM.thumb.jpg
    dpi: int | None
    recipe: Recipe | None
    lexicon: Lexicon
    cuts: MarkCalibration = DEFAULT_CALIBRATION  # of the scanner that took it


@dataclass(frozen=True)
class PageResult:
    """What one page gave. Marks, lines, zones and strike-outs are in pixels of the evidence picture."""

    analysis: PageAnalysis  # of the original, of a camera's the flattened sheet; its marks are in the pixels of that
    recipe: Recipe
    evidence: Path
    width: int
    height: int
    dpi: int
    thumbnail: Path
    text: PageText  # without engine and lines when the page is blank: it was not read then
    reading: PageReading | None  # None when the page is blank
    marks: tuple[Mark, ...]
    zones: tuple[tuple[LabelledZone, ZoneInk], ...]
    original_sha256: str
    seconds: float  # CPU time
    codes: tuple[Code, ...] = ()  # read; proved by nobody yet
    same_coding: bool = False  # the evidence picture has the original's JPEG coefficients: no second generation
    strike_outs: tuple[StrikeOut, ...] = ()


@dataclass(frozen=True)
class PageTools:
    """What holds models in memory."""

    engine: Engine
    orienter: Orienter
    second: Engine | None = None  # its opinion on names and document numbers


@cache
def page_tools() -> PageTools:
    """The default tools, loaded once a process. Raises `ModelMissing`, `ModelAltered`."""
    engine, second = reading_engines()
    return PageTools(engine, RapidOrienter(locate(ORIENTATION)), second)


def process_page(job: PageJob, tools: PageTools | None = None) -> PageResult:
    """Do one page. The same original, recipe and lexicon give the same files and the same result but for `seconds`.

    The files are complete on the disk when this returns. Raises `OcrError`.
    """
    started = time.process_time()
    tools = tools or page_tools()
    loaded = load_picture(job.original)
    height, width = loaded.picture.shape[:2]
    dpi = job.dpi or loaded.dpi or dpi_of_a4(width, height)
    view = _view(job, loaded)
    sheet = render(loaded.picture, dpi, view, Derivative.EVIDENCE)
    analysis = analyse(sheet.picture, sheet.dpi, tools.orienter, job.cuts)
    codes = read_codes(sheet.picture, sheet.dpi)
    recipe = Recipe((*view.ops, *propose(analysis).ops)) if job.recipe is None else job.recipe
    evidence = make_evidence(job.original, loaded, dpi, recipe, JPEG_QUALITY)
    height, width = evidence.picture.shape[:2]
    marks = moved_marks(analysis.marks, sheet.matrix, evidence.matrix)
    sure = [mark for mark in marks if mark.verdict is Verdict.FILLED]
    text, reading = NOT_READ, None
    if not analysis.blank:
        text, reading = read_and_understand(without_marks(evidence.picture, sure), evidence.dpi, job.lexicon, tools)
    seals = [mark.box for mark in sure if mark.kind is MarkKind.SEAL]
    zones = tuple(
        (zone, inspect_zone(evidence.picture, zone.box, evidence.dpi, printed_around(text, zone.box), seals, job.cuts))
        for zone in (reading.zones if reading else ())
    )
    lines = [_upright(line.box) for line in text.lines]
    strike_outs = find_strike_outs(evidence.picture, evidence.dpi, lines, marks, job.cuts)
    return PageResult(
        analysis=analysis,
        recipe=recipe,
        evidence=write_whole(job.out_dir / f"{job.stem}.jpg", evidence.data),
        width=width,
        height=height,
        dpi=evidence.dpi,
        thumbnail=write_whole(
            job.out_dir / f"{job.stem}.thumb.jpg", encode_jpeg(thumbnail(evidence.picture), THUMBNAIL_QUALITY)
        ),
        text=text,
        reading=reading,
        marks=marks,
        zones=zones,
        original_sha256=file_sha256(job.original),
        seconds=time.process_time() - started,
        codes=codes,
        same_coding=evidence.same_coding,
        strike_outs=strike_outs,
    )


def _view(job: PageJob, loaded: Loaded) -> Recipe:
    """What makes the sheet flat before anything is measured on it: as the operator says, else as a camera saw it."""
    if job.recipe is not None:
        return Recipe(tuple(op for op in job.recipe.ops if op.kind in (OpKind.PERSPECTIVE, OpKind.DEWARP)))
    return Recipe(sheet_view(loaded.picture, job.dpi or loaded.dpi))


def read_and_understand(picture: Picture, dpi: int, lexicon: Lexicon, tools: PageTools) -> tuple[PageText, PageReading]:
    """Text and meaning of one upright picture; names and numbers by the best model and by the second engine too."""
    height, width = picture.shape[:2]
    text = tools.engine.read(picture, dpi)
    reading = read_page(text, width, height, dpi, lexicon)
    if isinstance(tools.engine, LineReader):
        text = read_again(text, reading, picture, tools.engine)
        reading = read_page(text, width, height, dpi, lexicon)
    if tools.second is not None:
        text = doubt_disputed(text, reading, picture, dpi, tools.second)
        reading = read_page(text, width, height, dpi, lexicon)
    return text, reading


def moved_marks(marks: Sequence[Mark], seen: Matrix, shown: Matrix) -> tuple[Mark, ...]:
    """Marks found in one rendering of an original in the pixels of another; both matrices map the original to them."""
    onwards = shown @ np.linalg.inv(seen)
    return tuple(replace(mark, box=map_box(onwards, mark.box)) for mark in marks)


def without_marks(picture: Picture, marks: Sequence[Mark]) -> Picture:
    """The picture to read: red taken out where a seal or a print lies over text, red heads (红头) left as they are."""
    if not marks:
        return picture
    readable, plain = picture.copy(), seal_free(picture)
    height, width = plain.shape
    for mark in marks:
        x, y, w, h = mark.box
        rows, columns = slice(max(0, y), min(height, y + h)), slice(max(0, x), min(width, x + w))
        patch = plain[rows, columns]
        readable[rows, columns] = patch if readable.ndim == 2 else patch[:, :, np.newaxis]
    return readable


def printed_around(text: PageText, zone: Box) -> tuple[Box, ...]:
    """Boxes of the print that reaches into a zone for the hand: what stands mostly outside, and an unfilled date."""
    x, y, width, height = zone
    boxes = []
    for line in text.lines:
        unfilled = set(line.text) <= UNFILLED_DATE
        for piece in line.chars or (line,):
            left, top, w, h = _upright(piece.box)
            inside = x <= left + w / 2 < x + width and y <= top + h / 2 < y + height
            if unfilled or not inside:
                boxes.append((left, top, w, h))
    return tuple(boxes)


def _upright(box: Quad) -> Box:
    left, top = min(x for x, _ in box), min(y for _, y in box)
    right, bottom = max(x for x, _ in box), max(y for _, y in box)
    return floor(left), floor(top), ceil(right) - floor(left), ceil(bottom) - floor(top)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_whole(path: Path, data: bytes) -> Path:
    """All of the file or nothing of it, also after a power cut: written beside, synced, renamed, directory synced.

    Raises `PageNotWritten`.
    """
    part = path.with_suffix(f"{path.suffix}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_directory(path.parent)
    except OSError as fault:
        raise PageNotWritten(file=path.name, detail=fault.strerror) from fault
    return path


def _sync_directory(path: Path) -> None:
    directory = os.open(path, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
