"""Is it a real scanner? Told by the transport alone; nobody who asks for a scan can set it."""

from __future__ import annotations

import ipaddress
import re
import socket
from urllib.parse import urlsplit

from drivers.origin import Origin
from drivers.scanners.sane_config import backend_of

_PRETENDERS = frozenset({"test", "pnm"})
_NETWORK = frozenset({"net", "escl", "airscan"})


def origin_of(device_id: str, kind: str) -> Origin:
    """SIMULATOR for the backends `test` and `pnm`, near or far, and for network devices at this machine's loopback or
    at an address that cannot be told; else HARDWARE. `kind` is the type sane_get_devices gives."""
    backend = backend_of(device_id)
    if backend in _PRETENDERS:
        return Origin.SIMULATOR
    if backend not in _NETWORK:
        return Origin.HARDWARE
    host, far_device = _address(backend, device_id, kind)
    if host is None or _is_loopback(host):
        return Origin.SIMULATOR
    return origin_of(far_device, kind) if far_device else Origin.HARDWARE


def _address(backend: str, device_id: str, kind: str) -> tuple[str | None, str]:
    rest = device_id.partition(":")[2]
    if backend == "airscan":
        match = re.match(r"ip=(\S+)", kind)
        return (match[1] if match else None), ""
    if backend == "escl":
        return urlsplit(rest).hostname, ""
    match = re.fullmatch(r"\[([^\]]+)\]:(.*)|([^:]+):(.*)", rest)
    if match is None:
        return None, ""
    return match[1] or match[3], match[2] or match[4] or ""


def _is_loopback(host: str) -> bool:
    try:
        found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None)}
    except OSError:
        return True  # a name that leads nowhere proves no hardware
    return any(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)
