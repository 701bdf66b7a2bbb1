"""Pictures off the disk: decoded in worker threads as QImage, made into QPixmap on the GUI thread only."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

THREADS = 2
KEPT = 600  # thumbnails in memory: about 55 MB
WAITING = 120  # requests older than this many newer ones have scrolled away
LEVELS = 3  # full, half, quarter: what is painted is never shrunk by more than half


def read_scaled(path: Path, bound: QSize) -> QImage:
    """The picture shrunk into `bound`; null when it cannot be read. Qt refuses pictures over its 256 MB limit."""
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(bound, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def read_levels(path: Path) -> list[QImage]:
    """The picture at full, half and quarter size; empty when it cannot be read."""
    image = QImageReader(str(path)).read()
    if image.isNull():
        return []
    levels = [image.convertToFormat(QImage.Format.Format_RGB32)]
    for _ in range(LEVELS - 1):
        half = levels[-1].size() / 2
        levels.append(levels[-1].scaled(half, mode=Qt.TransformationMode.SmoothTransformation))
    return levels


class Thumbnails(QObject):
    """The newest request is served first; what was loaded is kept until `KEPT` newer ones came."""

    ready = Signal(object)  # Path
    _loaded = Signal(object, QImage)

    def __init__(self, bound: QSize) -> None:
        super().__init__()
        self._bound = bound
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(THREADS)
        self._lock = threading.Lock()
        self._wanted: list[Path] = []
        self._kept: OrderedDict[Path, QPixmap] = OrderedDict()
        self._loaded.connect(self._keep)

    def get(self, path: Path) -> QPixmap | None:
        """The thumbnail, or None now and `ready` later; a null pixmap for a picture Qt cannot read."""
        pixmap = self._kept.get(path)
        if pixmap is not None:
            self._kept.move_to_end(path)
            return pixmap
        with self._lock:
            known = path in self._wanted
            if known:
                self._wanted.remove(path)
            self._wanted.append(path)
            del self._wanted[:-WAITING]
        if not known:
            self._pool.start(self._load_newest)
        return None

    def close(self) -> None:
        with self._lock:
            self._wanted.clear()
        self._pool.waitForDone()

    def _load_newest(self) -> None:
        with self._lock:
            path = self._wanted.pop() if self._wanted else None
        if path is not None:
            self._loaded.emit(path, read_scaled(path, self._bound))

    def _keep(self, path: Path, image: QImage) -> None:
        self._kept[path] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(path)


class PageLoader(QObject):
    """Loads the big picture; of several requests only the last one is answered."""

    loaded = Signal(object, object)  # Path, list[QImage]
    _read = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._wanted: Path | None = None
        self._read.connect(self._deliver)

    def want(self, path: Path | None) -> None:
        self._wanted = path
        if path is not None:
            self._pool.clear()
            self._pool.start(lambda: self._read.emit(path, read_levels(path)))

    def close(self) -> None:
        self._pool.clear()
        self._pool.waitForDone()

    def _deliver(self, path: Path, levels: list[QImage]) -> None:
        if path == self._wanted:
            self.loaded.emit(path, levels)
