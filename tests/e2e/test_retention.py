"""A delivered dossier's files go by an administrator's rule: after its receipt alone, and everything else stays."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from clerk import Demo

from app.station.fsck import fsck, rebuild_library
from app.station.keys import open_signer
from app.station.retention import Going, Kept, RetentionPlan, Staying, carry_out, plan
from app.station.retention_errors import FilesRemovedByRule, RuleBroken, RuleMissing, RuleNotAdministrators
from app.station.retention_rule import Removable, Rule, load_rule
from app.station.sealing import seal
from app.station.station import Station, Who, open_station
from app.store.home import Home

WHO = Who("李文", "望陵所")


@pytest.fixture
def station(own_demo: Demo) -> Iterator[Station]:
    with open_station(own_demo.home, who=WHO) as opened:
        yield opened


def rule(folder: Path, **days: int) -> Rule:
    file = folder / "retention.toml"
    file.write_text("".join(f"{what} = {count}\n" for what, count in days.items()))
    return load_rule(file, administrator=os.geteuid())


def test_what_was_delivered_goes_and_what_is_known_of_it_stays(
    station: Station, own_demo: Demo, tmp_path: Path
) -> None:
    record = station.store.cases.get(own_demo.case_no)
    pages = station.store.pages.all_of_case(record.id)
    catalogue = station.store.cases.documents(record.id)
    wanted = rule(tmp_path, pictures=0, originals=0)
    shown = plan(station, wanted)
    assert [(each.what, len(each.files)) for each in shown.going] == [
        (Removable.PICTURES, len(list(station.home.derived(own_demo.case_no).rglob("*.*")))),
        (Removable.ORIGINALS, len(pages)),
    ]
    assert all(page.file.is_file() for page in pages)

    assert carry_out(station, wanted) == list(shown.going)
    assert not any(page.file.is_file() for page in pages)
    assert all(page.file.with_suffix(".json").is_file() for page in pages)
    assert not station.home.derived(own_demo.case_no).exists()
    (item,) = station.store.outbox.of_case(record.id)
    assert item.package.file.is_file()
    assert item.package.file.with_suffix(".receipt").is_file()
    assert station.store.cases.documents(record.id) == catalogue
    told = [step for step in station.store.audit.newest_first(own_demo.case_no) if step.event == "files.removed"]
    assert [(step.detail["what"], step.detail["rule"]) for step in told] == [
        ("originals", wanted.sha256),
        ("pictures", wanted.sha256),
    ]
    report = fsck(station)
    assert (report.ok, report.removed) == (True, len(pages))
    assert plan(station, wanted) == RetentionPlan((), (Staying(own_demo.case_no, Kept.NOTHING_LEFT),))
    with open_signer(station) as signer, pytest.raises(FilesRemovedByRule):
        seal(station, own_demo.case_no, "base", signer)


def test_a_library_made_again_knows_what_was_removed(own_demo: Demo, tmp_path: Path) -> None:
    with open_station(own_demo.home, who=WHO) as station:
        (gone,) = carry_out(station, rule(tmp_path, originals=0))
    for lost in own_demo.home.glob("juanzong.db*"):
        lost.unlink()
    rebuild_library(Home(own_demo.home), WHO)
    with open_station(own_demo.home, who=WHO) as again:
        report = fsck(again)
    assert (report.ok, report.removed) == (True, len(gone.files))


def test_a_power_cut_between_record_and_removal_is_made_good(station: Station, own_demo: Demo, tmp_path: Path) -> None:
    wanted = rule(tmp_path, originals=0)
    (going,) = plan(station, wanted).going
    record = station.store.cases.get(own_demo.case_no)
    with station.store.change("files.removed", own_demo.case_no):
        station.store.removals.add(record.id, going.files, station.stamp())
    assert fsck(station).ok
    assert carry_out(station, wanted) == []
    assert not any(file.exists() for file in going.files)


def test_packages_go_last(station: Station, own_demo: Demo, tmp_path: Path) -> None:
    carry_out(station, rule(tmp_path, originals=0))
    (gone,) = carry_out(station, rule(tmp_path, originals=0, packages=0))
    assert (gone.what, [file.suffix for file in gone.files]) == (Removable.PACKAGES, [".zip"])
    assert fsck(station).ok
    assert carry_out(station, rule(tmp_path, originals=0, packages=0)) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE outbox SET state = 'awaiting-receipt'", Kept.NOT_ARRIVED),
        ("UPDATE outbox SET state = 'rejected'", Kept.NOT_ARRIVED),
        ("UPDATE outbox SET receipt = replace(receipt, 'A', 'B')", Kept.RECEIPT_UNPROVEN),
        ("UPDATE outbox SET receipt = NULL", Kept.RECEIPT_UNPROVEN),
        ("DELETE FROM outbox", Kept.NOT_SEALED),
        ("UPDATE pages SET origin = 'hardware' WHERE number = 1", Kept.TRAINING),
    ],
)
def test_without_a_proven_receipt_all_stays(station: Station, tmp_path: Path, change: str, why: Kept) -> None:
    with station.store.transaction():
        station.store._db.execute(change)
    assert reason(station, rule(tmp_path, pictures=0, originals=0)) is why


def test_a_case_worked_on_since_or_whose_package_is_not_whole_stays(
    station: Station, own_demo: Demo, tmp_path: Path
) -> None:
    wanted = rule(tmp_path, originals=0)
    record = station.store.cases.get(own_demo.case_no)
    (item,) = station.store.outbox.of_case(record.id)
    whole = item.package.file.read_bytes()
    item.package.file.unlink()  # the demo's other copies share its bytes
    item.package.file.write_bytes(b"\1" + whole[1:])
    assert reason(station, wanted) is Kept.PACKAGE_ALTERED
    item.package.file.write_bytes(whole)
    assert isinstance(plan(station, wanted).going[0], Going)
    station.store.note("paper.returned", own_demo.case_no)
    assert isinstance(plan(station, wanted).going[0], Going)
    station.store.note("sides.joined", own_demo.case_no)
    assert reason(station, wanted) is Kept.CHANGED_SINCE


def test_a_page_set_aside_is_in_no_package_and_stays(station: Station, own_demo: Demo, tmp_path: Path) -> None:
    record = station.store.cases.get(own_demo.case_no)
    with station.store.transaction():
        station.store._db.execute("UPDATE pages SET sha256 = 'of another' WHERE number = 2")
    (going,) = plan(station, rule(tmp_path, originals=0)).going
    assert station.store.pages.numbered(record.id, 2).file not in going.files


def test_nothing_goes_before_its_day(station: Station, tmp_path: Path) -> None:
    (stays,) = plan(station, rule(tmp_path, pictures=10, originals=30)).staying
    assert (stays.why, stays.until) == (Kept.NOT_YET, station.clock.now().date() + dt.timedelta(days=10))
    assert reason(station, rule(tmp_path)) is Kept.NOTHING_LEFT


def reason(station: Station, wanted: Rule) -> Kept:
    found = plan(station, wanted)
    assert found.going == ()
    return found.staying[0].why


def test_a_rule_is_the_administrators_alone(tmp_path: Path) -> None:
    file = tmp_path / "retention.toml"
    with pytest.raises(RuleMissing):
        load_rule(file)
    file.write_text("originals = 365\n")
    with pytest.raises(RuleNotAdministrators):
        load_rule(file, administrator=os.geteuid() + 1)
    file.chmod(0o664)
    with pytest.raises(RuleNotAdministrators):
        load_rule(file, administrator=os.geteuid())


@pytest.mark.parametrize(
    "text", ["originals = -1", "original = 3", "originals = ", "originals = 9\npackages = 3", "pictures = '3'", "\xff"]
)
def test_a_rule_that_is_not_understood_removes_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "retention.toml"
    file.write_bytes(text.encode("latin-1"))
    with pytest.raises(RuleBroken):
        load_rule(file, administrator=os.geteuid())
