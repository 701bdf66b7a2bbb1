"""How well the sample case came through, measured against its truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.station.sample import Sample
from dossier.model import Document, Dossier, Face, Finding
from ocr.imaging.types import OpKind, PageAnalysis, Recipe
from ocr.text import comparable

Truth = Mapping[str, Any]


@dataclass(frozen=True)
class FaceOutcome:
    """One face of the dossier, with what was measured on its original and, again, on its rendered picture."""

    face: Face
    original: PageAnalysis
    recipe: Recipe
    rendered: PageAnalysis


@dataclass(frozen=True)
class Score:
    documents: int
    right_kind: int
    right_faces: int
    right_order: bool
    character_error_rate: float
    characters: int
    missing_signature_reported: bool
    false_alarms: int
    faces_upright: int
    faces_straight: int
    faces: int


def score(sample: Sample, dossier: Dossier, findings: Sequence[Finding], outcomes: Sequence[FaceOutcome]) -> Score:
    """Compare what the station found with what was drawn. `outcomes`: every face, in the order of the pile."""
    truth = sample.truth
    by_faces = {tuple(int(face.id) for face in document.faces): document for document in _documents(dossier)}
    matched = [(wanted, by_faces.get(_face_numbers(truth, wanted))) for wanted in truth["documents"]]
    errors, characters = _reading_errors(truth, outcomes)
    planted = [int(item["face"]) for item in truth["planted"] if item["defect"] == "missing-signature"]
    missing = [finding for finding in findings if finding.id == "C-09" and finding.severity == "block"]
    return Score(
        documents=len(truth["documents"]),
        right_kind=sum(found is not None and found.kind == wanted["kind"] for wanted, found in matched),
        right_faces=sum(found is not None for _, found in matched),
        right_order=[d.kind for d in _documents(dossier)]
        == [wanted["kind"] for wanted in sorted(truth["documents"], key=lambda item: item["binding_order"])],
        character_error_rate=errors / characters,
        characters=characters,
        missing_signature_reported={int(finding.face or 0) for finding in missing} >= set(planted),
        false_alarms=sum(int(finding.face or 0) not in planted for finding in missing),
        faces_upright=sum(_is_upright(face, outcome) for face, outcome in zip(truth["faces"], outcomes, strict=True)),
        faces_straight=sum(_is_straight(outcome) for outcome in outcomes),
        faces=len(outcomes),
    )


def _documents(dossier: Dossier) -> list[Document]:
    return [entry.document for volume in dossier.volumes for entry in volume.entries]


def _face_numbers(truth: Truth, document: Truth) -> tuple[int, ...]:
    """The blank back of a document's last sheet belongs to it too."""
    own = [int(face["id"]) for face in truth["faces"] if face["document"] == document["id"]]
    return tuple(sorted(own))


def _reading_errors(truth: Truth, outcomes: Sequence[FaceOutcome]) -> tuple[int, int]:
    """Characters wrong and characters printed, each printed line against the best place it was read at."""
    wrong = total = 0
    for face, outcome in zip(truth["faces"], outcomes, strict=True):
        printed = [comparable(line["text"]) for line in face["lines"] if line["kind"] == "print"]
        read = "".join(comparable(line.text) for line in outcome.face.lines)
        for line in filter(None, printed):
            wrong += edit_distance_within(line, read)
            total += len(line)
    return wrong, total


def edit_distance_within(wanted: str, read: str) -> int:
    """Least number of changes that turn some part of `read` into `wanted`."""
    row = [0] * (len(read) + 1)
    for i, character in enumerate(wanted, start=1):
        previous, row[0] = row[:], i
        for j, got in enumerate(read, start=1):
            row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + (character != got))
    return min(row)


def _is_upright(face: Truth, outcome: FaceOutcome) -> bool:
    """Turned back by what it was turned, or left alone where it lay right."""
    turned = sum(op.values[0] for op in outcome.recipe.ops if op.kind is OpKind.TURN)
    return bool((face["turned_cw_deg"] + turned) % 360 == 0)


def _is_straight(outcome: FaceOutcome) -> bool:
    """Measured again on the rendered picture; a page nobody can measure (blank, photo) has nothing to be crooked."""
    return outcome.rendered.skew_deg is None or abs(outcome.rendered.skew_deg) <= 0.15
