"""How well the papers of a drawn case were told apart and read: pages filed right, asked, wrong; fields right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casebook.model import Case, Truth
from casebook.noise import CLEAN, Rates, page_size, read_by_engine
from dossier.alike import learn
from dossier.corrections import Facts
from ocr.reading import DocumentProposal, Lexicon, PageReading, group_pages, read_page
from ocr.reading.types import Field

SURE = 0.85  # below it a person is asked
DPI = 300


@dataclass(frozen=True)
class Miss:
    """Something that is not right. `asked`: the reading knew it was not sure."""

    paper: str  # form and number in the pile
    what: str  # page, number, date, ...
    wanted: str
    got: str
    asked: bool


@dataclass(frozen=True)
class Score:
    """Counts of one case. `answers`: how often a person says what a paper is until nothing is asked any more, an answer
    holding for all papers of its title."""

    pages: int
    right: int
    asked: int
    wrong: int
    fields: dict[str, tuple[int, int, int]]  # right, asked, wrong
    misses: tuple[Miss, ...]
    answers: int


def read_case(case: Case, lexicon: Lexicon, rates: Rates = CLEAN) -> list[PageReading | None]:
    """Every face of the pile as the drawn reading gives it; None for a blank one."""
    readings: list[PageReading | None] = []
    for paper in case.papers:
        for number, face in enumerate(paper.faces):
            seed = f"{case.kind}/{case.seed}/{case.style}/{paper.id}/{number}"
            text = read_by_engine(face, seed, rates)
            readings.append(None if face.blank else read_page(text, *page_size(face), DPI, lexicon))
    return readings


def score_case(case: Case, readings: Sequence[PageReading | None]) -> Score:
    """Compare the documents proposed for a pile with its papers. A page is filed right when its document has the
    right kind and the right first page."""
    proposals = group_pages(readings)
    owner = {page: proposal for proposal in proposals for page in proposal.pages}
    pages = right = asked = wrong = 0
    misses: list[Miss] = []
    fields: dict[str, list[int]] = {}
    first = 0
    for paper in case.papers:
        truth, count, name = paper.truth, len(paper.faces), f"{case.style} {paper.form} #{paper.id}"
        for page in range(first, first + count):
            found = owner[page]
            good = _code(found) == truth.kind and found.pages[0] == first
            sure = found.confidence >= SURE
            pages += 1
            right += good and sure
            asked += not sure
            wrong += sure and not good
            if not (good and sure):
                got = f"{_code(found)} {found.title} from {found.pages[0] - first} {found.confidence:.2f}"
                misses.append(Miss(name, f"page {page - first + 1}", truth.kind, got, not sure))
        own = [reading for reading in readings[first : first + count] if reading is not None]
        for what, wanted, got in _fields(truth, owner[first], own):
            kind = _judged(wanted, got)
            tally = fields.setdefault(what, [0, 0, 0])
            tally[("right", "asked", "wrong").index(kind)] += 1
            if kind != "right":
                shown = "-" if got is None else f"{got.value} {got.confidence:.2f}"
                misses.append(Miss(name, what, str(wanted), shown, kind == "asked"))
        first += count
    counted = {what: (tally[0], tally[1], tally[2]) for what, tally in fields.items()}
    return Score(pages, right, asked, wrong, counted, tuple(misses), _answers(proposals))


def _answers(proposals: Sequence[DocumentProposal]) -> int:
    """Each paper still in doubt is answered in its turn."""
    facts, answers = [Facts() for _ in proposals], 0
    for place in range(len(proposals)):
        if learn(proposals, facts)[place].confidence < SURE:
            facts[place] = Facts(kind=_code(proposals[place]) or "-")
            answers += 1
    return answers


def _code(proposal: DocumentProposal) -> str | None:
    return proposal.kind.code if proposal.kind else None


def _judged(wanted: object, got: Field | None) -> str:
    value = None if wanted is None else str(wanted)
    if (got.value if got else None) == value:
        return "right"
    return "asked" if got is not None and got.confidence < SURE else "wrong"


Compared = tuple[str, object, Field | None]


def _fields(truth: Truth, proposal: DocumentProposal, readings: Sequence[PageReading]) -> Iterator[Compared]:
    """What must be found and what was; things that are not printed and not found are not counted."""
    single: list[Compared] = [
        ("number", truth.number, proposal.number),
        ("date", truth.date, proposal.date),
        ("ordinal", truth.ordinal, readings[0].ordinal if readings else None),
    ]
    yield from (one for one in single if one[1] is not None or _sure(one[2]))
    yield from _names(truth, proposal)
    yield from _identities(truth, readings)


def _names(truth: Truth, proposal: DocumentProposal) -> Iterator[Compared]:
    found = {person.value: person for person in proposal.persons}
    for name in truth.persons:
        near = next((p for p in found.values() if p.value[:1] == name[:1] and p.confidence < SURE), None)
        yield "name", name, found.get(name, near)
    for name, person in found.items():
        if name not in truth.known and person.confidence >= SURE:
            yield "name", None, person


def _identities(truth: Truth, readings: Sequence[PageReading]) -> Iterator[Compared]:
    found = {field.value: field for reading in readings for field in reading.id_numbers}
    for number in truth.id_numbers:
        doubted = next((field for field in found.values() if field.confidence < SURE), None)
        yield "identity", number, found.get(number, doubted)
    for number, field in found.items():
        if number not in truth.id_numbers and field.confidence >= SURE:
            yield "identity", None, field


def _sure(field: Field | None) -> bool:
    return field is not None and field.confidence >= SURE
