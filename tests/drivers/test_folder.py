"""The hot folder: each file taken once and whole, whatever its writer does."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hot_folder_writers import drop_files, picture

from drivers.errors import ArrivalBroken, HotFolderGone, SpoolInUse
from drivers.origin import Origin
from drivers.scanners import recover
from drivers.scanners.arrivals import Arrivals
from drivers.scanners.folder import Arrived, Duplicate, FolderEvent, FolderSource, Quarantined, Refusal, Unfinished
from drivers.scanners.whole import FileKind

WRITERS, FILES_EACH = 4, 250


class Clock:
    """Seconds that pass only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.seconds += seconds


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "热文件夹"
    folder.mkdir()
    return folder


@pytest.fixture
def source_of(inbox: Path, spool: Path) -> Callable[[], FolderSource]:
    clock = Clock()
    when = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    return lambda: FolderSource(inbox, spool, now=lambda: when, clock=clock, sleep=clock.sleep, patience_s=60)


@pytest.fixture
def source(source_of: Callable[[], FolderSource]) -> Iterator[FolderSource]:
    with source_of() as opened:
        yield opened


def watch(source: FolderSource, polls: int) -> list[FolderEvent]:
    left = iter([False] * polls)
    return list(source.events(lambda: next(left, True)))


def forever(source: FolderSource) -> list[FolderEvent]:
    """Past all patience: 60 s of half seconds."""
    return watch(source, 125)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "PDF"])
def test_a_file_is_taken_with_its_record_and_leaves_the_folder(
    source: FolderSource, inbox: Path, spool: Path, kind: str
) -> None:
    content = picture(1, kind)
    (inbox / "第1页.dat").write_bytes(content)
    (event,) = watch(source, 3)
    assert isinstance(event, Arrived)
    assert event.path.read_bytes() == content
    record = json.loads(event.path.with_suffix(".json").read_text("utf-8"))
    assert record["source"]["name"] == "第1页.dat"
    assert (record["sequence"], record["origin"], record["bytes"]) == (1, Origin.FILE, len(content))
    assert record["sha256"] == hashlib.sha256(content).hexdigest()
    assert record["arrived_at"] == "2026-11-21T09:30:00.000+00:00"
    assert list(inbox.iterdir()) == []
    assert sorted(path.suffix for path in spool.iterdir()) == sorted([".json", event.path.suffix])


def test_files_are_taken_in_the_order_they_were_written_then_counted(source: FolderSource, inbox: Path) -> None:
    for number, name in enumerate(["p10.jpg", "p2.jpg", "a.jpg"]):
        (inbox / name).write_bytes(picture(number))
        os.utime(inbox / name, ns=(0, 2_000 if name == "a.jpg" else 1_000))
    events = watch(source, 3)
    assert [event.record.source.name for event in events if isinstance(event, Arrived)] == [
        "p2.jpg",
        "p10.jpg",
        "a.jpg",
    ]


def test_a_file_still_growing_is_waited_for(source: FolderSource, inbox: Path) -> None:
    content = picture(1, size=200)
    with (inbox / "a.jpg").open("wb", buffering=0) as slow:
        for start in range(0, len(content), 4000):
            slow.write(content[start : start + 4000])
            taken = watch(source, 5)
            assert bool(taken) == (start + 4000 >= len(content))
    (event,) = taken
    assert isinstance(event, Arrived)
    assert event.path.read_bytes() == content


def test_an_upload_that_pauses_for_less_than_the_patience_is_not_given_up(source: FolderSource, inbox: Path) -> None:
    content = picture(1)
    for end in (0, 300, 600, len(content)):
        (inbox / "a.jpg").write_bytes(content[:end])
        events = watch(source, 100)
    assert [type(event) for event in events] == [Arrived]


def test_a_file_is_taken_under_its_final_name(source: FolderSource, inbox: Path) -> None:
    (inbox / "a.jpg.tmp").write_bytes(picture(1))
    assert watch(source, 50) == []
    (inbox / "a.jpg.tmp").rename(inbox / "a.jpg")
    (event,) = watch(source, 3)
    assert isinstance(event, Arrived)
    assert event.record.source.name == "a.jpg"


def test_a_file_never_renamed_is_told_once_and_left(source: FolderSource, inbox: Path) -> None:
    (inbox / "a.jpg.part").write_bytes(picture(1))
    assert forever(source) == [Unfinished(inbox / "a.jpg.part")]
    assert forever(source) == []
    assert (inbox / "a.jpg.part").is_file()


