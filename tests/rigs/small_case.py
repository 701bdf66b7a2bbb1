"""A case of one drawn sheet (到案经过), read and answered for by name, so that it can be sealed at once."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from app.station.checking import check, explain, handle
from app.station.importing import import_files
from app.station.interventions import RECORD_CHECK, record_intervention
from app.station.processing import process
from app.station.station import Station
from ocr.pool import open_pool

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
LINES = (
    "犯罪嫌疑人张某，男，汉族，现住清禾市望陵区溪桥路十二号。",
    "二〇二六年三月五日二十一时许，民警在溪桥路口检查时将其查获，",
    "带至望陵大队接受询问。张某对酒后驾驶的事实供认不讳。",
    "特此说明。",
    "办案民警：李文  王武",
    "二〇二六年三月六日",
)


def draw_account(file: Path) -> Path:
    page = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(page)
    draw.text((500, 160), "到 案 经 过", font=ImageFont.truetype(FONT, 48), fill="black")
    for number, line in enumerate(LINES):
        draw.text((150, 300 + 70 * number), line, font=ImageFont.truetype(FONT, 33), fill="black")
    page.save(file, dpi=(150, 150))
    return file


def make_ready(station: Station, case_no: str, file: Path) -> None:
    """Import, read, and answer for whatever stands against sealing `base`."""
    import_files(station, case_no, [file])
    with open_pool(1) as pool:
        process(station, case_no, pool)
    record_intervention(station, case_no, "")
    for finding in {handle(item) for item in check(station, case_no, "base").open if item.id != RECORD_CHECK}:
        explain(station, case_no, "base", finding, "测试:材料后补")
