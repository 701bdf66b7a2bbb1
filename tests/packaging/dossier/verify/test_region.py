"""A region's profile, made by editing data only: another order, other names, another split, another container."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree  # type: ignore[import-untyped]

from dossier.checks import explain, run_checks
from dossier.model import Finding
from dossier.package.container import write_container
from dossier.package.digest import digest_file
from dossier.package.eep import read_eep, signed_part
from dossier.package.index import parse_index
from dossier.package.index_write import Earlier
from dossier.package.sealing import parse_seal
from dossier.profile import Profile, load_profile
from dossier.profile.folder import BUILT_IN
from dossier.seal import SealedPackage, seal
from dossier.verify import VerifyReport, verify_package
from dossier.verify.content import read_content
from dossier.verify.declared import check_profile
from dossier.verify.integrity import check_integrity
from dossier.verify.source import open_source, read_tag_file
from dossier.volumes import Making
from signing.keys.pkcs12 import Pkcs12Signer
from signing.training import TrainingPki
from signing.types import TrustAnchors
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.verify.conftest import NOW, Sealing, trail

SENT_BACK = Earlier("11111111-2222-5333-8444-555555555555", "2026-05-11T09:00:00+08:00", "rejected", "缺页;C-01 少一页")
EDITS = {"max_pages: 150": "max_pages: 4", "max_pages: 100": "max_pages: 4", "part_mb: 650": "part_mb: 1"}


@pytest.fixture(scope="module", params=["plain", "eep"])
def region(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """The example region with small volumes, in the form of the parameter."""
    folder = tmp_path_factory.mktemp("profiles")
    shutil.copytree(BUILT_IN / "CN-YUNJIANG", folder / "CN-YUNJIANG")
    rules = folder / "CN-YUNJIANG" / "profile.yaml"
    text = rules.read_text("utf-8")
    for old, new in {**EDITS, "form: plain": f"form: {request.param}"}.items():
        assert old in text
        text = text.replace(old, new)
    rules.write_text(text, "utf-8")
    return load_profile("CN-YUNJIANG", folder=folder)


@pytest.fixture(scope="module")
def sealed(
    region: Profile, tmp_path_factory: pytest.TempPathFactory, signer: Pkcs12Signer, making: Making
) -> SealedPackage:
    folder = tmp_path_factory.mktemp("sealed")
    dossier = casefile.dossier(region, casefile.documents(folder))
    blocking = [each for each in run_checks(dossier, region, now=NOW) if each.severity == "block"]
    explained = tuple(explain(each, by="王五", reason="见说明", at=NOW) for each in blocking)
    return seal(
        dossier, region, signer=signer, audit=trail(), work=folder / "work", out=folder, making=making,
        explained=explained, earlier=(SENT_BACK,),
    )  # fmt: skip


@pytest.fixture
def unpacked(sealed: SealedPackage, tmp_path: Path) -> Path:
    with zipfile.ZipFile(sealed.path) as archive:
        archive.extractall(tmp_path)
    return tmp_path / sealed.id


def _declared(folder: Path) -> list[Finding]:
    """What the index's own statements are told, whatever the digests say."""
    with open_source(folder) as source:
        index = parse_index(read_tag_file(source, "index.xml"))
        seal = parse_seal(read_tag_file(source, "seal.json"))
        return list(check_profile(seal, index, check_integrity(source, seal).digests))


def keys(report: VerifyReport) -> set[tuple[str, str]]:
    return {(each.key, each.where) for each in report.findings}


def test_order_names_and_split_are_the_regions(unpacked: Path, region: Profile, sealing: Sealing) -> None:
    names = sorted(path.name for path in (unpacked / "volumes").iterdir())
    assert names == [
        "第001卷-证据卷.pdf",
        "第002卷-证据卷.pdf",
        "第003卷-诉讼文书卷.pdf",
        "第004卷-诉讼文书卷.pdf",
    ]
    assert [path.name for path in (unpacked / "loose").iterdir()] == ["附件01-起诉意见书.pdf"]
    root = etree.parse(unpacked / "index.xml").getroot()
    kinds = [[each.get("类型") for each in volume.iter("{*}文书")] for volume in root.iterfind("{*}卷")]
    assert kinds[0] + kinds[1] == ["SZ02", "SZ03", "GS01", "ZA01", "ZA02"]
    base = [volume.title for volume in sealing.dossier.volumes]
    assert base == ["诉讼文书卷", "证据材料卷"], "the same papers under the base"
    assert root.get("标准状态") == "draft, unverified"


def test_the_package_has_the_regions_form(unpacked: Path, region: Profile) -> None:
    names = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {
        "index.xml",
        "schema/index.xsd",
        "conformity.json",
        "profile/profile.yaml",
        "profile/base/checks.yaml",
    } <= names
    assert not any(name.startswith(("bagit", "manifest", "data/")) for name in names)
    assert {name for name in names if name.startswith("access/volumes/第001")} == {"access/volumes/第001卷-证据卷.pdf"}
    lists = {"plain": ["index"], "eep": ["index", "eep"]}[region.rules.package.form]
    for name in lists:
        schema = etree.XMLSchema(etree.parse(unpacked / "schema" / f"{name}.xsd"))
        schema.assertValid(etree.parse(unpacked / f"{name}.xml"))


