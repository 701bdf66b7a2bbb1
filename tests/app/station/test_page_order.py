"""Pages have a place in the case that is not their arrival: rescanned, replaced, inserted, set aside, taken back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from escl_feeder import EsclFeeder
from PIL import Image, ImageChops

from app.station.batches import recount
from app.station.errors import CaseSealed, NotOnePage, PageAside, PageCounts, SheetUnknown
from app.station.filing import require_complete
from app.station.importing import import_files
from app.station.page_acts import set_aside, take_back
from app.station.scanning import Pile, rescan_sheet, scan
from app.station.station import Station
from app.store.errors import BatchUnknown, PageUnknown
from app.store.records import Aim, AimKind, Package, Page
from drivers.scanners.types import FaultCode, ScanSettings, Source
from transfer.types import SendState

Draw = Callable[[str], Path]
DUPLEX = ScanSettings(source=Source.ADF_DUPLEX, dpi=100)
Use = Callable[[EsclFeeder], None]


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Make the feeder this test's only scanner."""

    def configure(feeder: EsclFeeder) -> None:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / "sane.d")))

    return configure


def pnm(*pictures: Path) -> Pile:
    return Pile("pnm:0", ScanSettings(feed=pictures))


def counting(station: Station, case: str) -> list[Page]:
    return station.store.pages.of_case(station.store.cases.get(case).id)


def numbers(station: Station, case: str) -> list[int]:
    return [page.number for page in counting(station, case)]


def sides(station: Station, case: str) -> list[tuple[int, str]]:
    return [(page.sheet, page.side) for page in counting(station, case)]


def shows(station: Station, case: str, pictures: list[Path]) -> bool:
    """Whether the pages that count are these pictures in this order, pixel by pixel."""
    pages = counting(station, case)
    return len(pages) == len(pictures) and all(map(_same, (page.file for page in pages), pictures))


def _same(scanned: Path, fed: Path) -> bool:
    """The scanner's area is A4; the small sheet lies in its corner."""
    with Image.open(scanned) as one, Image.open(fed) as other:
        corner = one.crop((0, 0, *other.size))
        return ImageChops.difference(corner, other.convert(one.mode)).getbbox() is None


def events(station: Station, case: str) -> list[tuple[str, dict[str, object]]]:
    lines = station.store.audit.export(case).decode().splitlines()
    records = [json.loads(json.loads(line)["record"]) for line in lines]
    return [(record["event"], record["detail"]) for record in records]


def test_after_a_jam_scan_goes_on_and_a_sheet_is_scanned_again(
    station: Station, case: str, draw: Draw, use: Use
) -> None:
    """Seven faces of four sheets; the fifth jams. Afterwards sheet 2 is scanned once more."""
    faces = [draw(f"{number}.png") for number in range(1, 8)]
    with EsclFeeder(faces, faults={5: "jam"}) as feeder:
        use(feeder)
        pile = Pile(feeder.device_id, DUPLEX)
        jammed = scan(station, case, pile)
        assert jammed.fault is not None
        assert (jammed.fault.code, jammed.pages, jammed.batch.state) == (FaultCode.JAM, 4, "stopped")
        assert (jammed.went_on_at, jammed.lay_back_from) == (None, 3)
        feeder.lay_back(5)
        rest = scan(station, case, pile)
        assert (rest.fault, rest.pages, rest.went_on_at) == (None, 7, 3)
        assert (rest.batch.id, rest.batch.reason, rest.sheets.odd) == (jammed.batch.id, "unreconciled", (4,))
        feeder.lay_back(3)
        again = rescan_sheet(station, case, 2, pile)
    assert (again.fault, again.sheets.superseded) == (None, (3, 4))
    assert numbers(station, case) == [1, 2, 8, 9, 5, 6, 7]
    assert shows(station, case, faces)
    old = station.store.pages.all_of_case(jammed.batch.case_id)
    assert [(page.number, page.aside.superseded_by) for page in old if page.aside] == [(3, 8), (4, 9)]
    told = [detail.get("supersedes") for event, detail in events(station, case) if event == "page.arrived"]
    assert told == [None] * 7 + [[3], [4]]
    assert station.store.audit.verify().ok


def test_a_sheet_torn_between_its_faces_comes_anew_with_both(station: Station, case: str, draw: Draw, use: Use) -> None:
    faces = [draw(f"{number}.png") for number in range(1, 7)]
    with EsclFeeder(faces, faults={4: "jam"}) as feeder:
        use(feeder)
        pile = Pile(feeder.device_id, DUPLEX, sheets=3)
        jammed = scan(station, case, pile)
        assert (jammed.pages, jammed.lay_back_from) == (3, 2)
        feeder.lay_back(3)
        rest = scan(station, case, pile)
    assert (rest.fault, rest.batch.state, rest.went_on_at) == (None, "complete", 2)
    assert numbers(station, case) == [1, 2, 4, 5, 6, 7]
    assert shows(station, case, faces)
    assert sides(station, case) == [(n, side) for n in (1, 2, 3) for side in ("front", "back")]


