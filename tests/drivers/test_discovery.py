"""The list of scanners, where they come from, and the words for what goes wrong with them."""

from __future__ import annotations

import pytest

from drivers import errors
from drivers.origin import Origin
from drivers.scanners import error_for, list_devices
from drivers.scanners.faults import fault
from drivers.scanners.origin import origin_of
from drivers.scanners.types import FaultCode


def test_the_training_backends_are_listed_as_simulators() -> None:
    devices = list_devices(backends=("test", "pnm"))
    assert [device.id for device in devices] == ["pnm:0", "pnm:1", "test:0", "test:1"]
    assert {device.origin for device in devices} == {Origin.SIMULATOR}
    assert {(device.driver, device.vendor) for device in devices} == {("pnm", "Noname"), ("test", "Noname")}


def test_a_list_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(errors.DiscoveryFailed, match=r"no answer within 0\.01 s"):
        list_devices(backends=("test",), timeout_s=0.01)


def test_a_backend_name_cannot_smuggle_lines_into_the_configuration() -> None:
    with pytest.raises(errors.SettingRefused):
        list_devices(backends=("test\npnm",))


@pytest.mark.parametrize(
    ("device_id", "kind", "origin"),
    [
        ("fujitsu:fi-8170:12345", "scanner", Origin.HARDWARE),
        ("pixma:04A91912_ABC", "multi-function peripheral", Origin.HARDWARE),
        ("test:0", "virtual device", Origin.SIMULATOR),
        ("pnm:1", "virtual device", Origin.SIMULATOR),
        ("net:192.0.2.7:fujitsu:fi-8170:1", "scanner", Origin.HARDWARE),
        ("net:192.0.2.7:test:0", "scanner", Origin.SIMULATOR),
        ("net:127.0.0.1:fujitsu:fi-8170:1", "scanner", Origin.SIMULATOR),
        ("net:localhost:genesys:libusb:001:004", "scanner", Origin.SIMULATOR),
        ("net:[::1]:genesys:libusb:001:004", "scanner", Origin.SIMULATOR),
        ("net:[2001:db8::7]:genesys:libusb:001:004", "scanner", Origin.HARDWARE),
        ("net:", "", Origin.SIMULATOR),
        ("escl:http://127.0.0.1:8080", "flatbed scanner", Origin.SIMULATOR),
        ("escl:https://192.0.2.9:443", "flatbed scanner", Origin.HARDWARE),
        ("airscan:e0:Kyocera", "ip=192.0.2.8", Origin.HARDWARE),
        ("airscan:e0:Kyocera", "ip=127.0.0.1", Origin.SIMULATOR),
        ("airscan:e0:Kyocera", "ip=::1", Origin.SIMULATOR),
        ("airscan:e0:Kyocera", "eSCL network scanner", Origin.SIMULATOR),
    ],
)
def test_the_origin_follows_from_where_the_device_is(device_id: str, kind: str, origin: Origin) -> None:
    assert origin_of(device_id, kind) is origin


def test_every_fault_has_its_own_words() -> None:
    told = [error_for(fault(code, 3, "sane_read: broken")) for code in FaultCode]
    assert len({type(error) for error in told}) == len(FaultCode)
    assert len({error.key for error in told}) == len(FaultCode)
    for error in told:
        assert error.remedy.format(**error.params)
        assert "{" not in str(error)


def test_a_jam_tells_the_page_and_what_to_do() -> None:
    error = error_for(fault(FaultCode.JAM, 3, "sane_start: Document feeder jammed (JAMMED)"))
    assert isinstance(error, errors.ScannerJammed)
    assert str(error) == "Paper is jammed in the scanner at page 3."
    assert "jammed sheet" in error.remedy
