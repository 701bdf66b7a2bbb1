"""Models keep Qt's rules, and no reference is lost when C++ calls Python."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QSize, Qt, QThreadPool, Signal
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.desk.board_model import BoardModel, BoardRole
from app.desk.case_table import CaseTable
from app.desk.catalogue_model import CatalogueModel
from app.desk.finding_model import FindingModel
from app.desk.pictures import Thumbnails, read_levels
from app.desk.work_page import worst_of
from app.station.overview import CaseOverview
from app.station.views import DocumentView, FindingView, PageView, VolumeView
from dossier.model import CaptureOrigin

CALLS = 2000
SLACK = 200  # other threads and caches move the count a little; a lost reference a call moves it by CALLS
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal
FACE = PageView(1, 1, "front", CaptureOrigin.FILE, Path("none.png"), None, None, False, None)


class NoneModel(QAbstractListModel):
    def rowCount(self, _parent: QModelIndex | None = None) -> int:  # noqa: N802
        return 1

    def data(self, _index: object, _role: int = 0) -> object:
        return None


class Bell(QObject):
    rung = Signal(object)

    def hear(self, _value: object) -> None:
        return None


def test_a_model_answering_none_loses_no_reference(qtbot: QtBot) -> None:
    model = NoneModel()
    index = model.index(0)
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        model.itemData(index)
    assert abs(sys.getrefcount(None) - before) < SLACK


def test_workers_and_slots_lose_no_reference(qtbot: QtBot) -> None:
    pool, bell = QThreadPool(), Bell()
    bell.rung.connect(bell.hear)
    none, true = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        pool.start(lambda: None)
        bell.rung.emit(True)
    pool.waitForDone()
    assert abs(sys.getrefcount(None) - none) < SLACK
    assert abs(sys.getrefcount(True) - true) < SLACK


def document(order: int, faces: tuple[int, ...], kind: str = "GS01") -> DocumentView:
    return DocumentView(order, kind, f"文书{order}", "", "", faces[0], faces[-1], 0.9, faces)


VOLUMES = [
    VolumeView("诉讼文书卷", 3, (document(1, (1, 2)), document(2, (3,)))),
    VolumeView("未归类", 0, (document(0, (4,), kind=""),)),
]


def test_the_catalogue_is_a_tree_down_to_the_face(qtbot: QtBot) -> None:
    model = CatalogueModel()
    QAbstractItemModelTester(model, STRICT)
    model.set_volumes(VOLUMES)
    volume = model.index(0, 0)
    first = model.index(0, 0, volume)
    assert model.rowCount() == 2
    assert model.data(first, Qt.ItemDataRole.DisplayRole) == "1  文书1"
    assert model.data(model.index(0, 1, volume), Qt.ItemDataRole.DisplayRole) == "1–2"
    assert model.rowCount(first) == 2
    assert model.page_of(model.index(1, 0, first)) == 2
    assert model.parent(model.index(1, 0, first)) == first
    model.set_volumes(VOLUMES[:1])
    assert model.rowCount() == 1


def test_pages_arrive_and_change_on_the_board(qtbot: QtBot, tmp_path: Path) -> None:
    thumbnails = Thumbnails(QSize(128, 181))
    model = BoardModel(thumbnails)
    QAbstractItemModelTester(model, STRICT)
    model.set_pages([FACE])
    model.put(replace(FACE, number=2))
    model.put(replace(FACE, picture=Path("e.jpg"), thumbnail=Path("t.jpg")))
    model.set_documents({1: ("受案登记表", True)}, {1: "block"})
    assert model.rowCount() == 2
    assert model.item_at(0).page.thumbnail == Path("t.jpg")
    assert (model.item_at(0).document, model.item_at(0).worst) == ("受案登记表", "block")
    assert "受案登记表" in str(model.data(model.index(0), Qt.ItemDataRole.AccessibleTextRole))
    thumbnails.close()


def test_a_thumbnail_comes_later_and_shrunk(qtbot: QtBot, sheets: Path) -> None:
    thumbnails = Thumbnails(QSize(128, 181))
    model = BoardModel(thumbnails)
    model.set_pages([replace(FACE, original=sheets / "1.png")])
    assert model.data(model.index(0), BoardRole.PIXMAP) is None
    with qtbot.waitSignal(thumbnails.ready):
        pass
    pixmap = model.data(model.index(0), BoardRole.PIXMAP)
    assert (pixmap.width(), pixmap.height()) == (128, 181)
    thumbnails.close()


def test_a_broken_picture_is_an_empty_sheet_and_not_asked_for_again(qtbot: QtBot, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n and nothing")
    thumbnails = Thumbnails(QSize(128, 181))
    with qtbot.waitSignal(thumbnails.ready):
        assert thumbnails.get(broken) is None
    pixmap = thumbnails.get(broken)
    assert pixmap is not None
    assert pixmap.isNull()
    assert read_levels(broken) == []
    thumbnails.close()


def test_findings_come_worst_first(qtbot: QtBot) -> None:
    found = [FindingView(f"C:{state}", state, "p.1", "m", "r", 1) for state in ("info", "explained", "warn", "block")]
    model = FindingModel()
    QAbstractItemModelTester(model, STRICT)
    model.set_findings(found)
    assert [model.finding_at(row).state for row in range(4)] == ["block", "warn", "explained", "info"]
    assert worst_of(found) == {1: "block"}


@pytest.mark.parametrize("count", [0, 3])
def test_cases_in_a_table(qtbot: QtBot, count: int) -> None:
    model = CaseTable()
    QAbstractItemModelTester(model, STRICT)
    model.set_cases([CaseOverview(f"A{n}", "案", "由", "P 1", n, n, 0, n, "empty", ()) for n in range(count)])
    assert model.rowCount() == count
    assert model.row_of("A2") == (2 if count else None)
