"""Serials and driver versions: what the kernel, a device's name, a network scanner and the loaded file say."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from escl_feeder import EsclFeeder

from drivers.scanners import ScanSettings, open_session, recover
from drivers.scanners.plate import driver_version, fetch, serial_of
from drivers.scanners.types import Source


def usb(folder: Path, *, bus: int, device: int, serial: str | None) -> Path:
    entry = folder / f"{bus}-{device}"
    entry.mkdir(parents=True)
    (entry / "busnum").write_text(f"{bus}\n")
    (entry / "devnum").write_text(f"{device}\n")
    if serial is not None:
        (entry / "serial").write_text(f"{serial}\n")
    (folder / f"{bus}-{device}:1.0").mkdir()
    return folder


@pytest.mark.parametrize(
    ("device", "serial"),
    [
        ("fujitsu:libusb:001:007", "A9KC004711"),
        ("genesys:libusb:001:008", ""),
        ("genesys:libusb:002:007", ""),
        ("pixma:04A91749_247936", "247936"),
        ("hpaio:/usb/HP_LaserJet_3055?serial=CNBK123456", "CNBK123456"),
        ("test:0", ""),
        ("v4l:/dev/video0", ""),
    ],
)
def test_the_serial_is_the_devices_own_or_said_to_be_unknown(tmp_path: Path, device: str, serial: str) -> None:
    usb(tmp_path, bus=1, device=7, serial="A9KC004711")
    usb(tmp_path, bus=1, device=8, serial=None)
    assert serial_of(device, usb=tmp_path) == serial


def test_a_network_scanner_is_asked_and_may_answer_nonsense(tmp_path: Path) -> None:
    with EsclFeeder([]) as feeder:
        assert serial_of(f"escl:{feeder.url}", usb=tmp_path) == "TRAINING-1"
        gone = feeder.url
    assert serial_of(f"escl:{gone}", usb=tmp_path) == ""
    for answer in (b"", b"<a>", b"<a/>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'):
        assert serial_of("escl:http://scanner/eSCL", usb=tmp_path, ask=lambda _url, body=answer: body) == ""


def test_capabilities_without_end_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    with EsclFeeder([]) as feeder:
        monkeypatch.setattr("drivers.scanners.plate.MAX_CAPABILITIES_BYTES", 100)
        with pytest.raises(ValueError, match="without end"):
            fetch(f"{feeder.url}/ScannerCapabilities")
        with pytest.raises(httpx.HTTPError):
            fetch(f"{feeder.url}/nothing")


def test_the_driver_is_the_file_that_is_loaded(tmp_path: Path) -> None:
    real = tmp_path / "libsane-brother4.so.1.0.7"
    real.touch()
    (tmp_path / "libsane-brother4.so.1").symlink_to(real)
    (tmp_path / "libsane-airscan.so.1").touch()
    maps = tmp_path / "maps"
    maps.write_text(
        "".join(f"7f00-7f01 r-xp 0 00:1 1 {tmp_path}/libsane-{name}.so.1\n" for name in ("brother4", "airscan"))
    )
    assert driver_version("brother4:bus1;dev2", maps) == "1.0.7"
    assert driver_version("airscan:e0:X", maps) == ""
    assert driver_version("test:0", maps) == ""


def test_the_record_names_serial_driver_and_operator(
    spool: Path, draw_pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with EsclFeeder(draw_pages(1)) as feeder:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / "sane.d")))
        settings = ScanSettings(source=Source.ADF, dpi=100)
        with open_session(feeder.device_id, settings, spool, operator="李文") as session:
            list(session)
    (page,) = recover(spool)
    assert (page.record.serial, page.record.operator) == ("TRAINING-1", "李文")


def test_the_test_backends_version_is_that_of_its_file(spool: Path) -> None:
    with open_session("test:0", ScanSettings(dpi=50, width_mm=20, height_mm=20), spool) as session:
        list(session)
    (page,) = recover(spool)
    (file,) = Path("/usr/lib").glob("*/sane/libsane-test.so.*.*")
    assert page.record.driver_version == file.name.partition(".so.")[2]
    assert (page.record.serial, page.record.operator) == ("", "")
