"""A scanner's name plate: its serial number and the version of its driver, as far as anything tells. "" is not known.

SANE hands on neither. Serial numbers stand in the kernel's list of USB devices, in the device names of some backends
(sane-pixma(5), hplip's `hpaio:` addresses) and in the capabilities of network scanners (eSCL 2.97, SerialNumber).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from defusedxml import ElementTree

from drivers.scanners.sane_config import backend_of

USB_DEVICES = Path("/sys/bus/usb/devices")
MAPS = Path("/proc/self/maps")
MAX_CAPABILITIES_BYTES = 1 << 18
ANSWER_S = 3.0
MAX_SERIAL = 80
_LIBUSB = re.compile(r"libusb:(\d{3}):(\d{3})", re.ASCII)
_PIXMA = re.compile(r"pixma:[0-9A-F]{8}_(\w+)", re.ASCII)
_NAMED = re.compile(r'^\s*"?([^"=#]+?)"?\s*=\s*(https?://[^\s,]+)', re.MULTILINE)

Fetch = Callable[[str], bytes]


def fetch(url: str) -> bytes:
    """The body of a page of the scanner's own web server, at most MAX_CAPABILITIES_BYTES. Raises httpx.HTTPError and
    ValueError."""
    body = b""
    with httpx.Client(timeout=ANSWER_S, trust_env=False) as client, client.stream("GET", url) as answer:
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > MAX_CAPABILITIES_BYTES:
                raise ValueError("capabilities without end")
    return body


def serial_of(device_id: str, *, usb: Path = USB_DEVICES, ask: Fetch | None = fetch) -> str:
    """The serial number of the device of that SANE name; of a network scanner by asking it, within ANSWER_S seconds,
    or "" where `ask` is None."""
    place, pixma = _LIBUSB.search(device_id), _PIXMA.fullmatch(device_id)
    if place is not None:
        return _usb_serial(usb, int(place[1]), int(place[2]))
    if pixma is not None:
        return pixma[1]
    backend, _, rest = device_id.partition(":")
    if backend == "hpaio":
        return _plain(parse_qs(urlsplit(rest).query).get("serial", [""])[0])
    address = rest if backend == "escl" else _airscan_address(rest) if backend == "airscan" else ""
    return _escl_serial(address, ask) if ask and address.startswith(("http://", "https://")) else ""


def driver_version(device_id: str, maps: Path = MAPS) -> str:
    """The version in the name of the driver's file that this process has loaded, e.g. 1.2.1 of libsane-test.so.1.2.1;
    "" where the maker left it out."""
    found = re.search(rf"(/\S*/libsane-{re.escape(backend_of(device_id))}\.so\S*)", maps.read_text("utf-8", "replace"))
    version = Path(found[1]).resolve().name.partition(".so.")[2] if found else ""
    return version if "." in version else ""  # a lone 1 is libsane's interface, not the driver


def _usb_serial(usb: Path, bus: int, device: int) -> str:
    for entry in sorted(usb.iterdir()) if usb.is_dir() else ():
        if _number(entry / "busnum") == bus and _number(entry / "devnum") == device:
            return _plain(_text(entry / "serial"))
    return ""


def _airscan_address(rest: str) -> str:
    """The address that sane-airscan's configuration gives for a device; it tells none of those it found by itself."""
    name = rest.partition(":")[2]
    folders = [Path(part) for part in os.environ.get("SANE_CONFIG_DIR", "").split(":") if part]
    for folder in folders or [Path("/etc/sane.d")]:
        for file in (folder / "airscan.conf", *sorted((folder / "airscan.d").glob("*.conf"))):
            for known, address in _NAMED.findall(_text(file)):
                if known == name:
                    return str(address)
    return ""


def _escl_serial(address: str, ask: Fetch) -> str:
    try:
        root = ElementTree.fromstring(ask(f"{address.rstrip('/')}/ScannerCapabilities"))
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, ElementTree.ParseError):
        return ""  # the scan itself will say what is wrong with the device
    return next((_plain(entry.text or "") for entry in root.iter() if entry.tag.endswith("}SerialNumber")), "")


def _plain(told: str) -> str:
    return "".join(letter for letter in told.strip() if letter.isprintable())[:MAX_SERIAL]


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:  # a device may go as we look
        return ""


def _number(path: Path) -> int:
    text = _text(path).strip()
    return int(text) if text.isascii() and text.isdigit() else -1
