"""Words for states, numbers and faults, in the language in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QLocale

from app.desk.state import DeskState, Job, Mark, Next, Step
from app.i18n import settings
from app.i18n.catalogue import Catalogue, Explained
from app.station.batches import UNRECONCILED
from app.station.disk_budget import DiskBudget
from app.station.errors import StoppedByHand
from app.station.limits import UrgentLimit
from app.station.placing import SUPERSEDED
from app.station.scanning import Scanned
from app.station.views import DocumentView, PageView
from dossier.deadlines import Level
from drivers.scanners import error_for
from drivers.scanners.reconcile import Reconciliation

translate = QCoreApplication.translate
HOURS_UNTIL = 72
LONGEST_DAYS = 365
_IN_SHARES = (Job.IMPORT, Job.SEAL)  # whose progress is told in percent; that of the others counts pages or bytes


@dataclass(frozen=True)
class FaultText:
    """In this order: what happened, what is safe, what to do. `by_hand`: the clerk did it himself, it is no fault."""

    happened: str
    safe: str
    todo: str
    by_hand: bool = False


def case_state(state: str) -> str:
    return {
        "empty": translate("words", "no pages yet"),
        "scanned": translate("words", "scanned"),
        "read": translate("words", "read"),
        "queued": translate("words", "sealed, waiting to be sent"),
        "sending": translate("words", "being sent"),
        "awaiting-receipt": translate("words", "sent, awaiting the receipt"),
        "arrived": translate("words", "arrived, receipt in hand"),
        "rejected": translate("words", "rejected by the platform"),
        "quarantined": translate("words", "set aside"),
        "paused": translate("words", "sending paused"),
        "cancelled": translate("words", "not to be sent"),
    }[state]


def step(name: Step) -> str:
    return {
        Step.INTAKE: translate("words", "Open"),
        Step.SCAN: translate("words", "Scan"),
        Step.ARRANGE: translate("words", "Arrange"),
        Step.SEAL: translate("words", "Seal"),
        Step.DELIVER: translate("words", "Deliver"),
    }[name]


def mark(name: Mark) -> str:
    return {
        Mark.WAITING: translate("words", "not yet"),
        Mark.ACTIVE: translate("words", "now"),
        Mark.RUNNING: translate("words", "running"),
        Mark.DONE: translate("words", "done"),
        Mark.BLOCKED: translate("words", "blocked"),
    }[name]


def step_count(name: Step, count: int, state: DeskState) -> str:
    """What the number beside a step means."""
    if name is Step.SCAN:
        return pages(count)
    if name is Step.SEAL:
        return translate("words", "%1 blocking").replace("%1", str(count))
    if state.unread:
        return translate("words", "%1 unread").replace("%1", str(count))
    return documents(count)


def pages(count: int) -> str:
    return translate("words", "%1 p.").replace("%1", str(count))


def documents(count: int) -> str:
    return translate("words", "%1 doc.").replace("%1", str(count))


def face(number: int) -> str:
    """A face by its number in the case."""
    return translate("words", "Face %1").replace("%1", str(number))


def side(name: str) -> str:
    return translate("words", "front") if name == "front" else translate("words", "back")


def page_range(document: DocumentView) -> str:
    if document.first_page is None or document.last_page is None:
        return ""
    first, last = document.first_page, document.last_page
    return str(first) if first == last else f"{first}–{last}"


def page_state(page: PageView) -> str:
    if page.aside is not None:
        return translate("words", "replaced") if page.aside == SUPERSEDED else translate("words", "left out")
    if page.separator:
        return translate("words", "separator")
    if page.failure is not None:
        return translate("words", "not read")
    if page.picture is None:
        return translate("words", "new")
    if page.cleared:
        return translate("words", "cleared")
    return translate("words", "blank") if page.blank else translate("words", "read")


def face_spoken(page: PageView, document: str, worst: str | None) -> str:
    """For a screen reader."""
    parts = [face(page.number), side(page.side), page_state(page), document, finding_state(worst) if worst else ""]
    return ", ".join(part for part in parts if part)


def finding_state(state: str) -> str:
    return {
        "block": translate("words", "blocks sealing"),
        "warn": translate("words", "please look"),
        "info": translate("words", "note"),
        "explained": translate("words", "explained"),
    }[state]


def origin(name: str) -> str:
    return {
        "hardware": translate("words", "device"),
        "replay": translate("words", "replay"),
        "simulator": translate("words", "simulator"),
    }[name]


def job(name: Job) -> str:
    return {
        Job.SCAN: translate("words", "Scanning"),
        Job.IMPORT: translate("words", "Importing"),
        Job.READ: translate("words", "Reading"),
        Job.SEAL: translate("words", "Sealing"),
        Job.SEND: translate("words", "Sending"),
    }[name]


def sentence(act: Next, state: DeskState) -> str:
    """The next useful act in one sentence."""
    if state.running is not None:
        return _running(state)
    number = {
        Next.READ: state.unread,
        Next.READ_AGAIN: len(state.failed),
        Next.SETTLE: state.blocking,
    }.get(act, 0)
    return {
        Next.NEW_CASE: translate("words", "No case yet. Open the first one."),
        Next.OPEN_CASE: translate("words", "Choose a case and open it."),
        Next.WAIT: "",
        Next.SCAN: translate("words", "No paper yet. Put the pile into the scanner, or import files."),
        Next.FINISH_PILE: translate("words", "The last pile stopped half-way. Scan the rest of it."),
        Next.FINISH_IMPORT: translate(
            "words", "The last import stopped half-way. Import the files again; known ones are passed over."
        ),
        Next.READ: translate("words", "Pages that have arrived and are still to be read: %1."),
        Next.READ_AGAIN: translate("words", "Pages that could not be read: %1. Read them again, or scan them anew."),
        Next.SETTLE: translate("words", "Findings that block sealing: %1. Correct them, or explain one with E."),
        Next.SEAL: translate("words", "Nothing blocks any more. Seal the dossier."),
        Next.SEND: translate("words", "The dossier is sealed and waits in the outbox. Send it."),
        Next.REJECTED: translate("words", "The platform has rejected the dossier. Check the case again."),
        Next.DONE: translate("words", "The dossier has arrived; the platform's signed receipt is in hand."),
    }[act].replace("%1", str(number))


def _running(state: DeskState) -> str:
    running = state.running
    if running is None:
        return ""
    if not running.of:
        return translate("words", "%1…").replace("%1", job(running.job))
    if running.job in _IN_SHARES:
        share = str(100 * running.done // running.of)
        return translate("words", "%1: %2 %").replace("%1", job(running.job)).replace("%2", share)
    text = translate("words", "%1: %2 of %3")
    done, of = (amount(running.done), amount(running.of)) if running.job is Job.SEND else (running.done, running.of)
    return text.replace("%1", job(running.job)).replace("%2", str(done)).replace("%3", str(of))


def amount(count: int) -> str:
    """Bytes as a person reads them."""
    return QLocale().formattedDataSize(count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def disk(budget: DiskBudget) -> str:
    """How long the disk will do: days at the rate of late, else pages."""
    if budget.days_left is None:
        return translate("words", "room for %1 p.").replace("%1", str(budget.pages_left))
    if budget.days_left > LONGEST_DAYS:
        return translate("words", "over a year")
    return translate("words", "%1 days").replace("%1", str(int(budget.days_left)))


def level(name: Level) -> str:
    """The five colours of deadlines (五色预警)."""
    return {
        Level.GREEN: translate("words", "green"),
        Level.BLUE: translate("words", "blue"),
        Level.YELLOW: translate("words", "yellow"),
        Level.ORANGE: translate("words", "orange"),
        Level.RED: translate("words", "red"),
    }[name]


def limit(urgent: UrgentLimit) -> str:
    """Which limit ends first, its colour, how long it still runs: hours in its last three days."""
    over = urgent.left < dt.timedelta()
    hours = abs(urgent.left) // dt.timedelta(hours=1)
    in_hours = hours < HOURS_UNTIL
    text = {
        (False, True): translate("words", "%1 %2, %3 h left"),
        (False, False): translate("words", "%1 %2, %3 days left"),
        (True, True): translate("words", "%1 %2, exceeded by %3 h"),
        (True, False): translate("words", "%1 %2, exceeded by %3 days"),
    }[over, in_hours]
    amount_left = hours if in_hours else hours // 24
    return text.replace("%1", urgent.title).replace("%2", level(urgent.level)).replace("%3", str(amount_left))


def dates_again(done: int, of: int) -> str:
    text = translate("words", "Dates that findings rest on are being read again: %1 of %2 pages.")
    return text.replace("%1", str(done)).replace("%2", str(of))


def safe(name: Job | None) -> str:
    """What is safe after a fault in a step."""
    if name is None:
        return translate("words", "Nothing was changed.")
    return {
        Job.SCAN: translate("words", "All pages shown are saved."),
        Job.IMPORT: translate("words", "All pages shown are saved; the source files were not touched."),
        Job.READ: translate("words", "The originals are untouched; what was read is kept."),
        Job.SEAL: translate("words", "Nothing was signed or queued."),
        Job.SEND: translate("words", "The sealed dossier stays in the outbox."),
    }[name]


def stopped(scanned: Scanned, catalogue: Catalogue) -> FaultText | None:
    """What a pile that is not whole tells; None for a whole one."""
    kept = translate("words", "Faces of this pile saved: %1.").replace("%1", str(scanned.pages))
    again = ""
    if scanned.lay_back_from is not None:
        again = translate("words", "Lay sheet %1 and those after it back in, then press Space.")
        again = again.replace("%1", str(scanned.lay_back_from))
    if scanned.fault is not None:
        told = catalogue.error(error_for(scanned.fault))
        return FaultText(told.message, kept, f"{told.remedy} {again}".strip())
    if scanned.batch.reason != UNRECONCILED:
        return None
    return FaultText(_mismatch(scanned.sheets), kept, again or translate("words", "Scan these sheets again."))


def taken_otherwise(scanned: Scanned, catalogue: Catalogue) -> FaultText | None:
    """Which settings the scanner took otherwise than asked; None when it took them all."""
    if not scanned.inexact:
        return None
    happened = translate("words", "The scanner did not take all settings as asked: %1.")
    return FaultText(
        happened.replace("%1", settings.taken_otherwise(catalogue, scanned.inexact)),
        safe(Job.SCAN),
        translate("words", "Look whether the pages are whole."),
    )


def _mismatch(sheets: Reconciliation) -> str:
    parts = [translate("words", "The sheets do not fit the faces that came.")]
    for named, text in (
        (sheets.missing, translate("words", "Missing sheets: %1.")),
        (sheets.odd, translate("words", "Sheets with one face only: %1.")),
        (sheets.surplus, translate("words", "Sheets too many: %1.")),
    ):
        if named:
            parts.append(text.replace("%1", "、".join(str(sheet) for sheet in named)))
    return " ".join(parts)


def fault(error: BaseException, during: Job | None, catalogue: Catalogue) -> FaultText:
    """A fault in the desk's three parts. One that nobody foresaw says so plainly."""
    if isinstance(error, Explained):
        told = catalogue.error(error)
        return FaultText(told.message, safe(during), told.remedy, isinstance(error, StoppedByHand))
    happened = translate("words", "Something unforeseen happened (%1).").replace("%1", type(error).__name__)
    return FaultText(happened, safe(during), translate("words", "Try again; if it stays, report it with the log."))
