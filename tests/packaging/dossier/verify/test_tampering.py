"""Whatever is done to a package is found, and the place is named."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter

from dossier.model import Severity
from dossier.package.container import write_container
from dossier.package.digest import digest_file
from dossier.package.index import INDEX_NAME
from dossier.package.manifest import manifest_bytes, parse_manifest
from dossier.verify import VerifyReport, verify_package
from signing.training import ensure_training_pki
from signing.trust import load_anchors
from signing.types import TrustAnchors
from tests.packaging.dossier.verify.conftest import NOW, Sealing

SEED = 20260520
VOLUME = "data/volumes/02_Z_证据材料卷.pdf"


def blocks(report: VerifyReport) -> list[tuple[str, str]]:
    assert not report.ok
    return [(each.key, each.where) for each in report.findings if each.severity is Severity.BLOCK]


def repack(folder: Path) -> Path:
    """The folder's files in a new canonical container, as somebody would who knows the form."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    path = folder.parent / "repacked.zip"
    with path.open("wb") as out:
        write_container(folder, folder.name, {name: digest_file(folder / name) for name in names}, out)
    return path


def relist(folder: Path) -> None:
    """Make all manifests true again after a change: what is left is the seal."""
    for prefix in ("manifest", "tagmanifest"):
        for algorithm in ("sha256", "sm3"):
            path = folder / f"{prefix}-{algorithm}.txt"
            listed = parse_manifest(path.name, path.read_bytes())
            path.write_bytes(manifest_bytes({name: getattr(digest_file(folder / name), algorithm) for name in listed}))


def flips(places: dict[str, range]) -> list[tuple[str, int]]:
    """Two bytes of every file, header and end part, more of those that no digest protects."""
    chance = random.Random(SEED)
    many = {"seal.json": 8, "seal.p7s": 12, "directory": 12}
    return [
        (name, at) for name, part in places.items() for at in chance.sample(part, min(len(part), many.get(name, 2)))
    ]


def test_one_byte_anywhere(package: Path, places: Callable[[], dict[str, range]]) -> None:
    """Without any root named, each flipped byte is found, and its file or header is named."""
    data = package.read_bytes()
    chosen = flips(places())
    assert len(chosen) >= 100
    for name, at in chosen:
        spoiled = bytearray(data)
        spoiled[at] ^= 1 << at % 8
        package.write_bytes(spoiled)
        named = [where for _, where in blocks(verify_package(package, None, now=NOW))]
        file = name.removeprefix("header of ")
        assert name == "directory" or any(file in where for where in named), f"{name} {at}: {named}"


def test_one_byte_of_each_unpacked_file(unpacked: Path, anchors: TrustAnchors) -> None:
    for path in sorted(each for each in unpacked.rglob("*") if each.is_file()):
        data = path.read_bytes()
        path.write_bytes(data[:-7] + bytes([data[-7] ^ 1]) + data[-6:])
        name = path.relative_to(unpacked).as_posix()
        assert name in [where for _, where in blocks(verify_package(unpacked, anchors, now=NOW))]
        path.write_bytes(data)
    assert verify_package(unpacked, anchors, now=NOW).ok


def test_a_changed_picture_names_its_page(unpacked: Path, sealing: Sealing) -> None:
    picture = next(
        f.picture for v in sealing.dossier.volumes for e in v.entries for f in e.document.faces if f.id == "000010"
    )
    path, data = unpacked / VOLUME, (unpacked / VOLUME).read_bytes()
    at = data.index(picture.read_bytes()) + picture.stat().st_size // 2
    path.write_bytes(data[:at] + bytes([data[at] ^ 4]) + data[at + 1 :])
    found = blocks(verify_package(repack(unpacked), None, now=NOW))
    assert ("verify.page-changed", f"{VOLUME} p.4") in found
    assert [where for key, where in found if key == "verify.page-changed"] == [f"{VOLUME} p.4"]
    assert ("verify.file-changed", VOLUME) in found