def test_going_on_from_a_sheet_scans_it_and_those_after_it_anew(
    station: Station, case: str, draw: Draw, use: Use
) -> None:
    faces = [draw(f"{number}.png") for number in range(1, 7)]
    with EsclFeeder(faces) as feeder:
        use(feeder)
        pile = Pile(feeder.device_id, DUPLEX)
        scan(station, case, pile)
        feeder.lay_back(3)
        again = scan(station, case, pile, from_sheet=2)
        assert (again.batch.state, again.sheets.superseded) == ("complete", (3, 4, 5, 6))
        with pytest.raises(SheetUnknown):
            scan(station, case, pile, from_sheet=9)
    assert numbers(station, case) == [1, 2, 7, 8, 9, 10]
    assert shows(station, case, faces)


def test_the_rest_of_a_pile_follows_its_pile_whatever_came_in_between(
    station: Station, case: str, draw: Draw, use: Use
) -> None:
    faces = [draw(f"{number}.png") for number in range(1, 5)]
    other = draw("other.png")
    with EsclFeeder(faces, faults={3: "cover"}) as feeder:
        use(feeder)
        pile = Pile(feeder.device_id, DUPLEX)
        scan(station, case, pile)
        import_files(station, case, [other])  # takes the number of the next sheet
        feeder.lay_back(3)
        assert scan(station, case, pile).batch.state == "complete"
    assert shows(station, case, [*faces, other])
    assert sides(station, case) == [(1, "front"), (1, "back"), (3, "front"), (3, "back"), (2, "front")]


def test_a_page_is_replaced_and_pages_are_put_in_before_and_after(station: Station, case: str, draw: Draw) -> None:
    first, second, third = (draw(f"{name}.png") for name in "abc")
    scan(station, case, pnm(first, second, third))
    new, before, after = (draw(f"{name}.png") for name in ("new", "before", "after"))
    replaced = scan(station, case, pnm(new), aim=Aim(AimKind.REPLACE, 2))
    assert (replaced.batch.state, replaced.batch.aim) == ("complete", Aim(AimKind.REPLACE, 2))
    scan(station, case, pnm(before, draw("two.png")), aim=Aim(AimKind.INSERT_BEFORE, 1))
    scan(station, case, pnm(after), aim=Aim(AimKind.INSERT_AFTER, 4))
    assert shows(station, case, [before, draw("two.png"), first, new, after, third])
    assert numbers(station, case) == [5, 6, 1, 4, 7, 3]
    assert counting(station, case)[3].sheet == 2
    with pytest.raises(PageAside):
        scan(station, case, pnm(new), aim=Aim(AimKind.REPLACE, 2))
    with pytest.raises(PageUnknown):
        scan(station, case, pnm(new), aim=Aim(AimKind.INSERT_BEFORE, 99))


def test_setting_aside_keeps_the_page_and_taking_back_undoes_it(station: Station, case: str, draw: Draw) -> None:
    a, b, c = (draw(f"{name}.png") for name in "abc")
    scan(station, case, pnm(a, b, c))
    (gone,) = set_aside(station, case, [2], "扫了两次")
    assert gone.aside is not None
    assert (gone.aside.reason, gone.aside.by, gone.file.is_file()) == ("扫了两次", "李文", True)
    assert shows(station, case, [a, c])
    with pytest.raises(PageAside):
        set_aside(station, case, [2], "又一次")
    with pytest.raises(PageCounts):
        take_back(station, case, [1])
    with pytest.raises(ValueError, match="reason"):
        set_aside(station, case, [1], " ")
    take_back(station, case, [2])
    assert shows(station, case, [a, b, c])
    assert [event for event, _ in events(station, case)][-4:] == [
        "pages.set-aside",
        "case.filed",
        "pages.taken-back",
        "case.filed",
    ]


def test_taking_back_a_replaced_page_sets_its_successor_aside(station: Station, case: str, draw: Draw) -> None:
    a, b, worse = (draw(f"{name}.png") for name in ("a", "b", "worse"))
    scan(station, case, pnm(a, b))
    scan(station, case, pnm(worse), aim=Aim(AimKind.REPLACE, 1))
    assert shows(station, case, [worse, b])
    take_back(station, case, [1])
    assert shows(station, case, [a, b])
    take_back(station, case, [3])
    assert shows(station, case, [worse, b])


def test_a_miscounted_pile_is_counted_once_more(station: Station, case: str, draw: Draw) -> None:
    done = scan(station, case, Pile("pnm:0", ScanSettings(feed=(draw("a.png"), draw("b.png"))), sheets=3))
    assert (done.batch.state, done.sheets.missing) == ("stopped", (3,))
    with pytest.raises(BatchUnknown):
        recount(station, case, 9, 2)
    assert recount(station, case, 1, 2).reconciled
    assert station.store.pages.batch(done.batch.id).state == "complete"


