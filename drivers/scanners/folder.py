"""The hot folder (热文件夹) of network scanners and MFPs: each file in it is taken once, whole, or told why not.

Nothing is ever deleted but the source of a file that lies durably in the spool: what cannot be taken is moved to the
folder `quarantine` beside it, with its reason in `NAME.reason.json`; what was taken before to `duplicates`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Self

from drivers.errors import HotFolderGone, SpoolFull
from drivers.scanners import faults
from drivers.scanners.arrivals import Arrivals, FileRecord, SourceFile, UnknownKind
from drivers.scanners.spool import locked
from drivers.scanners.types import FaultCode
from drivers.scanners.whole import NotWhole

MAX_FILE_BYTES = 1 << 30
QUARANTINE = "quarantine"
DUPLICATES = "duplicates"
_UNFINISHED = re.compile(r"[.~].*|.*(~|\.(tmp|temp|part|partial|filepart|crdownload|lock))", re.IGNORECASE | re.DOTALL)
_LITTER = frozenset({"thumbs.db", "desktop.ini"})  # what Windows leaves in a folder it was shown
_NUMBERS = re.compile(r"(\d+)")


class _Vanished(Exception):
    """The file was renamed or taken back since it was seen."""


class Refusal(StrEnum):
    """Why a file went to quarantine."""

    INCOMPLETE = "incomplete"
    UNKNOWN_KIND = "unknown-kind"
    TOO_LARGE = "too-large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Arrived:
    """A file is taken: it and its record are on the disk."""

    path: Path
    record: FileRecord


@dataclass(frozen=True)
class Duplicate:
    """The same content was taken before, as `first`; this copy lies at `path` now."""

    path: Path
    first: FileRecord


@dataclass(frozen=True)
class Quarantined:
    """The file lies at `path` now."""

    path: Path
    reason: str  # a Refusal, or the word of whoever refused a file that was taken
    detail: str


@dataclass(frozen=True)
class Unfinished:
    """The file's name says that its writer is not done, for longer than one should wait. Told once, left alone."""

    path: Path


FolderEvent = Arrived | Duplicate | Quarantined | Unfinished


@dataclass
class _Watched:
    source: SourceFile
    since: float  # clock when it was first seen so
    polls: int = 1
    fault: tuple[Refusal, str] | None = None  # looked at as it is now and not takeable


