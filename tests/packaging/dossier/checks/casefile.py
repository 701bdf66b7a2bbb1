"""A small complete case file, drawn and typed here: nine papers that every case needs and an indictment opinion."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from dossier.filing import assemble
from dossier.model import CaptureOrigin, Case, Document, Dossier, Face, Intervention, Person, Zone
from dossier.profile import Profile
from ocr.engines.types import Char, Line
from ocr.imaging.types import Box, Mark, MarkKind, Verdict, ZoneInk
from ocr.reading.types import LabelledZone

NOW = dt.datetime(2026, 5, 20, 10, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
WIDTH, HEIGHT, DPI = 640, 900, 200
SUSPECT = Person(1, "张三", "嫌疑人", "110101199003077758")
RIGHTS = "已阅读权利义务告知书"
CASE_NO = "A9901020000002026030007"


def line(text: str, row: int = 0, confidence: float = 0.98) -> Line:
    """One read line with its characters, `row` counts from the top."""
    top, left, side = 60 + 40 * row, 60, 20

    def box(x: float, width: float) -> tuple[tuple[float, float], ...]:
        return ((x, top), (x + width, top), (x + width, top + side), (x, top + side))

    chars = tuple(Char(char, confidence, box(left + side * n, side)) for n, char in enumerate(text))  # type: ignore[arg-type]
    return Line(text, confidence, box(left, side * len(text)), chars)  # type: ignore[arg-type]


def zone(label: str, ink: Verdict, fingerprint: Verdict | None = None, box: Box = (60, 700, 300, 80)) -> Zone:
    """A place for a signature, and for a print when `fingerprint` is given."""
    labelled = LabelledZone(label, box, wants_signature=True, wants_print=fingerprint is not None)
    return Zone(labelled, ZoneInk(box, 9.0 if ink is Verdict.FILLED else 0.0, ink, fingerprint or Verdict.BLANK))


def signed(label: str = "犯罪嫌疑人(签名、捺指印)") -> Zone:
    return zone(label, Verdict.FILLED, Verdict.FILLED)


SEAL = Mark(MarkKind.SEAL, (60, 120, 200, 200), 0.9)  # over the date


def face(
    folder: Path,
    number: int,
    texts: Iterable[str] = (),
    *,
    sheet: int | None = None,
    side: str = "front",
    blank: bool = False,
    zones: tuple[Zone, ...] = (),
    marks: tuple[Mark, ...] = (),
    confidence: float = 0.98,
) -> Face:
    """A drawn page; its picture is a JPEG of 640 x 900 pixels, unlike any other face's."""
    picture = folder / f"{number:06d}.jpg"
    if not picture.exists():
        image = Image.new("RGB", (WIDTH, HEIGHT), (250, 248, 244))
        draw = ImageDraw.Draw(image)
        for row in range(0 if blank else 6 + number % 5):
            draw.rectangle((60, 60 + 40 * row, 300 + 13 * number % 250, 70 + 40 * row), fill=(30, 30, 40))
        draw.point((number % WIDTH, 5), fill=(0, 0, 0))
        image.save(picture, quality=80)
    return Face(
        id=f"{number:06d}",
        sheet=sheet or number,
        side=side,
        blank=blank,
        original_sha256=hashlib.sha256(f"original {number}".encode()).hexdigest(),
        original_name=f"{number:06d}.png",
        origin=CaptureOrigin.REPLAY,
        captured_at=NOW,
        picture=picture,
        width_px=WIDTH,
        height_px=HEIGHT,
        dpi=DPI,
        lines=tuple(line(text, row, confidence) for row, text in enumerate(texts)),
        marks=marks,
        zones=zones,
        engine="typed",
        models=(("none", "0" * 64),),
    )


def document(
    kind: str | None,
    title: str,
    *faces: Face,
    number: str | None = None,
    date: dt.date | None = None,
    persons: tuple[str, ...] = ("张三",),
    ordinal: int | None = None,
) -> Document:
    return Document(faces[0].id if faces else "-", kind, title, number, date, persons, ordinal, 0.97, faces)


