"""What has come in: each package checked by the sender's own standard, judged once, answered with a signed receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.hazmat.primitives import hashes

from app.platform.uploads import Announced, Uploads
from app.store.durable import replace, sync_folder
from signing.types import Signer
from transfer.receipt import SignedReceipt, sign_receipt
from transfer.types import Receipt, Verdict

PIECE = 1024**2


@dataclass(frozen=True)
class Judgement:
    """What checking a package gave. `case` is for the list; reasons in Chinese, as they go back to the sender."""

    ok: bool
    reason_code: str | None
    reasons: tuple[str, ...]
    case: str


Judge = Callable[[Path], Judgement]


@dataclass(frozen=True)
class Received:
    """One line of the list of what came in."""

    receipt: Receipt
    station: str
    case: str


class Inbox:
    """One folder per package: the file, who sent it, the receipt. The receipt is written last and never again."""

    def __init__(self, folder: Path, judge: Judge, signer: Signer, name: str, now: Callable[[], dt.datetime]) -> None:
        self._folder = folder
        self._judge = judge
        self._signer = signer
        self._name = name
        self._now = now
        self._taking = threading.Lock()
        folder.mkdir(parents=True, exist_ok=True)

    def receipt(self, package_id: str) -> SignedReceipt | None:
        """The answer to a package, if there is one already."""
        file = self._folder / package_id / "receipt.json"
        return SignedReceipt.from_text(file.read_text("ascii")) if file.is_file() else None

    def received(self) -> list[Received]:
        """Newest first."""
        lines = []
        for place in self._folder.iterdir():
            signed = self.receipt(place.name)
            if signed is not None:
                sender = json.loads((place / "sender.json").read_text("utf-8"))
                lines.append(Received(signed.read(), sender["station"], sender["case"]))
        return sorted(lines, key=lambda line: line.receipt.platform_sequence, reverse=True)

    def take(self, uploads: Uploads, upload_id: str) -> None:
        """Judge a complete upload and answer it. Killed in the middle, it is done again at the next start."""
        with self._taking:
            package = uploads.announced(upload_id)
            if self.receipt(package.package_id) is None:
                self._answer(package, uploads.data(upload_id))
            uploads.forget(upload_id)

    def _answer(self, package: Announced, data: Path) -> None:
        judgement = self._judge_whole(package, data)
        place = self._folder / package.package_id
        place.mkdir(exist_ok=True)
        sender = {**asdict(package), "case": judgement.case}
        replace(place / "sender.json", json.dumps(sender, ensure_ascii=False).encode())
        kept = place / "package.zip"
        if not kept.exists():
            kept.hardlink_to(data)
        sync_folder(place)
        receipt = Receipt(
            package_id=package.package_id,
            sha256=package.sha256,
            sm3=package.sm3,
            size=package.size,
            platform=self._name,
            platform_sequence=self._next_sequence(),
            received_at=self._now(),
            verdict=Verdict.ACCEPTED if judgement.ok else Verdict.REJECTED,
            reason_code=judgement.reason_code,
            reasons=judgement.reasons,
        )
        signed = sign_receipt(receipt, self._signer, now=self._now())
        replace(place / "receipt.json", signed.to_text().encode())

    def _judge_whole(self, package: Announced, data: Path) -> Judgement:
        """The hashes first: a package that is not what was announced is not opened."""
        sha256, sm3 = hashlib.sha256(), hashes.Hash(hashes.SM3())
        with data.open("rb") as stream:
            while piece := stream.read(PIECE):
                sha256.update(piece)
                sm3.update(piece)
        if (sha256.hexdigest(), sm3.finalize().hex()) != (package.sha256, package.sm3):
            return Judgement(False, "格式不符", ("收到的内容与发送方声明的摘要不符",), "")
        return self._judge(data)

    def _next_sequence(self) -> int:
        return max((line.receipt.platform_sequence for line in self.received()), default=0) + 1
