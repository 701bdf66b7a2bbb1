"""Duplex batches of seven pages from the eSCL feeder through the real sane-airscan backend."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from escl_feeder import EsclFeeder, FeederFault
from PIL import Image, ImageChops

from drivers.origin import Origin
from drivers.scanners import ScanSettings, list_devices, open_session, recover
from drivers.scanners.types import End, EndReason, Event, Fault, FaultCode, Mode, PageDone, Side, Source

Draw = Callable[..., list[Path]]
Told = Callable[[Iterable[Event]], list[Event]]
PagesOf = Callable[[Iterable[Event]], list[PageDone]]
Use = Callable[[EsclFeeder], None]

DUPLEX = ScanSettings(source=Source.ADF_DUPLEX, mode=Mode.COLOR, dpi=100)


@pytest.fixture
def use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Use:
    """Make the feeder this test's only scanner."""

    def configure(feeder: EsclFeeder) -> None:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / "sane.d")))

    return configure


def assert_same(pages: list[PageDone], pile: list[Path]) -> None:
    for page, picture in zip(pages, pile, strict=True):
        with Image.open(page.path) as scanned, Image.open(picture) as fed:
            assert scanned.mode == fed.mode
            assert ImageChops.difference(scanned, fed).getbbox() is None


def test_seven_faces_of_a_duplex_pile_come_whole_and_in_order(
    spool: Path, draw_pages: Draw, use: Use, told: Told, pages_of: PagesOf
) -> None:
    pile = draw_pages(7)
    with EsclFeeder(pile) as feeder:
        use(feeder)
        (device,) = list_devices()
        with open_session(feeder.device_id, DUPLEX, spool) as session:
            events = told(session)
    assert (device.id, device.driver, device.origin) == (feeder.device_id, "airscan", Origin.SIMULATOR)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 7)
    pages = pages_of(events)
    assert_same(pages, pile)
    front_and_back = (Side.FRONT, Side.BACK)
    assert [(p.record.sheet, p.record.side) for p in pages] == [(n // 2 + 1, front_and_back[n % 2]) for n in range(7)]
    assert {page.record.origin for page in pages} == {Origin.SIMULATOR}
    assert "<scan:Duplex>true</scan:Duplex>" in feeder.jobs[0]


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ("jam", FaultCode.JAM),
        ("cover", FaultCode.COVER_OPEN),
        ("drop", FaultCode.IO),
        ("truncated", FaultCode.IO),
    ],
)
def test_a_fault_on_page_three_keeps_two_and_the_batch_goes_on(
    spool: Path, draw_pages: Draw, use: Use, told: Told, pages_of: PagesOf, what: FeederFault, code: FaultCode
) -> None:
    pile = draw_pages(7)
    with EsclFeeder(pile, faults={3: what}) as feeder:
        use(feeder)
        with open_session(feeder.device_id, DUPLEX, spool) as session:
            events = told(session)
        fault, end = events[-2:]
        assert isinstance(fault, Fault)
        assert (fault.code, fault.sequence, end) == (code, 3, End(EndReason.FAULT, 2))
        assert_same(recover(spool), pile[:2])

        feeder.lay_back(3)
        with open_session(feeder.device_id, DUPLEX, spool, first_sequence=3, first_sheet=2) as session:
            events = told(session)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 5)
    assert_same(recover(spool), pile)
    assert [page.record.sheet for page in recover(spool)] == [1, 1, 2, 2, 3, 3, 4]


@pytest.mark.parametrize("what", ["busy", "slow"])
def test_a_scanner_that_hesitates_loses_nothing(
    spool: Path, draw_pages: Draw, use: Use, told: Told, what: FeederFault
) -> None:
    pile = draw_pages(4)
    with EsclFeeder(pile, faults={3: what}) as feeder:
        use(feeder)
        with open_session(feeder.device_id, DUPLEX, spool) as session:
            events = told(session)
    assert events[-1] == End(EndReason.FEEDER_EMPTY, 4)
    assert_same(recover(spool), pile)


def test_a_silent_scanner_is_given_up_and_its_pages_kept(spool: Path, draw_pages: Draw, use: Use, told: Told) -> None:
    pile = draw_pages(4)
    with EsclFeeder(pile, faults={3: "slow"}, slow_s=60) as feeder:
        use(feeder)
        with open_session(feeder.device_id, DUPLEX, spool, stall_s=10) as session:
            events = told(session)
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert isinstance(end, End)
    assert fault.code is FaultCode.STALLED
    assert_same(recover(spool), pile[: end.pages])
    assert 1 <= end.pages <= 2


def test_an_empty_feeder_is_no_batch(spool: Path, use: Use, told: Told) -> None:
    with EsclFeeder([]) as feeder:
        use(feeder)
        with open_session(feeder.device_id, DUPLEX, spool) as session:
            events = told(session)
    fault, end = events[-2:]
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.EMPTY, End(EndReason.FAULT, 0))


def test_a_scanner_switched_off_is_offline(spool: Path, use: Use, told: Told) -> None:
    with EsclFeeder([]) as feeder:
        use(feeder)
    with open_session(feeder.device_id, DUPLEX, spool) as session:
        fault, end = told(session)
    assert isinstance(fault, Fault)
    assert (fault.code, end) == (FaultCode.OFFLINE, End(EndReason.FAULT, 0))
