"""The platform over HTTP."""

from __future__ import annotations

import dataclasses
import io
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from app.platform.errors import PlatformRunning, PortTaken
from app.platform.inbox import Judgement
from app.platform.serve import platform, serving
from app.platform.uploads import Uploads
from transfer.receipt import SignedReceipt

CONTENT = bytes(range(256)) * 40


def raw(talk, request: bytes) -> bytes:
    """The first answer to bytes no decent client would send."""
    with socket.create_connection((talk.http.base_url.host, talk.http.base_url.port), timeout=10) as line:
        line.sendall(request)
        return line.recv(65536)


def test_a_package_comes_in_and_is_answered(talk, package):
    announced = package(CONTENT)
    location = talk.create(announced).headers["location"]
    assert talk.patch(location, 0, CONTENT[:5000]).headers["upload-offset"] == "5000"
    assert talk.receipt(announced.package_id).status_code == 404
    assert talk.offset(location) == 5000
    assert talk.patch(location, 5000, CONTENT[5000:]).status_code == 204
    receipt = SignedReceipt.from_text(talk.receipt(announced.package_id).content).read()
    assert (receipt.sha256, receipt.sm3, receipt.size) == (announced.sha256, announced.sm3, announced.size)
    assert (talk.folder / "received" / announced.package_id / "package.zip").read_bytes() == CONTENT


def test_it_says_what_it_speaks(talk):
    answer = talk.http.options("/files")
    assert answer.headers["tus-version"] == "1.0.0"
    assert answer.headers["tus-extension"] == "creation"


def test_another_version_is_refused(talk, package):
    talk.tus["Tus-Resumable"] = "0.2.2"
    answer = talk.create(package(CONTENT))
    assert answer.status_code == 412
    assert answer.headers["tus-version"] == "1.0.0"


def test_a_second_announcement_is_refused_and_the_receipt_stands(talk, package):
    announced = package(CONTENT)
    talk.patch(talk.create(announced).headers["location"], 0, CONTENT)
    first = talk.receipt(announced.package_id).content
    assert talk.create(announced).status_code == 409
    assert talk.create(dataclasses.replace(announced, sha256="0" * 64)).status_code == 409
    assert talk.receipt(announced.package_id).content == first


def test_two_uploads_of_one_package_end_in_one_receipt(talk, package):
    announced = package(CONTENT)
    locations = [talk.create(announced).headers["location"] for _ in range(2)]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda location: talk.patch(location, 0, CONTENT), locations))
    assert [answer.status_code for answer in answers] == [204, 204]
    assert SignedReceipt.from_text(talk.receipt(announced.package_id).content).read().platform_sequence == 1
    assert len(list((talk.folder / "received").iterdir())) == 1


def test_two_chunks_at_once_do_not_mix(talk, package):
    content = bytes(4_000_000)
    location = talk.create(package(content)).headers["location"]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda _: talk.patch(location, 0, content[:3_000_000]).status_code, range(2)))
    assert sorted(answers)[0] == 204
    assert sorted(answers)[1] in (409, 423)
    assert talk.offset(location) == 3_000_000


def test_a_refused_chunk_gets_its_answer_though_nobody_read_it(talk, package):
    content = bytes(8_000_000)
    location = talk.create(package(content)).headers["location"]
    for _ in range(5):
        assert talk.patch(location, 7, content[7:]).status_code == 409
    assert talk.offset(location) == 0


def test_a_body_nobody_asked_for_is_not_taken_for_a_request(talk, package):
    hidden = b"GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
    request = b"GET /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(hidden)
    with socket.create_connection((talk.http.base_url.host, talk.http.base_url.port), timeout=10) as line:
        line.sendall(request + hidden)
        line.shutdown(socket.SHUT_WR)
        said = b"".join(iter(lambda: line.recv(65536), b""))
    assert said.count(b"HTTP/1.1 ") == 1
    assert said.startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        (b"POST /files", b"Upload-Length: -1", b"400"),
        (b"POST /files", b"Upload-Length: 1_0", b"400"),
        (b"POST /files", b"", b"400"),
        (b"POST /files", b"Upload-Length: 9\r\nUpload-Metadata: package_id !!", b"400"),
        (b"POST /files", b"Upload-Length: 9\r\nUpload-Metadata: " + b"a" * 9000, b"431"),
        (b"POST /elsewhere", b"Upload-Length: 9", b"404"),
        (b"HEAD /files/../lock", b"", b"404"),
        (b"PATCH /files/" + b"0" * 32, b"Content-Type: application/offset+octet-stream", b"404"),
        (b"PATCH /files/" + b"0" * 32, b"Content-Type: text/plain", b"415"),
        (b"GET /" + b"a" * 70_000, b"", b"414"),
        (b"GET /", b"X: " + b"a" * 70_000, b"431"),
        (b"GET /", b"\r\n".join(b"X: a" for _ in range(101)), b"431"),
        (b"DELETE /files/" + b"0" * 32, b"", b"501"),
        (b"GET /receipts/../../lock", b"", b"404"),
        (b"GET /receipts/..", b"", b"404"),
        (b"GET /receipts/%2e%2e", b"", b"404"),
    ],
)
def test_what_is_wrong_is_refused(talk, request_line: bytes, headers: bytes, status: bytes):
    said = raw(talk, request_line + b" HTTP/1.1\r\nTus-Resumable: 1.0.0\r\n" + headers + b"\r\n\r\n")
    assert said.split(b" ")[1] == status


