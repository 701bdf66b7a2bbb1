"""A gap device that deletes, renames, doubles, delays, damages and loses: the right end, or a visible wait."""

from __future__ import annotations

import io
import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from app.platform.ferry import take_ferried
from app.platform.inbox import Inbox, Judgement
from app.platform.serve import open_inbox
from app.platform.uploads import Announced, Uploads
from transfer.errors import FerryFolderFull, FerryFolderGone, PackageAltered, Stopped
from transfer.ferry import gather, place
from transfer.receipt import SignedReceipt
from transfer.types import PackageRef, Verdict

VOLUME = 10_000


@pytest.fixture
def near(tmp_path: Path) -> Path:
    """The folder on our side of the gap."""
    folder = tmp_path / "near"
    folder.mkdir()
    return folder


@pytest.fixture
def far(tmp_path: Path) -> Path:
    folder = tmp_path / "far"
    folder.mkdir()
    return folder


@pytest.fixture
def inbox(tmp_path: Path, keys: Path, pki):
    with open_inbox(tmp_path / "platform", keys, judge=lambda *_: Judgement(True, None, (), "")) as opened:
        yield opened


def take(far: Path, inbox: Inbox, tmp_path: Path) -> list[tuple[Verdict | None, tuple[int, ...]]]:
    came = take_ferried(far, inbox, Uploads(tmp_path / "uploads"), tmp_path / "work")
    return [(each.verdict, each.missing) for each in came]


def received(tmp_path: Path, package: PackageRef) -> bytes:
    return (tmp_path / "platform" / "received" / package.id / "package.zip").read_bytes()


def carry(near: Path, far: Path) -> None:
    for path in near.iterdir():
        if path.suffix != ".part":
            shutil.move(path, far / path.name)


def test_volumes_go_in_first_and_the_mark_last(make_package, near: Path):
    package = make_package(25_000)
    seen: list[list[str]] = []
    place(package, near, volume_bytes=VOLUME, on_placed=lambda _: seen.append(sorted(p.name for p in near.iterdir())))
    names = [f"{package.id}-{number:04d}.vol" for number in (1, 2, 3)]
    assert seen == [names[:1], names[:2], names]
    assert sorted(p.name for p in near.iterdir()) == [*names, f"{package.id}.json", f"{package.id}.ok"]
    assert b"".join((near / name).read_bytes() for name in names) == package.path.read_bytes()


def test_a_package_comes_over_whole_and_its_receipt_lies_there(make_package, near, far, inbox, tmp_path):
    package = make_package(25_000)
    place(package, near, volume_bytes=VOLUME)
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(Verdict.ACCEPTED, ())]
    assert received(tmp_path, package) == package.path.read_bytes()
    slip = SignedReceipt.from_text((far / "receipts" / f"{package.id}.receipt").read_text())
    assert slip.read().sha256 == package.sha256
    # what was taken in is cleared away, but for the mark the device may have called anything
    assert [path.suffix for path in far.iterdir() if path.is_file()] == [".ok"]


def test_a_device_that_takes_while_we_lay_in_gets_everything(make_package, near, far, inbox, tmp_path):
    package = make_package(55_000)
    place(package, near, volume_bytes=VOLUME, on_placed=lambda _: carry(near, far))
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(Verdict.ACCEPTED, ())]


