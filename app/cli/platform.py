"""`juanzong platform`: the training platform."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.platform.ferry import RECEIPTS, take_ferried
from app.platform.serve import UPLOADS, open_inbox
from app.platform.serve import platform as open_platform
from app.platform.server import Receiver
from app.platform.uploads import Uploads
from app.store.home import Home


@click.group(cls=SharedGroup)
def platform() -> None:
    """A small real receiver for training, demonstration and tests."""


@platform.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8790, show_default=True, help="0: any free port.")
@click.option("--tls", is_flag=True, help="Speak mutual TLS with the training certificates.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when standard input closes.")
@click.pass_obj
def serve(out: Output, port: int, tls: bool, with_parent: bool) -> None:
    """Run the training platform on loopback until it is stopped."""
    home = Home(out.settings.home)
    home.create()
    with open_platform(home.platform, home.keys, port=port, tls=tls) as receiver:

        def stop(*_: object) -> None:
            # shutdown() waits for the loop that this very thread is running.
            threading.Thread(target=receiver.shutdown).start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        if with_parent:
            threading.Thread(target=_stop_at_end_of_input, args=(receiver,), daemon=True).start()
        out.result({"url": receiver.url, "training": True})
        out.line("platform.serving", url=receiver.url)
        receiver.serve_forever(poll_interval=0.2)


@platform.command("ferry")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def ferry(out: Output, folder: Path) -> None:
    """Take in what a gap device laid into FOLDER, or `media open` left there; receipts go to FOLDER/receipts.

    What came over the network before the line broke is added. 1 while something is missing.
    """
    home = Home(out.settings.home)
    home.create()
    with open_inbox(home.platform, home.keys) as inbox:
        came = take_ferried(folder, inbox, Uploads(home.platform / UPLOADS), home.platform / "ferry")
    out.result([{"package": each.package_id, "verdict": each.verdict, "missing": each.missing} for each in came])
    for each in came:
        if each.verdict is None:
            out.line("ferry.missing", package=each.package_id, volumes=", ".join(map(str, each.missing)))
        else:
            out.line("ferry.taken", package=each.package_id, folder=folder / RECEIPTS)
    click.get_current_context().exit(1 if any(each.verdict is None for each in came) else 0)


def _stop_at_end_of_input(receiver: Receiver) -> None:
    """Whoever started this platform holds the other end; when it dies, however it dies, the end comes."""
    while os.read(0, 1):
        pass
    receiver.shutdown()
