"""Running an ONNX network on one processor core."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

Tensor = NDArray[np.float32]


class Network(Protocol):
    """One input tensor in, one output tensor out."""

    def __call__(self, tensor: Tensor) -> Tensor: ...

    @property
    def metadata(self) -> dict[str, str]: ...


class OnnxNetwork:
    """A network on onnxruntime with a single thread: pages, not layers, are what runs side by side.

    More threads per page cost CPU and gain nothing once every core has a worker. Numbers too small for a normal float
    (below 1.2e-38) count as zero in the thread that makes the first network of a process and in those it starts later:
    two thirds of some of the detector's weights are such numbers, and on Intel processors they make it three times as
    slow (ADR 16). Elsewhere a network is slow, not wrong.
    """

    def __init__(self, model: Path | bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # every line has a width of its own: kept plans only cost memory (-170 MB)
        options.add_session_config_entry("session.set_denormal_as_zero", "1")
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._input: str = self._session.get_inputs()[0].name

    def __call__(self, tensor: Tensor) -> Tensor:
        output: Tensor = self._session.run(None, {self._input: tensor})[0]
        return output

    @property
    def metadata(self) -> dict[str, str]:
        return dict(self._session.get_modelmeta().custom_metadata_map)


def normalise(picture: NDArray[np.uint8]) -> Tensor:
    """(H, W, 3) uint8 in B, G, R order to (3, H, W) in -1..1, as the PP-OCR networks were trained."""
    planes = np.ascontiguousarray(picture.transpose(2, 0, 1), dtype=np.float32)
    planes *= 1 / 127.5
    planes -= 1.0
    return planes
