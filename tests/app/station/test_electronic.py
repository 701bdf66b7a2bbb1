"""A born-digital, signed PDF from its import into the sealed package: byte for byte, with a reading copy bound in."""

from __future__ import annotations

import zipfile
from pathlib import Path

import typst
from PIL import Image
from small_case import LINES, draw_account, make_ready

from app.station.filing import build_dossier
from app.station.importing import import_files
from app.station.keys import open_signer
from app.station.sealing import seal
from app.station.station import Station
from app.station.trust import anchors_for
from dossier.package.index import parse_index
from dossier.verify import verify_package
from signing.pdf import sign_pdf
from signing.validate import validate_pdf

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


def test_a_scanned_pdf_is_pages_and_no_original(station: Station, case: str, tmp_path: Path) -> None:
    Image.new("RGB", (620, 877), "white").save(tmp_path / "scan.pdf", resolution=75)
    taken = import_files(station, case, [tmp_path / "scan.pdf"])
    assert len(taken.pages) == 1
    record = station.store.cases.get(case)
    assert station.store.pages.electronic(record.id) == {}