def test_extra_and_missing_files(unpacked: Path) -> None:
    (unpacked / "data/autorun.exe").write_bytes(b"MZ")
    (unpacked / "profile/checks.yaml").unlink()
    found = blocks(verify_package(repack(unpacked), None, now=NOW))
    assert ("verify.file-extra", "data/autorun.exe") in found
    assert ("verify.file-missing", "profile/checks.yaml") in found


@pytest.mark.parametrize("name", ["seal.json", "seal.p7s", "tagmanifest-sm3.txt", "index.xml", "audit.jsonl", VOLUME])
def test_each_part_is_missed(unpacked: Path, name: str) -> None:
    (unpacked / name).unlink()
    assert name in [where for _, where in blocks(verify_package(repack(unpacked), None, now=NOW))]


def test_links_are_not_followed(unpacked: Path, anchors: TrustAnchors) -> None:
    os.link(unpacked / "index.xml", unpacked / "hard.xml")
    assert ("verify.file-extra", "hard.xml") in blocks(verify_package(unpacked, anchors, now=NOW))
    (unpacked / "hard.xml").unlink()
    (unpacked / "profile/etc").symlink_to("/etc")
    assert blocks(verify_package(unpacked, anchors, now=NOW)) == [("verify.name-unsafe", "profile/etc")]


def test_true_manifests_do_not_help(unpacked: Path) -> None:
    """Everything is listed anew, so only the seal knows: the tag manifests are named."""
    (unpacked / INDEX_NAME).write_bytes((unpacked / INDEX_NAME).read_bytes().replace("张三".encode(), "李四".encode()))
    relist(unpacked)
    named = {where for _, where in blocks(verify_package(repack(unpacked), None, now=NOW))}
    assert {"tagmanifest-sha256.txt", "tagmanifest-sm3.txt"} <= named


def test_another_standard_inside(unpacked: Path) -> None:
    """A rule of the profile is loosened and everything is listed anew."""
    rules = unpacked / "profile/profile.yaml"
    rules.write_bytes(rules.read_bytes().replace(b"min: 200", b"min: 100"))
    relist(unpacked)
    assert ("verify.statement", "profile/") in blocks(verify_package(repack(unpacked), None, now=NOW))


def test_a_renamed_package_is_named(unpacked: Path) -> None:
    renamed = unpacked.with_name("00000000-0000-5000-8000-000000000000")
    unpacked.rename(renamed)
    assert blocks(verify_package(repack(renamed), None, now=NOW)) == [("verify.package-id", "package")]


def test_appended_bytes_and_a_replaced_page(unpacked: Path) -> None:
    """PDFs changed after signing, with digests made true: the signatures inside still tell."""
    original = (unpacked / VOLUME).read_bytes()
    appended = original + b"% more\n"
    writer = PdfWriter(unpacked / VOLUME, incremental=True)
    writer.pages[3].rotate(180)
    writer.write(unpacked / "update.pdf")
    updated = (unpacked / "update.pdf").read_bytes()
    (unpacked / "update.pdf").unlink()
    assert updated.startswith(original)
    for data in (appended, updated):
        (unpacked / VOLUME).write_bytes(data)
        relist(unpacked)
        found = blocks(verify_package(repack(unpacked), None, now=NOW))
        assert ("verify.pdf-signature", VOLUME) in found
        assert ("verify.file-changed", VOLUME) in found, "the index holds the digest of the whole file"


def test_a_signature_cut_off_is_counted(unpacked: Path) -> None:
    """Rolled back to the unsigned revision: a sound PDF, one signature short."""
    data = (unpacked / VOLUME).read_bytes()
    (unpacked / VOLUME).write_bytes(data[: data.index(b"%%EOF") + 6])
    relist(unpacked)
    assert ("verify.signature-count", VOLUME) in blocks(verify_package(repack(unpacked), None, now=NOW))


