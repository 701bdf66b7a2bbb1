"""Picture files as a pile of paper for SANE's `pnm` backend (training and tests)."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from drivers.scanners.options import SettingError
from drivers.scanners.types import FaultCode, Mode

MAX_PIXELS = 200_000_000  # A3 at 1,200 dpi is 278 million; at 600 dpi 70 million
_FORMATS = ("PNG", "PPM", "JPEG")
_PILLOW_MODES = {Mode.COLOR: "RGB", Mode.GRAY: "L", Mode.BW: "1"}


@contextlib.contextmanager
def as_pnm(picture: Path, mode: Mode, folder: Path) -> Iterator[Path]:
    """A temporary PNM of the picture in `folder`, in the mode asked as a scanner would give it (1-bit: threshold).

    Pixels of a picture already in that mode stay as they are. Raises SettingError for a file that is no whole PNG,
    PNM or JPEG or is too large, OSError when `folder` cannot be written.
    """
    try:
        image = _load(picture, mode)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise SettingError(FaultCode.INVALID_SETTING, f"feed {picture.name}: {error}") from error
    with tempfile.NamedTemporaryFile(suffix=".pnm", prefix="feed-", dir=folder) as temporary:
        image.save(temporary, format="PPM")
        temporary.flush()
        yield Path(temporary.name)


def _load(picture: Path, mode: Mode) -> Image.Image:
    with Image.open(picture, formats=_FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{image.width} x {image.height} pixels; at most {MAX_PIXELS // 1_000_000} million")
        if image.mode.startswith("I"):
            raise ValueError("16 bits a sample; the pnm backend takes 8")
        wanted = _PILLOW_MODES[mode]
        if mode is Mode.BW and image.mode != wanted:
            return image.convert("L").convert(wanted, dither=Image.Dither.NONE)
        return image.convert(wanted)  # a copy where the picture is in that mode already
