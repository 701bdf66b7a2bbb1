"""`juanzong receive` on a real package, its slip, and `verify` on parts."""

from __future__ import annotations

from pathlib import Path

from dossier.package.parts import split
from signing.training import TrainingPki
from tests.app.cli.conftest import Juanzong
from tests.packaging.dossier.verify.conftest import Sealing, anchors, making, pki, profile, sealing, signer
from transfer.receipt import SignedReceipt

__all__ = ["anchors", "making", "pki", "profile", "sealing", "signer"]  # fixtures


def test_accepted_by_the_checks_then_answered_the_same(
    juanzong: Juanzong, sealing: Sealing, pki: TrainingPki, tmp_path: Path
) -> None:
    taken = juanzong("receive", sealing.package.path, "--trust", pki.root_path, "--out", tmp_path, "--json")
    told = taken.json
    assert (taken.code, told["verdict"], told["again"]) == (0, "accepted", False)
    assert "draft, unverified" in told["profile"]
    assert told["verification"]["profile_status"] == "draft, unverified"
    slip = SignedReceipt.from_text(Path(told["slip"]).read_bytes()).read()
    assert (slip.sha256, slip.package_id) == (sealing.package.sha256, sealing.package.id)
    other = ("--verdict", "rejected", "--reason", "改主意")
    again = juanzong("receive", sealing.package.path, "--trust", pki.root_path, "--out", tmp_path, *other, "--json")
    assert (again.code, again.json["verdict"], again.json["again"]) == (0, "accepted", True), "an answer stands"


def test_sent_back_by_a_person_from_parts(
    juanzong: Juanzong, sealing: Sealing, pki: TrainingPki, tmp_path: Path
) -> None:
    medium = tmp_path / "medium"
    medium.mkdir()
    first, second = split(sealing.package.path, sealing.package.id, medium, sealing.package.size // 2 + 1)
    order = (
        "receive",
        medium,
        "--trust",
        pki.root_path,
        "--verdict",
        "rejected",
        "--code",
        "缺页",
        "--reason",
        "少第3页",
    )
    sent_back = juanzong(*order, "--unit", "云山市人民检察院")
    assert sent_back.code == 1
    assert "缺页; 少第3页" in sent_back.out
    assert juanzong("verify", medium, "--trust", pki.root_path).code == 0
    second.unlink()
    assert second.name in juanzong("verify", first, "--trust", pki.root_path).out
    assert juanzong(*order).code == 1
    assert juanzong("receive", medium, "--verdict", "accepted").code == 2, "a person's verdict needs a reason"
