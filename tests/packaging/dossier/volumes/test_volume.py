"""A volume as a receiver opens it: pages, labels, bookmarks, conformance, the pictures' own bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from verapdf import verapdf

from dossier.model import Dossier, Face, Volume
from dossier.volumes import Making, write_loose, write_volume
from dossier.volumes.errors import PictureDiffers, PictureUnusable
from tests.packaging.dossier.volumes.readers import by_pypdf
from tests.packaging.dossier.volumes.samples import make_document, make_dossier, make_volume

FaceMaker = Callable[..., Face]


@pytest.fixture
def volume(face: FaceMaker) -> Volume:
    """Three documents, six faces, two of them blank."""
    filing = make_document(
        "1",
        "立案决定书",
        [face("1"), face("2", [], side="back", blank=True)],
        kind="LA03",
        number="云公（青）立字〔2026〕101号",
    )
    record = make_document("2", "讯问笔录（第1次）", [face("3"), face("4", side="back")])
    picture = make_document(
        "3", "现场照片", [face("5", [], mode="L"), face("6", [], side="back", blank=True)], date=None
    )
    return make_volume([filing, record, picture])


@pytest.fixture
def dossier(volume: Volume) -> Dossier:
    return make_dossier(volume)


def test_a_volume_has_all_its_pages_in_order(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    built = write_volume(volume, dossier, tmp_path / "01_W.pdf", made=making)
    reader = pypdf.PdfReader(built.path, strict=True)
    assert (built.physical_pages, built.numbered_pages) == (10, 4)
    assert reader.page_labels == ["i", "ii", "1", "1空白1", "2", "3", "4", "4空白1", "iii", "iv"]
    assert str(reader.root_object["/Lang"]) == "zh-CN"
    assert reader.metadata is not None
    assert reader.metadata.title == "赵某涉嫌危险驾驶案 诉讼文书卷"


def test_bookmarks_are_the_catalogue(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    reader = pypdf.PdfReader(write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path)
    assert _outline(reader, reader.outline) == [
        ("立案决定书", 2, [("第1页", 2, [])]),
        ("讯问笔录（第1次）", 4, [("第2页", 4, []), ("第3页", 5, [])]),
        ("现场照片", 6, [("第4页", 6, [])]),
    ]


def test_the_frame_sheets_say_what_is_in_the_volume(
    volume: Volume, dossier: Dossier, making: Making, tmp_path: Path
) -> None:
    path = write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path
    cover, catalogue, remarks, back = ("\n".join(by_pypdf(path, page)) for page in (0, 1, 8, 9))
    for words in (
        "诉讼文书卷",
        "赵某涉嫌危险驾驶案",
        "A9901020000002026030001",
        "危险驾驶罪",
        "2026年3月12日",
        "孙立卷",
    ):
        assert words in cover
    assert "钱某" not in cover
    assert "共4页" in cover
    assert "不得作为证据使用" in cover
    assert "云公（青）立字〔2026〕101号" in catalogue.replace("\n", "")
    assert "现场照片" in catalogue
    assert "空白面2面未编页号" in remarks.replace("\n", "")
    assert "6幅" in remarks
    assert all("draft,unverified" in sheet.replace("\n", "") for sheet in (cover, remarks, back))


def test_a_long_catalogue_repeats_its_head(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    one = face("1")
    documents = [make_document(str(i), f"证据材料之{i}", [replace(one, id=str(i))]) for i in range(60)]
    volume = make_volume(documents)
    built = write_volume(volume, make_dossier(volume), tmp_path / "v.pdf", made=making)
    front = built.physical_pages - 60 - 2
    assert front > 2
    assert all("题名" in "".join(by_pypdf(built.path, page)) for page in range(1, front))


def test_regional_columns_and_fields_come_from_the_making(
    volume: Volume, dossier: Dossier, making: Making, tmp_path: Path
) -> None:
    regional = replace(
        making,
        catalogue_columns=("页号", "题名", "责任者", "归档号"),
        cover_fields=("案件名称", "移送单位", "第__册"),
        responsible={"LA03": "云江市公安局"},
    )
    path = write_volume(volume, dossier, tmp_path / "v.pdf", made=regional).path
    assert "移送单位" in "".join(by_pypdf(path, 0))
    catalogue = "".join(by_pypdf(path, 1))
    assert catalogue.index("页号") < catalogue.index("题名") < catalogue.index("归档号")
    assert "云江市公安局" in catalogue


@pytest.mark.parametrize("training", [True, False])
def test_volumes_and_loose_documents_are_pdf_a_2b(
    training: bool, volume: Volume, making: Making, tmp_path: Path
) -> None:
    dossier = make_dossier(volume, training=training)
    built = write_volume(volume, dossier, tmp_path / "v.pdf", made=making)
    loose = write_loose(volume.entries[1].document, dossier, tmp_path / "l.pdf", made=making)
    assert verapdf(built.path, "2b") == []
    assert verapdf(loose.path, "2b") == []


def test_the_validator_finds_what_is_wrong(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    good = write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(good.read_bytes().replace(b"/S /GTS_PDFA1", b"/S /GTS_NONE1"))
    assert any(rule.startswith("6.2.4.3") for rule in verapdf(bad, "2b"))


def test_pictures_keep_their_bytes(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    data = write_volume(volume, dossier, tmp_path / "v.pdf", made=making).path.read_bytes()
    for entry in volume.entries:
        for face in entry.document.faces:
            assert face.picture.read_bytes() in data


def test_the_same_input_gives_the_same_bytes(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    first = write_volume(volume, dossier, tmp_path / "a.pdf", made=making)
    second = write_volume(volume, dossier, tmp_path / "b.pdf", made=making)
    data = first.path.read_bytes()
    assert data == second.path.read_bytes()
    assert first.sha256 == hashlib.sha256(data).hexdigest()
    assert first.size == len(data)
    assert data.endswith(b"%%EOF\n")


def test_a_loose_document_is_its_faces_alone(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    built = write_loose(volume.entries[1].document, dossier, tmp_path / "l.pdf", made=making)
    reader = pypdf.PdfReader(built.path)
    assert (built.physical_pages, built.numbered_pages) == (2, 0)
    assert reader.page_labels == ["1", "2"]
    assert [item.title for item in reader.outline if not isinstance(item, list)] == ["讯问笔录（第1次）"]


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda data: data[:-400], PictureUnusable),
        (lambda data: b"\x89PNG" + data[4:], PictureUnusable),
        (lambda data: b"", PictureUnusable),
        (lambda data: data[:30] + b"\xff\xd9", PictureUnusable),
        (None, PictureUnusable),
    ],
    ids=["cut off", "no jpeg", "empty", "header only", "gone"],
)
def test_a_broken_picture_is_refused_and_nothing_is_left(
    damage: Callable[[bytes], bytes] | None,
    error: type[Exception],
    volume: Volume,
    dossier: Dossier,
    making: Making,
    tmp_path: Path,
) -> None:
    picture = volume.entries[1].document.faces[0].picture
    if damage:
        picture.write_bytes(damage(picture.read_bytes()))
    else:
        picture.unlink()
    out = tmp_path / "out"
    out.mkdir()
    with pytest.raises(error, match="face 3"):
        write_volume(volume, dossier, out / "v.pdf", made=making)
    assert list(out.iterdir()) == []


def test_a_picture_of_another_size_is_refused(face: FaceMaker, making: Making, tmp_path: Path) -> None:
    wrong = replace(face("7"), width_px=828)
    with pytest.raises(PictureDiffers, match="827x1169"):
        write_loose(make_document("1", "照片", [wrong]), make_dossier(), tmp_path / "l.pdf", made=making)


def test_words_are_never_taken_for_markup(volume: Volume, dossier: Dossier, making: Making, tmp_path: Path) -> None:
    case = replace(dossier.case, name='#panic("x") <&> *案* $1$ \u0001\U00032000')
    built = write_volume(volume, replace(dossier, case=case), tmp_path / "v.pdf", made=making)
    assert '#panic("x")<&>*案*$1$〓' in "".join(by_pypdf(built.path, 0))
    assert verapdf(built.path, "2b") == []


def _outline(reader: pypdf.PdfReader, items: Sequence[object]) -> list[tuple[str, int | None, list[object]]]:
    """Return the outline as (title, physical page, children)."""
    found: list[tuple[str, int | None, list[object]]] = []
    for item in items:
        if isinstance(item, list):
            found[-1][2].extend(_outline(reader, item))
        elif isinstance(item, pypdf.generic.Destination):
            found.append((str(item.title), reader.get_destination_page_number(item), []))
    return found
