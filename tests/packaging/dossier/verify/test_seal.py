"""Sealing a real small dossier: what is in the package, and when none is made."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import zipfile
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import bagit
import pytest
from pypdf import PdfReader

from dossier.deadlines import Calendar
from dossier.package.digest import digest_file
from dossier.package.errors import DossierNotReady, PackageUnsound, ProfileDiffers
from dossier.package.index import parse_index
from dossier.profile import Profile, ProfileNotInForce
from dossier.seal import seal
from dossier.verify import verify_package
from dossier.verify.report import report_json
from dossier.volumes import Making
from signing.keys.pkcs12 import Pkcs12Signer
from signing.types import Level, TrustAnchors
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.verify.conftest import NOW, Sealing, trail

TODAY, DAY = NOW.date(), dt.timedelta(days=1)


def read(package: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(package) as archive:
        return {info.filename.partition("/")[2]: archive.read(info) for info in archive.infolist()}


def test_package_is_what_sealing_says(sealing: Sealing) -> None:
    package, digests = sealing.package, digest_file(sealing.package.path)
    assert (package.sha256, package.sm3, package.size) == (digests.sha256, digests.sm3, digests.size)
    assert package.path.name == f"{package.id}.zip"
    assert (package.volumes, package.level) == (2, Level.B_B)
    assert sorted(each.name for each in package.path.parent.iterdir() if each.suffix != ".jpg") == [package.path.name]


def test_package_verifies_with_the_named_root(sealing: Sealing, anchors: TrustAnchors) -> None:
    report = verify_package(sealing.package.path, anchors, now=NOW)
    assert report.ok
    assert report.findings == ()
    assert (report.package_id, report.training) == (sealing.package.id, True)
    assert (report.volumes, report.documents, report.pages) == (2, 11, 11)
    assert [each.where.split(":")[0] for each in report.signatures] == [
        "seal.json",
        "data/volumes/01_W_诉讼文书卷.pdf",
        "data/volumes/02_Z_证据材料卷.pdf",
        "data/loose/01_ZJ05_起诉意见书.pdf",
    ]
    assert all(each.ok and each.trusted and each.covers_whole_file for each in report.signatures)


def test_without_a_root_the_fingerprint_is_named(sealing: Sealing) -> None:
    report = verify_package(sealing.package.path, None)
    assert report.ok
    assert [each.key for each in report.findings] == ["verify.no-anchors"]
    assert not any(each.trusted for each in report.signatures)
    told = json.loads(json.dumps(report_json(report, "en")))
    assert told["ok"] is True
    assert re.search(r"SHA-256 [0-9a-f]{64}", told["findings"][0]["message"])
    assert set(told) >= {"ok", "profile", "training", "package_id", "findings", "signatures"}
    assert set(told["findings"][0]) >= {"id", "severity", "where", "message"}


def test_an_unpacked_bag_verifies_and_is_valid_bagit(
    unpacked: Path, anchors: TrustAnchors, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert verify_package(unpacked, anchors, now=NOW).findings == ()
    monkeypatch.setattr(bagit, "CHECKSUM_ALGOS", {*bagit.CHECKSUM_ALGOS, "sm3"})
    bag = bagit.Bag(str(unpacked))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert sorted(bag.algorithms) == ["sha256", "sm3"]
    assert bag.info["External-Identifier"] == casefile.CASE_NO
    assert "draft, unverified" in bag.info["Juanzong-Profile"]
    assert bag.info["Juanzong-Training"].startswith("yes")
    assert bag.info["Juanzong-Origins"] == "replay 13"


def test_index_tells_what_is_inside(sealing: Sealing, profile: Profile) -> None:
    files = read(sealing.package.path)
    index = parse_index(files["index.xml"])
    assert (index.case_no, index.profile, index.training) == (casefile.CASE_NO, "CN-GENERIC@2026.1", True)
    assert [len(file.documents) for file in index.files] == [5, 5, 1]
    faces = {face.id: face for volume in sealing.dossier.volumes for e in volume.entries for face in e.document.faces}
    pages = [page for file in index.files[:2] for document in file.documents for page in document.pages]
    assert {page.face: page.original_sha256 for page in pages} == {k: v.original_sha256 for k, v in faces.items()}
    assert {page.face: page.number for page in pages} == {
        **dict.fromkeys(faces),
        **{face: number for volume in sealing.dossier.volumes for face, number in volume.page_numbers},
    }
    for file in index.files:
        assert len(PdfReader(io.BytesIO(files[file.path])).pages) == file.physical_pages
    assert {f"profile/{name}": data for name, data in profile.files.items()}.items() <= files.items()


def test_recognised_text_travels_along(sealing: Sealing) -> None:
    text = json.loads(read(sealing.package.path)["data/text/02_Z_证据材料卷.json"])
    page = next(page for page in text["pages"] if page["face"] == "000009")
    assert [line["text"] for line in page["lines"]][:2] == ["讯问笔录", "第1页 共2页"]
    assert page["engine"] == "typed"


def test_explanations_stand_in_index_and_seal(sealing: Sealing) -> None:
    files = read(sealing.package.path)
    (explained,) = json.loads(files["seal.json"])["explained"]
    assert (explained["check"], explained["by"], explained["reason"]) == ("C-09", "王五", "拒绝签名,已注明")
    assert '理由="拒绝签名,已注明"' in files["index.xml"].decode()


def attempt(
    folder: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making, **changes: object
) -> None:
    given: dict[str, object] = {
        "dossier": sealing.dossier, "profile": profile, "signer": signer, "audit": trail(), "work": folder / "work",
        "out": folder / "out", "making": making, "explained": sealing.explained,
    }  # fmt: skip
    (folder / "out").mkdir(exist_ok=True)
    seal(**given | changes)  # type: ignore[arg-type]


def test_unexplained_findings_stop_it(
    tmp_path: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    with pytest.raises(DossierNotReady) as caught:
        attempt(tmp_path, sealing, profile, signer, making, explained=())
    assert [(each.id, each.face) for each in caught.value.findings] == [("C-09", "000005")]
    assert not any((tmp_path / "out").iterdir())


def test_unfiled_documents_stop_it(
    tmp_path: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    stray = casefile.document(None, "不明材料", casefile.face(tmp_path, 77, ["?"]))
    with pytest.raises(DossierNotReady) as caught:
        attempt(tmp_path, sealing, profile, signer, making, dossier=replace(sealing.dossier, unfiled=(stray,)))
    assert [each.key for each in caught.value.findings] == ["check.unfiled"]


def test_another_profile_than_the_case_is_pinned_to_stops_it(
    tmp_path: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    with pytest.raises(ProfileDiffers):
        attempt(tmp_path, sealing, replace(profile, sha256="f" * 64), signer, making)


@pytest.mark.parametrize(
    ("start", "end", "sealed"),
    [(TODAY, TODAY, True), (TODAY + DAY, None, False), (TODAY - 9 * DAY, TODAY - DAY, False)],
    ids=["its only day", "not yet", "no more"],
)
def test_nothing_is_sealed_outside_the_profiles_validity(
    start: dt.date,
    end: dt.date | None,
    sealed: bool,
    tmp_path: Path,
    sealing: Sealing,
    profile: Profile,
    signer: Pkcs12Signer,
    making: Making,
) -> None:
    rules = profile.rules.model_copy(update={"valid_from": start, "valid_to": end, "volume_forms": ("pdf",)})
    with nullcontext() if sealed else pytest.raises(ProfileNotInForce):
        attempt(tmp_path, sealing, replace(profile, rules=rules), signer, making)
    assert any((tmp_path / "out").iterdir()) is sealed
    assert not (tmp_path / "work").exists()


def test_a_package_that_does_not_verify_does_not_appear(
    tmp_path: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    """The trail handed in is broken: the package is built, found unsound and thrown away."""
    with pytest.raises(PackageUnsound) as caught:
        attempt(tmp_path, sealing, profile, signer, making, audit=trail().replace(b"page.scanned", b"page.changed"))
    assert [each.id for each in caught.value.findings] == ["A-16"]
    assert not any((tmp_path / "out").iterdir())


def test_leftovers_of_a_killed_run_are_replaced(
    tmp_path: Path, sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making, anchors: TrustAnchors
) -> None:
    leftover = tmp_path / "work/bag/data/volumes/99_half.pdf"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    attempt(tmp_path, sealing, profile, signer, making)
    (made,) = (tmp_path / "out").iterdir()
    assert verify_package(made, anchors, now=NOW).findings == ()
    assert not (tmp_path / "work").exists()


def test_limits_are_counted_by_the_stations_own_holidays(
    sealing: Sealing, profile: Profile, signer: Pkcs12Signer, making: Making, tmp_path: Path
) -> None:
    """A table that knows no year at all is warned about in the statement."""
    package = seal(
        sealing.dossier, profile, signer=signer, audit=trail(), work=tmp_path / "work", out=tmp_path, making=making,
        explained=sealing.explained, calendar=Calendar(frozenset(), frozenset(), frozenset()),
    )  # fmt: skip
    assert limits_told(package.path) == limits_told(sealing.package.path) + 1


def limits_told(package: Path) -> int:
    checks = json.loads(read(package)["conformity.json"])["checks"]
    return sum(int(each["findings"]) for each in checks if each["id"] == "A-07")
