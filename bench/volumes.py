"""Volumes: a dossier of 600 pages in four volumes sealed, then again after a change; time a page, memory, file sizes.

    python bench/volumes.py [--pages N] [--forms pdf,access_pdf,access_ofd] [--ofd FOLDER]
    python bench/volumes.py --read

The pages are a few drawn ones (`pageset`, tuning styles, 300 dpi colour), each used many times over. Measured is the
whole of sealing: checks, volumes, signatures, packing and verification of the finished package. Times are those of the
processor; memory is the largest this process had, in which nothing is drawn. `--ofd` keeps the access copy of the first
volume there as OFD, to be looked at (`ofd_view/`). `--read` counts what the default engine misreads on each drawn page,
in its evidence picture and in its access picture.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import multiprocessing
import resource
import shutil
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from dossier.checks import explain, run_checks
from dossier.filing import assemble
from dossier.kept import KeptVolumes
from dossier.model import CaptureOrigin, Case, Document, Dossier, Face, Intervention, Person
from dossier.package.index import IndexedFile, parse_index
from dossier.profile import Profile, load_profile
from dossier.seal import SealedPackage, seal
from dossier.volumes import Making
from dossier.volumes.access import access_picture
from ocr.engines.types import Char, Line
from ocr.imaging.types import Mark, MarkKind
from signing.chain import GENESIS, Record, link
from signing.keys.pkcs12 import open_pkcs12
from signing.training import ensure_training_pki

STYLES = ("red-head", "warrant", "record", "report")
SEEDS = 2
PAGES_OF_DOCUMENT = 5
LITIGATION = 0.25  # of the pages; the others are evidence
DPI = 300
NOW = dt.datetime(2026, 5, 20, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@dataclass(frozen=True)
class Drawn:
    """A drawn page as the station would have it."""

    picture: Path
    width: int
    height: int
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description="Sealing a dossier of many pages: time, memory, sizes.")
    parser.add_argument("--pages", type=int, default=600)
    parser.add_argument("--forms", default="pdf,access_pdf,access_ofd")
    parser.add_argument("--ofd", type=Path)
    parser.add_argument("--read", action="store_true")
    options = parser.parse_args()
    profile = load_profile()
    forms = tuple(options.forms.split(","))
    profile = replace(profile, rules=profile.rules.model_copy(update={"volume_forms": forms}))
    with tempfile.TemporaryDirectory(prefix="bench-volumes-") as name:
        folder = Path(name)
        with multiprocessing.get_context("spawn").Pool(1) as drawing:
            pages = drawing.apply(draw_pages, (folder,))
        if options.read:
            print_reading(pages, folder)
            return
        documents = make_documents(pages, options.pages, profile)
        print("| sealing | volumes built | CPU s | CPU ms a page | largest memory, MB |\n|---|---|---|---|---|")
        package = None
        retitled = one_changed(documents)
        for what, papers in (("first", documents), ("one title changed", retitled), ("nothing changed", retitled)):
            kept, started = KeptVolumes(folder / "kept"), time.process_time()
            package = seal_once(folder, assembled(papers, profile), profile, kept)
            spent = time.process_time() - started
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            of = f"{len(kept.built)} of {package.volumes}"
            print(f"| {what} | {of} | {spent:.1f} | {1000 * spent / options.pages:.0f} | {memory:.0f} |", flush=True)
        if package is not None:
            print_sizes(package, options.ofd)


def draw_pages(folder: Path) -> list[Drawn]:
    """Draw the pages into `folder`; in a process of its own, whose memory does not count."""
    from pageset.page import draw
    from pageset.styles import style_named

    from ocr.imaging.load import encode_jpeg

    drawn: list[Drawn] = []
    for style in STYLES:
        for seed in range(SEEDS):
            page = draw(style_named(style), seed, dpi=DPI)
            picture = folder / f"{style}-{seed}.jpg"
            picture.write_bytes(encode_jpeg(page.picture, 85, "444", DPI))
            height, width = page.picture.shape[:2]
            lines = tuple(
                Line(line.text, 0.98, line.quad, tuple(Char(char.text, 0.98, char.quad) for char in line.chars))
                for line in page.lines
            )
            marks = tuple(Mark(MarkKind(mark.kind), upright(mark.quad), 0.9) for mark in page.marks)
            drawn.append(Drawn(picture, width, height, lines, marks))
    return drawn


def print_reading(pages: Sequence[Drawn], folder: Path) -> None:
    from ocr.imaging.load import load_picture
    from ocr.pipeline import page_tools
    from ocr.text import comparable, edit_distance

    engine = page_tools().engine
    print("| page | characters | misread, evidence | misread, access | access, kB |\n|---|---|---|---|---|")
    for number, page in enumerate(pages):
        access = folder / "access.jpg"
        access.write_bytes(access_picture(make_face(number, page)))
        truth = comparable("".join(line.text for line in page.lines))
        misread = []
        for picture in (page.picture, access):
            read = engine.read(load_picture(picture).picture, DPI)
            misread.append(edit_distance(truth, comparable("".join(line.text for line in read.lines))))
        size = access.stat().st_size // 1000
        print(f"| {page.picture.stem} | {len(truth)} | {misread[0]} | {misread[1]} | {size} |", flush=True)


def upright(quad: Sequence[tuple[float, float]]) -> tuple[int, int, int, int]:
    left, top = (round(min(point[axis] for point in quad)) for axis in (0, 1))
    right, bottom = (round(max(point[axis] for point in quad)) for axis in (0, 1))
    return left, top, right - left, bottom - top


def make_documents(pages: Sequence[Drawn], count: int, profile: Profile) -> list[Document]:
    kinds = {code: [kind for kind in profile.kinds if kind.volume == code] for code in ("W", "Z")}
    documents: list[Document] = []
    for order in range(count // PAGES_OF_DOCUMENT):
        code = "W" if order < LITIGATION * count / PAGES_OF_DOCUMENT else "Z"
        kind = kinds[code][order % len(kinds[code])]
        first = order * PAGES_OF_DOCUMENT
        faces = tuple(
            make_face(number, pages[number % len(pages)]) for number in range(first, first + PAGES_OF_DOCUMENT)
        )
        documents.append(
            Document(f"{order:04d}", kind.code, kind.title, None, NOW.date(), ("赵某",), None, 0.97, faces)
        )
    return documents


def make_face(number: int, page: Drawn) -> Face:
    return Face(
        id=f"{number:06d}",
        sheet=number + 1,
        side="front",
        blank=False,
        original_sha256=f"{number:064x}",
        original_name=f"{number:06d}.png",
        origin=CaptureOrigin.SIMULATOR,
        captured_at=NOW,
        picture=page.picture,
        width_px=page.width,
        height_px=page.height,
        dpi=DPI,
        lines=page.lines,
        marks=page.marks,
        zones=(),
        engine="drawn",
        models=(),
    )


def one_changed(documents: list[Document]) -> list[Document]:
    """The last paper of the evidence has another title."""
    return [*documents[:-1], replace(documents[-1], title="其他证据材料")]


def assembled(documents: Sequence[Document], profile: Profile) -> Dossier:
    case = Case(
        case_no="A9901020000002026030001",
        name="赵某涉嫌诈骗案",
        charge="诈骗罪",
        unit_code="990102000000",
        unit_name="云江市公安局青石分局",
        persons=(Person(1, "赵某", "嫌疑人", "990102199001011234"),),
        profile_id=profile.id,
        profile_version=profile.version,
        profile_sha256=profile.sha256,
        tags=frozenset(),
        opened_at=NOW,
    )
    dossier = assemble(case, documents, "base", profile)
    return replace(dossier, interventions=(Intervention("", "李文", NOW),))


def seal_once(folder: Path, dossier: Dossier, profile: Profile, kept: KeptVolumes) -> SealedPackage:
    """What stands against sealing papers that were never real is explained."""
    keys = ensure_training_pki(folder / "keys", now=NOW)
    making = Making(
        now=NOW,
        maker="王五",
        checker="赵六",
        unit=dossier.case.unit_name,
        volumes_total=len(dossier.volumes),
        profile_label=profile.label,
        station="S1",
    )
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    blocking = [each for each in run_checks(dossier, profile, now=NOW) if each.severity == "block"]
    package = seal(
        dossier,
        profile,
        signer=open_pkcs12(keys.station_p12, keys.station_password),
        audit=trail(),
        work=folder / "work",
        out=out,
        making=making,
        explained=[explain(each, by="王五", reason="测试", at=NOW) for each in blocking],
        kept=kept,
    )
    kept.forget_others()
    return package


def trail() -> bytes:
    """An audit trail of one record, as the store exports them."""
    record = Record(1, NOW, 1, "S1", "王五", "case.opened", "A9901020000002026030001", {}).canonical()
    return (
        json.dumps({"link": link(GENESIS, record).hex(), "record": record.decode()}, ensure_ascii=False) + "\n"
    ).encode()


def print_sizes(package: SealedPackage, keep: Path | None) -> None:
    with zipfile.ZipFile(package.path) as archive:
        index = parse_index(archive.read(f"{package.id}/index.xml"))
        copies = [copy for file in index.files for copy in file.copies]
        print("\n| form | files | MB | kB a page |\n|---|---|---|---|")
        for form in ("pdf", *dict.fromkeys(copy.form for copy in copies)):
            files: list[IndexedFile] = list(index.files)
            sizes = [file.size for file in files] if form == "pdf" else [c.size for c in copies if c.form == form]
            pages = sum(file.numbered_pages for file in files)
            print(f"| {form} | {len(sizes)} | {sum(sizes) / 1e6:.0f} | {sum(sizes) / 1e3 / pages:.0f} |")
        if keep is not None:
            for copy in [copy for copy in copies if copy.path.endswith(".ofd")][:1]:
                (keep / "volume.ofd").write_bytes(archive.read(f"{package.id}/{copy.path}"))


if __name__ == "__main__":
    main()
