"""Small drawn faces whose lines and characters stand where the recognised boxes say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dossier.model import CaptureOrigin, Case, Document, Dossier, Entry, Face, Person, Volume
from dossier.volumes import Making
from ocr.engines.types import Char, Line, Quad

DPI = 100
SIZE = (827, 1169)  # A4
FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
NOW = dt.datetime(2026, 4, 8, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))

LINES = (
    "讯 问 笔 录",
    "时间 2026年3月12日9时05分至10时20分",
    "犯罪嫌疑人赵某·买买提,公民身份号码990102199001011234",
    "问:你是否喝酒?答:喝了白酒约3两(15%)。",
    "鉴定意见:血液乙醇含量156.8mg/100mL,见Ab-12号报告",
    "以上笔录我看过，和我说的相符。𠮷𡈽",
)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size, index=2)


def quad(left: float, top: float, right: float, bottom: float) -> Quad:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def drawn_line(draw: ImageDraw.ImageDraw, text: str, left: int, top: int, size: int = 20) -> Line:
    """Draw a line and return it as an engine would: tight boxes, no characters for spaces."""
    font = _font(size)
    draw.text((left, top), text, font=font, fill=(20, 20, 24))
    chars = []
    for index, character in enumerate(text):
        if character.strip():
            start, end = (left + font.getlength(text[:stop]) for stop in (index, index + 1))
            chars.append(Char(character, 0.99, quad(start, top + 4, end, top + 4 + size)))
    return Line(text, 0.99, quad(left, top + 4, left + font.getlength(text), top + 4 + size), tuple(chars))


def make_face(
    folder: Path,
    identity: str,
    lines: Sequence[str] = LINES,
    *,
    side: str = "front",
    blank: bool = False,
    ink: Sequence[tuple[int, int, int, int]] = (),
    size: tuple[int, int] = SIZE,
    mode: str = "RGB",
) -> Face:
    """Draw a face: `lines` from the top, `ink` boxes filled black."""
    picture = Image.new("RGB", size, (250, 248, 243))
    draw = ImageDraw.Draw(picture)
    for box in ink:
        draw.rectangle(box, fill=(30, 30, 30))
    read = tuple(drawn_line(draw, text, 90, 130 + 50 * row) for row, text in enumerate(lines) if text.strip())
    path = folder / f"{identity}.jpg"
    picture.convert(mode).save(path, quality=80, dpi=(DPI, DPI))
    return Face(
        id=identity,
        sheet=1,
        side=side,
        blank=blank,
        original_sha256="0" * 64,
        original_name=f"{identity}.png",
        origin=CaptureOrigin.SIMULATOR,
        captured_at=NOW,
        picture=path,
        width_px=size[0],
        height_px=size[1],
        dpi=DPI,
        lines=read,
        marks=(),
        zones=(),
        engine="ppocr",
        models=(),
    )


def make_document(identity: str, title: str, faces: Sequence[Face], **fields: object) -> Document:
    plain = Document(
        id=identity,
        kind="GS01",
        title=title,
        number=None,
        date=dt.date(2026, 3, 12),
        persons=("赵某",),
        ordinal=None,
        confidence=0.97,
        faces=tuple(faces),
    )
    return replace(plain, **fields)  # type: ignore[arg-type]


def make_volume(documents: Sequence[Document]) -> Volume:
    """Number the faces that are not blank from 1."""
    numbers: dict[str, int] = {}
    entries = []
    for order, document in enumerate(documents, 1):
        for face in document.faces:
            if not face.blank:
                numbers[face.id] = len(numbers) + 1
        own = [numbers[face.id] for face in document.faces if face.id in numbers]
        entries.append(Entry(order, document, own[0] if own else None, own[-1] if own else None))
    return Volume(
        kind="litigation_docs",
        code="W",
        title="诉讼文书卷",
        sequence=1,
        entries=tuple(entries),
        page_numbers=tuple(numbers.items()),
        pages=len(numbers),
    )


def make_dossier(*volumes: Volume, training: bool = True) -> Dossier:
    case = Case(
        case_no="A9901020000002026030001",
        name="赵某涉嫌危险驾驶案",
        charge="危险驾驶罪",
        unit_code="990102000000",
        unit_name="云江市公安局青石分局",
        persons=(Person(1, "赵某", "嫌疑人", "990102199001011234"), Person(2, "钱某", "证人")),
        profile_id="CN-GENERIC",
        profile_version="2026.1",
        profile_sha256="0" * 64,
        tags=frozenset({"drunk"}),
        opened_at=NOW,
    )
    return Dossier(case, "prosecute", "移送起诉卷", volumes, (), (), training)


def make_making() -> Making:
    return Making(
        now=NOW,
        maker="孙立卷",
        checker="李检查",
        unit="云江市公安局青石分局",
        volumes_total=2,
        profile_label="CN-GENERIC 2026.1 (draft, unverified)",
        station="juanzong 0.1.0 station-1",
    )
