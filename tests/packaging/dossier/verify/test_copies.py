"""Access copies beside the signed volumes: what they hold, and what is said of one that differs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import ofdkit
import pytest
from pypdf import PdfReader
from verapdf import verapdf

from dossier.model import Finding
from dossier.package.index import IndexedFile, PackageIndex, parse_index
from dossier.verify.ofd import check_ofd
from dossier.volumes import expected_text
from tests.packaging.dossier.verify.conftest import Sealing

Parts = dict[str, bytes]


@pytest.fixture(scope="module")
def index(sealing: Sealing) -> PackageIndex:
    with zipfile.ZipFile(sealing.package.path) as archive:
        return parse_index(archive.read(f"{sealing.package.id}/index.xml"))


@pytest.fixture
def copy_of(sealing: Sealing, tmp_path: Path) -> Callable[[str], Path]:
    def fetch(path: str) -> Path:
        with zipfile.ZipFile(sealing.package.path) as archive:
            target = tmp_path / path.replace("/", "_")
            target.write_bytes(archive.read(f"{sealing.package.id}/{path}"))
        return target

    return fetch


def test_each_volume_has_both_copies(index: PackageIndex) -> None:
    assert [[copy.path for copy in file.copies] for file in index.files] == [
        ["data/access/volumes/01_W_诉讼文书卷.pdf", "data/access/volumes/01_W_诉讼文书卷.ofd"],
        ["data/access/volumes/02_Z_证据材料卷.pdf", "data/access/volumes/02_Z_证据材料卷.ofd"],
        ["data/access/loose/01_ZJ05_起诉意见书.pdf", "data/access/loose/01_ZJ05_起诉意见书.ofd"],
    ]


def test_the_ofd_has_the_text_that_was_read(
    index: PackageIndex, sealing: Sealing, copy_of: Callable[[str], Path]
) -> None:
    """By another program: each face's text stands on its page, in the order of the reading."""
    for file, volume in zip(index.files, sealing.dossier.volumes, strict=False):
        with ofdkit.open(copy_of(file.copies[1].path)) as document:
            assert len(document.pages) == file.physical_pages
            assert not document.warnings
            texts = ["".join("".join(run.text.split()) for run in page.runs) for page in document.pages]
        faces = [face for entry in volume.entries for face in entry.document.faces]
        assert texts[2 : 2 + len(faces)] == ["".join(expected_text(face)) for face in faces]


def test_numbers_stand_on_the_copy_alone_which_is_smaller(index: PackageIndex, copy_of: Callable[[str], Path]) -> None:
    file = index.files[0]
    signed, access = PdfReader(copy_of(file.path)), PdfReader(copy_of(file.copies[0].path))
    for page in range(2, 7):
        drawn = [reader.pages[page].get_contents() for reader in (signed, access)]
        assert [b"/N1 Do" in content.get_data() for content in drawn if content is not None] == [False, page == 2]
    assert signed.page_labels == access.page_labels
    assert file.copies[0].size < file.size
    assert verapdf(copy_of(file.copies[0].path), "2b") == []


def rewritten(ofd: Path, change: Callable[[Parts], None]) -> Path:
    """The OFD with some of its parts changed."""
    with zipfile.ZipFile(ofd) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    target = ofd.with_name("changed.ofd")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target


def _edit(name: str, old: str, new: str) -> Callable[[Parts], None]:
    def change(parts: Parts) -> None:
        assert old.encode() in parts[name]
        parts[name] = parts[name].replace(old.encode(), new.encode())

    return change


def _bomb(parts: Parts) -> None:
    parts["Doc_0/Pages/Page_2/Content.xml"] = b"<a>" + b" " * (33 << 20) + b"</a>"


CHANGES: dict[str, tuple[Callable[[Parts], None], str]] = {
    "a word": (_edit("Doc_0/Pages/Page_2/Content.xml", "受案登记表", "受案登计表"), "verify.ofd-text"),
    "a page": (
        _edit("Doc_0/Document.xml", 'BaseLoc="Pages/Page_3/Content.xml"', 'BaseLoc="Pages/Page_2/Content.xml"'),
        "verify.ofd-text",
    ),
    "a title": (_edit("Doc_0/Document.xml", 'Title="受案回执"', 'Title="受案回折"'), "verify.bookmarks"),
    "no such page": (_edit("Doc_0/Document.xml", "Page_4/Content", "Page_99/Content"), "verify.ofd-unreadable"),
    "entities": (_edit("OFD.xml", "<ofd:OFD", "<!DOCTYPE a><ofd:OFD"), "verify.ofd-unreadable"),
    "a bomb": (_bomb, "verify.ofd-unreadable"),
    "a part gone": (lambda parts: parts.pop("Doc_0/Document.xml") and None, "verify.ofd-unreadable"),
}


def _judge(ofd: Path, index: PackageIndex, sealing: Sealing) -> list[Finding]:
    file: IndexedFile = index.files[0]
    faces = [face for entry in sealing.dossier.volumes[0].entries for face in entry.document.faces]
    like = replace(file, path="v.ofd", physical_pages=file.copies[1].physical_pages)
    return list(check_ofd(ofd, like, {face.id: "".join(expected_text(face)) for face in faces}))


@pytest.mark.parametrize(("change", "key"), CHANGES.values(), ids=CHANGES.keys())
def test_an_ofd_that_differs_is_named(
    change: Callable[[Parts], None],
    key: str,
    index: PackageIndex,
    sealing: Sealing,
    copy_of: Callable[[str], Path],
) -> None:
    ofd = copy_of(index.files[0].copies[1].path)
    assert _judge(ofd, index, sealing) == []
    assert {each.key for each in _judge(rewritten(ofd, change), index, sealing)} == {key}


def test_what_is_no_ofd_is_told(index: PackageIndex, sealing: Sealing, tmp_path: Path) -> None:
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    for data in (b"", b"PK", b"%PDF-1.7", empty.getvalue()):
        (tmp_path / "x.ofd").write_bytes(data)
        assert [each.key for each in _judge(tmp_path / "x.ofd", index, sealing)] == ["verify.ofd-unreadable"]
