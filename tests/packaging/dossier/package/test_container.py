"""The canonical zip: any zip program reads it, and nothing but it is taken."""

from __future__ import annotations

import io
import stat
import struct
import subprocess
import zipfile
from pathlib import Path

import pytest

from dossier.package.container import MAX_ENTRIES, Container, write_container
from dossier.package.digest import digest_bytes
from dossier.package.errors import ContainerBroken, NameUnsafe, PackageTooLarge
from dossier.package.layout import Entry, central_record, end_records, local_header

FILES = {"a.txt": b"", "data/卷一.pdf": b"%PDF" * 700_000, "z.txt": b"last\n"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "bag"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with (tmp_path / "p.zip").open("wb") as out:
        written = write_container(folder, "root", {name: digest_bytes(data) for name, data in FILES.items()}, out)
    assert written == digest_bytes((tmp_path / "p.zip").read_bytes())
    return tmp_path / "p.zip"


def contents(path: Path) -> dict[str, bytes]:
    with Container(path) as container:
        return {entry.name: container.open(entry).read() for entry in container.entries}


def zip_of(path: Path, *names: str, method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x" * 100, compress_type=method)
    return path


def by_layout(path: Path, *names: str) -> Path:
    """A container with canonical bytes but names of our choice."""
    body, directory = b"", b""
    for name in names:
        entry = Entry(name, 1, digest_bytes(b"x").crc32)
        directory += central_record(entry, len(body))
        body += local_header(entry) + b"x"
    path.write_bytes(body + directory + end_records(len(names), len(directory), len(body)))
    return path


def test_reads_back_what_was_written(package: Path) -> None:
    assert contents(package) == {f"root/{name}": data for name, data in FILES.items()}


def test_ordinary_programs_read_it(package: Path) -> None:
    with zipfile.ZipFile(package) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == contents(package)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {stat.S_IMODE(info.external_attr >> 16) for info in archive.infolist()} == {0o644}
    subprocess.run(["python3", "-m", "zipfile", "-t", package], check=True, capture_output=True)


def test_every_byte_outside_the_contents_counts(package: Path) -> None:
    """Flip each byte of all headers, the directory and the end: opening fails or the CRC field no longer fits."""
    data = package.read_bytes()
    content = [range(data.index(each), data.index(each) + len(each)) for each in FILES.values() if each]
    outside = [at for at in range(len(data)) if not any(at in part for part in content)]
    assert len(outside) > 300
    crcs = {digest_bytes(each).crc32 for each in FILES.values()}
    for at in outside:
        with package.open("r+b") as stream:
            stream.seek(at)
            stream.write(bytes([data[at] ^ 0x20]))
        try:
            with Container(package) as container:
                assert {entry.crc32 for entry in container.entries} != crcs, f"byte {at} was not missed"
        except (ContainerBroken, NameUnsafe, PackageTooLarge):
            pass
        finally:
            with package.open("r+b") as stream:
                stream.seek(at)
                stream.write(data[at : at + 1])


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "r/../x",
        "../x",
        "r//x",
        "r/./x",
        "r/C:x",
        "r\\x",
        "r/a\tb",
        "r/\u202egnp.exe",
        "r/con.txt",
        "r/e\u0301",
    ],
)
def test_unsafe_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NameUnsafe):
        Container(by_layout(tmp_path / "p.zip", name))


@pytest.mark.parametrize("names", [("r/a", "r/A"), ("r/x", "r/x"), ("r/ß", "r/ss")])
def test_names_that_fall_together_are_refused(tmp_path: Path, names: tuple[str, ...]) -> None:
    with pytest.raises((NameUnsafe, ContainerBroken)):
        Container(by_layout(tmp_path / "p.zip", *names))


def test_only_the_canonical_order_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ContainerBroken, match="out of order"):
        Container(by_layout(tmp_path / "p.zip", "r/b", "r/a"))


def test_other_zips_are_refused(tmp_path: Path) -> None:
    """Compressed (a bomb would be), linked, encrypted, commented, prefixed or trailed: all differ from the one form."""
    broken = {
        "stored by another program": zip_of(tmp_path / "1.zip", "r/x").read_bytes(),
        "deflated": zip_of(tmp_path / "2.zip", "r/x", method=zipfile.ZIP_DEFLATED).read_bytes(),
        "empty file": b"",
        "no zip": b"PK" * 4000,
    }
    sound = by_layout(tmp_path / "3.zip", "r/x").read_bytes()
    link = central_record(Entry("r/x", 1, 0), 0).replace(
        struct.pack("<I", 0o100644 << 16), struct.pack("<I", 0o120777 << 16)
    )
    broken |= {
        "in front": b"#!/bin/sh\n" + sound,
        "behind": sound + b"\0",
        "comment": sound[:-2] + b"\1\0x",
        "cut off": sound[:-1],
        "link": sound.replace(central_record(Entry("r/x", 1, digest_bytes(b"x").crc32), 0)[38:46], link[38:46]),
        "encrypted": sound.replace(b"\x14\0\0\x08", b"\x14\0\1\x08"),
        "two directories": sound + sound[-60:],
    }
    for what, data in broken.items():
        (tmp_path / "p.zip").write_bytes(data)
        with pytest.raises(ContainerBroken):
            pytest.fail(f"{what}: {contents(tmp_path / 'p.zip')}")


def test_a_directory_too_long_is_not_read(tmp_path: Path) -> None:
    """The numbers in the end record are bounded before anything of that size is read."""
    for count, size in ((MAX_ENTRIES + 1, 100), (1, 200 << 20)):
        (tmp_path / "p.zip").write_bytes(end_records(count, size, 0))
        with pytest.raises(PackageTooLarge):
            Container(tmp_path / "p.zip")


def test_sizes_beyond_four_gigabytes(tmp_path: Path) -> None:
    """A sparse file stands for 5 GB: the fields are where other programs look for them, and ours reads them back."""
    entries = [Entry("r/big", 5 << 30, 7), Entry("r/late", 1, 8)]
    offsets = [0, len(local_header(entries[0])) + entries[0].size]
    start = offsets[1] + len(local_header(entries[1])) + 1
    directory = b"".join(map(central_record, entries, offsets))
    path = tmp_path / "big.zip"
    with path.open("wb") as out:
        for entry, offset in zip(entries, offsets, strict=True):
            out.seek(offset)
            out.write(local_header(entry))
        out.seek(start)
        out.write(directory + end_records(2, len(directory), start))
    with Container(path) as container:
        assert list(container.entries) == entries
    with zipfile.ZipFile(path) as archive:
        assert [(info.filename, info.file_size, info.header_offset) for info in archive.infolist()] == [
            ("r/big", 5 << 30, 0),
            ("r/late", 1, offsets[1]),
        ]


def test_a_file_that_grows_while_packed_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"longer than measured")
    with pytest.raises(ContainerBroken, match="while it was packed"):
        write_container(tmp_path, "r", {"a.txt": digest_bytes(b"short")}, io.BytesIO())
