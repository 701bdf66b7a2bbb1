"""Shared maths of ink: smooth random fields and soft thresholds."""

import cv2
import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float32]


def smooth_field(rng: np.random.Generator, height: int, width: int, cell: float) -> Field:
    """A smooth random field (height, width), about -1 to 1, whose bumps are about `cell` pixels wide."""
    rows, columns = max(2, round(height / cell) + 2), max(2, round(width / cell) + 2)
    seed = rng.standard_normal((rows, columns)).astype(np.float32) * 0.5
    return np.asarray(cv2.resize(seed, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def soft_threshold(values: Field, cut: Field | float, steepness: float) -> Field:
    """0 well below the cut, 1 well above it, a ramp between."""
    return np.asarray(np.clip((values - cut) * steepness + 0.5, 0.0, 1.0), dtype=np.float32)


def to_coverage(values: Field) -> NDArray[np.uint8]:
    """0 to 1 as 0 to 255."""
    return np.asarray(np.clip(values * 255.0 + 0.5, 0, 255), dtype=np.uint8)
