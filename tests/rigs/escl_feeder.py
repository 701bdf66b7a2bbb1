"""A sheet feeder that speaks eSCL on loopback, for the real sane-airscan backend to scan from.

Follows Mopria's eSCL specification 2.97 as far as sane-airscan uses it: capabilities, status, one job at a time, its
documents one by one. Pages are served as they are; the paper stays in the feeder over a fault, as in a real one.

    with EsclFeeder([Path("1.png"), Path("2.png")], faults={2: "jam"}) as feeder:
        os.environ["SANE_CONFIG_DIR"] = str(feeder.device_config(folder))
        open_session(feeder.device_id, ScanSettings(source=Source.ADF), spool)
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Mapping, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

FeederFault = Literal["jam", "cover", "drop", "truncated", "busy", "slow", "ends-early"]

_NAMESPACES = (
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
)
# A feeder looks for the next sheet, or pulls at it, before it says that there is none or that it is stuck. sane-airscan
# leans on that: where a whole job is over before its sane_start has woken up, it answers with how the job ended and
# drops the pages (device_start_wait).
_PULLS_AT_PAPER_S = 0.4
_ENDS_THE_JOB = frozenset({"jam", "cover", "drop", "truncated", "ends-early"})
_ADF_STATES = {"jam": "ScannerAdfJam", "cover": "ScannerAdfDoorOpen"}


class EsclFeeder:
    """The scanner. `faults` names by page (from 1, over the whole pile) what goes wrong there.

    jam, cover: the feeder stops until `lay_back()`. drop: the connection breaks in the middle of the picture.
    truncated: the picture is cut off but sent as whole. busy: HTTP 503, once. slow: `slow_s` seconds of silence, once.
    ends-early: "no more documents" with paper left, once.
    """

    def __init__(
        self, pages: Sequence[Path], *, faults: Mapping[int, FeederFault] | None = None, slow_s: float = 1.0
    ) -> None:
        self._pages = list(pages)
        self._faults = dict(faults or {})
        self._slow_s = slow_s
        self._taken = 0
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.jobs: list[str] = []
        """The scan settings of every job asked for, as XML."""

    device_id = "airscan:e0:Feeder"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/eSCL"

    def device_config(self, folder: Path) -> Path:
        """Write a SANE_CONFIG_DIR with this feeder as its only scanner into `folder`."""
        (folder / "dll.d").mkdir(parents=True)
        (folder / "dll.conf").write_text("airscan\n")
        (folder / "airscan.conf").write_text(
            f'[devices]\n"Feeder" = {self.url}, eSCL\n[options]\ndiscovery = disable\nws-discovery = off\n'
        )
        return folder

    def lay_back(self, page: int) -> None:
        """Clear the fault and lay the sheets back so that `page` is fed next (airscan draws in sheets ahead)."""
        with self._lock:
            self._faults.clear()
            self._taken = page - 1

    def _fault(self, *, once: bool = False) -> FeederFault | None:
        fault = self._faults.get(self._taken + 1)
        if once and fault is not None:
            del self._faults[self._taken + 1]
        return fault

    def _handler(feeder) -> type[BaseHTTPRequestHandler]:  # noqa: N805  (self is the request inside)
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Nothing: the tests' output is not the place."""

            def do_GET(self) -> None:
                if self.path == "/eSCL/ScannerCapabilities":
                    self._answer(200, _capabilities().encode(), "text/xml")
                elif self.path == "/eSCL/ScannerStatus":
                    with feeder._lock:
                        body = _status(feeder._adf_state())
                    self._answer(200, body.encode(), "text/xml")
                elif self.path.startswith("/eSCL/ScanJobs/") and self.path.endswith("/NextDocument"):
                    self._next_document()
                else:
                    self._answer(404)

            def do_POST(self) -> None:
                feeder.jobs.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                self.send_response(201)
                self.send_header("Location", f"{feeder.url}/ScanJobs/{len(feeder.jobs)}")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def do_DELETE(self) -> None:
                self._answer(200)

            def _next_document(self) -> None:
                with feeder._lock:
                    fault = feeder._fault()
                    if fault not in ("jam", "cover"):
                        feeder._fault(once=True)
                    page = feeder._pages[feeder._taken].read_bytes() if feeder._taken < len(feeder._pages) else None
                    if page is not None and fault in (None, "slow"):
                        feeder._taken += 1
                if page is None or fault in _ENDS_THE_JOB:
                    time.sleep(_PULLS_AT_PAPER_S)
                if page is None or fault == "ends-early":
                    self._answer(404)
                elif fault in ("jam", "cover"):
                    self._answer(409)
                elif fault == "busy":
                    self._answer(503)
                elif fault == "drop":
                    self._send_head(200, len(page), "image/png")
                    self.wfile.write(page[: len(page) // 2])
                    self.close_connection = True
                elif fault == "truncated":
                    self._answer(200, page[: len(page) // 2], "image/png")
                else:
                    time.sleep(feeder._slow_s if fault == "slow" else 0)
                    self._answer(200, page, "image/png")

            def _answer(self, code: int, body: bytes = b"", kind: str = "text/plain") -> None:
                self._send_head(code, len(body), kind)
                self.wfile.write(body)

            def _send_head(self, code: int, size: int, kind: str) -> None:
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(size))
                self.end_headers()

        return Handler

    def _adf_state(self) -> str:
        if self._taken >= len(self._pages):
            return "ScannerAdfEmpty"
        return _ADF_STATES.get(self._fault() or "", "ScannerAdfLoaded")


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A scanning program that hangs up is nothing to report; all else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def _status(adf_state: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerStatus {_NAMESPACES}><pwg:Version>2.97</pwg:Version>'
        f"<pwg:State>Idle</pwg:State><scan:AdfState>{adf_state}</scan:AdfState></scan:ScannerStatus>"
    )


def _capabilities() -> str:
    """A 216 x 356 mm device: glass, feeder, feeder on both sides; gray and colour; 75 to 600 dpi; PNG."""
    resolutions = "".join(
        f"<scan:DiscreteResolution><scan:XResolution>{dpi}</scan:XResolution>"
        f"<scan:YResolution>{dpi}</scan:YResolution></scan:DiscreteResolution>"
        for dpi in (75, 100, 150, 200, 300, 600)
    )
    caps = (
        "<scan:MinWidth>16</scan:MinWidth><scan:MaxWidth>2550</scan:MaxWidth>"
        "<scan:MinHeight>16</scan:MinHeight><scan:MaxHeight>4200</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>"
        "<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>"
        "<scan:ColorMode>Grayscale8</scan:ColorMode><scan:ColorMode>RGB24</scan:ColorMode></scan:ColorModes>"
        "<scan:DocumentFormats><pwg:DocumentFormat>image/png</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/png</scan:DocumentFormatExt></scan:DocumentFormats>"
        f"<scan:SupportedResolutions><scan:DiscreteResolutions>{resolutions}</scan:DiscreteResolutions>"
        "</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>"
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><scan:ScannerCapabilities {_NAMESPACES}>'
        "<pwg:Version>2.97</pwg:Version><pwg:MakeAndModel>Juanzong Training Feeder</pwg:MakeAndModel>"
        "<pwg:SerialNumber>TRAINING-1</pwg:SerialNumber>"
        f"<scan:Platen><scan:PlatenInputCaps>{caps}</scan:PlatenInputCaps></scan:Platen>"
        f"<scan:Adf><scan:AdfSimplexInputCaps>{caps}</scan:AdfSimplexInputCaps>"
        f"<scan:AdfDuplexInputCaps>{caps}</scan:AdfDuplexInputCaps>"
        "<scan:FeederCapacity>50</scan:FeederCapacity></scan:Adf></scan:ScannerCapabilities>"
    )
