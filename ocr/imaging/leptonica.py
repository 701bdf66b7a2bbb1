"""Leptonica's skew search through ctypes (Debian package liblept5, which tesseract-ocr needs anyway)."""

from __future__ import annotations

import ctypes
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ocr.errors import LibraryMissing

LIBRARY = "liblept.so.5"
SEVERITY_NONE = 6  # L_SEVERITY_NONE: the library would print "skew angle not found" on every photo
SWEEP_REDUCTION, SEARCH_REDUCTION = 2, 1  # of a 150 dpi page: what 4 and 2 are to one of 300 dpi
SWEEP_DELTA_DEG = 1.0
SMALLEST_DELTA_DEG = 0.01


@cache
def _library() -> ctypes.CDLL:
    try:
        lib = ctypes.CDLL(LIBRARY)
    except OSError as fault:
        raise LibraryMissing(library=LIBRARY, package="liblept5") from fault
    pointer, c_int, c_float = ctypes.c_void_p, ctypes.c_int32, ctypes.c_float
    lib.pixCreate.argtypes, lib.pixCreate.restype = [c_int, c_int, c_int], pointer
    lib.pixGetData.argtypes, lib.pixGetData.restype = [pointer], pointer
    lib.pixGetWpl.argtypes, lib.pixGetWpl.restype = [pointer], c_int
    lib.pixDestroy.argtypes, lib.pixDestroy.restype = [ctypes.POINTER(pointer)], None
    lib.pixFindSkewSweepAndSearch.restype = c_int
    lib.pixFindSkewSweepAndSearch.argtypes = [
        pointer,
        ctypes.POINTER(c_float),
        ctypes.POINTER(c_float),
        c_int,
        c_int,
        c_float,
        c_float,
        c_float,
    ]
    lib.setMsgSeverity.argtypes, lib.setMsgSeverity.restype = [c_int], c_int
    lib.setMsgSeverity(SEVERITY_NONE)
    return lib


def find_skew(ink: NDArray[np.bool_], max_deg: float) -> tuple[float, float] | None:
    """Counter-clockwise skew in degrees and Leptonica's confidence (ratio of sweep scores; below 3 is weak).

    `ink` is (height, width), True where ink is. None when the library finds no angle.
    Raises LibraryMissing.
    """
    lib = _library()
    height, width = ink.shape
    pix = ctypes.c_void_p(lib.pixCreate(width, height, 1))
    if not pix:
        return None
    try:
        _fill(lib, pix, ink)
        angle, confidence = ctypes.c_float(), ctypes.c_float()
        failed = lib.pixFindSkewSweepAndSearch(
            pix,
            ctypes.byref(angle),
            ctypes.byref(confidence),
            SWEEP_REDUCTION,
            SEARCH_REDUCTION,
            max_deg,
            SWEEP_DELTA_DEG,
            SMALLEST_DELTA_DEG,
        )
    finally:
        lib.pixDestroy(ctypes.byref(pix))
    if failed or confidence.value <= 0:
        return None
    return angle.value, confidence.value


def _fill(lib: ctypes.CDLL, pix: ctypes.c_void_p, ink: NDArray[np.bool_]) -> None:
    """Copy the mask into the pix: 1 bit a pixel, most significant bit first within 32-bit words of this machine."""
    words = int(lib.pixGetWpl(pix))
    rows = np.zeros((ink.shape[0], words * 4), np.uint8)
    packed = np.packbits(ink, axis=1)
    rows[:, : packed.shape[1]] = packed
    native = rows.view(">u4").astype("=u4")
    ctypes.memmove(lib.pixGetData(pix), native.ctypes.data, native.nbytes)
