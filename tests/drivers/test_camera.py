"""Document cameras: recordings through a real worker and OpenCV; a played camera for what needs one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from drivers.origin import Origin
from drivers.scanners import ScanSettings, camera, open_session, recover
from drivers.scanners.types import End, EndReason, Event, Fault, FaultCode, Mode, PageDone, Ready, Side, Waiting
from drivers.scanners.wire import Job

PagesOf = Callable[[Iterable[Event]], list[PageDone]]
WIDTH, HEIGHT = 320, 240


def frames(count: int) -> list[np.ndarray]:
    """Pictures of one colour each, which JPEG keeps nearly as they are."""
    return [np.full((HEIGHT, WIDTH, 3), (20 + 30 * number, 200, 90), np.uint8) for number in range(count)]


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (WIDTH, HEIGHT))
    for frame in frames(4):
        writer.write(frame)
    writer.release()
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for number, frame in enumerate(frames(3), 1):
        cv2.imwrite(str(tmp_path / f"{number:02}.png"), frame)
    return tmp_path / "%02d.png"


def scan(path: Path | str, spool: Path, **settings: object) -> list[Event]:
    with open_session(f"camera:{path}", ScanSettings(**settings), spool) as session:  # type: ignore[arg-type]
        return list(session)


def test_a_sequence_of_pictures_comes_back_pixel_for_pixel(pictures: Path, spool: Path, pages_of: PagesOf) -> None:
    events = scan(pictures, spool)
    pages = pages_of(events)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 3)
    for number, (page, frame) in enumerate(zip(pages, frames(3), strict=True), 1):
        with Image.open(page.path) as kept:
            assert np.array_equal(np.asarray(kept), frame[:, :, ::-1])
            assert "dpi" not in kept.info
        record = page.record
        assert (record.sequence, record.sheet, record.side) == (number, number, Side.FRONT)
        assert (record.origin, record.dpi, record.driver) == (Origin.REPLAY, 0, "camera")
        assert (record.width_px, record.height_px, record.channels) == (WIDTH, HEIGHT, 3)
    assert recover(spool) == pages


def test_a_film_is_read_to_its_end_or_the_limit(film: Path, spool: Path, tmp_path: Path, pages_of: PagesOf) -> None:
    events = scan(film, spool, mode=Mode.GRAY)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 4)
    for page, frame in zip(pages_of(events), frames(4), strict=True):
        with Image.open(page.path) as kept:
            wanted = cv2.cvtColor(frame, cv2.COLOR_BGR2GRAY).astype(int)
            assert np.abs(np.asarray(kept).astype(int) - wanted).max() <= 4
    ready = events[0]
    assert isinstance(ready, Ready)
    assert (ready.effective["fourcc"], ready.inexact) == ("MJPG", ())
    assert scan(film, tmp_path / "two", page_limit=2)[-1] == End(EndReason.PAGE_LIMIT, 2)


@pytest.mark.parametrize(
    ("path", "settings", "code"),
    [
        ("/dev/video4321", {}, FaultCode.OFFLINE),
        ("/no/film.avi", {}, FaultCode.OFFLINE),
        ("http://127.0.0.1:9/film.avi", {}, FaultCode.OFFLINE),
        (__file__, {}, FaultCode.OFFLINE),
        ("FILM", {"extras": {"frame-width": 4160}}, FaultCode.INEXACT_SETTING),
        ("FILM", {"extras": {"zoom": 2}}, FaultCode.INVALID_SETTING),
        ("FILM", {"mode": Mode.BW}, FaultCode.UNSUPPORTED),
    ],
    ids=["no camera", "no file", "address", "no film", "wrong size", "unknown extra", "black and white"],
)
def test_what_cannot_be_taken_is_told(
    film: Path, spool: Path, path: str, settings: dict[str, object], code: FaultCode
) -> None:
    *_, fault, end = scan(film if path == "FILM" else path, spool, **settings)
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (code, End(EndReason.FAULT, 0))
    assert list(spool.iterdir()) == []


class PlayedCamera:
    """No camera can be had here: answers as V4L2 through OpenCV does, raw frames up to 1080p, MJPG to 4K."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.mjpg = False
        self.size = {cv2.CAP_PROP_FRAME_WIDTH: 640, cv2.CAP_PROP_FRAME_HEIGHT: 480}
        self.reads = 0
        self.released = False
        self._fails_at = fails_at

    def isOpened(self) -> bool:  # noqa: N802
        return True

    def set(self, prop: int, value: float) -> bool:
        if prop == cv2.CAP_PROP_FOURCC:
            self.mjpg = True
        else:
            wide = prop == cv2.CAP_PROP_FRAME_WIDTH
            most = (384 if wide else 216) if self.mjpg else (192 if wide else 108)
            self.size[prop] = min(int(value), most)
        return True

    def get(self, prop: int) -> float:
        if prop == cv2.CAP_PROP_FOURCC:
            return cv2.VideoWriter.fourcc(*("MJPG" if self.mjpg else "YUYV"))
        return self.size[prop]

    def read(self) -> tuple[bool, np.ndarray]:
        self.reads += 1
        width, height = self.size.values()
        return self.reads != self._fails_at, np.full((height, width, 3), self.reads, np.uint8)

    def release(self) -> None:
        self.released = True