def test_the_same_content_again_is_told_and_not_taken(source: FolderSource, inbox: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (inbox / name).write_bytes(picture(1))
    first, again = watch(source, 3)
    assert isinstance(first, Arrived)
    assert again == Duplicate(inbox / "duplicates" / "b.jpg", first.record)
    assert again.path.read_bytes() == first.path.read_bytes()
    (inbox / "b.jpg").write_bytes(picture(1))
    (third,) = watch(source, 3)
    assert third == Duplicate(inbox / "duplicates" / "b-2.jpg", first.record)


def test_a_vanished_file_is_forgotten(source: FolderSource, inbox: Path) -> None:
    (inbox / "a.jpg").write_bytes(picture(1))
    assert watch(source, 2) == []
    (inbox / "a.jpg").unlink()
    assert watch(source, 3) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Refusal.INCOMPLETE),
        (picture(1)[:-2], Refusal.INCOMPLETE),
        (picture(1, "PDF")[:-20], Refusal.INCOMPLETE),
        (b"MZ\x90\x00" * 30, Refusal.UNKNOWN_KIND),
    ],
    ids=["empty", "half a JPEG", "half a PDF", "program"],
)
def test_what_cannot_be_taken_goes_to_quarantine_with_its_reason(
    source: FolderSource, inbox: Path, spool: Path, content: bytes, reason: Refusal
) -> None:
    (inbox / "坏.jpg").write_bytes(content)
    (event,) = forever(source)
    assert isinstance(event, Quarantined)
    assert (event.path, event.reason) == (inbox / "quarantine" / "坏.jpg", reason)
    assert event.path.read_bytes() == content
    told = json.loads((inbox / "quarantine" / "坏.jpg.reason.json").read_text("utf-8"))
    assert (told["name"], told["reason"], told["detail"]) == ("坏.jpg", reason, event.detail)
    assert list(spool.iterdir()) == []


def test_an_enormous_file_is_not_even_copied(source: FolderSource, inbox: Path) -> None:
    with (inbox / "a.tif").open("wb") as sparse:
        sparse.truncate((1 << 30) + 1)
    (event,) = forever(source)
    assert isinstance(event, Quarantined)
    assert event.reason is Refusal.TOO_LARGE


