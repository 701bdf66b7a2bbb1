"""Skew from edges: the profile of bottom and right ink edges is sharpest along the true direction (US 4723297)."""

from __future__ import annotations

from enum import Enum
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

SPAN_DEG: Final = 16.0
STEPS_DEG: Final = (0.5, 0.1, 0.02)
BINS_PX: Final = (2.0, 0.5, 0.5)  # half of the width that is compared; coarse at first: a hand's lines are not straight
POINTS: Final = (12_000, 40_000, 60_000)  # looked at in each step
MAX_POINTS: Final = 120_000
MIN_EDGE_POINTS: Final = 1_000  # about fifteen characters of 5 mm
SAME_PEAK_DEG: Final = 1.0

Points = NDArray[np.float32]
Scores = NDArray[np.float64]


class Edges(Enum):
    """Which edges of the ink are looked at: two sets of points that have no pixel in common."""

    LOWER_RIGHT = 1
    UPPER_LEFT = -1


def edge_profile_angle(depth: NDArray[np.float32], edges: Edges) -> float | None:
    """Degrees counter-clockwise along which edges line up best, or None on too little ink.

    `depth` is above 0 on ink. Both directions of type are looked at. Where they do not agree the clearer one is
    believed: a hand slants its upright strokes, and columns (竖排) line up downwards only.
    """
    ink = depth > 0
    across = _edge_points(depth, ink, edges, axis=0)
    if len(across) < MIN_EDGE_POINTS:
        return None
    down = _edge_points(depth, ink, edges, axis=1)[:, ::-1] * np.array([-1, 1], np.float32)  # turned by 90 degrees
    size = int(np.hypot(*depth.shape)) + 4
    angles = np.arange(-SPAN_DEG, SPAN_DEG + STEPS_DEG[0] / 2, STEPS_DEG[0])
    scores = [_scores(points, angles, 0, size) for points in (across, down)]
    peaks = [float(angles[int(score.argmax())]) for score in scores]
    sides = [across, down]
    if abs(peaks[0] - peaks[1]) > SAME_PEAK_DEG:
        clearer = int(np.argmax([_clarity(score) for score in scores]))
        sides, scores = [sides[clearer]], [scores[clearer]]
    angle = _peak(angles, np.sum(scores, axis=0))
    for level in (1, 2):
        span = 1.2 * STEPS_DEG[level - 1]
        angles = angle + np.arange(-span, span + STEPS_DEG[level] / 2, STEPS_DEG[level])
        angle = _peak(angles, np.sum([_scores(points, angles, level, size) for points in sides], axis=0))
    return angle


def _edge_points(depth: NDArray[np.float32], ink: NDArray[np.bool_], edges: Edges, axis: int) -> Points:
    """(n, 2) x, y relative to the centre of where ink ends between two rows (axis 0) or two columns (axis 1).

    Whole-pixel positions would make the pixel raster itself the sharpest direction, at 0 degrees.
    """
    before, after = (ink[:-1], ink[1:]) if axis == 0 else (ink[:, :-1], ink[:, 1:])
    ends = np.flatnonzero(before > after if edges is Edges.LOWER_RIGHT else after > before)
    places = np.array(np.divmod(ends[:: len(ends) // MAX_POINTS + 1], before.shape[1]))
    here = depth[places[0], places[1]]
    there = depth[places[0] + (axis == 0), places[1] + (axis == 1)]
    crossing = places.astype(np.float32)
    crossing[axis] += here / (here - there)
    middle = np.array([depth.shape[1] / 2, depth.shape[0] / 2], np.float32)
    return np.asarray(crossing[::-1].T - middle, np.float32)


def _scores(points: Points, angles: NDArray[np.float64], level: int, size: int) -> Scores:
    """Sum of squared differences of the profile across a content turned counter-clockwise by each of the angles."""
    looked_at = points[:: max(1, len(points) // POINTS[level])] / np.float32(BINS_PX[level])
    along, across = np.ascontiguousarray(looked_at.T)[:, None]  # rows: OpenCV is slow with columns of numbers
    bins = int(size / BINS_PX[level]) + 2
    scores = np.empty(len(angles))
    for index, radians in enumerate(np.radians(angles)):
        position = cv2.addWeighted(along, np.sin(radians), across, np.cos(radians), bins / 2)
        profile = cv2.calcHist([position], [0], None, [bins], [0, bins]).ravel()
        smooth = profile[1:] + profile[:-1]
        rises = smooth[4:] - smooth[:-4]
        scores[index] = np.dot(rises, rises)
    return scores


def _clarity(scores: Scores) -> float:
    """How far the best score stands out from the others."""
    middle = float(np.median(scores))
    return (float(scores.max()) - middle) / (float(np.median(np.abs(scores - middle))) + 1e-9)


def _peak(angles: NDArray[np.float64], scores: Scores) -> float:
    """The best angle, between the steps where the parabola through the best score and its neighbours peaks."""
    best = int(scores.argmax())
    if not 0 < best < len(scores) - 1:
        return float(angles[best])
    left, mid, right = scores[best - 1 : best + 2]
    bend = left - 2 * mid + right
    offset = np.clip(0.5 * (left - right) / bend, -0.5, 0.5) if bend < 0 else 0.0
    return float(angles[best] + offset * (angles[1] - angles[0]))
