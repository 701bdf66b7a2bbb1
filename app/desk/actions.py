"""Every act of the desk in one table: its name, words, keys, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.desk.state import DeskState, Next
from app.station.scan_profiles import HOTKEYS


@dataclass(frozen=True)
class Act:
    """`text` as it stands on buttons. `keys` in Qt's portable spelling."""

    id: str
    text: str
    keys: tuple[str, ...]
    enabled: Callable[[DeskState], bool]
    checkable: bool = False
    sign: str = ""  # on a button, instead of the text


def _always(_state: DeskState) -> bool:
    return True


def _on_list(state: DeskState) -> bool:
    return state.case is None


def _on_case(state: DeskState) -> bool:
    return state.case is not None


def _free(state: DeskState) -> bool:
    return state.case is not None and state.running is None


def _has_pages(state: DeskState) -> bool:
    return bool(state.pages)


def _free_pages(state: DeskState) -> bool:
    return _free(state) and bool(state.pages)


def _pile_unfinished(state: DeskState) -> bool:
    return _free(state) and state.pile_unfinished is not None


def _has_unread(state: DeskState) -> bool:
    return _free(state) and bool(state.unread or state.failed)


def _all_read(state: DeskState) -> bool:
    return _free(state) and bool(state.pages) and not state.unread and not state.failed


def _has_findings(state: DeskState) -> bool:
    return _free(state) and bool(state.findings)


def _to_send(state: DeskState) -> bool:
    return _free(state) and state.sealed and state.case is not None and state.case.state != "arrived"


def _running(state: DeskState) -> bool:
    return state.running is not None


def table() -> tuple[Act, ...]:
    """All acts, in the words of the language in force."""
    translate = QCoreApplication.translate
    return (
        Act("next", translate("actions", "Next"), ("Space",), _always),
        Act("new-case", translate("actions", "New case…"), ("Ctrl+N",), _on_list),
        Act("import-cases", translate("actions", "Import cases…"), ("Ctrl+I",), _on_list),
        Act("open-case", translate("actions", "Open"), ("Return", "Enter"), _on_list),
        Act("close-case", translate("actions", "Cases"), ("Ctrl+W",), _free),
        Act("scan", translate("actions", "Scan…"), ("F2",), _free),
        Act("scan-backs", translate("actions", "Scan the backs…"), ("Shift+F2",), _free_pages),
        *(
            Act(f"scan-{key}", translate("actions", "Scan by profile %1").replace("%1", key), (key,), _free)
            for key in HOTKEYS
        ),
        Act("turn-backs", translate("actions", "Backs in the other order"), ("Ctrl+Shift+F2",), _free_pages),
        Act("recount", translate("actions", "Count the sheets again…"), ("Ctrl+F2",), _pile_unfinished),
        Act("import", translate("actions", "Import…"), ("F3",), _free),
        Act("read", translate("actions", "Read"), ("F4",), _has_unread),
        Act("check", translate("actions", "Check"), ("F5",), _all_read),
        Act("seal", translate("actions", "Seal…"), ("F9",), _all_read),
        Act("send", translate("actions", "Send…"), ("F10",), _to_send),
        Act("stop", translate("actions", "Stop"), ("Ctrl+.",), _running),
        Act("explain", translate("actions", "Explain…"), ("E",), _has_findings),
        Act("next-finding", translate("actions", "Next finding"), ("N",), _has_findings),
        Act("dismiss", translate("actions", "Dismiss the message"), ("Esc",), _always),
        Act("catalogue-pane", translate("actions", "Catalogue"), ("F6",), _on_case, checkable=True),
        Act("board-pane", translate("actions", "Pages"), ("F7",), _on_case, checkable=True),
        Act("page-pane", translate("actions", "Page"), ("F8",), _on_case, checkable=True),
        Act("set-aside", translate("actions", "Set aside…"), ("X",), _free_pages),
        Act("take-back", translate("actions", "Take back"), ("Shift+X",), _free),
        Act("replace", translate("actions", "Replace by a scan…"), ("P",), _free_pages),
        Act("replace-file", translate("actions", "Replace by a file…"), ("Shift+P",), _free_pages),
        Act("insert", translate("actions", "Scan in behind…"), ("I",), _free_pages),
        Act("insert-file", translate("actions", "File in behind…"), ("Shift+I",), _free_pages),
        Act("rescan-sheet", translate("actions", "Scan the sheet again…"), ("Ctrl+R",), _free_pages),
        Act("split", translate("actions", "Split here…"), ("S",), _all_read),
        Act("join", translate("actions", "Join to the one before…"), ("J",), _all_read),
        Act("move", translate("actions", "Move to…"), ("M",), _all_read),
        Act("submission", translate("actions", "Submission…"), ("F11",), _free),
        Act("describe", translate("actions", "What it is…"), ("K",), _all_read),
        Act("show-aside", translate("actions", "Show pages set aside"), ("H",), _on_case, checkable=True),
        Act("undo", translate("actions", "Undo"), ("Ctrl+Z",), _free),
        Act("previous-page", translate("actions", "Previous page"), ("PgUp",), _has_pages, sign="‹"),
        Act("next-page", translate("actions", "Next page"), ("PgDown",), _has_pages, sign="›"),
        Act("zoom-in", translate("actions", "Zoom in"), ("Ctrl++", "Ctrl+="), _has_pages, sign="+"),
        Act("zoom-out", translate("actions", "Zoom out"), ("Ctrl+-",), _has_pages, sign="−"),
        Act("fit", translate("actions", "Whole page"), ("Ctrl+0",), _has_pages),
        Act("original", translate("actions", "Original"), ("O",), _has_pages, checkable=True),
        Act("lines", translate("actions", "Lines"), ("L",), _has_pages, checkable=True),
        Act("previous-line", translate("actions", "Previous line"), ("Ctrl+Up",), _has_pages),
        Act("next-line", translate("actions", "Next line"), ("Ctrl+Down",), _has_pages),
    )


ON_PAGE = (
    "set-aside",
    "take-back",
    "replace",
    "replace-file",
    "insert",
    "insert-file",
    "rescan-sheet",
    "split",
    "join",
    "move",
    "describe",
    "show-aside",
    "undo",
)
DOES = {
    Next.NEW_CASE: "new-case",
    Next.OPEN_CASE: "open-case",
    Next.SCAN: "scan",
    Next.FINISH_PILE: "scan",
    Next.FINISH_IMPORT: "import",
    Next.READ: "read",
    Next.READ_AGAIN: "read",
    Next.SETTLE: "next-finding",
    Next.SEAL: "seal",
    Next.SEND: "send",
    Next.REJECTED: "check",
    Next.DONE: "close-case",
}


class Actions:
    """The QActions of the table, by id; each lives on the window, so that its keys work everywhere in it."""

    def __init__(self, window: QWidget) -> None:
        self._table = table()
        self._actions = {act.id: _action(act, window) for act in self._table}

    def __getitem__(self, act_id: str) -> QAction:
        return self._actions[act_id]

    def follow(self, state: DeskState) -> None:
        """Enable what can be done now."""
        for act in self._table:
            self._actions[act.id].setEnabled(act.enabled(state))


def _action(act: Act, window: QWidget) -> QAction:
    action = QAction(act.text, window)
    action.setObjectName(act.id)
    action.setCheckable(act.checkable)
    if act.sign:
        action.setIconText(act.sign)
    action.setShortcuts([QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText) for keys in act.keys])
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{action.text()}  {keys}")
    window.addAction(action)
    return action
