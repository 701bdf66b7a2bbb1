"""Picture files as a pile of paper for SANE's `pnm` backend (training and tests).

The backend knows 8 bits a sample only. A picture of 16 goes through it as one of twice the width, two bytes a sample in
the machine's order, which is what a scanner of 16 bits sends; `Batch` reads it as that.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
from PIL import Image, ImageFile

from drivers.scanners.options import SettingError
from drivers.scanners.types import FaultCode, Mode, ScanSettings

MAX_PIXELS = 200_000_000  # A3 at 1,200 dpi is 278 million; at 600 dpi 70 million
_FORMATS = ("PNG", "PPM", "JPEG")
_PILLOW_MODES = {Mode.COLOR: "RGB", Mode.GRAY: "L", Mode.BW: "1"}
_PNG_DEPTH_AT = 24  # the bit depth's place in the file: signature 8, chunk head 8, width and height 8


@contextlib.contextmanager
def as_pnm(picture: Path, settings: ScanSettings, folder: Path) -> Iterator[Path]:
    """A temporary PNM of the picture in `folder`, in the mode asked as a scanner would give it (1-bit: threshold).

    Pixels of a picture already in that mode stay as they are. Raises SettingError for a file that is no whole PNG,
    PNM or JPEG, is too large or has another depth than asked, OSError when `folder` cannot be written.
    """
    with tempfile.NamedTemporaryFile(suffix=".pnm", prefix="feed-", dir=folder) as temporary:
        try:
            image = _load(picture, settings)
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            raise SettingError(FaultCode.INVALID_SETTING, f"feed {picture.name}: {error}") from error
        image.save(temporary, format="PPM")
        temporary.flush()
        yield Path(temporary.name)


def _load(picture: Path, settings: ScanSettings) -> Image.Image:
    deep = settings.depth == 16
    with picture.open("rb") as stream, Image.open(stream, formats=_FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{image.width} x {image.height} pixels; at most {MAX_PIXELS // 1_000_000} million")
        if _is_deep(image, stream) != deep:
            raise ValueError(f"{8 if deep else 16} bits a sample where {16 if deep else 8} are asked")
        if not deep:
            return _convert(image, settings.mode)
    return _two_bytes_a_sample(picture, settings.mode)


def _is_deep(image: ImageFile.ImageFile, stream: BinaryIO) -> bool:
    """Whether the file has 16 bits a sample. Pillow opens 16-bit colour as 8-bit and does not say so."""
    if image.format == "PNG":
        at = stream.tell()
        stream.seek(_PNG_DEPTH_AT)
        depth = stream.read(1)
        stream.seek(at)
        return depth == b"\x10"
    if image.format != "PPM":
        return False
    arguments = image.tile[0].args  # of the 8-bit and 16-bit decoder: (raw mode, highest value)
    return image.mode.startswith("I") or (isinstance(arguments, tuple) and arguments[-1] > 255)


def _convert(image: Image.Image, mode: Mode) -> Image.Image:
    wanted = _PILLOW_MODES[mode]
    if mode is Mode.BW and image.mode != wanted:
        return image.convert("L").convert(wanted, dither=Image.Dither.NONE)
    return image.convert(wanted)  # a copy where the picture is in that mode already


def _two_bytes_a_sample(picture: Path, mode: Mode) -> Image.Image:
    """The picture of 16 bits a sample as an 8-bit one twice as wide."""
    import cv2  # here, as the worker of a real scanner should not wait for it

    flag = cv2.IMREAD_COLOR_RGB if mode is Mode.COLOR else cv2.IMREAD_GRAYSCALE
    samples = cv2.imread(str(picture), flag | cv2.IMREAD_ANYDEPTH)
    if samples is None or samples.dtype != np.uint16:
        raise ValueError("the picture is broken")
    height, width = samples.shape[:2]
    shape = (height, 2 * width, 3) if mode is Mode.COLOR else (height, 2 * width)
    return Image.fromarray(np.ascontiguousarray(samples).view(np.uint8).reshape(shape))
