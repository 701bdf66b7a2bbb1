"""The acceptance part of a standard as data: checks, defects, what papers say, time limits. Strict like `model`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dossier.profile.model import Part, Pattern

FactName = Annotated[str, Field(pattern=r"^[A-Z]{2}\d{2}\.[a-z_]+$")]  # QZ03.announced_at
Weight = Literal["block", "warn", "info"]


class Check(Part):
    """One acceptance check and the item of DA/T 70 it answers. `waivable`: a named person's reason lets it stand."""

    id: str
    about: str
    da_t_70: str
    severity: Literal["block", "warn", "warn/block", "block/warn", "block or explain"]
    waivable: bool = True


class Defect(Part):
    """A flaw (瑕疵) that reviewers look for; `check` is the acceptance check it belongs to."""

    id: str = Field(pattern=r"^DF\d{2}$")
    check: str
    severity: Weight
    title: str
    title_en: str


class FactRule(Part):
    """How one thing that a paper says is found: `label` stands right before it, `tail` right after.

    moment: a date with or without time. text and name run to the end of the line. number: digits or 大写. code: what
    `value` matches.
    """

    type: Literal["moment", "name", "text", "number", "code"]
    label: Pattern = ""
    tail: Pattern = ""
    value: Pattern = r"[A-Za-z]{0,6}-?\d[\dA-Za-z-]{2,}"


class FactSet(Part):
    kinds: tuple[str, ...]
    facts: dict[str, FactRule]


class OrderRule(Part):
    """What comes first, and by how many days at most. `within`: compared inside one paper, one person, or the case."""

    defect: str
    earlier: FactName
    later: FactName
    within: Literal["document", "person", "case"]
    at_most_days: int | None = Field(default=None, ge=1)


class AgreementRule(Part):
    """What `left` says must stand among what `right` says, where `right` says anything. sum: or be their sum."""

    defect: str
    left: FactName
    right: FactName
    within: Literal["document", "person", "case"]
    by: Literal["equal", "sum", "part"] = "equal"


class Articles(Part):
    """Articles (条) of the procedure law that papers of some kinds cite, before and since a day."""

    kinds: tuple[str, ...]
    before: tuple[str, ...]
    since: tuple[str, ...]


class LawEdition(Part):
    since: dt.date
    articles: tuple[Articles, ...]


class Blanks(Part):
    """What papers of some kinds read where a blank was left unfilled: one of `words`, on text without blanks."""

    kinds: tuple[str, ...]
    words: tuple[Pattern, ...]


class Role(Part):
    """A role of the station's operators. `steps`: of the trail, that it may take; `page.*` for all of pages."""

    title: str
    title_en: str
    steps: tuple[str, ...]


class Checks(Part):
    """`checks.yaml`. `lengths`: most characters of an element of the metadata. `formats`: of captures' file names.

    `signature_days`: how old the signatures of a search for malware may be. `party_places`: labels of places for the
    person a paper is about, who may sign several of them. `corrected`: kinds in which a fingerprint belongs to words
    that are struck out.
    """

    checks: tuple[Check, ...]
    defects: tuple[Defect, ...] = ()
    facts: tuple[FactSet, ...] = ()
    orders: tuple[OrderRule, ...] = ()
    agreements: tuple[AgreementRule, ...] = ()
    law_edition: LawEdition | None = None
    lengths: dict[str, int] = Field(default_factory=dict)
    formats: tuple[str, ...] = ()
    unfilled: tuple[Blanks, ...] = ()
    roles: dict[str, Role] = Field(default_factory=dict)
    party_places: Pattern = ""
    corrected: tuple[str, ...] = ()
    signature_days: int = Field(default=14, ge=0)


class Span(Part):
    """A length of time (期间) in exactly one unit, or in months and days (一个月零十五日)."""

    hours: int | None = Field(default=None, ge=1)
    days: int | None = Field(default=None, ge=1)
    months: int | None = Field(default=None, ge=1)
    working_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _one_unit(self) -> Span:
        units = [name for name in ("hours", "days", "months", "working_days") if getattr(self, name) is not None]
        if len(units) != 1 and units != ["days", "months"]:
            raise ValueError("a span has exactly one unit, or months and days")
        return self


class Event(Part):
    """What starts or ends a limit: a paper of one of these kinds, at the moment of its `fact`, else its date."""

    kinds: tuple[str, ...]
    fact: str = "date"


class Longer(Part):
    """A longer limit that holds where a paper of `kinds` is there, or the case carries one of `tags`."""

    kinds: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    limit: Span


class Deadline(Part):
    """One time limit (期限). `custody`: it never rolls over a holiday. `unless`: papers that lift the duty.

    `times`: of a case, every paper that starts it sets it going anew, so often at most; None: counted from the first.
    """

    id: str
    title: str
    starts: Event
    ends: Event
    of: Literal["person", "case"]
    limit: Span
    longer: tuple[Longer, ...] = ()
    unless: tuple[str, ...] = ()
    times: int | None = Field(default=None, ge=1)
    custody: bool = False
    severity: Weight
    valid_from: dt.date
    valid_to: dt.date | None = None
    note: str = ""


class Levels(Part):
    """The five colours (绿蓝黄橙红): shares of the limit left, and what is left in days or, of hour limits, hours."""

    blue_share: float = Field(gt=0, lt=1)
    yellow_share: float = Field(gt=0, lt=1)
    orange_days: int = Field(ge=0)
    orange_hours: int = Field(ge=0)


class Deadlines(Part):
    """`deadlines.yaml`."""

    levels: Levels
    deadlines: tuple[Deadline, ...]