def test_a_stranger_cannot_seal_anew(unpacked: Path, sealing: Sealing, anchors: TrustAnchors, tmp_path: Path) -> None:
    """Another key of the same making: sound in itself, not believed by who trusts the first root."""
    stranger = ensure_training_pki(tmp_path / "other", now=NOW)
    report = verify_package(sealing.package.path, load_anchors([stranger.root_path]), now=NOW)
    found = blocks(report)
    assert ("verify.untrusted", "seal.p7s") in found
    assert ("verify.untrusted", VOLUME) in found
    assert {key for key, _ in found} == {"verify.untrusted"}
    assert verify_package(sealing.package.path, anchors, now=NOW).ok


def test_a_seal_of_the_future_does_not_hold(package: Path, anchors: TrustAnchors) -> None:
    report = verify_package(package, anchors, now=NOW.replace(year=2026, month=5, day=19))
    assert ("verify.seal-invalid", "seal.p7s") in blocks(report)


def test_training_cannot_be_denied(unpacked: Path) -> None:
    """Index and bag turned to "real", digests made true: pages that no device captured give it away."""
    for name, old, new in (
        (INDEX_NAME, '训练="是"', '训练="否"'),
        ("bag-info.txt", "Juanzong-Training: yes, not for use as evidence", "Juanzong-Training: no"),
    ):
        path = unpacked / name
        assert old in path.read_text("utf-8")
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    relist(unpacked)
    # An altered tag manifest is not followed, so index and bag are judged by what they say.
    keys = {key for key, _ in blocks(verify_package(repack(unpacked), None, now=NOW))}
    assert {"verify.origin", "verify.statement", "verify.file-changed"} <= keys


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('页数="6"', '页数="7"', "verify.count"),
        ('号="3"', '号="9"', "verify.labels"),
        ('题名="到案经过"', '题名="到案说明"', "verify.bookmarks"),
        ('物理页数="10"', '物理页数="11"', "verify.count"),
        ('签名数="1"', '签名数="2"', "verify.signature-count"),
        ("<卷宗 ", "<卷宗 <", "verify.tag-file-broken"),
    ],
)
def test_the_index_is_held_against_the_pdfs(unpacked: Path, old: str, new: str, key: str) -> None:
    text = (unpacked / INDEX_NAME).read_text("utf-8")
    assert old in text
    (unpacked / INDEX_NAME).write_text(text.replace(old, new), "utf-8")
    relist(unpacked)
    assert key in {key for key, _ in blocks(verify_package(repack(unpacked), None, now=NOW))}


def test_hostile_pdf_in_place_of_a_volume(unpacked: Path) -> None:
    for data in (b"", b"%PDF-1.7\n" + b"<<" * 50_000, os.urandom(4000)):
        (unpacked / VOLUME).write_bytes(data)
        keys = {key for key, where in blocks(verify_package(repack(unpacked), None, now=NOW)) if VOLUME in where}
        assert {"verify.file-changed", "verify.pdf-unreadable"} <= keys


def test_hostile_tag_files(unpacked: Path) -> None:
    """Nothing that stands in a package raises."""
    small = {
        "manifest-sha256.txt": b"\xff\xfe",
        "bag-info.txt": b"no colon\n",
        "audit.jsonl": b"[]\n",
        "seal.json": b"[" * 100_000,
        "seal.p7s": b"\x30\x80" * 1000,
        "index.xml": b"<?xml version='1.0' encoding='utf-8'?>\n<!DOCTYPE x>",
    }
    for name, data in small.items():
        kept = (unpacked / name).read_bytes()
        (unpacked / name).write_bytes(data)
        assert name in [where for _, where in blocks(verify_package(repack(unpacked), None, now=NOW))]
        (unpacked / name).write_bytes(kept)


def test_a_file_that_is_no_package(tmp_path: Path) -> None:
    for data in (b"", b"hello", b"PK\x05\x06" + b"\0" * 18):
        (tmp_path / "x.zip").write_bytes(data)
        assert blocks(verify_package(tmp_path / "x.zip", None))
    (tmp_path / "empty").mkdir()
    assert blocks(verify_package(tmp_path / "empty", None))
