"""Leptonica's own skew functions on its own binarisation at full resolution (ctypes, liblept5)."""

from __future__ import annotations

import ctypes
from ctypes import POINTER, byref, c_float, c_int32, c_size_t, c_void_p
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

SEVERITY_NONE = 6
MIN_CONFIDENCE = 3.0  # Leptonica's pixDeskew leaves a page as it is below this
REDUCTIONS = (4, 2)  # of sweep and search, as pixFindSkew has them
SWEEP_STEP_DEG, FINEST_DEG = 1.0, 0.01


@cache
def library() -> ctypes.CDLL:
    lib = ctypes.CDLL("liblept.so.5")
    lib.pixReadMem.argtypes, lib.pixReadMem.restype = [ctypes.c_char_p, c_size_t], c_void_p
    lib.pixDestroy.argtypes, lib.pixDestroy.restype = [POINTER(c_void_p)], None
    floats = [POINTER(c_float), POINTER(c_float)]
    lib.pixFindSkew.argtypes = [c_void_p, *floats]
    lib.pixFindSkewSweepAndSearch.argtypes = [c_void_p, *floats, c_int32, c_int32, c_float, c_float, c_float]
    lib.setMsgSeverity(SEVERITY_NONE)
    return lib


def default_skew(gray: NDArray[np.uint8]) -> float | None:
    """pixFindSkew: within 7 degrees; None below the confidence that pixDeskew asks for."""
    return _find(gray, None)


def wide_skew(gray: NDArray[np.uint8]) -> float | None:
    """The same search within 15 degrees."""
    return _find(gray, 15.0)


def _find(gray: NDArray[np.uint8], range_deg: float | None) -> float | None:
    """Counter-clockwise degrees."""
    lib = library()
    _, paper = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    height, width = gray.shape
    pbm = b"P4\n%d %d\n" % (width, height) + np.packbits(paper == 0, axis=1).tobytes()
    pix = c_void_p(lib.pixReadMem(pbm, len(pbm)))
    angle, confidence = c_float(), c_float()
    if range_deg is None:
        failed = lib.pixFindSkew(pix, byref(angle), byref(confidence))
    else:
        search = (*REDUCTIONS, range_deg, SWEEP_STEP_DEG, FINEST_DEG)
        failed = lib.pixFindSkewSweepAndSearch(pix, byref(angle), byref(confidence), *search)
    lib.pixDestroy(byref(pix))
    return None if failed or confidence.value < MIN_CONFIDENCE else angle.value