def test_pages_of_a_sealed_case_stand_until_the_platform_returns_it(station: Station, case: str, draw: Draw) -> None:
    done = scan(station, case, pnm(draw("a.png"), draw("b.png")))
    package = Package(
        id="p1",
        case_id=done.batch.case_id,
        case_no=case,
        submission="base",
        version=1,
        file=station.home.path / "p1.zip",
        sha256="a",
        sm3="b",
        size=1,
        level="B-B",
        training=True,
        sealed_at="now",
    )
    with station.store.change("dossier.sealed", case):
        station.store.outbox.queue(package, "platform", "now")
    with pytest.raises(CaseSealed):
        set_aside(station, case, [1], "错页")
    for aim in (Aim(AimKind.REPLACE, 1), Aim(AimKind.INSERT_BEFORE, 1)):
        with pytest.raises(CaseSealed):
            scan(station, case, pnm(draw("c.png")), aim=aim)
    with pytest.raises(CaseSealed):
        rescan_sheet(station, case, 1, pnm(draw("c.png")))
    with station.store.change("package.rejected", case):
        station.store.outbox.move("p1", SendState.REJECTED, reason=None, next_at=None, at="now")
    set_aside(station, case, [1], "错页")
    assert numbers(station, case) == [2]


KILLED_WHILE_SUPERSEDING = """
import os, signal, sys
from pathlib import Path
from app.station.scanning import Pile, rescan_sheet
from app.station.station import open_station
from app.store.order import Order
from drivers.scanners.types import ScanSettings

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

Order.set_aside = die
home, case, picture = sys.argv[1:]
with open_station(Path(home)) as station:
    rescan_sheet(station, case, 1, Pile("pnm:0", ScanSettings(feed=(Path(picture),))))
"""


def test_killed_between_superseding_and_recording_neither_is_lost_nor_doubled(
    station: Station, case: str, draw: Draw
) -> None:
    """The new face is on the disk; its row and the old one's setting aside are one transaction: the next scan's."""
    old, better, more = (draw(f"{name}.png") for name in ("old", "better", "more"))
    scan(station, case, pnm(old))
    command = [sys.executable, "-c", KILLED_WHILE_SUPERSEDING, str(station.home.path), case, str(better)]
    killed = subprocess.run(command, env=dict(os.environ), check=False)
    assert killed.returncode == -signal.SIGKILL
    assert shows(station, case, [old])
    scan(station, case, pnm(more))
    assert shows(station, case, [better, more])
    everything = station.store.pages.all_of_case(station.store.cases.get(case).id)
    assert [(page.number, page.aside is None) for page in everything] == [(1, False), (2, True), (3, True)]
    assert station.store.audit.verify().ok


def test_a_file_replaces_one_page_and_files_are_put_in(station: Station, case: str, draw: Draw) -> None:
    a, b = draw("a.png"), draw("b.png")
    import_files(station, case, [a, b])
    better, between = draw("better.png"), draw("between.png")
    done = import_files(station, case, [better], aim=Aim(AimKind.REPLACE, 1))
    assert [page.number for page in done.pages] == [3]
    import_files(station, case, [between], aim=Aim(AimKind.INSERT_AFTER, 3))
    assert shows(station, case, [better, between, b])
    with pytest.raises(NotOnePage):
        import_files(station, case, [a, b], aim=Aim(AimKind.REPLACE, 2))
    two_pages = b.with_name("two.tif")
    with Image.open(a) as first, Image.open(b) as second:
        first.save(two_pages, save_all=True, append_images=[second])
    refused = import_files(station, case, [two_pages], aim=Aim(AimKind.REPLACE, 2)).refused
    assert [type(item.error) for item in refused] == [NotOnePage]
    assert import_files(station, case, [a]).known == (a,)  # set aside, and in the case all the same
    assert shows(station, case, [better, between, b])


def test_a_replacement_that_failed_leaves_the_page_and_blocks_nothing(
    station: Station, case: str, draw: Draw, use: Use
) -> None:
    scan(station, case, pnm(draw("a.png")))
    with station.store.transaction():
        station.store._db.execute(
            "INSERT INTO results (page_id, result, text, blank, evidence, thumbnail, processed_at)"
            " VALUES (1, '{}', '', 0, '', '', '')"
        )
    with EsclFeeder([]) as feeder:
        use(feeder)
        empty = scan(station, case, Pile(feeder.device_id, DUPLEX), aim=Aim(AimKind.REPLACE, 1))
    assert empty.fault is not None
    assert (empty.fault.code, empty.batch.state) == (FaultCode.EMPTY, "stopped")
    assert shows(station, case, [draw("a.png")])
    require_complete(station, station.store.cases.get(case))
