"""The standard as data. Strict: an unknown key is an error, so that a misspelt rule cannot be silently ignored."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as cause:
        raise ValueError(f"not a regular expression: {cause}") from cause
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
OTHER_REASON = "其他"
Positive = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Security(Part):
    grades: tuple[str, ...]  # rising
    max_grade: str


class Dpi(Part):
    min: int = Field(ge=75)
    default: int = Field(ge=75)


class Deskew(Part):
    apply_if_deg_over: Positive
    review_if_deg_over: Positive


class Image(Part):
    dpi: Dpi
    deskew: Deskew


class Reading(Part):
    review_below: float = Field(ge=0, le=1)
    confirm: tuple[str, ...]


class VolumeKind(Part):
    """One kind of volume (卷): `forward` false stays in the house.

    `order_by`: how its documents are sorted. `split`: how it is parted past `max_pages` before it is parted between
    documents: a joint case by persons, a case of several charges by them, by groups of kinds.
    """

    kind: str
    code: str = Field(pattern=r"^[A-Z]$")
    title: str
    forward: bool
    max_pages: int = Field(ge=1)
    order_by: tuple[Literal["kind", "person", "ordinal", "date"], ...] = ("kind", "person", "ordinal", "date")
    split: tuple[Literal["person", "charge", "group"], ...] = ()


class Included(Part):
    """What of a volume kind a submission takes; `kinds` None is all of it."""

    volume: str
    kinds: tuple[str, ...] | None


class Submission(Part):
    """One way the same papers are put together and handed over (报送)."""

    id: str
    title: str
    include: tuple[Included, ...]
    requires: tuple[str, ...]  # tags of document kinds that this submission asks for


class Corners(Part):
    front: Literal["top_right", "top_left"]
    back: Literal["top_right", "top_left"]


class Stamp(Part):
    font_pt: Positive
    colour: str = Field(pattern=r"^#[0-9A-Fa-f]{6}$")
    margin_mm: tuple[float, float]
    digits: int = Field(ge=1, le=6)


class PageNumbers(Part):
    start: int = Field(ge=0)
    face: Corners
    stamp: Stamp


class Columns(Part):
    columns: tuple[str, ...]


class Fields(Part):
    fields: tuple[str, ...]


class Naming(Part):
    """File names as `str.format` patterns; limits hold for one path segment."""

    case_dir: str
    volume_file: str
    loose_file: str
    page_image: str
    forbidden_chars: str
    max_bytes: int = Field(ge=32, le=255)
    normalise: Literal["NFC"]


class Metadata(Part):
    label: str
    pattern: Pattern | None


class SignatureCodes(Part):
    sign: dict[str, str]
    seal: dict[str, str]


class Packaging(Part):
    """The form of the package a receiver gets. `part_mb`: largest file on a medium (megabytes), None for one file."""

    form: Literal["bagit", "eep", "plain"]
    part_mb: int | None = Field(default=None, ge=1, le=100_000)


class Rules(Part):
    """`profile.yaml`. `extends`: ID@VERSION of the profile this one is laid over."""

    extends: str | None = None
    id: str = Field(pattern=r"^[A-Z0-9][A-Z0-9-]{1,40}$")
    version: str = Field(pattern=r"^\d{4}\.\d{1,3}$")
    title: str
    status: str  # of no effect until a believed publisher signs, see `Profile.status`
    valid_from: dt.date
    valid_to: dt.date | None
    basis: tuple[str, ...]
    security: Security
    image: Image
    reading: Reading
    volumes: tuple[VolumeKind, ...]
    series_order: tuple[str, ...]
    submissions: tuple[Submission, ...]
    page_numbers: PageNumbers
    catalogue: Columns
    cover: Fields
    remarks_sheet: Fields
    naming: Naming
    package: Packaging
    volume_forms: tuple[Literal["pdf", "access_pdf", "access_ofd"], ...] = ("pdf",)
    return_reasons: dict[str, tuple[str, ...]]  # reason of a return slip (退回原因) -> checks that give it
    metadata: dict[str, Metadata]
    signature_codes: SignatureCodes

    def return_reason(self, check: str) -> str:
        """Why a dossier is sent back that fails a check; `OTHER_REASON` where no reason names it."""
        named = (reason for reason, checks in self.return_reasons.items() if check in checks)
        return next(named, OTHER_REASON)


class DocumentKind(Part):
    """One document kind (文书种类), a row of `doctypes.tsv`; `volume` is the code W, Z, ... of its volume kind.

    `*` as volume: a frame page (cover, catalogue) that the station makes; X: goes along unbound.
    `sign` and `seal` use the codes of `Rules.signature_codes`; `required` is all, cond, local or a tag of case facts.
    """

    code: str = Field(pattern=r"^[A-Z]{2}\d{2}$")
    title: str
    aliases: tuple[str, ...]
    volume: str
    group: str
    order: int
    about: Literal["person", "case", "any"]
    stage: str
    maker: str
    sign: str
    seal: str
    required: str
    source: Literal["S", "M"]  # S: seen in a public source, M: unverified


class Recognition(Part):
    """The words by which one kind is recognised."""

    titles: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    number_words: tuple[str, ...] = ()
    assorted: bool = False  # many sorts of paper go by one kind (书证): another title is another paper


class CopyMarks(Part):
    """Which copy (联) of a fill-in form belongs in the dossier."""

    stub: str
    stub_rows: tuple[str, ...]
    ours: tuple[str, ...]
    others: tuple[str, ...]
    duplicate_is_ours: tuple[str, ...]


class Words(Part):
    """`recognition.yaml`."""

    confusions: tuple[str, ...]
    split_characters: dict[str, str]
    traditional: tuple[Annotated[str, Field(pattern=r"^.{2}$")], ...]
    number_patterns: tuple[Pattern, ...]
    zone_labels: tuple[str, ...]
    charges: tuple[str, ...]
    copy_marks: CopyMarks
    kinds: dict[str, Recognition]
