"""Uploads on the disk: what was answered for stays, what was not goes."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest

from app.platform.uploads import LARGEST, OFFSETS, Refused, Uploads, announced

CONTENT = bytes(range(256)) * 4


class Dying(io.BytesIO):
    """A sender whose line breaks after the first piece."""

    def read1(self, size: int | None = -1, /) -> bytes:
        piece = super().read1(300)
        if not piece or self.tell() > 300:
            raise ConnectionResetError
        return piece


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


@pytest.fixture
def upload_id(uploads: Uploads, package) -> str:
    return uploads.create(package(CONTENT))


def test_chunks_add_up(uploads: Uploads, upload_id: str):
    assert uploads.append(upload_id, 0, io.BytesIO(CONTENT[:1000]), 1000) == 1000
    assert uploads.complete() == []
    assert uploads.append(upload_id, 1000, io.BytesIO(CONTENT[1000:]), 24) == 1024
    assert uploads.data(upload_id).read_bytes() == CONTENT
    assert uploads.complete() == [upload_id]


def test_a_sender_that_dies_leaves_what_had_arrived(uploads: Uploads, upload_id: str):
    assert uploads.append(upload_id, 0, Dying(CONTENT), 1024) == 300
    assert uploads.append(upload_id, 300, io.BytesIO(CONTENT[300:]), 724) == 1024
    assert uploads.data(upload_id).read_bytes() == CONTENT


@pytest.mark.parametrize(("offset", "length", "status"), [(1, 10, 409), (0, 1025, 413)])
def test_a_wrong_chunk_is_refused_and_changes_nothing(
    uploads: Uploads, upload_id: str, offset: int, length: int, status: int
):
    with pytest.raises(Refused) as refused:
        uploads.append(upload_id, offset, io.BytesIO(bytes(length)), length)
    assert refused.value.status == status
    assert uploads.data(upload_id).read_bytes() == b""


def test_one_writer_at_a_time(uploads: Uploads, upload_id: str):
    inside, go_on = threading.Event(), threading.Event()

    class Slow(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            inside.set()
            assert go_on.wait(10)
            return super().read1(size)

    first = threading.Thread(target=uploads.append, args=(upload_id, 0, Slow(CONTENT), 1024))
    first.start()
    assert inside.wait(10)
    with pytest.raises(Refused) as refused:
        uploads.append(upload_id, 0, io.BytesIO(bytes(1024)), 1024)
    go_on.set()
    first.join()
    assert refused.value.status == 423
    assert uploads.data(upload_id).read_bytes() == CONTENT


def test_what_was_not_answered_for_is_cut_off_at_the_next_start(uploads: Uploads, upload_id: str, tmp_path: Path):
    uploads.append(upload_id, 0, io.BytesIO(CONTENT[:100]), 100)
    with uploads.data(upload_id).open("ab") as torn:
        torn.write(b"torn")
    again = Uploads(tmp_path / "uploads")
    assert again.data(upload_id).read_bytes() == CONTENT[:100]
    assert again.offset(upload_id) == 100


@pytest.mark.parametrize("left", ["0" * 32 + ".part", "0" * 32 + ".gone"])
def test_what_a_killed_process_left_half_made_is_swept(uploads: Uploads, upload_id: str, tmp_path: Path, left: str):
    rubbish = tmp_path / "uploads" / left
    rubbish.mkdir()
    (rubbish / OFFSETS).write_bytes(b"0\n")
    again = Uploads(tmp_path / "uploads")
    assert not rubbish.exists()
    assert again.offset(upload_id) == 0


def test_an_upload_of_an_older_version_is_begun_anew(uploads: Uploads, upload_id: str, tmp_path: Path):
    uploads.data(upload_id).with_name(OFFSETS).rename(uploads.data(upload_id).with_name("offset"))
    again = Uploads(tmp_path / "uploads")
    with pytest.raises(Refused, match="no such upload"):
        again.offset(upload_id)


def test_a_platform_killed_within_a_long_request_keeps_its_whole_steps(
    uploads: Uploads, upload_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    class Killed(BaseException):
        pass

    class Killing(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            if self.tell() >= 900:
                raise Killed
            return super().read1(min(size or 0, 100))

    monkeypatch.setattr("app.platform.uploads.STEP", 400)
    with pytest.raises(Killed):
        uploads.append(upload_id, 0, Killing(CONTENT), 1024)
    again = Uploads(tmp_path / "uploads")
    assert again.offset(upload_id) == 800
    assert again.data(upload_id).read_bytes() == CONTENT[:800]
    assert again.append(upload_id, 800, io.BytesIO(CONTENT[800:]), 224) == 1024


@pytest.mark.parametrize("torn", [b"1", b"1024", b"\0\0\0"])
def test_an_offset_that_a_power_cut_left_half_written_does_not_count(
    uploads: Uploads, upload_id: str, tmp_path: Path, torn: bytes
):
    for start in range(0, 100, 10):
        uploads.append(upload_id, start, io.BytesIO(CONTENT[start : start + 10]), 10)
    with (tmp_path / "uploads" / upload_id / OFFSETS).open("ab") as log:
        log.write(torn)
    again = Uploads(tmp_path / "uploads")
    assert again.offset(upload_id) == 100
    assert again.append(upload_id, 100, io.BytesIO(CONTENT[100:]), 924) == 1024
    assert again.complete() == [upload_id]


def test_a_forgotten_upload_is_gone(uploads: Uploads, upload_id: str, tmp_path: Path):
    uploads.forget(upload_id)
    assert list((tmp_path / "uploads").iterdir()) == []
    with pytest.raises(Refused) as refused:
        uploads.offset(upload_id)
    assert refused.value.status == 404


@pytest.mark.parametrize("name", ["", "..", "../../etc", "0" * 31, "0" * 33, "0" * 31 + "g", "０" * 32])
def test_only_an_id_names_an_upload(uploads: Uploads, name: str):
    with pytest.raises(Refused) as refused:
        uploads.offset(name)
    assert refused.value.status == 404


def test_more_than_fits_is_refused_before_it_is_sent(uploads: Uploads, package):
    with pytest.raises(Refused) as refused:
        uploads.create(package(CONTENT, size=LARGEST * 1024))
    assert refused.value.status == 507


GOOD = {"package_id": "0" * 32, "sha256": "0" * 64, "sm3": "0" * 64}


@pytest.mark.parametrize(
    ("size", "metadata", "status"),
    [
        (0, GOOD, 413),
        (LARGEST + 1, GOOD, 413),
        (1, {**GOOD, "package_id": "../../../etc"}, 400),
        (1, {**GOOD, "package_id": ""}, 400),
        (1, {**GOOD, "sha256": "A" * 64}, 400),
        (1, {"package_id": "0" * 32, "sha256": "0" * 64}, 400),
    ],
)
def test_what_is_announced_wrongly_is_refused(size: int, metadata: dict[str, str], status: int):
    with pytest.raises(Refused) as refused:
        announced(size, metadata)
    assert refused.value.status == status


def test_long_names_are_cut():
    assert len(announced(1, {**GOOD, "station": "所" * 1000}).station) == 200
