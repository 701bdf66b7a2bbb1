"""Mapping files: where the fields of a case stand in what a case system exports. TOML, data only.

cases = "data/cases"          # JSON, XML: from the root to the cases; CSV: each line is one
encoding = "gb18030"
[fields]                      # paths inside a case; @name: an XML attribute; CSV: the column
case_no = "AJBH"
name = "AJMC"
charge = "AY"
date = "LARQ"
[persons]                     # without `each` the person stands in the case itself
each = "RYXX/RY"
name = "XM"
role = "SSDW"
[values.role]                 # codes and what they mean
01 = "嫌疑人"
[tags.drunk]                  # a fact of the case, where the field has one of these values
field = "AY"
is = ["危险驾驶"]
"""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from app.station.errors import CaseMapBroken
from app.station.settings_file import read_settings

LARGEST_MAP = 256 * 1024


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseFields(Part):
    """Paths of the case's own fields. `date`: of the decision to open it (立案日期), for comparing ledgers."""

    case_no: str
    name: str
    charge: str
    unit_code: str = ""
    unit_name: str = ""
    date: str = ""
    tags: str = ""


class PersonFields(Part):
    """Paths of a person's fields, from `each`. Where several stand in one cell, `split` parts them and `parts` the
    fields of each, whose paths are then 0, 1, 2."""

    name: str
    role: str = ""
    id_number: str = ""
    each: str = ""
    split: str = ""
    parts: str = ""


class TagRule(Part):
    field: str
    is_: tuple[str, ...] = Field(alias="is")


class CaseMap(Part):
    cases: str = ""
    encoding: str = "utf-8-sig"
    delimiter: str = Field(default=",", min_length=1, max_length=1)
    fields: CaseFields
    persons: PersonFields | None = None
    values: dict[str, dict[str, str]] = {}
    tags: dict[str, TagRule] = {}


_NAMES = {name: name for name in ("case_no", "name", "charge", "unit_code", "unit_name", "tags", "date")}
_PERSON = {"name": "name", "role": "role", "id_number": "id_number"}
# What the station itself writes and reads, by the ending of the file's name.
OWN_FORMATS = {
    ".json": CaseMap(fields=CaseFields(**_NAMES), persons=PersonFields(each="persons", **_PERSON)),
    ".csv": CaseMap(
        fields=CaseFields(**_NAMES),
        persons=PersonFields(each="persons", split=";", parts="/", name="0", role="1", id_number="2"),
    ),
    ".xml": CaseMap(
        cases="案件",
        fields=CaseFields(
            case_no="@编号",
            name="@名称",
            charge="@案由",
            unit_code="@办案单位代码",
            unit_name="@办案单位",
            date="@立案日期",
            tags="@标签",
        ),
        persons=PersonFields(each="人员", name="@姓名", role="@诉讼地位", id_number="@证件号码"),
    ),
}


def load_map(file: Path) -> CaseMap:
    """Raises `CaseMapBroken`, naming the line or the key."""
    found = read_settings(file, CaseMap, CaseMapBroken, LARGEST_MAP)
    if found is None:
        raise CaseMapBroken(file=file, detail="there is no such file")
    return found
