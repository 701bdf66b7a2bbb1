"""The facts of one invented case, as the tests open it."""

from __future__ import annotations

import datetime as dt

from dossier.model import Case, Person

CASE_NO = "A9901260000002026030001"


def case_facts(case_no: str = CASE_NO) -> Case:
    return Case(
        case_no=case_no,
        name="张某危险驾驶案",
        charge="危险驾驶",
        unit_code="990126000000",
        unit_name="清禾市公安局望陵分局",
        persons=(Person(1, "张某", "嫌疑人", None),),
        profile_id="CN-GENERIC",
        profile_version="2026.1",
        profile_sha256="0" * 64,
        tags=frozenset({"drunk", "bail"}),
        opened_at=dt.datetime(2026, 3, 5, 9, 30, tzinfo=dt.UTC),
    )
