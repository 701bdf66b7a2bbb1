"""Removable media that are torn, lost, full, altered or for somebody else: the right end, or a clear word."""

from __future__ import annotations

import datetime as dt
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

import pyrage
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

from transfer.errors import (
    MediumAltersData,
    MediumEmpty,
    MediumGone,
    MediumKeyUnusable,
    MediumKeyWrong,
    NextMediumWanted,
    OpenedDiffers,
    OpeningStuck,
    PackageAltered,
)
from transfer.ferry import describe, place, to_json
from transfer.media import write_medium
from transfer.media_keys import Lock, key_of, keys_under_passphrase, lock_for_certificate, lock_for_passphrase
from transfer.media_open import Opened, open_media
from transfer.types import PackageRef

VOLUME = 100_000
PHRASE = "云山望陵 二〇二六 移送介质\n"


@dataclass(frozen=True)
class Addressee:
    certificate: Path
    key: Path

    @property
    def lock(self) -> Lock:
        return lock_for_certificate(self.certificate)


def _pem(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@pytest.fixture(scope="session")
def addressee(tmp_path_factory: pytest.TempPathFactory) -> Addressee:
    folder = tmp_path_factory.mktemp("addressee")
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "云山市人民检察院")])
    day = dt.datetime(2026, 3, 5)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + dt.timedelta(days=3650))
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    (folder / "cert.pem").write_bytes(certificate)
    (folder / "key.pem").write_bytes(_pem(key))
    return Addressee(folder / "cert.pem", folder / "key.pem")


@pytest.fixture
def medium(tmp_path: Path) -> Path:
    folder = tmp_path / "medium"
    folder.mkdir()
    return folder


