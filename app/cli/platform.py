"""`juanzong platform`: the training platform."""

from __future__ import annotations

import signal
import threading

import click

from app.cli.main import SharedGroup
from app.cli.output import Output
from app.platform.serve import platform as open_platform
from app.store.home import Home


@click.group(cls=SharedGroup)
def platform() -> None:
    """A small real receiver for training, demonstration and tests."""


@platform.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8790, show_default=True, help="0: any free port.")
@click.pass_obj
def serve(out: Output, port: int) -> None:
    """Run the training platform on loopback until it is stopped."""
    home = Home(out.settings.home)
    home.create()
    with open_platform(home.platform, home.keys, port=port) as receiver:

        def stop(*_: object) -> None:
            # shutdown() waits for the loop that this very thread is running.
            threading.Thread(target=receiver.shutdown).start()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        url = f"http://127.0.0.1:{receiver.server_port}"
        out.result({"url": url, "training": True})
        out.line("platform.serving", url=url)
        receiver.serve_forever(poll_interval=0.2)
