"""A package that starts on the network and ends on a medium or through a gap device: real sender, real platform."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from outbox_rig import HASTY, AddPackage, accept, platform, row

from app.cli.main import cli
from app.platform.ferry import Ferried, take_ferried
from app.platform.serve import UPLOADS, open_inbox
from app.platform.uploads import Uploads
from app.station.ferrying import ferry_all
from app.station.handing_over import held_by_platform
from app.station.media import write_media
from app.station.receipts import import_receipts
from app.station.sending import send_all
from app.station.station import Station
from transfer.errors import NextMediumWanted, Stopped
from transfer.media import write_medium
from transfer.media_keys import keys_under_passphrase, lock_for_passphrase
from transfer.media_open import open_media
from transfer.tus import FIRST_CHUNK
from transfer.types import SendState, Verdict

SIZE = FIRST_CHUNK + 500_000
VOLUME = 200_000


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text("云山望陵 二〇二六 移送介质\n")
    return file


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "medium"
    folder.mkdir()
    return folder


def break_off(station: Station) -> None:
    """The line goes after the first chunk."""
    steps: list[int] = []
    with platform(station) as url:
        ((item, error),) = send_all(
            station,
            url,
            on_progress=lambda sent, _: steps.append(sent),
            should_stop=lambda: FIRST_CHUNK in steps,
            pace=HASTY,
        )
    assert isinstance(error, Stopped)
    assert item.sent == FIRST_CHUNK


def take(station: Station, folder: Path) -> Ferried:
    uploads = Uploads(station.home.platform / UPLOADS)
    with open_inbox(station.home.platform, station.home.keys, judge=accept) as inbox:
        (came,) = take_ferried(folder, inbox, uploads, station.home.platform / "ferry")
    return came


def test_only_the_rest_goes_onto_the_medium_and_the_platform_joins_it(
    station: Station, add_package: AddPackage, phrase: Path, medium: Path, tmp_path: Path
):
    package_id = add_package(size=SIZE)
    break_off(station)
    ((item, error),) = write_media(station, medium, lock_for_passphrase(phrase), volume_bytes=VOLUME, rest=True)
    assert (item.state, error, held_by_platform(item)) == (SendState.AWAITING_RECEIPT, None, FIRST_CHUNK)
    assert sum(path.stat().st_size for path in medium.glob("*.vol.age")) < SIZE - FIRST_CHUNK + 10_000
    into = tmp_path / "into"
    (opened,) = open_media([medium], into, keys_under_passphrase(phrase, [medium])).packages
    assert (opened.file, opened.missing) == (None, (1,))
    assert take(station, into).verdict is Verdict.ACCEPTED
    import_receipts(station, [into / "receipts" / f"{package_id}.receipt"])
    assert row(station, package_id).state is SendState.ARRIVED


def test_a_rest_over_several_media_is_cut_alike_on_each(
    station: Station, add_package: AddPackage, phrase: Path, medium: Path, tmp_path: Path, monkeypatch
):
    add_package(size=SIZE)
    break_off(station)
    lock, second = lock_for_passphrase(phrase), tmp_path / "second"
    second.mkdir()
    written: list[int] = []

    def full_after_one(package, folder, lock, *, on_written, **more):
        def note(number: int, end: int) -> None:
            on_written(number, end)
            written.append(number)
            raise NextMediumWanted(folder=folder, package=package.id, volumes="3-4")

        write_medium(package, folder, lock, on_written=note, **more)

    with monkeypatch.context() as first:
        first.setattr("app.station.media.write_medium", full_after_one)
        ((item, error),) = write_media(station, medium, lock, volume_bytes=VOLUME, rest=True)
    assert (item.state, type(error), written) == (SendState.QUEUED, NextMediumWanted, [2])
    ((item, error),) = write_media(station, second, lock, volume_bytes=VOLUME, rest=True)
    assert (item.state, error) == (SendState.AWAITING_RECEIPT, None)
    into = tmp_path / "into"
    (opened,) = open_media([medium, second], into, keys_under_passphrase(phrase, [medium, second])).packages
    assert opened.missing == (1,)
    assert take(station, into).verdict is Verdict.ACCEPTED


def test_through_a_gap_device_and_all_of_it_when_the_platform_forgot(
    station: Station, add_package: AddPackage, tmp_path: Path
):
    add_package(size=SIZE)
    break_off(station)
    gap = tmp_path / "gap"
    gap.mkdir()
    ((item, _),) = ferry_all(station, gap, volume_bytes=VOLUME, rest=True)
    assert held_by_platform(item) == FIRST_CHUNK
    for upload in (station.home.platform / UPLOADS).iterdir():
        upload.rename(tmp_path / "forgotten")
    assert take(station, gap).missing == (1,)
    ((item, _),) = ferry_all(station, gap, volume_bytes=VOLUME, again=True)
    assert held_by_platform(item) == 0
    assert take(station, gap).verdict is Verdict.ACCEPTED
    ((item, _),) = ferry_all(station, gap)
    assert item.state is SendState.ARRIVED


def test_what_never_was_on_the_network_goes_whole(
    station: Station, add_package: AddPackage, phrase: Path, medium: Path, tmp_path: Path
):
    add_package()
    write_media(station, medium, lock_for_passphrase(phrase), rest=True)
    (opened,) = open_media([medium], tmp_path / "into", keys_under_passphrase(phrase, [medium])).packages
    assert opened.file is not None


def test_by_the_commands(station: Station, add_package: AddPackage, phrase: Path, medium: Path, tmp_path: Path):
    package_id = add_package(size=SIZE)
    break_off(station)
    home, into = str(station.home.path), tmp_path / "into"
    words = {"JUANZONG_LANG": "zh_CN"}

    def run(*arguments: str, code: int = 0) -> str:
        done = CliRunner(env=words).invoke(cli, ["--home", home, *arguments])
        assert done.exit_code == code, done.output
        return done.output

    said = run("outbox", "media", str(medium), "--passphrase-file", str(phrase), "--rest")
    assert "前 1.0 MB 在中断的上传中平台已收存" in said.replace("\n", "")
    said = run("media", "open", str(medium), "--passphrase-file", str(phrase), "--into", str(into), code=1)
    assert "由接收平台自行补齐" in said.replace("\n", "")
    # the real judge opens it, and random bytes are no dossier: what counts here is that all of them are there
    (came,) = json.loads(run("--json", "platform", "ferry", str(into)))
    assert (came["verdict"], came["missing"]) == ("rejected", [])
    run("outbox", "import-receipts", str(into / "receipts" / f"{package_id}.receipt"))
    assert row(station, package_id).state is SendState.REJECTED