@pytest.fixture
def second(tmp_path: Path) -> Path:
    folder = tmp_path / "second"
    folder.mkdir()
    return folder


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text(PHRASE, "utf-8")
    return file


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """A disk that takes no more, as far as one process can have it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def write(package: PackageRef, folder: Path, addressee: Addressee, start: int = 0) -> None:
    write_medium(package, folder, addressee.lock, start=start, volume_bytes=VOLUME)


def opened(folders: list[Path], into: Path, addressee: Addressee) -> Opened:
    (package,) = open_media(folders, into, [key_of(addressee.key)]).packages
    return package


def everything(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def volume(package: PackageRef, number: int) -> str:
    return f"{package.id}-{number:04d}.vol.age"


def test_what_is_written_opens_for_the_addressee_and_says_nothing_to_others(make_package, addressee, medium, tmp_path):
    package = make_package(250_000)
    seen: list[tuple[int, int]] = []
    write_medium(
        package, medium, addressee.lock, volume_bytes=VOLUME, on_written=lambda number, end: seen.append((number, end))
    )
    assert seen == [(1, 100_000), (2, 200_000), (3, 250_000)]
    assert sorted(path.name for path in medium.iterdir()) == [
        *(volume(package, number) for number in (1, 2, 3)),
        f"{package.id}.json.age",
    ]
    raw, content = everything(medium), package.path.read_bytes()
    for secret in (content[:64], content[100_000:100_064], package.station.encode(), package.path.name.encode()):
        assert secret not in raw
    into = tmp_path / "into"
    assert opened([medium], into, addressee) == Opened(package.id, into / f"{package.id}.zip", ())
    assert (into / f"{package.id}.zip").read_bytes() == content
    assert len(list(into.iterdir())) == 1  # the volumes went with the joining


def test_a_public_key_of_the_newer_kind_serves_too(make_package, medium, tmp_path):
    key = ed25519.Ed25519PrivateKey.generate()
    (tmp_path / "pub.pem").write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "key.pem").write_bytes(_pem(key))
    newer = Addressee(tmp_path / "pub.pem", tmp_path / "key.pem")
    package = make_package()
    write(package, medium, newer)
    assert opened([medium], tmp_path / "into", newer).file is not None


def test_a_passphrase_opens_several_media_and_another_one_none(make_package, medium, second, phrase, tmp_path):
    package = make_package(250_000)
    lock = lock_for_passphrase(phrase)
    _write_until(package, medium, lock, volumes=2)
    write_medium(package, second, lock, start=200_000, volume_bytes=VOLUME)
    assert PHRASE.strip().encode() not in everything(medium) + everything(second)
    assert b"AGE-SECRET-KEY" not in everything(medium) + everything(second)
    into = tmp_path / "into"
    found = open_media([medium, second], into, keys_under_passphrase(phrase, [medium, second]))
    assert [each.file for each in found.packages] == [into / f"{package.id}.zip"]
    assert (into / f"{package.id}.zip").read_bytes() == package.path.read_bytes()
    phrase.write_text("another passphrase", "utf-8")
    with pytest.raises(MediumKeyWrong):
        keys_under_passphrase(phrase, [medium])


class _PowerCut(Exception):
    pass


def _write_until(package: PackageRef, folder: Path, lock: Lock, volumes: int) -> int:
    """Write, and stop dead after so many volumes; returns how far it is."""
    ends: list[int] = []

    def on_written(number: int, end: int) -> None:
        ends.append(end)
        if number == volumes:
            raise _PowerCut

    with pytest.raises(_PowerCut):
        write_medium(package, folder, lock, volume_bytes=VOLUME, on_written=on_written)
    return ends[-1]


def test_what_a_power_cut_left_is_cleared_and_the_next_medium_goes_on(
    make_package, addressee, medium, second, tmp_path
):
    package = make_package(450_000)
    end = _write_until(package, medium, addressee.lock, volumes=2)
    torn = medium / (volume(package, 3) + ".part")
    torn.write_bytes(b"half")
    into = tmp_path / "into"
    assert opened([medium], into, addressee) == Opened(package.id, None, (3, 4, 5))
    write(package, second, addressee, start=end)
    assert not (second / volume(package, 1)).exists()
    assert opened([second], into, addressee).file is not None  # the first medium was opened before
    assert (into / f"{package.id}.zip").read_bytes() == package.path.read_bytes()
    write(package, medium, addressee, start=end)
    assert not torn.exists()


def test_begun_through_the_gap_device_and_finished_on_a_medium(make_package, addressee, medium, tmp_path):
    package = make_package(450_000)
    gap = tmp_path / "gap"
    gap.mkdir()
    place(package, gap, volume_bytes=VOLUME)
    for number in (3, 4, 5):  # the device lost them
        (gap / f"{package.id}-{number:04d}.vol").unlink()
    write(package, medium, addressee, start=200_000)
    assert opened([medium], gap, addressee).file == gap / f"{package.id}.zip"
    assert (gap / f"{package.id}.zip").read_bytes() == package.path.read_bytes()


@pytest.mark.parametrize("harm", ["torn", "altered", "emptied", "lost"])
def test_a_harmed_volume_is_named_and_a_second_copy_mends_it(make_package, addressee, medium, second, tmp_path, harm):
    package = make_package(250_000)
    write(package, medium, addressee)
    file = medium / volume(package, 2)
    content = bytearray(file.read_bytes())
    content[60_000] ^= 1
    harmed = {"torn": content[:70_000], "altered": content, "emptied": b""}
    if harm == "lost":
        file.unlink()
    else:
        file.write_bytes(harmed[harm])
    into = tmp_path / "into"
    found = open_media([medium], into, [key_of(addressee.key)])
    assert found.packages == (Opened(package.id, None, (2,)),)
    assert found.damaged == (() if harm == "lost" else (file,))
    write(package, second, addressee)
    assert opened([second], into, addressee).file is not None


@pytest.mark.parametrize("harm", ["torn", "lost"])
def test_a_medium_without_its_manifest_is_not_passed_over(make_package, addressee, medium, second, tmp_path, harm):
    package = make_package(250_000)
    write(package, medium, addressee)
    manifest = medium / f"{package.id}.json.age"
    manifest.write_bytes(manifest.read_bytes()[:-5])
    if harm == "lost":
        manifest.unlink()
    found = open_media([medium], tmp_path / "into", [key_of(addressee.key)])
    assert (found.packages, found.unlisted) == ((), (package.id,))
    write(package, second, addressee, start=200_000)
    assert opened([second], tmp_path / "into", addressee).file is not None


def test_a_medium_opened_once_more_finds_its_package_whole(make_package, addressee, medium, second, tmp_path):
    package = make_package(250_000)
    end = _write_until(package, medium, addressee.lock, volumes=2)
    write(package, second, addressee, start=end)
    into = tmp_path / "into"
    first = opened([medium, second], into, addressee)
    assert opened([second], into, addressee) == first
    assert [path.name for path in into.iterdir()] == [f"{package.id}.zip"]


def test_another_key_opens_nothing(make_package, addressee, medium, tmp_path):
    write(make_package(), medium, addressee)
    (tmp_path / "other.pem").write_bytes(_pem(rsa.generate_private_key(65537, 2048)))
    with pytest.raises(MediumKeyWrong):
        open_media([medium], tmp_path / "into", [key_of(tmp_path / "other.pem")])
    assert list((tmp_path / "into").iterdir()) == []


def test_a_full_medium_keeps_nothing_half_and_the_next_one_is_asked_for(make_package, addressee, medium, second):
    package = make_package(250_000)
    with no_file_above(50_000), pytest.raises(NextMediumWanted, match="volumes 1-3"):
        write(package, medium, addressee)
    assert [path.name for path in medium.iterdir()] == [f"{package.id}.json.age"]
    write(package, second, addressee)
    assert len(list(second.iterdir())) == 4


def test_a_medium_that_gives_back_other_bytes_is_found_out(make_package, addressee, medium):
    package = make_package(250_000)

    def rot(path: Path) -> None:
        if path.name == volume(package, 2):
            content = bytearray(path.read_bytes())
            content[-1] ^= 1
            path.write_bytes(content)

    written: list[int] = []
    with pytest.raises(MediumAltersData):
        write_medium(
            package,
            medium,
            addressee.lock,
            volume_bytes=VOLUME,
            on_written=lambda number, _: written.append(number),
            settle=rot,
        )
    assert written == [1]
    assert not (medium / volume(package, 2)).exists()


def test_a_medium_that_is_taken_out_says_so(make_package, addressee, tmp_path):
    with pytest.raises(MediumGone):
        write(make_package(), tmp_path / "away", addressee)


def test_a_package_that_is_no_longer_what_was_sealed_is_not_written(make_package, addressee, medium):
    package = make_package(250_000)
    package.path.write_bytes(b"x" * 250_000)
    with pytest.raises(PackageAltered):
        write(package, medium, addressee)
    assert list(medium.iterdir()) == []


def test_a_package_altered_while_it_is_written_leaves_no_volume(make_package, addressee, medium):
    package = make_package(250_000)

    def alter(_: Path) -> None:
        content = bytearray(package.path.read_bytes())
        content[150_000:150_001] = b"x"
        package.path.write_bytes(content)

    with pytest.raises(PackageAltered):
        write_medium(package, medium, addressee.lock, volume_bytes=VOLUME, settle=alter)
    assert not (medium / volume(package, 2)).exists()


def test_a_manifest_that_names_another_whole_is_not_believed(make_package, addressee, medium, tmp_path):
    package = make_package(250_000)
    write(package, medium, addressee)
    forged = to_json(replace(describe(package, VOLUME), sha256="0" * 64))
    with (medium / f"{package.id}.json.age").open("wb") as out:
        pyrage.encrypt_io(BytesIO(forged), out, [addressee.lock.recipient])
    with pytest.raises(OpenedDiffers):
        opened([medium], tmp_path / "into", addressee)
    assert not list((tmp_path / "into").glob("*.zip"))


def test_no_room_to_open_says_so_and_a_second_opening_ends_well(make_package, addressee, medium, tmp_path):
    write(make_package(250_000), medium, addressee)
    with no_file_above(50_000), pytest.raises(OpeningStuck):
        opened([medium], tmp_path / "into", addressee)
    assert not list((tmp_path / "into").glob("*.part"))
    assert opened([medium], tmp_path / "into", addressee).file is not None


def test_only_our_own_plain_files_are_looked_at(medium, tmp_path, addressee):
    (tmp_path / "secret").write_text("x")
    (medium / f"{'a' * 32}-0001.vol.age").symlink_to(tmp_path / "secret")
    (medium / "holiday.jpg").write_bytes(b"x")
    with pytest.raises(MediumEmpty):
        open_media([medium], tmp_path / "into", [key_of(addressee.key)])


def test_keys_of_no_use_are_refused(tmp_path, medium, phrase):
    curve = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "some.pem"
    file.write_bytes(curve.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(MediumKeyUnusable):
        lock_for_certificate(file)
    file.write_bytes(_pem(curve))
    with pytest.raises(MediumKeyUnusable):
        key_of(file)
    file.write_bytes(b"-----BEGIN CERTIFICATE-----\nxx\n")
    with pytest.raises(MediumKeyUnusable):
        lock_for_certificate(file)
    phrase.write_text("too short\n")
    with pytest.raises(MediumKeyUnusable):
        lock_for_passphrase(phrase)
    phrase.write_bytes(b"\xff" * 20)
    with pytest.raises(MediumKeyUnusable):
        keys_under_passphrase(phrase, [medium])
