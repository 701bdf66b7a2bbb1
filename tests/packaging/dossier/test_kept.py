"""Only volumes that changed are built again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dossier.kept import KeptVolumes, volume_key
from dossier.model import Dossier, Volume
from dossier.volumes import BuiltVolume, Making, write_volume
from tests.packaging.dossier.volumes.samples import make_document, make_dossier, make_face, make_making, make_volume

Change = Callable[[Volume, Dossier, Making], tuple[Volume, Dossier, Making]]


@pytest.fixture
def volume(tmp_path: Path) -> Volume:
    return make_volume([make_document("1", "讯问笔录", [make_face(tmp_path, "a", ["问：", "答："])], kind="GS01")])


def write(kept: KeptVolumes, volume: Volume, making: Making, out: Path) -> BuiltVolume:
    dossier = make_dossier(volume)
    return kept.write(volume, dossier, making, "pdf", out, lambda: write_volume(volume, dossier, out, made=making))


def test_a_kept_volume_is_the_same_file_and_needs_no_building(tmp_path: Path, volume: Volume) -> None:
    later = replace(make_making(), now=make_making().now + dt.timedelta(days=3))
    first, second = KeptVolumes(tmp_path / "kept"), KeptVolumes(tmp_path / "kept")
    one = write(first, volume, make_making(), tmp_path / "1.pdf")
    two = write(second, volume, later, tmp_path / "2.pdf")
    assert (first.built, first.reused, second.built, second.reused) == ([1], [], [], [1])
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()
    assert replace(one, path=two.path) == two


def test_a_kept_file_that_is_not_whole_is_built_again(tmp_path: Path, volume: Volume) -> None:
    write(KeptVolumes(tmp_path / "kept"), volume, make_making(), tmp_path / "1.pdf")
    (pdf,) = (tmp_path / "kept").glob("*.volume")
    whole = pdf.read_bytes()
    for broken in (whole[:-10], b""):
        pdf.write_bytes(broken)
        again = KeptVolumes(tmp_path / "kept")
        write(again, volume, make_making(), tmp_path / "2.pdf")
        assert again.built == [1]
        assert (tmp_path / "2.pdf").read_bytes() == pdf.read_bytes() == whole
    (tmp_path / "kept" / f"{pdf.stem}.json").write_text("{}", "utf-8")
    again = KeptVolumes(tmp_path / "kept")
    write(again, volume, make_making(), tmp_path / "3.pdf")
    assert again.built == [1]


def test_what_a_sealing_had_no_use_for_is_removed(tmp_path: Path, volume: Volume) -> None:
    write(KeptVolumes(tmp_path / "kept"), replace(volume, sequence=2), make_making(), tmp_path / "1.pdf")
    now = KeptVolumes(tmp_path / "kept")
    write(now, volume, make_making(), tmp_path / "2.pdf")
    now.forget_others()
    stem = f"{volume_key(volume, make_dossier(volume), make_making())}-pdf"
    assert sorted(file.name for file in (tmp_path / "kept").iterdir()) == [f"{stem}.json", f"{stem}.volume"]


def of_document(volume: Volume, **changes: object) -> Volume:
    entry = volume.entries[0]
    return replace(volume, entries=(replace(entry, document=replace(entry.document, **changes)),))  # type: ignore[arg-type]


CHANGES: dict[str, Change] = {
    "title": lambda v, d, m: (of_document(v, title="询问笔录"), d, m),
    "number": lambda v, d, m: (of_document(v, number="1号"), d, m),
    "date": lambda v, d, m: (of_document(v, date=None), d, m),
    "text": lambda v, d, m: (
        of_document(v, faces=(replace(v.entries[0].document.faces[0], lines=()),)),
        d,
        m,
    ),
    "sequence": lambda v, d, m: (replace(v, sequence=2), d, m),
    "numbers": lambda v, d, m: (replace(v, page_numbers=(("a", 7),)), d, m),
    "charge": lambda v, d, m: (v, replace(d, case=replace(d.case, charge="盗窃")), m),
    "submission": lambda v, d, m: (v, replace(d, submission="arrest", submission_title="提请批捕卷"), m),
    "training": lambda v, d, m: (v, replace(d, training=False), m),
    "volumes": lambda v, d, m: (v, d, replace(m, volumes_total=9)),
    "standard": lambda v, d, m: (v, d, replace(m, profile_label="CN-YUNJIANG 2026.1")),
    "responsible": lambda v, d, m: (v, d, replace(m, responsible={"GS01": "某单位"})),
    "filing date in another volume": lambda v, d, m: (
        v,
        replace(d, volumes=(*d.volumes, of_document(v, kind="LA03", date=dt.date(2026, 1, 2)))),
        m,
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_whatever_stands_in_the_file_makes_another_volume(volume: Volume, change: Change) -> None:
    dossier, making = make_dossier(volume), make_making()
    assert volume_key(*change(volume, dossier, making)) != volume_key(volume, dossier, making)


def test_another_picture_makes_another_volume_and_facts_of_the_case_do_not(tmp_path: Path, volume: Volume) -> None:
    dossier, making = make_dossier(volume), make_making()
    before = volume_key(volume, dossier, making)
    tags = replace(dossier, case=replace(dossier.case, tags=frozenset({"drunk", "bail", "victim"})))
    assert volume_key(of_document(volume, told=frozenset({"kind", "date"})), tags, making) == before
    make_face(tmp_path, "a", ["问：", "答：是。"])
    assert volume_key(volume, dossier, making) != before