def test_it_verifies_packed_and_unpacked(sealed: SealedPackage, unpacked: Path, anchors: TrustAnchors) -> None:
    for place in (sealed.path, unpacked):
        report = verify_package(place, anchors, now=NOW)
        assert (report.ok, report.findings) == (True, ())
        assert report.profile == "CN-YUNJIANG@2026.1"
        assert (report.volumes, report.pages) == (4, 11)
    assert all(each.ok and each.trusted for each in report.signatures)


def test_another_program_confirms_the_signature_of_the_eep(
    unpacked: Path, region: Profile, pki: TrainingPki, tmp_path: Path
) -> None:
    if region.rules.package.form != "eep":
        assert not (unpacked / "eep.xml").exists()
        return
    data = (unpacked / "eep.xml").read_bytes()
    (tmp_path / "signed").write_bytes(signed_part(data))
    (tmp_path / "signature").write_bytes(read_eep(data)[1])
    order = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "signed"]
    order += ["-CAfile", str(pki.root_path), "-purpose", "any", "-no_check_time", "-out", "/dev/null"]
    done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_the_checks_say_the_same_of_what_came(
    unpacked: Path, region: Profile, sealed: SealedPackage, anchors: TrustAnchors
) -> None:
    """What is in the package is enough to run the sender's checks again."""
    sent = casefile.dossier(region, casefile.documents(sealed.path.parent))
    with open_source(unpacked) as source:
        come = read_content(source, anchors)
    assert come.profile.rules == region.rules
    assert run_checks(come.dossier, come.profile, now=NOW) == run_checks(sent, region, now=NOW)


def test_what_was_sent_back_before_is_told(unpacked: Path) -> None:
    root = etree.parse(unpacked / "index.xml").getroot()
    assert root.get("版次") == "2"
    with open_source(unpacked) as source:
        assert read_content(source, None).earlier == (SENT_BACK,)


def test_the_statement_of_conformity(unpacked: Path, region: Profile) -> None:
    told = json.loads((unpacked / "conformity.json").read_text("utf-8"))
    assert told["profile"]["id"] == "CN-YUNJIANG"
    assert told["profile"]["status"] == "draft, unverified"
    assert told["form"] == region.rules.package.form
    assert told["reached"]["signatures"] == "PAdES B-B"
    assert {form: copy["re_encoded"] for form, copy in told["reached"]["access_copies"].items()} == {"access_pdf": True}
    assert told["reached"]["pictures"]["re_encoded"] is False
    checks = {each["id"]: each for each in told["checks"]}
    assert len(checks) == len(region.checks)
    assert checks["A-01"]["run"]
    assert not checks["S-06"]["run"], "nothing is claimed that was not run"
    assert all(each["by"] == "王五" for check in checks.values() for each in check["waived"])


def test_a_draft_cannot_call_itself_verified(unpacked: Path) -> None:
    path = unpacked / "index.xml"
    path.write_text(path.read_text("utf-8").replace('标准状态="draft, unverified"', '标准状态="issued"'), "utf-8")
    found = {(each.key, dict(each.params).get("what", "")) for each in _declared(unpacked)}
    assert ("verify.statement", "标准状态 profile_status") in found


def test_one_byte_of_each_file(unpacked: Path, anchors: TrustAnchors) -> None:
    for path in sorted(each for each in unpacked.rglob("*") if each.is_file()):
        data = path.read_bytes()
        path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
        name = path.relative_to(unpacked).as_posix()
        assert name in {where for _, where in keys(verify_package(unpacked, anchors, now=NOW))}
        path.write_bytes(data)


def test_extra_and_missing_files(unpacked: Path, region: Profile, tmp_path: Path) -> None:
    (unpacked / "volumes/autorun.exe").write_bytes(b"MZ")
    (unpacked / "audit.jsonl").unlink()
    found = keys(verify_package(unpacked, None, now=NOW))
    assert {("verify.file-extra", "volumes/autorun.exe"), ("verify.file-missing", "audit.jsonl")} <= found


def test_a_list_made_anew_is_not_what_was_sealed(unpacked: Path, region: Profile, tmp_path: Path) -> None:
    """The page of a document is changed in the list, which stays valid XML: the seal knows."""
    name = "eep.xml" if region.rules.package.form == "eep" else "index.xml"
    path = unpacked / name
    path.write_text(path.read_text("utf-8").replace("张三", "李四"), "utf-8")
    names = [each.relative_to(unpacked).as_posix() for each in unpacked.rglob("*") if each.is_file()]
    with (tmp_path / "again.zip").open("wb") as out:
        write_container(unpacked, unpacked.name, {each: digest_file(unpacked / each) for each in names}, out)
    found = keys(verify_package(tmp_path / "again.zip", None, now=NOW))
    assert ("verify.file-changed", name) in found
    if name == "eep.xml":
        assert ("verify.eep-signature", name) in found


def test_a_form_cannot_be_played_for_another(unpacked: Path, anchors: TrustAnchors) -> None:
    """Manifests laid into a package that has none are files too many, and hold nothing."""
    (unpacked / "manifest-sha256.txt").write_text("")
    assert ("verify.file-extra", "manifest-sha256.txt") in keys(verify_package(unpacked, anchors, now=NOW))
