"""What can go wrong on the way to the platform, one class per cause."""

from __future__ import annotations

from typing import ClassVar


class TransferError(Exception):
    """`key` names the message and the remedy in the station's catalogue; `text` and `remedy` are their English form."""

    key: ClassVar[str] = "transfer.fault"
    text: ClassVar[str] = "It did not work: {detail}."
    remedy: ClassVar[str] = "Nothing was lost. Try again."
    exit_code: ClassVar[int] = 4

    def __init__(self, **params: object) -> None:
        self.params = params
        super().__init__(self.text.format(**params))


class PlatformDown(TransferError):
    """Nobody answers, or not in time: the package waits, a later attempt goes on where this one stopped."""

    key = "transfer.platform-down"
    text = "The platform at {url} does not answer ({detail})."
    remedy = "The package waits in the outbox; the next sending goes on where this one stopped."


class AddressUnusable(TransferError):
    key = "transfer.address-unusable"
    text = "{address} is no address of a platform."
    remedy = "It begins with https:// or http:// and names a host, e.g. https://platform.example."
    exit_code = 2


class PlatformBusy(TransferError):
    """The platform asks to come again later."""

    def __init__(self, *, status: int, retry_after: int = 0) -> None:
        """`retry_after`: seconds it asks for, 0 when it names none."""
        super().__init__(status=status, retry_after=retry_after)
        self.retry_after: int = retry_after

    key = "transfer.platform-busy"
    text = "The platform cannot take the package now (HTTP {status})."
    remedy = "The package waits in the outbox. Send it again later."


class PlatformRefused(TransferError):
    key = "transfer.platform-refused"
    text = "The platform refused the package (HTTP {status}): {detail}."
    remedy = "Ask the platform's operator why; the package stays in the outbox."


class PlatformBroken(TransferError):
    key = "transfer.platform-broken"
    text = "What answers at {url} is not the platform, or it is out of order: {detail}."
    remedy = "Check the address with the platform's operator. Everything waits in the outbox."


class CertificateRefused(TransferError):
    key = "transfer.certificate-refused"
    text = "The platform's certificate is not believed: {detail}."
    remedy = "Do not go on. Have the administrator check the address and the trusted roots."


class OwnCertificateRefused(TransferError):
    key = "transfer.own-certificate-refused"
    text = "The platform at {url} does not take this station's certificate ({detail})."
    remedy = "Ask its operator for a new one; until then everything waits in the outbox."


class OwnCertificateUnusable(TransferError):
    key = "transfer.own-certificate-unusable"
    text = "The station's certificate {file} or its key cannot be used: {detail}."
    remedy = "Both are PEM files, belong together, and the key has no password; `sending.toml` names them."
    exit_code = 6


class PinnedRootUnusable(TransferError):
    key = "transfer.pinned-root-unusable"
    text = "The root the platform's certificate must come from, {file}, cannot be used: {detail}."
    remedy = "It is a PEM file the platform's operator hands out; `sending.toml` names it."
    exit_code = 6


class UploadGone(TransferError):
    """The platform forgot the upload: a new one is begun; reaches the caller only when that happens time and again."""

    key = "transfer.upload-gone"
    text = "The platform no longer knows the upload."
    remedy = "The package waits in the outbox; the next sending begins it again."


class Stopped(TransferError):
    """The caller's `should_stop` said so."""

    key = "transfer.stopped"
    text = "Sending was stopped."
    remedy = "The package waits in the outbox; the next sending goes on where this one stopped."


class WindowClosed(TransferError):
    """The timetable says so."""

    key = "transfer.window-closed"
    text = "By the timetable nothing is sent now."
    remedy = "The package goes out in the next window; `sending.toml` in the station's folder holds the hours."


class LineMetered(TransferError):
    key = "transfer.line-metered"
    text = "The connection is metered, and by the rule this package does not go over it."
    remedy = (
        "It goes out by itself over another connection; `[metered]` in `sending.toml` holds the rule, "
        "`outbox send --metered` sends it all the same."
    )


class MeteredAmountSpent(TransferError):
    key = "transfer.metered-amount-spent"
    text = "The connection is metered, and today's {mb} MB are used up."
    remedy = "It goes on tomorrow or over another connection; `outbox send --metered` sends it all the same."