def documents(folder: Path) -> tuple[Document, ...]:
    """The papers in scanning order; nothing is wrong with them."""

    def page(number: int, *texts: str, zones: tuple[Zone, ...] = (), **more: object) -> Face:
        return face(folder, number, texts, zones=zones, marks=(SEAL,), **more)  # type: ignore[arg-type]

    officer = zone("办案民警(签名)", Verdict.FILLED)
    reporter = zone("报案人(签名)", Verdict.FILLED)
    return (
        document(
            "LA01", "受案登记表", page(1, "受案登记表", "2026年3月5日", zones=(reporter, officer)), date=day(3, 5)
        ),
        document("LA02", "受案回执", page(2, "受案回执", zones=(reporter,)), date=day(3, 5)),
        document(
            "LA03",
            "立案决定书",
            page(3, "立案决定书", "云公(刑)立字〔2026〕7号", "二〇二六年三月六日"),
            page(4, sheet=3, side="back", blank=True),
            number="云公(刑)立字〔2026〕7号",
            date=day(3, 6),
        ),
        document("QZ21", "取保候审决定书", page(5, "取保候审决定书", "此联附卷", zones=(signed(),)), date=day(3, 7)),
        document("ZC01", "犯罪嫌疑人诉讼权利义务告知书", page(6, "犯罪嫌疑人诉讼权利义务告知书", zones=(signed(),))),
        document("ZA01", "接报案材料", page(7, "接处警登记表", zones=(signed("报案人(签名、捺指印)"),))),
        document("ZA02", "到案经过", page(8, "到案经过", zones=(officer,))),
        document(
            "GS01",
            "讯问笔录",
            page(
                9,
                "讯问笔录",
                "第1页 共2页",
                "已阅读权利义务告知书",
                f"身份证号码:{SUSPECT.id_number}",
                zones=(signed("被讯问人"), officer),
            ),
            page(10, "第2页 共2页", "以上笔录我看过,和我说的相符。", zones=(signed("被讯问人"),)),
            date=day(3, 8),
            ordinal=1,
        ),
        document("SZ02", "户籍证明", page(11, "常住人口基本信息", "张三", str(SUSPECT.id_number))),
        document("SZ03", "前科材料", page(12, "违法犯罪经历查询", zones=(officer,))),
        document("ZJ05", "起诉意见书", page(13, "起诉意见书", "云公(刑)诉字〔2026〕3号"), date=day(5, 18)),
    )


def day(month: int, date: int) -> dt.date:
    return dt.date(2026, month, date)


def case(profile: Profile) -> Case:
    return Case(
        case_no=CASE_NO,
        name="张三涉嫌危险驾驶案",
        charge="危险驾驶罪",
        unit_code="990102000000",
        unit_name="云山市公安局演示分局",
        persons=(SUSPECT,),
        profile_id=profile.id,
        profile_version=profile.version,
        profile_sha256=profile.sha256,
        tags=frozenset(),
        opened_at=NOW,
    )


def dossier(profile: Profile, papers: Iterable[Document]) -> Dossier:
    """The papers put together; nobody intervened in the case, and that is on record."""
    put_together = assemble(case(profile), tuple(papers), "prosecute", profile)
    return replace(put_together, interventions=(Intervention("", "李文", NOW),))


def changed(papers: Iterable[Document], kind: str, **fields: object) -> tuple[Document, ...]:
    """The papers with fields of the one of `kind` replaced."""
    return tuple(replace(each, **fields) if each.kind == kind else each for each in papers)  # type: ignore[arg-type]


def changed_face(papers: Iterable[Document], kind: str, index: int = 0, **fields: object) -> tuple[Document, ...]:
    """The papers with fields of one face of the document of `kind` replaced."""

    def with_face(each: Document) -> Document:
        faces = list(each.faces)
        faces[index] = replace(faces[index], **fields)  # type: ignore[arg-type]
        return replace(each, faces=tuple(faces))

    return tuple(with_face(each) if each.kind == kind else each for each in papers)
