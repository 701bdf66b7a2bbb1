"""The evidence picture as a file: the original's own coding wherever nothing but a quarter turn is asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import simplejpeg

from ocr.errors import JpegNotTurned
from ocr.imaging.jpeg_turn import quarter_turn, turn_jpeg
from ocr.imaging.load import Loaded, encode_jpeg
from ocr.imaging.render import render
from ocr.imaging.types import Derivative, Matrix, Picture, Recipe


@dataclass(frozen=True)
class Evidence:
    """A JPEG and the picture it decodes to; `matrix` maps pixels of the original to it."""

    data: bytes
    picture: Picture
    dpi: int
    matrix: Matrix
    same_coding: bool  # the original's coefficients: no second generation


def make_evidence(original: Path, loaded: Loaded, dpi: int, recipe: Recipe, quality: int = 85) -> Evidence:
    """Render the evidence picture of an original (the file `loaded` came from) and encode it, `quality` 1 to 100.

    A JPEG original that needs no more than a quarter turn keeps its coding (see `turn_jpeg`); one of a kind that cannot
    be turned so, and every other original, is encoded anew, 4:4:4.
    Raises LibraryMissing (no jpegtran), ValueError (impossible recipe).
    """
    turn = quarter_turn(recipe) if loaded.format == "JPEG" else None
    if turn is not None:
        try:
            turned = turn_jpeg(original.read_bytes(), turn)
        except JpegNotTurned:  # CMYK, lossless coding and the like: rendered as any other picture
            pass
        else:
            picture = simplejpeg.decode_jpeg(turned.data, "BGR") if turn else loaded.picture
            return Evidence(turned.data, picture, dpi, turned.matrix, same_coding=True)
    rendered = render(loaded.picture, dpi, recipe, Derivative.EVIDENCE)
    data = encode_jpeg(rendered.picture, quality, "444", rendered.dpi)
    return Evidence(data, rendered.picture, rendered.dpi, rendered.matrix, same_coding=False)
