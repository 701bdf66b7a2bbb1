"""The kept list of scanners: when it is believed and when the backends are asked anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from drivers.errors import DiscoveryFailed
from drivers.origin import Origin
from drivers.scanners import list_devices
from drivers.scanners.device_cache import MAX_AGE_S, cached_devices, plugged_in
from drivers.scanners.types import DeviceInfo

SCANNER = DeviceInfo("fujitsu:fi-8170:1", "FUJITSU", "fi-8170", "扫描仪", "fujitsu", Origin.HARDWARE)


class Desk:
    """A station's home, its USB and its clock."""

    def __init__(self, folder: Path) -> None:
        self.home, self.usb = folder / "家", folder / "usb"
        self.home.mkdir()
        self.usb.mkdir()
        self.now = 1_000_000.0
        self.asked = 0

    def plug(self, port: str, devnum: int) -> None:
        (self.usb / port).mkdir(exist_ok=True)
        (self.usb / port / "idVendor").write_text("04c5\n")
        (self.usb / port / "devnum").write_text(f"{devnum}\n")

    def devices(self, *, refresh: bool = False) -> list[DeviceInfo]:
        return cached_devices(self.home, now=lambda: self.now, ask=self._ask, usb=self.usb, refresh=refresh)

    def _ask(self) -> list[DeviceInfo]:
        self.asked += 1
        return [SCANNER]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_the_list_is_asked_for_once(desk: Desk) -> None:
    desk.plug("1-1", 4)
    assert [desk.devices() for _ in range(3)] == [[SCANNER]] * 3
    assert desk.asked == 1
    assert [path.name for path in desk.home.iterdir()] == ["scanners.json"]


def test_a_cable_plugged_in_out_or_in_again_makes_it_anew(desk: Desk) -> None:
    desk.devices()
    desk.plug("1-1", 4)
    desk.devices()
    desk.plug("1-1", 5)  # the same scanner, out and in again
    desk.devices()
    assert desk.asked == 3
    desk.devices()
    assert desk.asked == 3


@pytest.mark.parametrize(("later", "asked"), [(MAX_AGE_S - 1, 1), (MAX_AGE_S, 2), (-1, 2)])
def test_it_grows_old_and_a_clock_set_back_makes_it_so(desk: Desk, later: float, asked: int) -> None:
    desk.devices()
    desk.now += later
    desk.devices()
    assert desk.asked == asked


def test_the_clerk_can_look_again(desk: Desk) -> None:
    desk.devices()
    desk.devices(refresh=True)
    assert desk.asked == 2


@pytest.mark.parametrize("broken", [b"", b"{", b'{"plugged": "", "at": 1e6, "devices": [{}]}', b" " * 2_000_000])
def test_a_broken_file_is_not_believed(desk: Desk, broken: bytes) -> None:
    (desk.home / "scanners.json").write_bytes(broken)
    assert desk.devices() == [SCANNER]
    assert json.loads((desk.home / "scanners.json").read_text())["devices"][0]["id"] == SCANNER.id


def test_nothing_is_kept_of_a_search_that_failed(desk: Desk) -> None:
    def fail() -> list[DeviceInfo]:
        raise DiscoveryFailed(detail="played")

    with pytest.raises(DiscoveryFailed):
        cached_devices(desk.home, now=lambda: desk.now, ask=fail, usb=desk.usb)
    assert list(desk.home.iterdir()) == []


def test_a_machine_without_usb(tmp_path: Path) -> None:
    assert plugged_in(tmp_path / "none") == plugged_in(tmp_path / "none")


def test_real_backends_through_the_cache(tmp_path: Path) -> None:
    found = cached_devices(tmp_path, now=lambda: 0.0, ask=lambda: list_devices(backends=["test"]))
    assert "test:0" in [device.id for device in found]
    assert cached_devices(tmp_path, now=lambda: 1.0, ask=lambda: []) == found
