"""The receiver's side: a real sealed package, its verdict, and the slip on its way back."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.station.malware import told
from app.station.receipts import import_receipts
from app.station.receiving import Said, examine, receive
from app.station.sending_errors import PackageInPieces, ReasonUnknown, VerdictImpossible
from app.station.station import Station, open_station
from app.store.records import Package
from app.store.store import Who
from dossier.checks import run_checks
from dossier.package.errors import PartsIncomplete
from dossier.package.parts import split
from dossier.profile import Profile
from dossier.verify.content import read_content
from dossier.verify.source import open_source
from signing.keys.pkcs12 import Pkcs12Signer
from signing.training import TrainingPki
from signing.types import TrustAnchors
from tests.app.station.malware_scanner import NAME, scanner_for
from tests.packaging.dossier.verify.conftest import NOW, Sealing, anchors, making, pki, profile, sealing, signer
from transfer.types import SendState, Verdict

__all__ = ["anchors", "making", "pki", "profile", "sealing", "signer"]  # fixtures
UNIT = "云山市人民检察院"


@pytest.fixture
def receiver(tmp_path: Path, pki: TrainingPki) -> Iterator[Station]:
    with _station(tmp_path / "receiver", pki, Who("钱接收", "检察院案管")) as station:
        yield station


@pytest.fixture
def sender(tmp_path: Path, pki: TrainingPki, sealing: Sealing) -> Iterator[Station]:
    """A station whose outbox holds the package, awaiting its receipt."""
    with _station(tmp_path / "sender", pki, Who("王五", "S1")) as station:
        sealed, case = sealing.package, sealing.dossier.case
        with station.store.change("dossier.sealed", case.case_no):
            package = Package(
                id=sealed.id,
                case_id=station.store.cases.add(case),
                case_no=case.case_no,
                submission="prosecute",
                version=1,
                file=_kept(station, sealing),
                sha256=sealed.sha256,
                sm3=sealed.sm3,
                size=sealed.size,
                level=sealed.level.value,
                training=True,
                sealed_at=NOW.isoformat(),
            )
            station.store.outbox.queue(package, "platform", NOW.isoformat())
            for state in (SendState.SENDING, SendState.AWAITING_RECEIPT):
                station.store.outbox.move(package.id, state, reason=None, next_at=None, at=NOW.isoformat())
        yield station


def _station(home: Path, pki: TrainingPki, who: Who):  # type: ignore[no-untyped-def]
    home.mkdir()
    (home / "keys").symlink_to(pki.root_path.parent.parent)
    return open_station(home, who=who)


def _kept(station: Station, sealing: Sealing) -> Path:
    folder = station.home.packages(sealing.dossier.case.case_no)
    folder.mkdir(parents=True)
    return Path(shutil.copy(sealing.package.path, folder))


def test_the_content_is_what_was_sealed(sealing: Sealing, profile: Profile, anchors: TrustAnchors) -> None:
    """What a package holds gives the same findings as the sender's own dossier."""
    with open_source(sealing.package.path) as source:
        content = read_content(source, anchors)
    assert content.profile.sha256 == profile.sha256
    sent, come = sealing.dossier, content.dossier
    assert dataclasses.replace(come.case, opened_at=sent.case.opened_at) == sent.case
    assert [entry.document.title for volume in come.volumes for entry in volume.entries] == [
        entry.document.title for volume in sent.volumes for entry in volume.entries
    ]
    assert run_checks(come, profile, now=NOW) == run_checks(sent, profile, now=NOW)