def test_laying_in_goes_on_where_it_stopped(make_package, near, far, inbox, tmp_path):
    package = make_package(55_000)
    placed: list[int] = []
    with pytest.raises(Stopped):
        place(package, near, volume_bytes=VOLUME, on_placed=placed.append, should_stop=lambda: len(placed) == 2)
    carry(near, far)
    place(package, near, volume_bytes=VOLUME, start=placed[-1], on_placed=placed.append)
    assert placed == [10_000, 20_000, 30_000, 40_000, 50_000, 55_000]
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(Verdict.ACCEPTED, ())]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_device_does_it_arrives_right_or_visibly_waits(
    make_package, near, far, inbox, tmp_path, seed: int
):
    """Two packages; every file may be lost, doubled, renamed, delayed or cut; then both are laid in once more."""
    dice = random.Random(seed)
    packages = [make_package(35_000, seed=1), make_package(20_000, seed=2)]
    for package in packages:
        place(package, near, volume_bytes=VOLUME)
    late: list[tuple[Path, str]] = []
    lost = False
    for number, path in enumerate(sorted(near.iterdir(), key=lambda _: dice.random())):
        act = dice.choice(["lose", "double", "rename", "delay", "cut", *["carry"] * 5])
        name = f"{number:03d}.tmp" if act == "rename" else path.name
        lost |= act in ("lose", "cut")
        if act == "double":
            shutil.copy(path, far / f"copy of {path.name}")
        if act == "cut":
            path.write_bytes(path.read_bytes()[:-1])
        if act == "delay":
            late.append((path, name))
        elif act != "lose":
            shutil.copy(path, far / name)
    first = take(far, inbox, tmp_path)
    assert all(missing for verdict, missing in first if verdict is None)
    for path, name in late:
        shutil.copy(path, far / name)
    take(far, inbox, tmp_path)
    arrived = [package for package in packages if inbox.receipt(package.id)]
    assert lost or len(arrived) == 2
    for package in arrived:
        assert received(tmp_path, package) == package.path.read_bytes()
    shutil.rmtree(near)
    near.mkdir()
    for package in packages:
        place(package, near, volume_bytes=VOLUME)
    carry(near, far)
    assert {verdict for verdict, _ in take(far, inbox, tmp_path)} == {Verdict.ACCEPTED}
    assert [line.receipt.platform_sequence for line in inbox.received()] == [2, 1]
    for package in packages:
        assert received(tmp_path, package) == package.path.read_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[" * 100_000,
        '{"package_id": "../../etc", "sha256": "%s", "sm3": "%s", "size": 1, "station": "", "filename": "",'
        ' "volumes": [{"size": 1, "sha256": "%s"}], "format": "juanzong-ferry-1"}' % (("0" * 64,) * 3),
        '{"package_id": "abcdefgh", "sha256": "%s", "sm3": "%s", "size": 2, "station": "", "filename": "",'
        ' "volumes": [{"size": 1, "sha256": "%s"}], "format": "juanzong-ferry-1"}' % (("0" * 64,) * 3),
    ],
)
def test_what_is_no_manifest_is_left_alone(far: Path, text: str):
    (far / "a.json").write_text(text)
    (far / "link").symlink_to("/etc/passwd")
    assert gather(far) == []
    assert (far / "a.json").exists()


def test_a_package_that_changed_is_not_laid_in(make_package, near: Path):
    package = make_package(25_000)
    package.path.write_bytes(b"x" * 25_000)
    with pytest.raises(PackageAltered):
        place(package, near, volume_bytes=VOLUME)
    assert list(near.iterdir()) == []


def test_a_folder_that_is_gone_is_said(make_package, tmp_path: Path):
    with pytest.raises(FerryFolderGone):
        place(make_package(), tmp_path / "nowhere", volume_bytes=VOLUME)


def test_a_folder_that_is_full_is_said(make_package, near: Path, monkeypatch: pytest.MonkeyPatch):
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(FerryFolderFull):
        place(make_package(), near, volume_bytes=VOLUME)
    assert not list(near.glob("*.vol"))


def uploaded(package: PackageRef, tmp_path: Path, length: int, *, spoilt: bool = False) -> Uploads:
    """The platform's uploads after a line that broke."""
    uploads = Uploads(tmp_path / "uploads")
    upload_id = uploads.create(
        Announced(package.id, package.sha256, package.sm3, package.size, package.station, package.path.name)
    )
    content = package.path.read_bytes()[:length]
    uploads.append(upload_id, 0, io.BytesIO(b"?" + content[1:] if spoilt else content), length)
    return uploads


def test_what_came_over_the_network_is_joined_with_what_was_carried(make_package, near, far, inbox, tmp_path):
    package = make_package(55_000)
    uploads = uploaded(package, tmp_path, 23_456)
    place(package, near, held=23_456, volume_bytes=VOLUME)
    assert [path.stat().st_size for path in sorted(near.glob("*.vol"))] == [10_000, 10_000, 10_000, 1_544]
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(Verdict.ACCEPTED, ())]
    assert received(tmp_path, package) == package.path.read_bytes()
    assert not list((tmp_path / "uploads").iterdir())
    assert not list(far.glob("*.vol"))
    assert uploads.complete() == []


@pytest.mark.parametrize("lost", ["forgotten", "less", "spoilt"])
def test_what_the_platform_no_longer_holds_is_named_and_comes_by_carrying_all(
    make_package, near, far, inbox, tmp_path, lost: str
):
    package = make_package(55_000)
    if lost != "forgotten":
        uploaded(package, tmp_path, 20_000 if lost == "less" else 23_456, spoilt=lost == "spoilt")
    place(package, near, held=23_456, volume_bytes=VOLUME)
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(None, (1,))]
    place(package, near, volume_bytes=VOLUME)  # cut in other places than what lies there already
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(Verdict.ACCEPTED, ())]
    assert received(tmp_path, package) == package.path.read_bytes()


def test_another_package_under_the_same_id_supplies_nothing(make_package, near, far, inbox, tmp_path):
    package, other = make_package(55_000, seed=1), make_package(55_000, seed=2)
    uploaded(replace(other, id=package.id), tmp_path, 30_000)
    place(package, near, held=23_456, volume_bytes=VOLUME)
    carry(near, far)
    assert take(far, inbox, tmp_path) == [(None, (1,))]
    assert len(list((tmp_path / "uploads").iterdir())) == 1
