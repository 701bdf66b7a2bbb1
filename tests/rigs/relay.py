"""A line between sender and platform that counts what goes over, keeps to a speed and may be cut."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PIECE = 64 * 1024


class Relay:
    """Passes bytes on to the platform, 40 MB a second at most, and counts those of the sender."""

    def __init__(self, port: int) -> None:
        self.to_port = port
        self.count = 0
        self.lines = 0
        self.longest_line: float = float("inf")  # bytes of the sender after which a line is cut
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                sender, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(sender,), daemon=True).start()

    def _join(self, sender: socket.socket) -> None:
        with sender, suppress(OSError), socket.create_connection(("127.0.0.1", self.to_port)) as platform:
            back = threading.Thread(target=_pass_on, args=(platform, sender, lambda _: None), daemon=True)
            back.start()
            self.lines += 1
            _pass_on(sender, platform, self._counting())
            back.join()

    def _counting(self) -> Callable[[bytes], None]:
        start = self.count

        def note(piece: bytes) -> None:
            self.count += len(piece)
            if self.count - start > self.longest_line:
                raise ConnectionAbortedError
            time.sleep(len(piece) / 40e6)

        return note


@contextmanager
def relaying() -> Iterator[Relay]:
    """To a port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    relay = Relay(port)
    threading.Thread(target=relay.run, daemon=True).start()
    try:
        yield relay
    finally:
        relay.listener.shutdown(socket.SHUT_RDWR)
        relay.listener.close()


def _pass_on(source: socket.socket, target: socket.socket, note: Callable[[bytes], None]) -> None:
    with suppress(OSError):
        while piece := source.recv(PIECE):
            note(piece)
            target.sendall(piece)
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
