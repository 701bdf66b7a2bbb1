"""A born-digital, signed PDF and an OFD from import into the sealed package: byte for byte, with a reading copy."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from PIL import Image
from pypdf import PdfReader
from small_case import LINES, draw_account, make_ready

from app.station.batches import recount
from app.station.errors import ImportNotCounted, ImportUnfinished
from app.station.filing import build_dossier, load_documents, unfinished_batches
from app.station.importing import import_files
from app.station.keys import open_signer
from app.station.processing import process
from app.station.sealing import seal
from app.station.station import Station
from app.station.trust import anchors_for
from app.station.views import UnfinishedView, unfinished_batch
from dossier.ofd.errors import OfdBroken, OfdUnsafe
from dossier.package.index import parse_index
from dossier.verify import verify_package
from dossier.verify.copies import check_originals
from dossier.verify.source import open_source
from ocr.pool import open_pool
from signing.pdf import sign_pdf
from signing.validate import validate_pdf
from tests.packaging.dossier.ofd.foreign import ofd_parts, text_object, write_ofd

PAPER = '#set page(paper: "a4")\n#set text(font: "Noto Serif CJK SC", size: 16pt)\n'


def typed(target: Path, *pages: str) -> Path:
    """A PDF as a word processor makes it."""
    text = PAPER + "\n#pagebreak()\n".join(pages)
    target.write_bytes(typst.compile(text.encode(), format="pdf", font_paths=["/usr/share/fonts/opentype/noto"]))
    return target


def test_it_travels_as_it_came(station: Station, case: str, tmp_path: Path) -> None:
    plain = typed(tmp_path / "plain.pdf", f"= 到案经过\n{LINES[0]}\n\n{LINES[1]}", f"{LINES[2]}\n\n{LINES[3]}")
    signed = tmp_path / "到案经过 <电子>.pdf"
    with open_signer(station) as signer:
        sign_pdf(plain, signed, signer, reason="出具", location="清禾市", now=station.clock.now())
    import_files(station, case, [signed])
    make_ready(station, case, draw_account(tmp_path / "paper.png"))

    dossier = build_dossier(station, case, "base")
    documents = [entry.document for volume in dossier.volumes for entry in volume.entries]
    shown = [[face.electronic and face.electronic.page for face in document.faces] for document in documents]
    assert shown == [[None], [1, 2]]  # the paper has a date, the file none
    with open_signer(station) as signer:
        package = seal(station, case, "base", signer)

    report = verify_package(package.file, anchors_for(station.home.path), now=station.clock.now())
    assert report.ok
    assert not [each for each in report.findings if each.key.startswith("verify.original")]
    with zipfile.ZipFile(package.file) as archive:
        index = parse_index(archive.read(f"{package.id}/index.xml"))
        (original,) = index.originals
        assert archive.read(f"{package.id}/{original.path}") == signed.read_bytes()
    assert (original.name, original.pages, original.signatures, original.intact) == (signed.name, 2, 1, 1)
    (volume,) = index.files
    assert [page.electronic_page if page else None for page in volume.documents[1].leaves] == [None, 1, 2]
    (tmp_path / "taken.pdf").write_bytes(signed.read_bytes())
    (judged,) = validate_pdf(tmp_path / "taken.pdf", anchors_for(station.home.path), now=station.clock.now())
    assert judged.ok


def test_an_import_that_is_stopped_keeps_whole_files_alone(
    station: Station, case: str, draw: Callable[[str], Path], tmp_path: Path
) -> None:
    sheet, pdf = draw("1.png"), typed(tmp_path / "2.pdf", "一", "二", "三")
    told: list[tuple[int, int]] = []
    done = import_files(
        station, case, [sheet, pdf],
        on_progress=lambda done, of: told.append((done, of)), cancelled=lambda: told[-1:] == [(1333, 2000)],
    )  # fmt: skip
    assert (len(done.pages), told) == (1, [(0, 2000), (1000, 2000), (1333, 2000)]), "stopped after a page of the PDF"
    record = station.store.cases.get(case)
    (batch,) = unfinished_batches(station, record, station.store.pages.of_case(record.id))
    assert (batch.state, batch.reason) == ("stopped", "cancelled")
    assert not list(station.home.case(case).rglob("sources/*"))
    with pytest.raises(ImportNotCounted):
        recount(station, case, batch.number, 4)
    with open_pool(1) as pool:
        process(station, case, pool)
    with pytest.raises(ImportUnfinished):
        build_dossier(station, case, "base")
    assert unfinished_batch(station, case) == UnfinishedView(batch.number, imported=True)
    again = import_files(station, case, [sheet, pdf], on_progress=lambda done, of: told.append((done, of)))
    assert (len(again.pages), again.known, told[-1]) == (3, (sheet,), (2000, 2000))
    assert unfinished_batches(station, record, station.store.pages.of_case(record.id)) == []


def test_an_ofd_travels_as_it_came(station: Station, case: str, tmp_path: Path) -> None:
    title = text_object("到案经过", y=7).replace("5 5 90 10", "88 22 60 10").replace('Size="4"', 'Size="7"')
    account = title + "".join(
        text_object(line, y=5).replace("5 5 90 10", f"20 {40 + 9 * row} 180 9") for row, line in enumerate(LINES)
    )
    ofd = write_ofd(tmp_path / "情况说明.ofd", ofd_parts(account, area="0 0 210 297"))
    taken = import_files(station, case, [ofd])
    assert [page.dpi for page in taken.pages] == [300]
    make_ready(station, case, draw_account(tmp_path / "paper.png"))
    (document,) = (
        each for each in load_documents(station, station.store.cases.get(case)) if each.faces[0].electronic is not None
    )
    assert LINES[2] in "".join(line.text for line in document.faces[0].lines)
    with open_signer(station) as signer:
        package = seal(station, case, "base", signer)

    report = verify_package(package.file, anchors_for(station.home.path), now=station.clock.now())
    assert report.ok
    with zipfile.ZipFile(package.file) as archive:
        index = parse_index(archive.read(f"{package.id}/index.xml"))
        (original,) = index.originals
        assert original.path.endswith(".ofd")
        assert archive.read(f"{package.id}/{original.path}") == ofd.read_bytes()
        volume = PdfReader(io.BytesIO(archive.read(f"{package.id}/{index.files[0].path}")))
    assert (original.name, original.pages, original.signatures) == (ofd.name, 1, 0)
    with open_source(package.file) as source:
        otherwise = replace(index, originals=(replace(original, pages=2),))
        said = {each.key for each in check_originals(source, otherwise, station.clock.now())}
    assert said == {"verify.count", "verify.original-partly"}
    text = "".join("".join(page.extract_text() for page in volume.pages).replace("\u200b", "").split())
    assert "缺字体（以本机字体代替）：方正仿宋" in text


def test_an_ofd_that_is_none_is_refused_by_itself(station: Station, case: str, tmp_path: Path) -> None:
    whole = write_ofd(tmp_path / "whole.ofd", ofd_parts(text_object("到案经过")))
    cut = tmp_path / "cut.ofd"
    cut.write_bytes(whole.read_bytes()[:900])
    parts = ofd_parts(text_object("到案经过"))
    parts["Doc/Document.xml"] = parts["Doc/Document.xml"].replace(b"Pages/P.xml", b"../../P.xml")
    unsafe = write_ofd(tmp_path / "unsafe.ofd", parts)
    taken = import_files(station, case, [cut, unsafe, whole])
    assert [type(each.error) for each in taken.refused] == [OfdBroken, OfdUnsafe]
    assert all(str(each.error).startswith(each.path.name) for each in taken.refused)
    assert len(taken.pages) == 1


def test_a_scanned_pdf_is_pages_and_no_original(station: Station, case: str, tmp_path: Path) -> None:
    Image.new("RGB", (620, 877), "white").save(tmp_path / "scan.pdf", resolution=75)
    taken = import_files(station, case, [tmp_path / "scan.pdf"])
    assert len(taken.pages) == 1
    record = station.store.cases.get(case)
    assert station.store.pages.electronic(record.id) == {}