class FolderSource:
    """Takes the files of `inbox` (not of folders in it) into `spool`. Context manager; iterate `events` or call `poll`.

    A file is looked at when it was the same for `steady_polls` polls, taken when it is whole, and quarantined when it
    has been the same but not takeable for `patience_s` seconds of `clock`. Entering raises SpoolInUse while another
    process holds one of the folders, HotFolderGone when the inbox is not there, ArrivalBroken when a file taken before
    is missing.
    """

    def __init__(
        self,
        inbox: Path,
        spool: Path,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        poll_s: float = 0.5,
        steady_polls: int = 3,
        patience_s: float = 120.0,
    ) -> None:
        self._inbox = inbox
        self._spool = spool
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._poll_s = poll_s
        self._steady_polls = steady_polls
        self._patience_s = patience_s
        self._watched: dict[str, _Watched] = {}
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        if not self._inbox.is_dir():
            raise HotFolderGone(folder=self._inbox)
        self._spool.mkdir(parents=True, exist_ok=True)
        with contextlib.ExitStack() as stack:
            stack.enter_context(locked(self._spool, 0))
            stack.enter_context(locked(self._inbox, 0))
            self._arrivals = Arrivals(self._spool)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    @property
    def is_settled(self) -> bool:
        """At the last poll no file lay there but those told to be unfinished: nothing is under way."""
        return all(_UNFINISHED.fullmatch(name) and watched.fault for name, watched in self._watched.items())

    def taken(self) -> list[Arrived]:
        """All in the spool that was not refused, in order; after a fall of the station also what it was not told."""
        kept = (record for record in self._arrivals.records() if not self._arrivals.is_refused(record))
        return [Arrived(self._arrivals.path_of(record), record) for record in kept]

    def refuse(self, arrived: Arrived, reason: str, detail: str) -> Quarantined:
        """Put a copy of a file that was taken, but cannot be used, into quarantine; the spool keeps its own.

        `reason`: a word for programs. May be done again after a fall. Raises OSError.
        """
        record = arrived.record
        folder = self._inbox / QUARANTINE
        folder.mkdir(exist_ok=True)
        target = folder / f"{record.sha256[:8]}-{_short(record.source.name)}"
        draft = target.with_name(f".{target.name}.part")
        shutil.copyfile(arrived.path, draft)
        draft.rename(target)
        self._give_reason(target, record.source.name, reason, detail)
        self._arrivals.mark_refused(record)
        return Quarantined(target, reason, detail)

    def events(self, stopped: Callable[[], bool]) -> Iterator[FolderEvent]:
        """Poll until `stopped` says so. Raises as `poll`."""
        while not stopped():
            yield from self.poll()
            self._sleep(self._poll_s)

    def poll(self) -> Iterator[FolderEvent]:
        """One look at the folder; oldest files first.

        Raises HotFolderGone (the share is not mounted), SpoolFull, OSError when the spool cannot be written or a file
        cannot be moved; nothing is lost then, and the next poll goes on.
        """
        seen = self._seen()
        self._watched = {source.name: self._watch(source) for source in seen}
        for source in seen:
            watched = self._watched[source.name]
            if _UNFINISHED.fullmatch(source.name):
                yield from self._tell_unfinished(watched)
            elif watched.polls >= self._steady_polls:
                yield from self._settle(watched)

    def _seen(self) -> list[SourceFile]:
        """The plain files there, links left out: one could lead anywhere on this machine."""
        try:
            with os.scandir(self._inbox) as entries:
                names = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
        except (FileNotFoundError, NotADirectoryError) as error:
            raise HotFolderGone(folder=self._inbox) from error
        seen = []
        for name in names:
            if name.lower() not in _LITTER:
                with contextlib.suppress(FileNotFoundError):
                    seen.append(_source(name, (self._inbox / name).lstat()))
        return sorted(seen, key=lambda source: (source.modified_ns, _natural(source.name)))

    def _watch(self, source: SourceFile) -> _Watched:
        known = self._watched.get(source.name)
        if known is None or known.source != source:
            return _Watched(source, self._clock())
        known.polls += 1
        return known

    def _tell_unfinished(self, watched: _Watched) -> Iterator[FolderEvent]:
        if watched.fault is None and self._is_overdue(watched):
            watched.fault = (Refusal.INCOMPLETE, "unfinished by its name")
            yield Unfinished(self._inbox / watched.source.name)

    def _settle(self, watched: _Watched) -> Iterator[FolderEvent]:
        if watched.fault is None:
            try:
                yield from self._take(watched)
            except _Vanished:
                return
            except OSError as error:
                if faults.from_system(error, 0).code is FaultCode.DISK_FULL:
                    raise SpoolFull(page=self._arrivals.next_sequence) from error
                raise
            finally:
                self._arrivals.drop_staged()
        if watched.fault is not None and self._is_overdue(watched):
            with contextlib.suppress(_Vanished):
                yield self._quarantine(watched.source.name, *watched.fault)

    def _is_overdue(self, watched: _Watched) -> bool:
        return self._clock() - watched.since >= self._patience_s

    def _take(self, watched: _Watched) -> Iterator[FolderEvent]:
        """Take the file, or note in `watched` why not. Raises _Vanished, OSError."""
        source = watched.source
        path = self._inbox / source.name
        if source.bytes > MAX_FILE_BYTES:
            watched.fault = (Refusal.TOO_LARGE, f"{source.bytes} bytes; at most {MAX_FILE_BYTES}")
            return
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError as error:
            raise _Vanished from error
        except PermissionError as error:
            watched.fault = (Refusal.UNREADABLE, str(error))
            return
        with os.fdopen(descriptor, "rb") as stream:
            sha256 = self._arrivals.stage(stream)
            if _source(source.name, os.fstat(stream.fileno())) != source:
                return  # written to meanwhile; the next poll sees it as new
        try:
            kind = self._arrivals.staged_kind()
        except NotWhole as error:
            watched.fault = (Refusal.INCOMPLETE, str(error))
            return
        except UnknownKind as error:
            watched.fault = (Refusal.UNKNOWN_KIND, str(error))
            return
        first = self._arrivals.taken(sha256)
        if first is not None and first.source != _told(source):
            yield Duplicate(self._move(source.name, DUPLICATES), first)
            return
        record = first or self._arrivals.commit(_told(source), kind, sha256, self._stamp)
        self._remove(source)
        if first is None:  # else the station fell between taking it and removing its source
            yield Arrived(self._arrivals.path_of(record), record)

    def _remove(self, source: SourceFile) -> None:
        """Take the source away, unless something else has its name by now."""
        path = self._inbox / source.name
        with contextlib.suppress(FileNotFoundError):
            if _source(source.name, path.lstat()) == source:
                path.unlink()

    def _quarantine(self, name: str, reason: Refusal, detail: str) -> Quarantined:
        moved = self._move(name, QUARANTINE)
        self._give_reason(moved, _printable(name), reason, detail)
        return Quarantined(moved, reason, detail)

    def _give_reason(self, file: Path, name: str, reason: str, detail: str) -> None:
        told = {"name": name, "reason": reason, "detail": detail, "at": self._stamp()}
        file.with_name(f"{_short(file.name)}.reason.json").write_text(
            json.dumps(told, ensure_ascii=False, indent=1), "utf-8"
        )

    def _move(self, name: str, folder: str) -> Path:
        target = self._inbox / folder
        target.mkdir(exist_ok=True)
        free = target / name
        number = 1
        while free.exists():
            number += 1
            free = target / f"{Path(name).stem}-{number}{Path(name).suffix}"
        try:
            return (self._inbox / name).rename(free)
        except FileNotFoundError as error:
            raise _Vanished from error

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="milliseconds")


def _source(name: str, status: os.stat_result) -> SourceFile:
    return SourceFile(name, status.st_ino, status.st_size, status.st_mtime_ns)


def _told(source: SourceFile) -> SourceFile:
    """With a name that can be written down: bytes that are no UTF-8 become question marks."""
    return SourceFile(_printable(source.name), source.inode, source.bytes, source.modified_ns)


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _short(name: str) -> str:
    """A name that leaves room for what is put before and behind it: a file system takes 255 bytes."""
    return os.fsencode(name)[:200].decode("utf-8", "ignore")


def _natural(name: str) -> list[tuple[int, str]]:
    """The order a person counts in: page 2 before page 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(name)]
