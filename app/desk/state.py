"""What the desk knows about the open case, and what follows from it. No widgets."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.station.limits import UrgentLimit
from app.station.overview import CaseOverview
from app.station.views import FindingView, PageView, SubmissionView, UnfinishedView, VolumeView
from dossier.model import CaptureOrigin

NO_SUBMISSION = SubmissionView("", "")


class Job(StrEnum):
    """Work that runs in its own thread."""

    SCAN = "scan"
    IMPORT = "import"
    READ = "read"
    SEAL = "seal"
    SEND = "send"


class Step(StrEnum):
    """The five steps of a case: 收案, 扫描, 整理, 签章, 移送."""

    INTAKE = "intake"
    SCAN = "scan"
    ARRANGE = "arrange"
    SEAL = "seal"
    DELIVER = "deliver"


class Mark(StrEnum):
    """How a step stands; each has a word, a shape and a colour."""

    WAITING = "waiting"
    ACTIVE = "active"
    RUNNING = "running"
    DONE = "done"
    BLOCKED = "blocked"


class Next(StrEnum):
    """The next useful act; `actions` and `words` say how it is done and called."""

    NEW_CASE = "new-case"
    OPEN_CASE = "open-case"
    WAIT = "wait"
    SCAN = "scan"
    FINISH_PILE = "finish-pile"
    FINISH_IMPORT = "finish-import"
    READ = "read"
    READ_AGAIN = "read-again"
    SETTLE = "settle"
    SEAL = "seal"
    SEND = "send"
    REJECTED = "rejected"
    DONE = "done"


@dataclass(frozen=True)
class Running:
    job: Job
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class StepState:
    step: Step
    mark: Mark
    count: int | None = None


@dataclass(frozen=True)
class DeskState:
    """A snapshot. `findings` is None while the checks cannot say anything yet."""

    cases: int | None = None  # not known yet
    case: CaseOverview | None = None
    pages: tuple[PageView, ...] = ()
    volumes: tuple[VolumeView, ...] = ()
    findings: tuple[FindingView, ...] | None = None
    unfinished: UnfinishedView | None = None  # the batch that stopped half-way
    running: Running | None = None
    submission: SubmissionView = NO_SUBMISSION  # the one that is worked on
    submissions: tuple[SubmissionView, ...] = ()  # those the case's standard knows
    limit: UrgentLimit | None = None  # the one that ends first
    dates: tuple[int, int] | None = None  # faces done, of: whose dates are being read a second time

    @property
    def case_no(self) -> str:
        """Of the open case; empty on the case list."""
        return self.case.case_no if self.case else ""

    @property
    def unread(self) -> int:
        return sum(page.picture is None and page.failure is None for page in self.pages)

    @property
    def failed(self) -> tuple[PageView, ...]:
        return tuple(page for page in self.pages if page.failure is not None)

    @property
    def blocking(self) -> int:
        return sum(finding.state == "block" for finding in self.findings or ())

    @property
    def doubts(self) -> int:
        return sum(finding.state == "warn" for finding in self.findings or ())

    @property
    def documents(self) -> int:
        return sum(len(volume.documents) for volume in self.volumes)

    @property
    def pile_unfinished(self) -> int | None:
        """The batch whose paper may be counted again."""
        return None if self.unfinished is None or self.unfinished.imported else self.unfinished.number

    @property
    def training(self) -> bool:
        """Some capture came from no real scanner: the case can only become a training dossier."""
        return any(page.origin in (CaptureOrigin.REPLAY, CaptureOrigin.SIMULATOR) for page in self.pages)

    @property
    def sealed(self) -> bool:
        return self.case is not None and bool(self.case.packages)


def next_act(state: DeskState) -> Next:
    """The one thing the bottom bar proposes."""
    case = state.case
    if state.cases is None:
        return Next.WAIT
    if case is None:
        return Next.OPEN_CASE if state.cases else Next.NEW_CASE
    if state.running is not None:
        return Next.WAIT
    if not state.pages:
        return Next.SCAN
    if state.unfinished is not None:
        return Next.FINISH_IMPORT if state.unfinished.imported else Next.FINISH_PILE
    if state.unread:
        return Next.READ
    if state.failed:
        return Next.READ_AGAIN
    if state.sealed:
        ends = {"arrived": Next.DONE, "rejected": Next.REJECTED, "quarantined": Next.REJECTED}
        return ends.get(case.state, Next.SEND)
    return Next.SETTLE if state.blocking else Next.SEAL


_STEP_OF_JOB = {
    Job.SCAN: Step.SCAN,
    Job.IMPORT: Step.SCAN,
    Job.READ: Step.ARRANGE,
    Job.SEAL: Step.SEAL,
    Job.SEND: Step.DELIVER,
}
_STEP_OF_NEXT = {
    Next.NEW_CASE: Step.INTAKE,
    Next.OPEN_CASE: Step.INTAKE,
    Next.SCAN: Step.SCAN,
    Next.FINISH_PILE: Step.SCAN,
    Next.FINISH_IMPORT: Step.SCAN,
    Next.READ: Step.ARRANGE,
    Next.READ_AGAIN: Step.ARRANGE,
    Next.SETTLE: Step.ARRANGE,
    Next.SEAL: Step.SEAL,
    Next.SEND: Step.DELIVER,
    Next.REJECTED: Step.DELIVER,
}


def steps(state: DeskState) -> tuple[StepState, ...]:
    """All five, always, each with its count where one tells something."""
    act = next_act(state)
    at = _STEP_OF_JOB[state.running.job] if state.running else _STEP_OF_NEXT.get(act)
    order = list(Step)
    here = order.index(at) if at else len(order)
    counts = {
        Step.SCAN: len(state.pages) or None,
        Step.ARRANGE: state.unread or state.documents or None,
        Step.SEAL: state.blocking or None,
    }
    return tuple(
        StepState(step, _mark(step, place, here, state, act), counts.get(step)) for place, step in enumerate(order)
    )


def _mark(step: Step, place: int, here: int, state: DeskState, act: Next) -> Mark:
    if state.running is not None and place == here:
        return Mark.RUNNING
    if (step is Step.SEAL and state.blocking and not state.sealed) or (step is Step.DELIVER and act is Next.REJECTED):
        return Mark.BLOCKED
    if place == here:
        return Mark.ACTIVE
    return Mark.DONE if place < here else Mark.WAITING
