"""Electronic originals (电子原件) in a package: what is bound in for them, and what is said of one that differs."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import ofdkit
import pytest
from lxml import etree  # type: ignore[import-untyped]
from pypdf import PdfReader, PdfWriter
from pypdf.generic import Destination
from verapdf import verapdf

from dossier.checks import explain, run_checks
from dossier.model import Document, ElectronicPage, Finding
from dossier.package.errors import OriginalChanged
from dossier.package.index import IndexedOriginal, PackageIndex, parse_index
from dossier.profile import Profile
from dossier.seal import SealedPackage, seal
from dossier.verify import verify_package
from dossier.verify.copies import check_originals
from dossier.verify.source import open_source
from dossier.volumes import Making
from dossier.volumes.typeset import typeset
from signing.keys.pkcs12 import Pkcs12Signer
from signing.pdf import sign_pdf
from signing.types import TrustAnchors
from tests.packaging.dossier.checks import casefile
from tests.packaging.dossier.verify.conftest import NOW, trail

NAME = "讯问笔录 终稿.pdf"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, signer: Pkcs12Signer) -> Path:
    """Two pages made by another program, signed."""
    folder = tmp_path_factory.mktemp("original")
    page = PdfReader(io.BytesIO(typeset("back", {"case_no": "1", "volume": "2", "made": "3", "profile": "4"}))).pages[0]
    writer = PdfWriter()
    writer.add_page(page)
    writer.add_page(page)
    with (folder / "plain.pdf").open("wb") as out:
        writer.write(out)
    sign_pdf(folder / "plain.pdf", folder / "signed.pdf", signer, reason="出具", location="云山", now=NOW)
    return folder / "signed.pdf"


@pytest.fixture(scope="module")
def papers(original: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, ...]:
    """The case file whose 讯问笔录 came as a file."""
    sha256 = hashlib.sha256(original.read_bytes()).hexdigest()
    drawn = casefile.documents(tmp_path_factory.mktemp("drawn"))
    for page in (1, 2):
        shown = ElectronicPage(NAME, original, sha256, page, 2)
        drawn = casefile.changed_face(drawn, "GS01", page - 1, electronic=shown)
    return drawn


def sealed_in(
    folder: Path, papers: Sequence[Document], profile: Profile, signer: Pkcs12Signer, making: Making
) -> SealedPackage:
    dossier = casefile.dossier(profile, papers)
    blocking = [each for each in run_checks(dossier, profile, now=NOW) if each.severity == "block"]
    explained = tuple(explain(each, by="王五", reason="见说明", at=NOW) for each in blocking)
    return seal(
        dossier, profile, signer=signer, audit=trail(), work=folder / "work", out=folder, making=making,
        explained=explained,
    )  # fmt: skip


@pytest.fixture(scope="module")
def package(
    papers: Sequence[Document],
    tmp_path_factory: pytest.TempPathFactory,
    profile: Profile,
    signer: Pkcs12Signer,
    making: Making,
) -> SealedPackage:
    return sealed_in(tmp_path_factory.mktemp("sealed"), papers, profile, signer, making)


@pytest.fixture
def unpacked(package: SealedPackage, tmp_path: Path) -> Path:
    with zipfile.ZipFile(package.path) as archive:
        archive.extractall(tmp_path)
    return tmp_path / package.id


def _index(folder: Path) -> PackageIndex:
    return parse_index((folder / "index.xml").read_bytes())


def test_the_package_holds_it_byte_for_byte(unpacked: Path, original: Path, anchors: TrustAnchors) -> None:
    report = verify_package(unpacked, anchors, now=NOW)
    assert (report.ok, report.findings) == (True, ())
    (told,) = _index(unpacked).originals
    assert (told.name, told.pages, told.signatures, told.intact) == (NAME, 2, 1, 1)
    assert (unpacked / told.path).read_bytes() == original.read_bytes()
    etree.XMLSchema(etree.parse(unpacked / "schema/index.xsd")).assertValid(etree.parse(unpacked / "index.xml"))


def test_a_placeholder_stands_before_the_reading_copy(unpacked: Path, original: Path) -> None:
    file = _index(unpacked).files[1]
    copies = [document for document in file.documents if document.kind == "GS01"]
    assert [page and page.electronic_page for page in copies[0].leaves] == [None, 1, 2]
    reader = PdfReader(unpacked / file.path)
    (at,) = (page for page, label in enumerate(reader.page_labels) if "占位" in label)
    said = "".join(reader.pages[at].extract_text().replace("\u200b", "").split())
    for words in (
        "电子原件占位页",
        "讯问笔录终稿.pdf",
        hashlib.sha256(original.read_bytes()).hexdigest(),
        "1处内容完整",
    ):
        assert words in said
    marked = [b"/Copy Do" in page.get_contents().get_data() for page in reader.pages]  # type: ignore[union-attr]
    assert [page for page, drawn in enumerate(marked) if drawn] == [at + 1, at + 2]
    marks = [mark for mark in reader.outline if isinstance(mark, Destination) and mark.title == "讯问笔录"]
    assert [reader.get_destination_page_number(mark) for mark in marks] == [at]
    with ofdkit.open(unpacked / file.copies[1].path) as ofd:
        assert len(ofd.pages) == len(reader.pages)
        assert "电子原件占位页" in "".join("".join(run.text.split()) for run in ofd.pages[at].runs)
    for path in (file.path, file.copies[0].path):
        assert verapdf(unpacked / path, "2b") == []


def _judge(folder: Path, **changes: object) -> list[Finding]:
    """What is said when the index declared something else of the original."""
    index = _index(folder)
    told: IndexedOriginal = replace(index.originals[0], **changes)  # type: ignore[arg-type]
    with open_source(folder) as source:
        return list(check_originals(source, replace(index, originals=(told,)), NOW))


def test_what_was_declared_otherwise_is_named(unpacked: Path) -> None:
    assert _judge(unpacked) == []
    assert {each.key for each in _judge(unpacked, pages=3)} == {"verify.count", "verify.original-partly"}
    assert {each.key for each in _judge(unpacked, intact=0)} == {"verify.signature-count"}
    assert {each.key for each in _judge(unpacked, sha256="0" * 64)} == {"verify.original-partly", "verify.file-missing"}
    (unpacked / _index(unpacked).originals[0].path).write_bytes(b"%PDF-1.7")
    assert {each.key for each in _judge(unpacked)} == {"verify.pdf-unreadable"}


def test_a_page_left_out_is_told(
    papers: tuple[Document, ...], tmp_path: Path, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    whole = next(paper for paper in papers if paper.kind == "GS01")
    less = casefile.changed(papers, "GS01", faces=whole.faces[:1])
    report = verify_package(sealed_in(tmp_path, less, profile, signer, making).path, None, now=NOW)
    assert report.ok
    assert ("verify.original-partly", "warn") in {(each.key, each.severity.value) for each in report.findings}


def test_one_that_changed_since_it_came_is_not_sealed(
    papers: tuple[Document, ...], original: Path, tmp_path: Path, profile: Profile, signer: Pkcs12Signer, making: Making
) -> None:
    other = Path(shutil.copy(original, tmp_path / "other.pdf"))
    other.write_bytes(other.read_bytes() + b"\n")
    for page in (0, 1):
        shown = next(paper for paper in papers if paper.kind == "GS01").faces[page].electronic
        assert shown is not None
        papers = casefile.changed_face(papers, "GS01", page, electronic=replace(shown, file=other))
    with pytest.raises(OriginalChanged):
        sealed_in(tmp_path, papers, profile, signer, making)
    assert not list(tmp_path.glob("*.zip"))
