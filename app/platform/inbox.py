"""What has come in: each package checked by the sender's own standard, judged once, answered with a signed receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from app.platform.uploads import Announced, is_package_id
from app.store.durable import replace, sync_folder
from signing.types import Signer
from transfer.receipt import SignedReceipt, sign_receipt
from transfer.types import Receipt, Verdict

PIECE = 1024**2
DAMAGED = "收到的内容与发送方声明的摘要不符"


@dataclass(frozen=True)
class Judgement:
    """What checking a package gave. `case` is for the list; reasons in Chinese, as they go back to the sender;
    `keep`: its bytes, beside the answer."""

    ok: bool
    reason_code: str | None
    reasons: tuple[str, ...]
    case: str
    keep: bool = True


Judge = Callable[[Path, str], Judgement]  # the package, and the id it was announced under


@dataclass(frozen=True)
class Received:
    """One line of the list of what came in."""

    receipt: Receipt
    station: str
    case: str


@dataclass(frozen=True)
class _Digests:
    sha256: str
    sm3: str


class Inbox:
    """One folder per package: the file, who sent it, the receipt. The receipt is written last.

    A receipt stands for good, with one exception: bytes damaged on their way are rejected under the hashes they had,
    and the package may come once more. One thread takes packages in; any thread may read.
    """

    def __init__(self, folder: Path, judge: Judge, signer: Signer, name: str, now: Callable[[], dt.datetime]) -> None:
        self._folder = folder
        self._judge = judge
        self._signer = signer
        self._name = name
        self._now = now
        folder.mkdir(parents=True, exist_ok=True)
        self._sequence = max((line.receipt.platform_sequence for line in self.received()), default=0)

    def receipt(self, package_id: str) -> SignedReceipt | None:
        """The answer to a package, if there is one already. `package_id` may be any text."""
        if not is_package_id(package_id):
            return None
        try:
            return SignedReceipt.from_text((self._folder / package_id / "receipt.json").read_bytes())
        except FileNotFoundError:
            return None

    def settled(self, package: Announced) -> bool:
        """Does the receipt of this package stand for good?"""
        signed = self.receipt(package.package_id)
        if signed is None:
            return False
        receipt = signed.read()
        return receipt.verdict is Verdict.ACCEPTED or (receipt.sha256, receipt.sm3) == (package.sha256, package.sm3)

    def received(self) -> list[Received]:
        """Newest first."""
        lines = []
        for place in self._folder.iterdir():
            signed = self.receipt(place.name)
            if signed is not None:
                sender = json.loads((place / "sender.json").read_text("utf-8"))
                lines.append(Received(signed.read(), sender["station"], sender["case"]))
        return sorted(lines, key=lambda line: line.receipt.platform_sequence, reverse=True)

    def take(self, package: Announced, data: Path) -> None:
        """Judge a complete upload and answer it; nothing is done for one that has its answer already.

        Killed in the middle, it may be done again. Raises what the judge raises: no verdict then.
        """
        if self.settled(package):
            return
        found = _digests(data)
        whole = (found.sha256, found.sm3) == (package.sha256, package.sm3)
        # A package that is not what was announced is not opened.
        judgement = self._judge(data, package.package_id) if whole else Judgement(False, "格式不符", (DAMAGED,), "")
        place = self._folder / package.package_id
        place.mkdir(exist_ok=True)
        sync_folder(self._folder)
        sender = {**asdict(package), "case": judgement.case}
        replace(place / "sender.json", json.dumps(sender, ensure_ascii=False).encode())
        if whole and judgement.keep:
            _keep(data, place / "package.zip")
        signed = sign_receipt(self._receipt(package, found, judgement), self._signer, now=self._now())
        replace(place / "receipt.json", signed.to_text().encode())
        self._sequence += 1

    def _receipt(self, package: Announced, found: _Digests, judgement: Judgement) -> Receipt:
        return Receipt(
            package_id=package.package_id,
            sha256=found.sha256,
            sm3=found.sm3,
            size=package.size,
            platform=self._name,
            platform_sequence=self._sequence + 1,
            received_at=self._now(),
            verdict=Verdict.ACCEPTED if judgement.ok else Verdict.REJECTED,
            reason_code=judgement.reason_code,
            reasons=judgement.reasons,
        )


def _digests(data: Path) -> _Digests:
    sha256, sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
    with data.open("rb") as stream:
        while piece := stream.read(PIECE):
            sha256.update(piece)
            sm3.update(piece)
    return _Digests(sha256.hexdigest(), sm3.finalize().hex())


def _keep(data: Path, kept: Path) -> None:
    """A second name for the same bytes: the upload's own name goes only after the receipt is written."""
    kept.unlink(missing_ok=True)
    kept.hardlink_to(data)
    sync_folder(kept.parent)
