"""Attacks on signed PDF files, made with programs that are not ours."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from signing.types import SignatureReport, TrustAnchors
from signing.validate import MAX_SIGNATURES, validate_pdf

Judge = Callable[[bytes], list[SignatureReport]]


@pytest.fixture
def judge(anchors: TrustAnchors, now: dt.datetime, tmp_path: Path) -> Judge:
    def validate(pdf: bytes) -> list[SignatureReport]:
        path = tmp_path / "judged.pdf"
        path.write_bytes(pdf)
        return validate_pdf(path, anchors, now=now)

    return validate


def _accepted(reports: list[SignatureReport]) -> bool:
    """What a caller who expects one signature would take."""
    return len(reports) == 1 and reports[0].ok


def test_no_signature(plain_pdf: Path, judge: Judge) -> None:
    assert judge(plain_pdf.read_bytes()) == []


def test_without_anchors_nothing_is_trusted(signed_pdf: Path, now: dt.datetime) -> None:
    (report,) = validate_pdf(signed_pdf, None, now=now)
    assert (report.ok, report.intact, report.trusted, report.covers_whole_file) == (False, True, False, True)


def _gap(pdf: bytes) -> range:
    numbers = re.findall(rb"/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)", pdf)[-1]
    return range(int(numbers[0]), int(numbers[1]))


def test_no_altered_byte_is_accepted(signed_pdf: Path, judge: Judge) -> None:
    pdf = signed_pdf.read_bytes()
    assert _accepted(judge(pdf))
    gap = _gap(pdf)
    positions = {
        *range(0, gap.start, 23),
        *range(gap.start - 3, gap.start + 40),
        *range(gap.start, gap.stop, 397),
        *range(gap.stop - 3, gap.stop + 3),
        *range(gap.stop, len(pdf), 23),
        len(pdf) - 1,
    }
    survivors = []
    for position in sorted(positions):
        for mask in (0x01, 0x20):
            altered = bytearray(pdf)
            altered[position] ^= mask
            if _accepted(judge(bytes(altered))):
                survivors.append((position, mask))
    assert survivors == []


@pytest.mark.parametrize(
    "junk",
    [b"\n", b"% nothing\n", b"\n%%EOF\n", b"\nstartxref\n%d\n%%%%EOF\n", b"1 0 obj\n<<>>\nendobj\n", bytes(5000)],
)
def test_something_appended(signed_pdf: Path, judge: Judge, junk: bytes) -> None:
    pdf = signed_pdf.read_bytes()
    if b"%d" in junk:
        junk %= int(pdf.rsplit(b"startxref", 1)[1].split()[0])
    reports = judge(pdf + junk)
    assert not _accepted(reports)
    assert not reports[-1].covers_whole_file


def _updated(pdf: Path, change: Callable[[pypdf.PdfWriter], None], target: Path) -> bytes:
    """An incremental update by pypdf: every old byte stays."""
    writer = pypdf.PdfWriter(pdf, incremental=True)
    change(writer)
    writer.write(target)
    assert target.read_bytes().startswith(pdf.read_bytes())
    return target.read_bytes()


def _replace_page(writer: pypdf.PdfWriter) -> None:
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 200 300 re f")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)


def _annotate(writer: pypdf.PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text="无罪", rect=(50, 50, 150, 150)))


def _remove_page(writer: pypdf.PdfWriter) -> None:
    writer.remove_page(1)


def _retitle(writer: pypdf.PdfWriter) -> None:
    writer._root_object[NameObject("/Lang")] = NameObject("/xx")


@pytest.mark.parametrize("change", [_replace_page, _annotate, _remove_page, _retitle])
@pytest.mark.parametrize("signatures", [1, 2])
def test_changed_by_an_incremental_update(
    signed_pdf: Path,
    twice_signed_pdf: Path,
    judge: Judge,
    tmp_path: Path,
    change: Callable[[pypdf.PdfWriter], None],
    signatures: int,
) -> None:
    source = signed_pdf if signatures == 1 else twice_signed_pdf
    reports = judge(_updated(source, change, tmp_path / "updated.pdf"))
    assert len(reports) == signatures
    assert not any(report.ok for report in reports)
    assert all("changed after signing" in " ".join(report.problems) for report in reports)


def test_rolled_back_signature_shows_in_the_count(signed_pdf: Path, twice_signed_pdf: Path, judge: Judge) -> None:
    whole, first = twice_signed_pdf.read_bytes(), signed_pdf.read_bytes()
    assert [report.ok for report in judge(whole)] == [True, True]
    rolled_back = judge(whole[: len(first)])
    assert [report.ok for report in rolled_back] == [True]


def test_signature_field_taken_out_shows_in_the_count(twice_signed_pdf: Path, judge: Judge, tmp_path: Path) -> None:
    def remove_field(writer: pypdf.PdfWriter) -> None:
        writer._root_object["/AcroForm"]["/Fields"].pop(0)

    reports = judge(_updated(twice_signed_pdf, remove_field, tmp_path / "updated.pdf"))
    assert len(reports) == 1
    assert not reports[0].ok


def test_signature_of_another_file(signed_pdf: Path, twice_signed_pdf: Path, judge: Judge) -> None:
    """The gap of one file filled with the signature of the other."""
    pdf, other = bytearray(signed_pdf.read_bytes()), twice_signed_pdf.read_bytes()
    here, there = _gap(bytes(pdf)), _gap(other)
    pdf[here.start : here.stop] = other[there.start : there.stop]
    (report,) = judge(bytes(pdf))
    assert (report.ok, report.intact) == (False, False)


def test_unknown_kind_of_signature_is_not_passed_over(signed_pdf: Path, judge: Judge) -> None:
    (report,) = judge(signed_pdf.read_bytes().replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachex"))
    assert not report.ok


def test_every_cut_off_length(signed_pdf: Path, judge: Judge) -> None:
    pdf = signed_pdf.read_bytes()
    for length in [*range(0, len(pdf), 499), *range(len(pdf) - 30, len(pdf))]:
        assert not _accepted(judge(pdf[:length]))


def _with_tail(tail: bytes) -> bytes:
    return b"%PDF-1.7\n" + tail


HOSTILE = {
    "nothing": b"",
    "no pdf": bytes(10_000),
    "no trailer": b"%PDF-1.7\n%%EOF\n",
    "nested": _with_tail(b"xref\n0 0\ntrailer\n<</Root " + b"[" * 200_000 + b"\nstartxref\n9\n%%EOF\n"),
    "nested trailer": _with_tail(b"xref\n0 0\ntrailer\n" + b"<</A" * 100_000 + b"\nstartxref\n9\n%%EOF\n"),
    "own parent": _with_tail(b"xref\n0 0\ntrailer\n<</Size 1/Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF\n"),
    "far offset": _with_tail(b"xref\n0 0\ntrailer\n<</Root 1 0 R>>\nstartxref\n99999999999999999999\n%%EOF\n"),
    "huge table": _with_tail(b"xref\n0 99999999999\ntrailer\n<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.timeout(20)
def test_hostile_file_becomes_a_problem(name: str, judge: Judge) -> None:
    (report,) = judge(HOSTILE[name])
    assert not report.ok
    assert report.problems


@pytest.mark.timeout(20)
def test_decompression_bomb(judge: Judge) -> None:
    bomb = zlib.compress(zlib.compress(bytes(200 << 20)))
    head = b"%%PDF-1.7\n1 0 obj\n<</Type/XRef/W[1 4 2]/Size 9/Root 2 0 R/Filter[/FlateDecode/FlateDecode]/Length %d>>"
    body = head % len(bomb) + b"\nstream\n" + bomb + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    (report,) = judge(body)
    assert "limit" in report.problems[0]


@pytest.mark.parametrize(
    "ranges",
    [
        b"0 1 2",
        b"0 0 0 0",
        b"-1 5 9 9",
        b"0 9 5 9",
        b"5 9 99 9",
        b"0 1 99999999999999 1",
        b"/A /B /C /D",
        b"0 1 2 3 4 5",
    ],
)
def test_odd_signed_ranges(signed_pdf: Path, judge: Judge, ranges: bytes) -> None:
    pdf = signed_pdf.read_bytes()
    old = re.findall(rb"/ByteRange\s*\[[^\]]*\]", pdf)[0]
    odd = (b"/ByteRange[" + ranges + b"]").ljust(len(old))
    reports = judge(pdf.replace(old, odd))
    assert not any(report.ok for report in reports)


def test_more_bytes_or_signatures_than_are_read(
    signed_pdf: Path, anchors: TrustAnchors, now: dt.datetime, tmp_path: Path
) -> None:
    (report,) = validate_pdf(signed_pdf, anchors, now=now, max_bytes=1000)
    assert "at most 1000" in report.problems[0]
    writer = pypdf.PdfWriter(clone_from=signed_pdf)
    fields = writer._root_object["/AcroForm"]["/Fields"]
    field = fields[0].get_object()
    for number in range(MAX_SIGNATURES):
        copy = DictionaryObject({**field, NameObject("/T"): TextStringObject(f"copy {number}")})
        fields.append(writer._add_object(copy))
    writer.write(tmp_path / "many.pdf")
    (report,) = validate_pdf(tmp_path / "many.pdf", anchors, now=now)
    assert report.problems == ("more than 64 signatures",)
