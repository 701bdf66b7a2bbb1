"""Bad input gets one clear line and a remedy, and nothing is lost."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pypdf
import pytest
from clerk import ROOT, Demo, Ran, juanzong
from escl_feeder import EsclFeeder
from PIL import Image, ImageDraw

CASE = "A9901260000002026050007"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    opened = juanzong(folder, "case", "new", CASE, "--name", "测试案", "--charge", "危险驾驶")
    assert opened.code == 0, opened.err
    return folder


def pages(home: Path) -> int:
    return int(juanzong(home, "case", "show", CASE, "--json").json["pages"])


def says(ran: Ran, code: int, *words: str) -> None:
    """One line for the clerk, with the cause and a remedy, the right exit code and no trace."""
    assert ran.code == code, ran.err
    assert len(ran.err.strip().splitlines()) == 1, ran.err
    assert ran.err.startswith("juanzong: ")
    assert all(word in ran.err for word in words), ran.err


def picture(path: Path, size: tuple[int, int] = (827, 1169), mark: str = "1") -> Path:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((100, 100), mark * 40, fill="black")
    image.save(path, dpi=(100, 100))
    return path


def test_a_truncated_jpeg_is_refused_and_the_others_go_in(home: Path, tmp_path: Path) -> None:
    whole = picture(tmp_path / "2.jpg")
    (tmp_path / "1.jpg").write_bytes(whole.read_bytes()[:-2000])
    says(juanzong(home, "import", CASE, tmp_path / "1.jpg", whole), 1, "1.jpg is damaged", "get a whole copy")
    assert pages(home) == 1


def test_a_pdf_with_a_password_is_refused(home: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("secret", algorithm="AES-256")
    writer.write(tmp_path / "locked.pdf")
    says(juanzong(home, "import", CASE, tmp_path / "locked.pdf"), 1, "protected by a password", "copy without")
    assert pages(home) == 0


def test_a_huge_picture_is_refused_before_it_is_unpacked(home: Path, tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes(1), 9)
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    (tmp_path / "huge.png").write_bytes(png)
    says(juanzong(home, "import", CASE, tmp_path / "huge.png"), 1, "40000 x 40000 pixels", "300 dpi")
    assert pages(home) == 0


def test_an_empty_folder_is_said(home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    says(juanzong(home, "import", CASE, tmp_path / "empty"), 2, "no picture, no PDF and no OFD", "Choose a folder")


def test_a_case_number_that_breaks_the_pattern_is_refused(home: Path) -> None:
    says(juanzong(home, "case", "new", "2026-17", "--name", "甲", "--charge", "盗窃"), 2, "2026-17", "23 characters")
    assert len(juanzong(home, "case", "list", "--json").json) == 1


def test_the_same_words_come_in_chinese(home: Path) -> None:
    ran = juanzong(home, "case", "new", "2026-17", "--name", "甲", "--charge", "盗窃", language="zh_CN")
    says(ran, 2, "不是案件编号", "请照受案登记表填写")


def test_a_desk_without_a_display_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    says(juanzong(home), 2, "no display", "juanzong demo")


def test_no_free_disk_stops_before_anything_is_taken(home: Path, tmp_path: Path) -> None:
    """On a real disk of 64 MB; whoever is not root mounts it in a name space of their own."""
    small = tmp_path / "small"
    small.mkdir()
    on_small_disk = """
        small=$1; shift
        mount -t tmpfs -o size=64m tmpfs "$small" && cp -a "$0"/. "$small" && "$@"
        code=$?; umount "$small"; exit $code
    """
    # Inside a chroot no name spaces are to be had, but there one is root.
    become_root = [] if os.geteuid() == 0 else ["unshare", "--map-root-user", "--mount"]
    command = [*become_root, "sh", "-c", on_small_disk, home, small]
    command += [sys.executable, "-m", "app", "--home", small, "import", CASE, picture(tmp_path / "1.png")]
    environment = {**os.environ, "JUANZONG_LANG": "en"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    says(Ran(done.returncode, done.stdout, done.stderr), 5, "MB free", "Free some space")
    assert pages(home) == 0


def test_an_imported_file_comes_in_once(home: Path, tmp_path: Path) -> None:
    file = picture(tmp_path / "1.png")
    assert juanzong(home, "import", CASE, file).code == 0
    again = juanzong(home, "import", CASE, file, "--json")
    assert (again.code, again.json["pages"], again.json["known"]) == (0, 0, [str(file)])
    assert pages(home) == 1


def test_a_pdf_and_a_tiff_come_in_as_pages_in_order(home: Path, tmp_path: Path) -> None:
    first, second = (Image.open(picture(tmp_path / f"{n}.png", mark=str(n))) for n in (1, 2))
    first.save(tmp_path / "a.tiff", save_all=True, append_images=[second])
    first.save(tmp_path / "b.pdf", save_all=True, append_images=[second])
    ran = juanzong(home, "import", CASE, tmp_path / "a.tiff", tmp_path / "b.pdf", "--json")
    assert (ran.code, ran.json["pages"]) == (0, 4), ran.err
    originals = sorted((home / "cases" / CASE / "originals").rglob("*.*"))
    assert sum(path.parent.name == "sources" for path in originals) == 2


def test_a_jam_on_page_three_keeps_pages_one_and_two(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = [picture(tmp_path / f"{n}.png", mark=str(n)) for n in range(1, 9)]
    with EsclFeeder(sheets, faults={3: "jam"}) as feeder:
        monkeypatch.setenv("SANE_CONFIG_DIR", str(feeder.device_config(tmp_path / "sane.d")))
        scan = ("scan", CASE, "--device", feeder.device_id, "--source", "adf-duplex", "--dpi", "100")
        says(juanzong(home, *scan), 3, "jammed", "page 3", "kept")
        assert pages(home) == 2
        sealing = juanzong(home, "process", CASE)
        assert sealing.code == 0, sealing.err
        says(juanzong(home, "seal", CASE, "--submission", "base"), 1, "stopped in the middle", "rest of the pile")
        feeder.lay_back(3)
        rest = juanzong(home, *scan, "--json")
        assert (rest.code, rest.json["arrived"], rest.json["went_on_at"]) == (0, 6, 2), rest.err
        assert (rest.json["batch"], rest.json["pages"], rest.json["state"]) == (1, 8, "complete")
    assert pages(home) == 8


def test_a_missing_document_blocks_sealing_by_name(home: Path, tmp_path: Path) -> None:
    assert juanzong(home, "import", CASE, picture(tmp_path / "1.png")).code == 0
    assert juanzong(home, "process", CASE).code == 0
    checked = juanzong(home, "check", CASE, "--json")
    assert checked.code == 1
    assert "C-08" in {finding["id"] for finding in checked.json["findings"]}
    says(juanzong(home, "seal", CASE, "--submission", "base"), 1, "not ready", "Clear or explain")
    assert juanzong(home, "outbox", "list", "--json").json == []


@pytest.mark.e2e
def test_a_wrong_key_password_signs_nothing(own_demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("wrong")
    key = own_demo.home / "keys" / "training" / "station.p12"
    before = juanzong(own_demo.home, "outbox", "list").out
    ran = juanzong(
        own_demo.home,
        "seal",
        own_demo.case_no,
        "--submission",
        "base",
        "--key",
        key,
        "--password-file",
        tmp_path / "password",
    )
    says(ran, 6, "password does not open", "again")
    assert juanzong(own_demo.home, "outbox", "list").out == before


@pytest.mark.e2e
def test_a_platform_that_is_down_leaves_the_package_waiting(own_demo: Demo) -> None:
    sealed = juanzong(own_demo.home, "seal", own_demo.case_no, "--submission", "base", "--json")
    assert sealed.code == 0, sealed.err
    sending = juanzong(own_demo.home, "outbox", "send", "--to", "http://127.0.0.1:9")
    says(sending, 4, "does not answer", "waits in the outbox")
    waiting = [item for item in juanzong(own_demo.home, "outbox", "list", "--json").json if item["state"] == "queued"]
    assert [item["package"] for item in waiting] == [sealed.json["package"]]
    assert waiting[0]["next_at"]
    assert json.loads(sealed.out)["version"] == 2
