"""The outbox through a gap device."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from outbox_rig import AddPackage, accept, row, spoil

from app.platform.ferry import take_ferried
from app.platform.serve import UPLOADS, open_inbox
from app.platform.uploads import Uploads
from app.station.ferrying import ferry_all
from app.station.station import Station
from transfer.errors import AwaitingReceipt, PackageAltered, ReceiptBroken
from transfer.types import SendState


@pytest.fixture
def gap(tmp_path: Path) -> Path:
    folder = tmp_path / "gap"
    folder.mkdir()
    return folder


def cross(station: Station, gap: Path) -> None:
    """The other side takes in what lies there and answers into the same folder."""
    uploads = Uploads(station.home.platform / UPLOADS)
    with open_inbox(station.home.platform, station.home.keys, judge=accept) as inbox:
        take_ferried(gap, inbox, uploads, station.home.platform / "ferry")


def test_what_is_laid_in_waits_visibly_until_its_receipt_comes(station: Station, add_package: AddPackage, gap: Path):
    package_id = add_package()
    ((item, error),) = ferry_all(station, gap)
    assert (item.state, error) == (SendState.AWAITING_RECEIPT, None)
    assert item.reason is not None
    assert AwaitingReceipt.key in item.reason
    assert ferry_all(station, gap) == []  # it is not laid in twice by itself
    cross(station, gap)
    ((item, error),) = ferry_all(station, gap)
    assert (item.state, error) == (SendState.ARRIVED, None)
    assert row(station, package_id).receipt is not None


def test_a_package_the_device_lost_is_laid_in_again_on_demand(station: Station, add_package: AddPackage, gap: Path):
    package_id = add_package()
    ferry_all(station, gap)
    shutil.rmtree(gap)
    gap.mkdir()
    cross(station, gap)
    assert ferry_all(station, gap) == []
    assert row(station, package_id).state is SendState.AWAITING_RECEIPT
    ferry_all(station, gap, again=True)
    cross(station, gap)
    ferry_all(station, gap)
    assert row(station, package_id).state is SendState.ARRIVED


def test_one_bad_package_or_receipt_holds_up_no_other(station: Station, add_package: AddPackage, gap: Path):
    bad, good, odd = add_package(1), add_package(2), add_package(3)
    spoil(station, bad)
    (gap / "receipts").mkdir()
    (gap / "receipts" / f"{odd}.receipt").write_text("nothing")
    (gap / "receipts" / "other.receipt").write_text("another station's")
    errors = {(item.package.id, type(error)) for item, error in ferry_all(station, gap)}
    assert errors == {(bad, PackageAltered), (odd, ReceiptBroken), (good, type(None)), (odd, type(None))}
    (gap / "receipts" / f"{odd}.receipt").unlink()
    cross(station, gap)
    ferry_all(station, gap)
    assert [row(station, each).state for each in (good, odd)] == [SendState.ARRIVED, SendState.ARRIVED]
    assert row(station, bad).state is SendState.QUARANTINED
