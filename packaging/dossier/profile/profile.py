"""One loaded standard profile and the questions the station asks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dossier.profile.acceptance import Check, Checks, Deadline, Deadlines, Defect
from dossier.profile.model import (
    CopyMarks,
    DocumentKind,
    Recognition,
    Rules,
    Submission,
    VolumeKind,
    Words,
)
from dossier.profile.signature import Endorsement
from ocr.reading.types import CopyWords, KindEntry, Lexicon

FRAME = "*"  # cover, catalogue, remarks sheet: the station makes them
UNVERIFIED = "draft, unverified"
LOOSE = "X"  # goes along, is not bound in


@dataclass(frozen=True)
class Profile:
    """A standard, pinned by id, version and hash. `files`: the whole set, byte for byte, by relative name."""

    rules: Rules
    kinds: tuple[DocumentKind, ...]
    words: Words
    limits: Deadlines
    acceptance: Checks
    files: Mapping[str, bytes]
    sha256: str
    endorsement: Endorsement | None = None

    @property
    def id(self) -> str:
        return self.rules.id

    @property
    def version(self) -> str:
        return self.rules.version

    @property
    def status(self) -> str:
        """What the profile says of itself counts once a publisher this station believes has signed it."""
        return self.rules.status if self.endorsement is not None and self.endorsement.believed else UNVERIFIED

    def in_force(self, day: dt.date) -> bool:
        return self.rules.valid_from <= day and (self.rules.valid_to is None or day <= self.rules.valid_to)

    @property
    def label(self) -> str:
        """How the profile is named wherever it is shown, its standing included."""
        return f"{self.id} {self.version} ({self.status})" if self.status else f"{self.id} {self.version}"

    @property
    def volumes(self) -> tuple[VolumeKind, ...]:
        return self.rules.volumes

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return self.limits.deadlines

    @property
    def checks(self) -> tuple[Check, ...]:
        return self.acceptance.checks

    def check_of(self, finding_id: str) -> Check | None:
        """Return the check that an id belongs to: its own, its defect's, or of a time limit plausibility (A-07)."""
        checks = {check.id: check for check in self.checks}
        if finding_id in self._defects:
            return checks.get(self._defects[finding_id].check)
        return checks.get("A-07" if any(finding_id == rule.id for rule in self.deadlines) else finding_id)

    @cached_property
    def _defects(self) -> dict[str, Defect]:
        return {defect.id: defect for defect in self.acceptance.defects}

    def defect(self, defect_id: str) -> Defect:
        """Return the defect DF01, DF02, ... Raises `KeyError`."""
        return self._defects[defect_id]

    @property
    def copy_marks(self) -> CopyMarks:
        return self.words.copy_marks

    @cached_property
    def _by_code(self) -> dict[str, DocumentKind]:
        return {kind.code: kind for kind in self.kinds}

    def kind(self, code: str) -> DocumentKind:
        """Return one document kind. Raises `KeyError` when the profile does not know the code."""
        return self._by_code[code]

    def knows(self, code: str) -> bool:
        return code in self._by_code

    def titles(self, code: str) -> tuple[str, ...]:
        """Return all names a kind goes by, the profile's own first. Raises `KeyError`."""
        kind = self.kind(code)
        words = self.words.kinds.get(code, Recognition())
        return tuple(dict.fromkeys((kind.title, *kind.aliases, *words.titles)))

    def volume(self, code: str) -> VolumeKind:
        """Return the volume kind W, Z, ... Raises `KeyError`."""
        return {volume.code: volume for volume in self.volumes}[code]

    def submission(self, submission_id: str) -> Submission:
        """Return base, arrest, prosecute, ... Raises `KeyError`."""
        return {submission.id: submission for submission in self.rules.submissions}[submission_id]

    def required_kinds(self, tags: frozenset[str], submission: str = "base") -> tuple[str, ...]:
        """Return the codes a submission must hold: those of every case and those the case's facts (`tags`) ask for.

        Frame pages are left out, as the station makes them, and so are volumes the submission does not take.
        """
        asked = self.submission(submission)
        taken = {part.volume: part.kinds for part in asked.include}
        wanted = {"all", *tags, *asked.requires}
        return tuple(
            kind.code
            for kind in sorted(self.kinds, key=lambda kind: kind.order)
            if (kind.volume == LOOSE and kind.required in asked.requires)
            or (kind.volume in taken and kind.required in wanted and _within(taken[kind.volume], kind.code))
        )

    def lexicon(self) -> Lexicon:
        """Return the words for `ocr.reading`."""
        return Lexicon(
            kinds=tuple(self._entry(kind) for kind in self.kinds),
            number_patterns=self.words.number_patterns,
            charges=self.words.charges,
            zone_labels=self.words.zone_labels,
            confusions={
                **{wrong: group[0] for group in self.words.confusions for wrong in group[1:]},
                **self.words.split_characters,
            },
            copies=self._copies(),
            traditional={pair[0]: pair[1] for pair in self.words.traditional},
        )

    def _copies(self) -> CopyWords:
        marks = self.copy_marks
        return CopyWords(marks.stub, marks.stub_rows, marks.ours, marks.others, marks.duplicate_is_ours)

    def _entry(self, kind: DocumentKind) -> KindEntry:
        words = self.words.kinds.get(kind.code, Recognition())
        return KindEntry(
            code=kind.code,
            title=kind.title,
            aliases=self.titles(kind.code)[1:],
            strong=words.strong,
            weak=words.weak,
            negative=words.negative,
            number_words=words.number_words,
            assorted=words.assorted,
        )


def _within(kinds: tuple[str, ...] | None, code: str) -> bool:
    return kinds is None or code in kinds
