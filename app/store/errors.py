"""What can go wrong in the library on disk, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class StoreError(Exception):
    """`key` names the message and the remedy in the catalogue; `text` and `remedy` are their English form."""

    key: ClassVar[str] = "store.fault"
    text: ClassVar[str] = "The station's library could not be used: {detail}."
    remedy: ClassVar[str] = "Nothing shown was lost. Check the disk and start again."
    exit_code: ClassVar[int] = 5

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class DiskFull(StoreError):
    key = "store.disk-full"
    text = "The disk has only {free_mb} MB free; {needed_mb} MB are needed."
    remedy = "Free some space, or move sent dossiers to another disk. All pages taken so far are safe."


class HomeNotWritable(StoreError):
    key = "store.home-not-writable"
    text = "The folder {path} cannot be written: {detail}."
    remedy = "Choose another folder with --home, or have its owner grant access."


class HomeOfAnother(StoreError):
    key = "store.home-of-another"
    text = "The folder {path} is the station of the login {owner}; two logins cannot share one."
    remedy = "Work as {owner}, or choose a folder of your own with --home. Nothing was changed."


class NewerStore(StoreError):
    key = "store.newer"
    text = "This library was made by a newer station (schema {found}, this one knows {known})."
    remedy = "Use the newer station. Nothing was changed."


class CaseInUse(StoreError):
    key = "store.case-in-use"
    text = "Case {case_no} is being worked on by another window or command."
    remedy = "Wait until it is done, or stop it, then try again."


class DeskOpen(StoreError):
    key = "store.desk-open"
    text = "The desk of the station in {path} is open already."
    remedy = "Use that window, or close it first. Commands and sending in the background work beside it."
    exit_code = 2


class CaseUnknown(StoreError):
    key = "store.case-unknown"
    text = "There is no case {case_no} here."
    remedy = "List the cases with `juanzong case list`, or open it with `juanzong case new`."
    exit_code = 2


class CaseExists(StoreError):
    key = "store.case-exists"
    text = "Case {case_no} is already open."
    remedy = "Go on with it; nothing was changed."
    exit_code = 2


class PageUnknown(StoreError):
    key = "store.page-unknown"
    text = "The case has no page {page}."
    remedy = "List its pages with `juanzong pages list` and name one as it stands there."
    exit_code = 2


class ArrangementUnknown(StoreError):
    key = "store.arrangement-unknown"
    text = "The case has no version {version} of the submission {submission}."
    remedy = "List them with `juanzong submission list`."
    exit_code = 2


class BatchUnknown(StoreError):
    key = "store.batch-unknown"
    text = "The case has no batch {batch}."
    remedy = "List its pages and batches with `juanzong pages list`."
    exit_code = 2


class JournalBroken(StoreError):
    key = "store.journal-broken"
    text = "The library's journal was altered: {file}, {detail}."
    remedy = "Pages and cases are in the database as before. Run `juanzong fsck`, and have the disk looked at."


class LibraryMissing(StoreError):
    key = "store.library-missing"
    text = "The library {file} is gone, but its journal is there."
    remedy = "Run `juanzong fsck --rebuild`: it brings cases, pages, their order and the trail back from the files."


class LibraryBehind(StoreError):
    key = "store.library-behind"
    text = "The library is older than its journal: it knows {newest} changes, the journal {journal}."
    remedy = "An old copy was put in its place? Run `juanzong fsck --rebuild` to bring the newest state back."


class LibraryBroken(StoreError):
    key = "store.library-broken"
    text = "The library {file} cannot be read: {detail}."
    remedy = "Run `juanzong fsck --rebuild`: it brings cases, pages, their order and the trail back from the files."


class NetworkHome(StoreError):
    key = "store.network-home"
    text = "The folder {path} lies on a network drive ({kind}); a library there breaks when two stations write to it."
    remedy = "Choose a folder on a disk of this machine with --home. Sealed dossiers may be copied to the drive."
    exit_code = 2


class JournalMissing(StoreError):
    key = "store.journal-missing"
    text = "There is no journal in {folder} to make the library from."
    remedy = "Put a backup of the station's folder in its place: originals, journal and packages belong together."


class LibraryInUse(StoreError):
    key = "store.library-in-use"
    text = "The library in {path} is open elsewhere, or is being made again."
    remedy = "Close the desk and wait for other commands of this station to end, then try again."
