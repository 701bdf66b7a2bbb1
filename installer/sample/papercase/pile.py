"""The pile as it is fed: documents in scanning order, numbered faces, and what is planted (埋设) among them."""

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papercase.case import BUREAU as UNIT_NAME
from papercase.case import CASE_NAME, CASE_NO, CHARGE, PERSONS, UNIT_CODE
from papercase.elements import training_mark
from papercase.kinds import arrival, bail, filing, identity, record, rights, traffic
from papercase.randomness import stream
from papercase.scanner import Feed, scan
from papercase.sheet import Sheet

# Scanning order. The identity papers (SZ02) lie before the record (GS01) though they belong behind the queries (JT03).
PILE = (
    filing.ACCEPTANCE_FORM,
    filing.RECEIPT,
    filing.OPENING_DECISION,
    bail.BAIL_DECISION,
    bail.DUTIES_NOTICE,
    rights.RIGHTS_NOTICE,
    arrival.ALARM_RECORD,
    arrival.ARRIVAL_ACCOUNT,
    identity.POPULATION_RECORD,
    record.INTERROGATION_RECORD,
    traffic.BLOOD_FORM,
    traffic.BREATH_SHEETS,
    traffic.QUERY_RESULTS,
    identity.OFFENCE_QUERY,
)
# 卷内顺序: by the order column of doctypes.tsv
BINDING_ORDER = (
    "LA01",
    "LA02",
    "LA03",
    "QZ21",
    "QZ22",
    "ZC01",
    "ZA01",
    "ZA02",
    "GS01",
    "JT01",
    "JT02",
    "JT03",
    "SZ02",
    "SZ03",
)
FEEDS = {
    "ZA02-1": Feed(skew_deg=2.3),
    "SZ03-1": Feed(turned_cw_deg=180),
    "JT01-1": Feed(border=True),
}
TAGS = ("drunk", "bail")


@dataclass(frozen=True)
class Slot:
    """A place in the pile: one face of one sheet. `face`: index into the document's faces; None for its blank back."""

    id: str  # 001, 002, ...
    sheet: int
    side: str  # front | back
    document: int  # index into PILE
    face: int | None


@cache
def written(index: int) -> tuple[Sheet, ...]:
    """The faces of the document at a place in the pile, with their training marks."""
    sheets = PILE[index].write()
    for sheet in sheets:
        training_mark(sheet)
    return sheets


@cache
def slots() -> tuple[Slot, ...]:
    """All faces in the order in which a scanner gives them."""
    found: list[Slot] = []
    sheet = 0
    for index, document in enumerate(PILE):
        faces: list[tuple[int | None, str]] = [
            (face, "back" if document.duplex and face % 2 else "front") for face in range(document.written_faces)
        ]
        if document.blank_back:
            faces.append((None, "back"))
        for face, side in faces:
            sheet += side == "front"
            found.append(Slot(f"{len(found) + 1:03d}", sheet, side, index, face))
    return tuple(found)


def faces_of(slot: Slot) -> tuple[Sheet, Sheet | None]:
    """What stands on the face and what stands behind it on the same sheet."""
    sheets = written(slot.document)
    if slot.face is None:
        return Sheet(f"{sheets[0].key}-blank"), sheets[0]
    return sheets[slot.face], sheets[slot.face ^ 1] if PILE[slot.document].duplex else None


def feed_of(slot: Slot) -> Feed:
    """How the face was fed."""
    return FEEDS.get(faces_of(slot)[0].key, Feed())


def picture(slot: Slot) -> NDArray[np.uint8]:
    """The face as scanned, (3508, 2480, 3) uint8, R, G, B."""
    own, behind = faces_of(slot)
    return scan(own, behind, feed_of(slot), stream(own.key, "scanner"))


def face_truth(slot: Slot, sha256: str) -> dict[str, Any]:
    """One entry of truth.json's faces."""
    own, _ = faces_of(slot)
    feed = feed_of(slot)
    return {
        "id": slot.id,
        "file": f"faces/{slot.id}.png",
        "sha256": sha256,
        "sheet": slot.sheet,
        "side": slot.side,
        "document": slot.document + 1,
        "blank": slot.face is None,
        "skew_deg": feed.skew_deg,
        "turned_cw_deg": feed.turned_cw_deg,
        "border": feed.border,
        **own.truth.as_json(),
    }


def case_truth() -> dict[str, Any]:
    """truth.json's case."""
    return {
        "case_no": CASE_NO,
        "name": CASE_NAME,
        "charge": CHARGE,
        "unit_code": UNIT_CODE,
        "unit_name": UNIT_NAME,
        "tags": list(TAGS),
        "persons": [{"order": p.order, "name": p.name, "role": p.role, "id_number": p.id_number} for p in PERSONS],
    }


def documents_truth() -> list[dict[str, Any]]:
    """truth.json's documents, in the order of the pile."""
    entries = []
    for index, made in enumerate(PILE):
        entries.append(
            {
                "id": index + 1,
                "kind": made.kind,
                "title": made.title,
                "number": made.number,
                "date": made.date.isoformat(),
                "persons": list(made.persons),
                "ordinal": made.ordinal,
                "faces": [slot.id for slot in slots() if slot.document == index],
                "binding_order": BINDING_ORDER.index(made.kind) + 1,
            }
        )
    return entries


def planted_truth() -> list[dict[str, Any]]:
    """truth.json's planted defects."""
    found = []
    for slot in slots():
        empty = PILE[slot.document].left_empty
        if empty is not None and slot.face == empty[0]:
            found.append({"defect": "missing-signature", "face": slot.id, "label": empty[1]})
    return found


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
