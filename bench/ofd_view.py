"""An OFD as ofd.js 0.2.6 draws it in Chromium: pictures of some of its pages, for somebody to look at.

    npm ci --prefix bench/ofd_view          # once; chromium is Debian's
    python bench/volumes.py --pages 20 --ofd FOLDER
    python bench/ofd_view.py FOLDER/volume.ofd OUT [--pages 1,2,3] [--text] [--ours]

Writes OUT/page-N.png and prints how many pages the viewer found and how many texts on this one. --text makes the
invisible text layer blue, so that one sees whether it lies over the picture's own words. --ours draws each page by our
own reader of foreign OFDs too, as OUT/page-N-ours.png, and prints what that cannot draw.
"""

from __future__ import annotations

import argparse
import functools
import http.server
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from dossier.ofd.reading_copy import draw_ofd

HERE = Path(__file__).with_name("ofd_view")
VIEWER = HERE / "node_modules" / "ofd.js" / "lib" / "ofd.umd.min.js"
SIZE = (820, 1180)  # pixels of one A4 page as the viewer draws it
PATIENCE_MS = 60_000  # of the page's own clock


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the pictures are the answer."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw pages of an OFD by ofd.js.")
    parser.add_argument("ofd", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pages", default="1,2,3")
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="ofd-view-") as name:
        folder = Path(name)
        for file in (HERE / "view.html", VIEWER):
            shutil.copy(file, folder)
        shutil.copy(options.ofd, folder / "volume.ofd")
        if options.ours:
            draw_ours(options.ofd, options.out, [int(page) for page in options.pages.split(",")], folder / "ours.pdf")
        handler = functools.partial(_Quiet, directory=name)
        with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            for page in options.pages.split(","):
                query = f"file=volume.ofd&first={page}" + ("&shown=1" if options.text else "")
                address = f"http://127.0.0.1:{server.server_port}/view.html?{query}"
                print(f"page {page}: {shoot(address, options.out / f'page-{page}.png', folder)}")
            server.shutdown()


def draw_ours(ofd: Path, out: Path, pages: Sequence[int], scratch: Path) -> None:
    started = time.process_time()
    print(f"ours: {draw_ofd(ofd, scratch)}, {time.process_time() - started:.1f} s of CPU")
    with pypdfium2.PdfDocument(scratch) as document:
        for page in pages:
            drawn = document[page - 1]
            drawn.render(scale=SIZE[0] / drawn.get_width()).to_pil().save(out / f"page-{page}-ours.png")


def shoot(address: str, target: Path, folder: Path) -> str:
    """Take a picture of a page; return what it said on its console."""
    command = [
        "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage",
        f"--user-data-dir={tempfile.mkdtemp(dir=folder)}", f"--window-size={SIZE[0]},{SIZE[1]}",
        f"--virtual-time-budget={PATIENCE_MS}", "--enable-logging=stderr", f"--screenshot={target.resolve()}", address,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    found = re.search(r'CONSOLE.*"(\d+ pages, \d+ texts|failed: [^"]*)"', done.stderr)
    return found[1] if found else "no answer"


if __name__ == "__main__":
    main()
