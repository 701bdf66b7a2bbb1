"""From what libsane or the disk says to a cause a clerk can act on, and from there to an exception."""

from __future__ import annotations

import errno
from types import MappingProxyType

from drivers import errors
from drivers.scanners.sane_native import SaneError, Status
from drivers.scanners.types import Fault, FaultCode

_FROM_STATUS = MappingProxyType(
    {
        Status.UNSUPPORTED: FaultCode.UNSUPPORTED,
        Status.CANCELLED: FaultCode.CANCELLED,
        Status.DEVICE_BUSY: FaultCode.BUSY,
        Status.INVAL: FaultCode.INVALID_SETTING,
        Status.EOF: FaultCode.SHORT_PAGE,
        Status.JAMMED: FaultCode.JAM,
        Status.NO_DOCS: FaultCode.EMPTY,
        Status.COVER_OPEN: FaultCode.COVER_OPEN,
        Status.IO_ERROR: FaultCode.IO,
        Status.NO_MEM: FaultCode.NO_MEMORY,
        Status.ACCESS_DENIED: FaultCode.ACCESS,
    }
)
# sane_open answers UNSUPPORTED for a backend that is not there, INVAL for a name its backend does not know and IO_ERROR
# for a host that is not there.
_AT_OPEN = MappingProxyType(dict.fromkeys((Status.UNSUPPORTED, Status.INVAL, Status.IO_ERROR), FaultCode.OFFLINE))
_FINAL = frozenset({FaultCode.INVALID_SETTING, FaultCode.INEXACT_SETTING, FaultCode.UNSUPPORTED, FaultCode.ACCESS})
_DISK_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})

_ERRORS: MappingProxyType[FaultCode, type[errors.DriverError]] = MappingProxyType(
    {
        FaultCode.JAM: errors.ScannerJammed,
        FaultCode.MULTIFEED: errors.SheetsStuckTogether,
        FaultCode.COVER_OPEN: errors.CoverOpen,
        FaultCode.EMPTY: errors.FeederEmpty,
        FaultCode.BUSY: errors.DeviceBusy,
        FaultCode.OFFLINE: errors.DeviceOffline,
        FaultCode.IO: errors.DeviceFailed,
        FaultCode.INVALID_SETTING: errors.SettingRefused,
        FaultCode.INEXACT_SETTING: errors.SettingInexact,
        FaultCode.SHORT_PAGE: errors.PageIncomplete,
        FaultCode.NO_MEMORY: errors.ScannerOutOfMemory,
        FaultCode.ACCESS: errors.AccessDenied,
        FaultCode.CANCELLED: errors.ScanCancelled,
        FaultCode.STALLED: errors.ScannerStalled,
        FaultCode.WORKER_DIED: errors.WorkerDied,
        FaultCode.DISK_FULL: errors.SpoolFull,
        FaultCode.UNSUPPORTED: errors.ScanUnsupported,
    }
)


def fault(code: FaultCode, sequence: int, raw: str) -> Fault:
    """A fault at page `sequence`; whether trying again can help follows from the cause."""
    return Fault(code, sequence, raw, retryable=code not in _FINAL)


def from_sane(error: SaneError, sequence: int) -> Fault:
    """What a libsane status means to the clerk."""
    code = _FROM_STATUS[error.status]
    if error.call == "sane_open":
        code = _AT_OPEN.get(error.status, code)
    return fault(code, sequence, str(error))


def from_system(error: OSError, sequence: int) -> Fault:
    """What a failed write into the spool means to the clerk."""
    if error.errno in _DISK_FULL:
        code = FaultCode.DISK_FULL
    elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        code = FaultCode.ACCESS
    else:
        code = FaultCode.IO
    return fault(code, sequence, str(error))


def error_for(fault: Fault) -> errors.DriverError:
    """The exception that tells this fault, with the page number and the device's own words as `params`."""
    return _ERRORS[fault.code](page=fault.sequence, detail=fault.raw)