def test_links_folders_and_litter_are_left_alone(source: FolderSource, inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(picture(1))
    (inbox / "a.jpg").symlink_to(tmp_path / "secret.jpg")
    (inbox / "子文件夹").mkdir()
    (inbox / "Thumbs.db").write_bytes(b"x")
    os.mkfifo(inbox / "pipe.jpg")
    assert forever(source) == []
    assert len(list(inbox.iterdir())) == 4


def test_a_name_that_is_no_utf_8_is_taken_too(source: FolderSource, inbox: Path) -> None:
    (Path(os.fsdecode(os.fsencode(inbox) + b"/\xb5\xda1.jpg"))).write_bytes(picture(1))
    (event,) = watch(source, 3)
    assert isinstance(event, Arrived)
    assert event.record.source.name == "��1.jpg"
    assert list(inbox.iterdir()) == []


def test_what_was_taken_is_known_after_a_restart(
    source_of: Callable[[], FolderSource], inbox: Path, spool: Path
) -> None:
    (inbox / "a.jpg").write_bytes(picture(1))
    with source_of() as source:
        (first,) = watch(source, 3)
    assert isinstance(first, Arrived)
    (inbox / "again.jpg").write_bytes(picture(1))
    (inbox / "b.jpg").write_bytes(picture(2))
    assert recover(spool) == []  # a scanner's recovery in the same folder takes nothing for its own
    with source_of() as source:
        again, second = watch(source, 3)
    assert again == Duplicate(inbox / "duplicates" / "again.jpg", first.record)
    assert isinstance(second, Arrived)
    assert second.record.sequence == 2


@pytest.mark.parametrize("fall", ["copied", "recorded", "renamed"])
def test_a_fall_at_any_step_takes_the_file_once(
    source_of: Callable[[], FolderSource],
    inbox: Path,
    spool: Path,
    monkeypatch: pytest.MonkeyPatch,
    fall: str,
) -> None:
    class Fall(BaseException):
        pass

    def falls(*_: object) -> None:
        raise Fall

    step = {"copied": (Arrivals, "commit"), "recorded": (Arrivals, "_complete"), "renamed": (FolderSource, "_remove")}
    (inbox / "a.jpg").write_bytes(picture(1))
    with monkeypatch.context() as patch:
        patch.setattr(*step[fall], falls)
        if fall != "renamed":
            patch.setattr(Arrivals, "drop_staged", lambda _: None)
        with source_of() as source, pytest.raises(Fall):
            watch(source, 3)
    assert (inbox / "a.jpg").is_file()
    with source_of() as source:
        events = watch(source, 3)
        assert [event.record.source.name for event in source.taken()] == ["a.jpg"]
    assert [type(event) for event in events] == ([Arrived] if fall == "copied" else [])
    assert list(inbox.iterdir()) == []
    assert (spool / "file-000001.jpg").read_bytes() == picture(1)
    assert len(list(spool.iterdir())) == 2


@pytest.mark.parametrize(
    "damage",
    [lambda spool: (spool / "file-000001.jpg").unlink(), lambda spool: (spool / "file-000001.json").write_text("{")],
    ids=["file gone", "record damaged"],
)
def test_a_ledger_that_is_not_true_takes_nothing(
    source_of: Callable[[], FolderSource], inbox: Path, spool: Path, damage: Callable[[Path], object]
) -> None:
    (inbox / "a.jpg").write_bytes(picture(1))
    with source_of() as source:
        watch(source, 3)
    damage(spool)
    with pytest.raises(ArrivalBroken), source_of():
        pass


def test_a_share_that_goes_away_is_told(source: FolderSource, inbox: Path, tmp_path: Path) -> None:
    inbox.rename(tmp_path / "gone")
    with pytest.raises(HotFolderGone):
        watch(source, 1)


def test_only_one_process_takes_from_a_folder(source: FolderSource, inbox: Path, tmp_path: Path) -> None:
    clock = Clock()
    second = FolderSource(inbox, tmp_path / "other", now=datetime.now, clock=clock, sleep=clock.sleep)
    with pytest.raises(SpoolInUse), second:
        pass


def test_a_thousand_files_of_four_writers_are_each_taken_once(inbox: Path, spool: Path) -> None:
    total = WRITERS * FILES_EACH
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=drop_files, args=(str(inbox), writer, FILES_EACH)) for writer in range(WRITERS)]
    deadline = time.monotonic() + 500
    taken: list[Arrived] = []
    others: list[FolderEvent] = []

    def over() -> bool:
        return len(taken) >= total or time.monotonic() > deadline or any(writer.exitcode for writer in writers)

    source = FolderSource(
        inbox, spool, now=lambda: datetime.now(UTC), clock=time.monotonic, sleep=time.sleep, poll_s=0.01, steady_polls=2
    )
    with source:
        for writer in writers:
            writer.start()
        for event in source.events(over):
            if isinstance(event, Arrived):
                taken.append(event)
            else:
                others.append(event)
        for writer in writers:
            writer.join()
        assert list(source.poll()) == []
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert others == []
    names = Counter(event.record.source.name.split(".")[0] for event in taken)
    assert names == Counter(f"w{writer}-{number}" for writer in range(WRITERS) for number in range(FILES_EACH))
    assert [event.record.sequence for event in taken] == list(range(1, total + 1))
    hashes = {hashlib.sha256(event.path.read_bytes()).hexdigest() for event in taken}
    assert hashes == {event.record.sha256 for event in taken}
    assert len(hashes) == total
    assert list(inbox.iterdir()) == []
    assert {event.record.kind for event in taken} == {FileKind.JPEG, FileKind.PNG, FileKind.PDF}


def test_a_file_that_its_taker_refuses_goes_to_quarantine_once(source: FolderSource, inbox: Path) -> None:
    name = "页" * 80 + ".png"
    (inbox / name).write_bytes(picture(1, "PNG"))
    (arrived,) = watch(source, 3)
    assert isinstance(arrived, Arrived)
    first = source.refuse(arrived, "import.pdf-locked", "it is locked")
    assert source.refuse(arrived, "import.pdf-locked", "it is locked") == first
    assert source.taken() == []
    assert first.path.read_bytes() == arrived.path.read_bytes() == picture(1, "PNG")
    file, reason = sorted((inbox / "quarantine").iterdir(), key=lambda path: path.name.endswith("json"))
    assert file == first.path
    told = json.loads(reason.read_text("utf-8"))
    assert (told["name"], told["reason"]) == (name, "import.pdf-locked")


def test_a_name_as_long_as_names_may_be_still_gets_its_reason(source: FolderSource, inbox: Path) -> None:
    (inbox / ("卷" * 85)).write_bytes(b"no picture")
    (event,) = forever(source)
    assert isinstance(event, Quarantined)
    assert len(list((inbox / "quarantine").iterdir())) == 2


def test_it_is_settled_when_only_unfinished_files_lie_there(source: FolderSource, inbox: Path) -> None:
    (inbox / "1.jpg").write_bytes(picture(1))
    (inbox / "2.jpg.part").write_bytes(b"half")
    assert list(source.poll()) == []
    assert not source.is_settled
    forever(source)
    assert source.is_settled
