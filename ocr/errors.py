"""What can go wrong with a page picture or a reading engine, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class OcrError(Exception):
    """A page could not be opened, rendered or read.

    `key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form.
    """

    key: ClassVar[str] = "ocr.fault"
    text: ClassVar[str] = "The page could not be read: {detail}."
    remedy: ClassVar[str] = "Scan the page again."
    exit_code: ClassVar[int] = 1

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuilt, (type(self), self.params)  # faults travel from worker processes


def _rebuilt(cause: type[OcrError], params: dict[str, object]) -> OcrError:
    return cause(**params)


class PictureBroken(OcrError):
    key = "picture.broken"
    text = "{file} is damaged or cut off: {detail}."
    remedy = "The original stays where it is. Scan the page again or get a whole copy of the file."


class PictureTooLarge(OcrError):
    key = "picture.too-large"
    text = "{file} has {width} x {height} pixels; at most {limit} million are taken."
    remedy = "Scan the sheet at 300 dpi, or in parts."


class PictureUnknown(OcrError):
    key = "picture.unknown"
    text = "{file} is no picture this station takes (JPEG, PNG, TIFF)."
    remedy = "Export it as JPEG, PNG, TIFF or PDF and import that."


class JpegNotTurned(OcrError):
    key = "picture.not-turned"
    text = "The JPEG could not be turned without loss: {detail}."
    remedy = "The original stays as it is; a turned copy is made by decoding it."


class TooFewMarks(OcrError):
    key = "ocr.too-few-marks"
    text = "{seals} seals and {prints} fingerprints were found; {least} of one kind are needed to set its cuts."
    remedy = "Scan more pages with clear seals or fingerprints on this scanner, at 300 dpi, and name them all."
    exit_code = 2


class ModelMissing(OcrError):
    key = "ocr.model-missing"
    text = "The reading model {model} is not on this machine."
    remedy = "Run installer/run once; it brings the pinned models."
    exit_code = 5


class ModelAltered(OcrError):
    key = "ocr.model-altered"
    text = "The reading model {model} is not the one that was tested (SHA-256 {found})."
    remedy = "Run installer/run again to restore it. Nothing is read with an unknown model."
    exit_code = 5


class ModelUnsuitable(OcrError):
    key = "ocr.model-unsuitable"
    text = "The reading model does not end as those this station knows: {detail}."
    remedy = "Take the model out of its folder; pages are read without it."
    exit_code = 5


class LibraryMissing(OcrError):
    key = "ocr.library-missing"
    text = "The system library {library} is not on this machine."
    remedy = "Install the Debian package {package}; installer/run does it once."
    exit_code = 5


class EngineMissing(OcrError):
    key = "ocr.engine-missing"
    text = "The reading engine {engine} is not on this machine."
    remedy = "Run installer/run once; it brings the engine and its Chinese data."
    exit_code = 5


class EngineFailed(OcrError):
    key = "ocr.engine-failed"
    text = "The reading engine {engine} stopped: {detail}."
    remedy = "Read the page with the other engine."


class EngineTooSlow(OcrError):
    key = "ocr.engine-too-slow"
    text = "The reading engine {engine} gave no answer within {seconds} s."
    remedy = "Read the page again, or with the other engine."


class PageFailed(OcrError):
    key = "page.failed"
    text = "{file} could not be processed: {detail}."
    remedy = "The original is kept and the other pages go on. Process the page again; scan it again if it fails again."


class PageNotWritten(OcrError):
    key = "page.not-written"
    text = "{file} could not be written: {detail}."
    remedy = "The original is kept. Make room on the disk, or let the station write there, and process the page again."
    exit_code = 5


class PageWorkerDied(OcrError):
    key = "page.worker-died"
    text = "The process working on {file} was stopped twice, by lack of memory, of time or by a fault."
    remedy = "The original is kept and the other pages go on. Close other programs and process the page again."


class ClusterMissing(OcrError):
    key = "ocr.cluster-missing"
    text = "The programs for reading on a cluster are not on this machine."
    remedy = "Install juanzong with its extra `cluster`, or take the setting `pool` out to read on this machine."
    exit_code = 5


class ClusterUnsafe(OcrError):
    key = "ocr.cluster-unsafe"
    text = "Pages are not sent to {scheduler} without encryption."
    remedy = "Set the TLS certificates as docs/cluster.md says. Without them only a scheduler on this machine is used."
    exit_code = 2


class ClusterUnreachable(OcrError):
    key = "ocr.cluster-unreachable"
    text = "The scheduler {scheduler} cannot be reached, or it has no workers: {detail}."
    remedy = "Start the scheduler and its workers, or take the setting `pool` out to read on this machine."
    exit_code = 4