class LineUnknown(TransferError):
    key = "transfer.line-unknown"
    text = (
        "By the rule the package does not go over a metered connection, and NetworkManager does not say what this is."
    )
    remedy = "Write line = 'free' or line = 'metered' under `[metered]` in `sending.toml`."


class AwaitingReceipt(TransferError):
    key = "transfer.awaiting-receipt"
    text = "The package is delivered; the platform has not answered with a receipt yet."
    remedy = "It counts as arrived only with the receipt; the next sending asks for it."


class PackageAltered(TransferError):
    key = "transfer.package-altered"
    text = "The package file {file} is no longer what was sealed."
    remedy = "It is not sent. Seal the case again; the trail says when the file was whole."
    exit_code = 5


class PackageUnreadable(TransferError):
    key = "transfer.package-unreadable"
    text = "The package file {file} cannot be read: {detail}."
    remedy = "Check the disk it lies on; the package stays in the outbox."
    exit_code = 5


class FerryFolderFull(TransferError):
    key = "transfer.ferry-folder-full"
    text = "The folder {folder} of the gap device is full."
    remedy = "See whether the device takes files away; then lay the rest in again. Nothing was lost."
    exit_code = 5


class FerryFolderGone(TransferError):
    key = "transfer.ferry-folder-gone"
    text = "The folder {folder} of the gap device cannot be written: {detail}."
    remedy = "Check the path and the mount; the packages stay in the outbox."
    exit_code = 5


class NextMediumWanted(TransferError):
    """The package waits for a further medium: what is on the ones before stays good."""

    key = "transfer.next-medium"
    text = "The medium at {folder} has no room for volumes {volumes} of package {package}."
    remedy = "Take it out, put in the next one and call again with its folder: writing goes on there."
    exit_code = 5


class MediumGone(TransferError):
    key = "transfer.medium-gone"
    text = "The medium at {folder} cannot be written: {detail}."
    remedy = "Put it in again, or take another one; what was checked on it is not written again."
    exit_code = 5


class MediumAltersData(TransferError):
    key = "transfer.medium-alters-data"
    text = "The medium at {folder} gives back other bytes than were written into {file}."
    remedy = "Do not use it any more. Take another one and call again."
    exit_code = 5


class MediumKeyUnusable(TransferError):
    key = "transfer.medium-key-unusable"
    text = "{file} is no key for a medium: {detail}."
    remedy = "Give a PEM file with an RSA or Ed25519 certificate (for opening: its key), or a file with a passphrase."
    exit_code = 6


class MediumKeyWrong(TransferError):
    key = "transfer.medium-key-wrong"
    text = "What lies in {folder} was not encrypted for this key or passphrase."
    remedy = "Take the key of the addressee. Nothing was changed."
    exit_code = 6


class MediumEmpty(TransferError):
    key = "transfer.medium-empty"
    text = "There is no package in {folders}."
    remedy = "Check that the medium is mounted and that it is the right one."
    exit_code = 2


class OpeningStuck(TransferError):
    key = "transfer.opening-stuck"
    text = "What the media hold cannot be written into {folder}: {detail}."
    remedy = "Make room or choose another folder with --into, then open the media again."
    exit_code = 5


class OpenedDiffers(TransferError):
    key = "transfer.opened-differs"
    text = "The volumes of package {package} are whole, but together they are not what their manifest names."
    remedy = "It was not taken. Ask the sender to write the package again."
    exit_code = 6


class ReceiptForged(TransferError):
    key = "transfer.receipt-forged"
    text = "The receipt is not signed by a platform this station believes: {detail}."
    remedy = "The package does not count as arrived. Tell the administrator."
    exit_code = 6


class ReceiptForOther(TransferError):
    key = "transfer.receipt-for-other"
    text = "The receipt is for another package ({found})."
    remedy = "It was not taken. Ask the platform for the receipt of this package."
    exit_code = 6


class ReceiptBroken(TransferError):
    key = "transfer.receipt-broken"
    text = "The receipt cannot be read: {detail}."
    remedy = "Ask the platform for it again."
    exit_code = 6


class ReceiptHashDiffers(TransferError):
    key = "transfer.receipt-hash-differs"
    text = "The platform signed for other contents than were sent."
    remedy = "The package does not count as arrived; it is sent again next time, and set aside when that does not help."
    exit_code = 6
