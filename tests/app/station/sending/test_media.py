"""The outbox on removable media: what is on them stands in the trail, and arrived is only what has its receipt."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from outbox_rig import AddPackage, accept, row, spoil
from power_cut import may_mount

from app.cli.main import cli
from app.platform.serve import open_inbox
from app.platform.uploads import Announced
from app.station.media import medium_at, write_media
from app.station.metering import Meter
from app.station.outbox_stand import standing
from app.station.receipts import import_receipts
from app.station.sending_errors import PackageUnknown
from app.station.station import Station
from transfer.errors import AwaitingReceipt, NextMediumWanted, PackageAltered
from transfer.media_keys import key_of, lock_for_certificate
from transfer.media_open import open_media
from transfer.types import SendState

MEGABYTE = 1_000_000


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    key = ed25519.Ed25519PrivateKey.generate()
    (tmp_path / "key.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file = tmp_path / "cert.pem"
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return file


@pytest.fixture
def key(certificate: Path) -> Path:
    return certificate.with_name("key.pem")


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "medium"
    folder.mkdir()
    return folder


@contextmanager
def disk(folder: Path, name: str, megabytes: int) -> Iterator[Path]:
    """A real small disk."""
    image, place = folder / f"{name}.img", folder / name
    with image.open("wb") as empty:
        empty.truncate(megabytes * 1024**2)
    subprocess.run(["mkfs.ext4", "-q", "-m", "0", "-O", "^has_journal", "-L", name, image], check=True)
    place.mkdir()
    subprocess.run(["mount", "-o", "loop", image, place], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", place], check=True)


def trail(station: Station) -> list[dict[str, object]]:
    steps = station.store.audit.of_kind("package")
    return [{"actor": each.actor, **each.detail} for each in steps if each.event == "package.on-medium"]


def answer(station: Station, package_id: str, package: Path, medium: Path) -> Path:
    """The platform takes the package in and lays its receipt onto the medium."""
    sent = row(station, package_id).package
    announced = Announced(package_id, sent.sha256, sent.sm3, sent.size, station.who.station, package.name)
    with open_inbox(station.home.platform, station.home.keys, judge=accept) as inbox:
        inbox.take(announced, package)
        signed = inbox.receipt(package_id)
    assert signed is not None
    slip = medium / f"{package_id}.receipt"
    slip.write_text(signed.to_text())
    return slip


def test_there_and_back(station: Station, add_package: AddPackage, certificate: Path, key: Path, medium: Path):
    package_id = add_package()
    lock = lock_for_certificate(certificate)
    ((item, error),) = write_media(station, medium, lock, volume_bytes=20_000)
    assert (item.state, error) == (SendState.AWAITING_RECEIPT, None)
    assert AwaitingReceipt.key in (item.reason or "")
    told = trail(station)
    assert [(each["actor"], each["volume"], each["folder"]) for each in told] == [
        ("李文", number, str(medium)) for number in (1, 2, 3)
    ]
    assert write_media(station, medium, lock) == []  # it is not written twice by itself
    (opened,) = open_media([medium], medium.with_name("into"), [key_of(key)]).packages
    assert opened.file is not None
    assert opened.file.read_bytes() == item.package.file.read_bytes()
    assert row(station, package_id).state is SendState.AWAITING_RECEIPT
    import_receipts(station, [answer(station, package_id, opened.file, medium)])
    assert row(station, package_id).state is SendState.ARRIVED


def test_a_lost_medium_is_written_again_on_demand(
    station: Station, add_package: AddPackage, certificate: Path, medium: Path
):
    add_package()
    lock = lock_for_certificate(certificate)
    write_media(station, medium, lock, volume_bytes=20_000)
    for path in medium.iterdir():
        path.unlink()
    ((_, error),) = write_media(station, medium, lock, volume_bytes=20_000, again=True)
    assert error is None
    assert len(list(medium.glob("*.vol.age"))) == 3


def test_one_bad_package_holds_up_no_other_and_only_the_named_go(
    station: Station, add_package: AddPackage, certificate: Path, medium: Path
):
    bad, good, other = add_package(1), add_package(2), add_package(3)
    spoil(station, bad)
    lock = lock_for_certificate(certificate)
    with pytest.raises(PackageUnknown):
        write_media(station, medium, lock, package_ids=["nobody"])
    outcomes = write_media(station, medium, lock, package_ids=[bad, good])
    assert {(item.package.id, type(error)) for item, error in outcomes} == {(bad, PackageAltered), (good, type(None))}
    assert row(station, other).state is SendState.QUEUED


@pytest.mark.skipif(not may_mount(), reason="this machine lets nobody mount an ext4 image")
def test_two_small_disks_carry_one_package(
    station: Station, add_package: AddPackage, certificate: Path, key: Path, tmp_path: Path
):
    package_id = add_package(size=7 * MEGABYTE)
    lock = lock_for_certificate(certificate)
    into = tmp_path / "into"
    with disk(tmp_path, "one", 5) as one, disk(tmp_path, "two", 8) as two:
        ((item, error),) = write_media(station, one, lock, volume_bytes=MEGABYTE)
        assert isinstance(error, NextMediumWanted)
        assert item.state is SendState.QUEUED
        assert isinstance(standing(station, item, Meter(station)).fault, NextMediumWanted)
        on_one = len(list(one.glob("*.vol.age")))
        assert 1 < on_one < 7
        assert f"{on_one + 1}-7" in str(error)
        assert open_media([one], into, [key_of(key)]).packages[0].missing == tuple(range(on_one + 1, 8))
        ((item, error),) = write_media(station, two, lock, volume_bytes=MEGABYTE)
        assert (item.state, error) == (SendState.AWAITING_RECEIPT, None)
        assert len(list(two.glob("*.vol.age"))) == 7 - on_one
        (opened,) = open_media([two], into, [key_of(key)]).packages
        assert _named_by_udev(one, tmp_path) == {"label": "one"}
    assert opened.file is not None
    assert opened.file.read_bytes() == row(station, package_id).package.file.read_bytes()
    folders = [each["folder"] for each in trail(station)]
    assert folders == [str(one)] * on_one + [str(two)] * (7 - on_one)


def _named_by_udev(place: Path, folder: Path) -> dict[str, str]:
    """As udev would link the disk at `place`, beside another one that is gone."""
    links = folder / "disk" / "by-label"
    links.mkdir(parents=True)
    source = subprocess.run(["findmnt", "-no", "SOURCE", place], check=True, capture_output=True, text=True).stdout
    (links / "one").symlink_to(source.strip())
    (links / "gone").symlink_to("/dev/nothing-there")
    return medium_at(place, folder / "disk")


def test_the_commands(
    station: Station,
    add_package: AddPackage,
    certificate: Path,
    key: Path,
    medium: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("JUANZONG_LANG", "zh_CN")
    package_id = add_package(size=2_500_000)

    def run(*args: object) -> Result:
        return CliRunner().invoke(cli, ["--home", str(station.home.path), *map(str, args)])

    assert run("outbox", "media", medium).exit_code == 2, "neither key nor passphrase"
    written = run("outbox", "media", medium, "--to", certificate, "--volume-mb", 1)
    assert written.exit_code == 0, written.output
    assert "可以拔出" in written.output
    last = medium / f"{package_id}-0003.vol.age"
    held = last.read_bytes()
    last.unlink()
    into = medium.with_name("into")
    partly = run("media", "open", medium, "--key", key, "--into", into)
    assert partly.exit_code == 1
    assert "缺第 3 分卷" in partly.output
    last.write_bytes(held)
    whole = run("media", "open", medium, "--key", key, "--into", into, "--json")
    assert whole.exit_code == 0
    told = json.loads(whole.output.splitlines()[0])
    assert told["packages"] == [{"package": package_id, "file": str(into / f"{package_id}.zip"), "missing": []}]


def test_the_commands_with_a_passphrase(station: Station, add_package: AddPackage, medium: Path):
    add_package()
    phrase, into = medium.with_name("phrase"), medium.with_name("into")
    phrase.write_text("云山望陵 二〇二六 移送介质\n", "utf-8")

    def run(*args: object) -> Result:
        return CliRunner().invoke(
            cli, ["--home", str(station.home.path), *map(str, args), "--passphrase-file", str(phrase)]
        )

    assert run("outbox", "media", medium).exit_code == 0
    assert run("media", "open", medium, "--into", into).exit_code == 0
    assert len(list(into.glob("*.zip"))) == 1
