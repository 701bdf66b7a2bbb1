"""A scanner shared by another machine: SANE's `net` backend against a real saned on loopback."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.origin import Origin
from drivers.scanners import ScanSettings, list_devices, open_session
from drivers.scanners.types import End, EndReason, Event, Fault, FaultCode, Mode, PageDone, Source

PagesOf = Callable[[Iterable[Event]], list[PageDone]]
NEAR, FAR = "test:0", "net:127.0.0.1:test:0"
PORT = 6566  # sane-port, IANA; the backend asks no other


@pytest.fixture
def far_scanners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A saned that offers the `test` backend; this process's SANE configuration names it."""
    theirs, ours = tmp_path / "saned", tmp_path / "client"
    for folder, conf in (
        (theirs, {"dll.conf": "test\n", "saned.conf": "127.0.0.1/8\n", "test.conf": "number_of_devices 2\n"}),
        (ours, {"dll.conf": "net\n", "net.conf": "connect_timeout = 3\n127.0.0.1\n", "test.conf": ""}),
    ):
        (folder / "dll.d").mkdir(parents=True)
        for name, text in conf.items():
            (folder / name).write_text(text)
    environment = {"SANE_CONFIG_DIR": str(theirs), "PATH": "/usr/sbin:/usr/bin"}
    with (tmp_path / "saned.log").open("wb") as log:
        saned = subprocess.Popen(["saned", "-l", "-b", "127.0.0.1", "-e"], env=environment, stderr=log)
        try:
            wait_for_port(saned)
            monkeypatch.setenv("SANE_CONFIG_DIR", str(ours))
            yield
        finally:
            saned.terminate()
            saned.wait(10)


def wait_for_port(saned: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and saned.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", PORT)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"saned does not listen on port {PORT} (exit {saned.poll()})")


@pytest.mark.usefixtures("far_scanners")
def test_far_scanners_are_listed_and_known_as_simulated() -> None:
    found = {device.id: device for device in list_devices(backends=["net"])}
    assert {FAR, "net:127.0.0.1:test:1"} <= found.keys()
    assert found[FAR].origin is Origin.SIMULATOR


@pytest.mark.usefixtures("far_scanners")
@pytest.mark.parametrize("mode", [Mode.COLOR, Mode.GRAY])
def test_a_page_from_afar_is_the_page_from_near(tmp_path: Path, pages_of: PagesOf, mode: Mode) -> None:
    settings = ScanSettings(mode=mode, dpi=150, extras={"test-picture": "Color pattern"})
    pictures = []
    for number, device in enumerate((NEAR, FAR)):
        with open_session(device, settings, tmp_path / str(number)) as session:
            (page,) = pages_of(session)
        pictures.append(cv2.imread(str(page.path), cv2.IMREAD_UNCHANGED))
        assert page.record.origin is Origin.SIMULATOR
    assert pictures[0] is not None
    np.testing.assert_array_equal(*pictures)


@pytest.mark.usefixtures("far_scanners")
def test_a_far_feeder_gives_all_its_sheets(spool: Path, pages_of: PagesOf) -> None:
    events = []
    with open_session(FAR, ScanSettings(source=Source.ADF, dpi=75), spool) as session:
        events = list(session)
    assert len(pages_of(events)) == 10
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 10)


@pytest.mark.usefixtures("far_scanners")
def test_a_jam_travels(spool: Path) -> None:
    settings = ScanSettings(source=Source.ADF, dpi=75, extras={"read-return-value": "SANE_STATUS_JAMMED"})
    with open_session(FAR, settings, spool) as session:
        fault, end = list(session)[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.JAM, End(EndReason.FAULT, 0))