def test_a_chunk_without_a_length_is_refused(talk, package):
    location = talk.create(package(CONTENT)).headers["location"]
    head = "\r\n".join(
        (
            f"PATCH {location} HTTP/1.1",
            "Tus-Resumable: 1.0.0",
            "Upload-Offset: 0",
            "Content-Type: application/offset+octet-stream",
            "Transfer-Encoding: chunked",
            "",
            "",
        )
    )
    assert raw(talk, head.encode() + b"5\r\nhello\r\n0\r\n\r\n").startswith(b"HTTP/1.1 400")
    assert talk.offset(location) == 0


class Cells(HTMLParser):
    """The tags of a page, and the text of its table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


EVIL = "<script>alert(1)</script><img src=x onerror='a'>"


class TestPage:
    @pytest.fixture
    def judge(self):
        return lambda _package, _id: Judgement(False, "其他", (f"理由{EVIL}",), f"案{EVIL}")

    def test_what_came_from_outside_stays_text(self, talk, package):
        announced = package(CONTENT, station=f"所{EVIL}", filename=EVIL)
        talk.patch(talk.create(announced).headers["location"], 0, CONTENT)
        talk.receipt(announced.package_id)
        answer = talk.http.get("/")
        page = Cells(answer.text)
        assert page.tags == {"html", "head", "meta", "title", "style", "body", "div", "table", "tr", "th", "td"}
        assert all(word + EVIL in page.text for word in ("理由", "案", "所"))
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_every_page_says_that_it_is_for_training(talk):
    assert "训练平台:仅供培训" in talk.http.get("/").text
    assert "Training platform: for training" in talk.http.get("/").text
    assert talk.http.get("/health").json() == {"training": True}


class TestBreakingJudge:
    @pytest.fixture
    def judge(self):
        def break_down(_package: Path, _announced_id: str) -> Judgement:
            raise RuntimeError("坏了")

        return break_down

    def test_a_judge_that_breaks_down_is_shown_and_gives_no_verdict(
        self, talk, package, keys: Path, caplog: pytest.LogCaptureFixture
    ):
        announced = package(CONTENT)
        talk.patch(talk.create(announced).headers["location"], 0, CONTENT)
        until = time.monotonic() + 10
        while "RuntimeError" not in talk.http.get("/").text:
            assert time.monotonic() < until
        assert talk.http.get(f"/receipts/{announced.package_id}").status_code == 202
        assert talk.create(announced).status_code == 409
        assert "坏了" in caplog.text


def test_a_package_that_came_in_whole_is_judged_at_the_next_start(tmp_path: Path, keys: Path, package):
    """The platform was killed between the last byte and the receipt."""
    judged: list[str] = []
    go_on = threading.Event()

    def slowly(_package: Path, announced_id: str) -> Judgement:
        judged.append(announced_id)
        assert go_on.wait(10)
        return Judgement(True, None, (), "")

    announced = package(CONTENT)
    uploads = Uploads(tmp_path / "uploads")
    upload_id = uploads.create(announced)
    uploads.append(upload_id, 0, io.BytesIO(CONTENT), len(CONTENT))
    with serving(tmp_path, keys, judge=slowly) as url:
        assert httpx.get(f"{url}/receipts/{announced.package_id}", trust_env=False).status_code == 202
        go_on.set()
    assert judged == [announced.package_id]
    assert (tmp_path / "received" / announced.package_id / "receipt.json").is_file()
    assert uploads.complete() == []


def test_a_taken_port_is_said(tmp_path: Path, keys: Path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)), platform(tmp_path, keys, port=port):
            pass
    assert not (tmp_path / "address").exists()


def test_two_platforms_on_one_folder_are_refused(tmp_path: Path, keys: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.platform.serve.PREDECESSOR_S", 0.2)
    with serving(tmp_path, keys) as url:
        with pytest.raises(PlatformRunning), platform(tmp_path, keys):
            pass
        assert (tmp_path / "address").read_text() == url
    assert not (tmp_path / "address").exists()


def test_what_is_no_dossier_is_sent_back_by_the_real_judge(tmp_path: Path, keys: Path, package):
    announced = package(CONTENT)
    uploads = Uploads(tmp_path / "uploads")
    uploads.append(uploads.create(announced), 0, io.BytesIO(CONTENT), len(CONTENT))
    with serving(tmp_path, keys) as url:
        while httpx.get(f"{url}/receipts/{announced.package_id}", trust_env=False).status_code == 202:
            time.sleep(0.05)
    receipt = SignedReceipt.from_text(
        (tmp_path / "received" / announced.package_id / "receipt.json").read_text()
    ).read()
    assert (receipt.verdict.value, receipt.reason_code) == ("rejected", "格式不符")
    assert receipt.reasons
