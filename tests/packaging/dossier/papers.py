"""Documents of a joint theft case without anything on them, for filing and binding."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from dossier.model import CaptureOrigin, Case, Document, Dossier, Face, Person
from dossier.profile import load_profile

PROFILE = load_profile()
NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
CASE = Case(
    case_no="A9901260000002026030415",
    name="陶志远等人盗窃案",
    charge="盗窃",
    unit_code="990126000000",
    unit_name="清禾市公安局望陵分局",
    persons=(Person(1, "陶志远", "嫌疑人"), Person(2, "邱海峰", "嫌疑人"), Person(3, "何文静", "证人")),
    profile_id=PROFILE.id,
    profile_version=PROFILE.version,
    profile_sha256=PROFILE.sha256,
    tags=frozenset(),
    opened_at=NOW,
)


def face(name: str, *, blank: bool = False, origin: CaptureOrigin = CaptureOrigin.HARDWARE) -> Face:
    return Face(
        id=name,
        sheet=1,
        side="front",
        blank=blank,
        original_sha256="0" * 64,
        original_name=f"{name}.png",
        origin=origin,
        captured_at=NOW,
        picture=Path(f"{name}.jpg"),
        width_px=2480,
        height_px=3508,
        dpi=300,
        lines=(),
        marks=(),
        zones=(),
        engine="",
        models=(),
    )


def document(kind: str | None, name: str, pages: int = 1, **more: object) -> Document:
    values = Document(
        id=name,
        kind=kind,
        title="",
        number=None,
        date=None,
        persons=(),
        ordinal=None,
        confidence=1.0,
        faces=tuple(face(f"{name}-{page}") for page in range(pages)),
    )
    return replace(values, **more)  # type: ignore[arg-type]


def order(dossier: Dossier) -> list[list[str]]:
    return [[entry.document.id for entry in volume.entries] for volume in dossier.volumes]