def test_a_sound_package_is_accepted_and_the_sender_takes_the_slip(
    receiver: Station, sender: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    package = Path(shutil.copy(sealing.package.path, tmp_path))
    slip = receive(receiver, package, signer, unit=UNIT, anchors=anchors)
    receipt = slip.signed.read()
    assert (receipt.verdict, receipt.reason_code, receipt.platform) == (Verdict.ACCEPTED, None, UNIT)
    assert slip.file == tmp_path / f"{sealing.package.id}.receipt"
    assert not slip.examined.open
    assert any(each.id == "C-09" for each in slip.examined.findings), "the sender answered for it under seal"
    (taken,) = import_receipts(sender, [slip.file])
    assert taken == receipt
    item = sender.store.outbox.get(sealing.package.id)
    assert item is not None
    assert item.state is SendState.ARRIVED
    again = receive(receiver, package, signer, unit=UNIT, anchors=anchors)
    assert (again.again, again.signed) == (True, slip.signed), "one package, one answer"


def test_a_person_sends_it_back_with_a_reason_of_the_standard(
    receiver: Station, sender: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    said = Said(Verdict.REJECTED, "第2页字迹不清,请重新扫描", "模糊")
    slip = receive(receiver, sealing.package.path, signer, unit=UNIT, anchors=anchors, said=said, out=tmp_path)
    import_receipts(sender, [slip.file])
    item = sender.store.outbox.get(sealing.package.id)
    assert item is not None
    assert (item.state, item.reason) == (SendState.REJECTED, "模糊;第2页字迹不清,请重新扫描")
    assert sender.store.outbox.next_version(item.package.case_id, "prosecute") == 2
    with pytest.raises(ReasonUnknown, match="缺页"):
        receive(
            receiver, sealing.package.path, signer, unit=UNIT, anchors=anchors, said=Said(Verdict.REJECTED, "?", "?")
        )


def test_a_damaged_package_is_sent_back_and_nobody_can_accept_it(
    receiver: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    package = Path(shutil.copy(sealing.package.path, tmp_path))
    data = bytearray(package.read_bytes())
    data[len(data) // 2] ^= 1
    package.write_bytes(data)
    with pytest.raises(VerdictImpossible):
        receive(receiver, package, signer, unit=UNIT, anchors=anchors, said=Said(Verdict.ACCEPTED, "急用"))
    slip = receive(receiver, package, signer, unit=UNIT, anchors=anchors)
    receipt = slip.signed.read()
    assert (receipt.verdict, receipt.reason_code) == (Verdict.REJECTED, "格式不符")
    assert receipt.reasons


def test_a_package_with_malware_is_sent_back_unopened_and_not_kept(
    receiver: Station, sender: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    scanner = scanner_for(b"seal.json", tmp_path)  # a name that every package holds
    package = Path(shutil.copy(sealing.package.path, tmp_path))
    with pytest.raises(VerdictImpossible):
        receive(
            receiver, package, signer, unit=UNIT, anchors=anchors, said=Said(Verdict.ACCEPTED, "急"), scanner=scanner
        )
    slip = receive(receiver, package, signer, unit=UNIT, anchors=anchors, scanner=scanner)
    receipt = slip.signed.read()
    assert (receipt.verdict, receipt.package_id) == (Verdict.REJECTED, sealing.package.id)
    assert NAME in receipt.reasons[0]
    assert (slip.examined.report.volumes, slip.examined.findings) == (0, ()), "nothing of it was opened but the seal"
    assert not list((receiver.home.path / "received").rglob("*.zip"))
    (step,) = receiver.store.audit.of_kind("package")
    assert step.detail["malware"] == told(slip.examined.scan)
    import_receipts(sender, [slip.file])
    item = sender.store.outbox.get(sealing.package.id)
    assert item is not None
    assert item.state is SendState.REJECTED


def test_a_sound_package_is_searched_and_kept(
    receiver: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    scanner = scanner_for(b"no package holds these words", tmp_path)
    slip = receive(receiver, sealing.package.path, signer, unit=UNIT, anchors=anchors, out=tmp_path, scanner=scanner)
    assert slip.signed.read().verdict is Verdict.ACCEPTED
    assert slip.examined.scan.scanner.startswith("ClamAV ")
    assert list((receiver.home.path / "received").rglob("package.zip"))


def test_a_package_in_parts(
    receiver: Station, sealing: Sealing, signer: Pkcs12Signer, anchors: TrustAnchors, tmp_path: Path
) -> None:
    parts = split(sealing.package.path, sealing.package.id, tmp_path, sealing.package.size // 2 + 1)
    slip = receive(receiver, tmp_path, signer, unit=UNIT, anchors=anchors, out=tmp_path)
    assert slip.signed.read().sha256 == sealing.package.sha256, "the slip is for the whole"
    parts[1].unlink()
    with pytest.raises(PartsIncomplete, match=parts[1].name):
        receive(receiver, tmp_path, signer, unit=UNIT, anchors=anchors)
    (tmp_path / "unpacked").mkdir()
    with pytest.raises(PackageInPieces):
        receive(receiver, tmp_path / "unpacked", signer, unit=UNIT, anchors=anchors)


def test_what_the_sender_did_not_answer_for_is_open(sealing: Sealing, anchors: TrustAnchors) -> None:
    examined = examine(sealing.package.path, anchors, NOW)
    assert (examined.ok, examined.open) == (True, ())
    assert {each.id for each in examined.findings if each.severity == "block"} == {
        each.id for each in sealing.explained
    }