class Clock:
    """Seconds that pass only in pauses; after `stop_at` of them the station asks to stop."""

    def __init__(self, stop_at: float = float("inf")) -> None:
        self.seconds = 0.0
        self._stop_at = stop_at

    def now(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds

    def cancelled(self) -> bool:
        return self.seconds >= self._stop_at


def play(
    played: PlayedCamera, spool: Path, *, clock: Clock | None = None, interval_s: float = 0.0, **settings: object
) -> list[Event]:
    asked = ScanSettings(**settings)  # type: ignore[arg-type]
    job = Job("camera:/dev/video0", asked, spool, 1, 1, page_interval_s=interval_s)
    when = datetime(2026, 11, 21, tzinfo=UTC)
    clock = clock or Clock()
    told = camera.events(
        job,
        now=lambda: when,
        clock=clock.now,
        pause=clock.pause,
        cancelled=clock.cancelled,
        opened=lambda _: played,
    )
    return list(told)


def test_a_series_is_taken_by_the_clock_until_the_station_asks_to_stop(spool: Path, pages_of: PagesOf) -> None:
    events = play(PlayedCamera(), spool, clock=Clock(stop_at=5.5), interval_s=3, page_limit=9)
    assert events[-1] == End(EndReason.CANCELLED, 2)
    assert len(pages_of(events)) == 2
    waits = [event for event in events if isinstance(event, Waiting)]
    assert [(event.sequence, event.left_s) for event in waits] == [(2, 3), (2, 2), (2, 1), (3, 3), (3, 2), (3, 1)]


def test_the_largest_frame_is_asked_for_as_mjpg_and_early_frames_are_dropped(spool: Path, pages_of: PagesOf) -> None:
    played = PlayedCamera()
    events = play(played, spool, page_limit=2, extras={"warm-up-frames": 3})
    pages = pages_of(events)
    assert events[0] == Ready({"frame-width": 384, "frame-height": 216, "fourcc": "MJPG", "mode": "color"})
    assert events[-1] == End(EndReason.PAGE_LIMIT, 2)
    assert [cv2.imread(str(page.path))[0, 0, 0] for page in pages] == [4, 8]
    assert played.released


def test_one_frame_is_taken_unless_more_are_asked(spool: Path) -> None:
    assert play(PlayedCamera(), spool)[-1] == End(EndReason.PAGE_LIMIT, 1)


def test_another_size_than_asked_is_refused(spool: Path) -> None:
    played = PlayedCamera()
    fault, _ = play(played, spool, extras={"frame-width": 500, "frame-height": 200})
    assert isinstance(fault, Fault)
    assert fault.code is FaultCode.INEXACT_SETTING
    assert "asked 500 x 200, camera gives 384 x 200" in fault.raw
    assert played.released


def test_a_camera_that_stops_keeps_what_it_gave(spool: Path) -> None:
    events = play(PlayedCamera(fails_at=4), spool, page_limit=5, extras={"warm-up-frames": 0})
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, fault.sequence, end) == (FaultCode.IO, 4, End(EndReason.FAULT, 3))
    assert len(recover(spool)) == 3


def test_who_holds_a_node_is_found(tmp_path: Path) -> None:
    node = tmp_path / "video0"
    node.touch()
    assert not camera._is_held(str(node))
    program = "import sys; held = open(sys.argv[1]); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(node)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert camera._is_held(str(node))
        other.communicate()
    descriptor = os.open(node, os.O_RDONLY)
    assert not camera._is_held(str(node))  # ourselves do not count
    os.close(descriptor)


def test_only_a_real_device_is_hardware(tmp_path: Path) -> None:
    places = {
        "video0": "devices/pci0000:00/usb1/1-2/1-2:1.0/video4linux/video0",
        "video1": "devices/pci0000:00/usb1/1-2/1-2:1.0/video4linux/video1",
        "video2": "devices/virtual/video4linux/video2",
        "video10": "devices/platform/vivid.0/video4linux/video10",
    }
    (tmp_path / "class" / "video4linux").mkdir(parents=True)
    for node, place in places.items():
        (tmp_path / place).mkdir(parents=True)
        (tmp_path / place / "name").write_text(f"高拍仪 {node}\n", "utf-8")
        (tmp_path / place / "index").write_text("1\n" if node == "video1" else "0\n")
        (tmp_path / "class" / "video4linux" / node).symlink_to(tmp_path / place)
    found = camera.list_cameras(tmp_path)
    assert [(info.id, info.model, info.origin) for info in found] == [
        ("camera:/dev/video0", "高拍仪 video0", Origin.HARDWARE),
        ("camera:/dev/video2", "高拍仪 video2", Origin.SIMULATOR),
        ("camera:/dev/video10", "高拍仪 video10", Origin.SIMULATOR),
    ]
    assert camera.describe("camera:/dev/video7", tmp_path).origin is Origin.SIMULATOR
    assert camera.list_cameras(tmp_path / "none") == []
