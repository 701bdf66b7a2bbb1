"""A line between sender and platform that counts what goes over, keeps to a speed, dawdles and breaks."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

PIECE = 64 * 1024
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # socket(7): SO_LINGER with no time


class Relay:
    """Passes bytes on to the platform and counts those of the sender."""

    def __init__(self, port: int) -> None:
        self.to_port = port
        self.count = 0
        self.lines = 0
        self.resets = 0
        self.bytes_s = 40e6  # towards the platform
        self.delay_s = 0.0  # before each piece of an answer
        self.longest_line: float = float("inf")  # bytes of the sender after which a line is cut
        self.breaks: list[int] = []  # bytes of the sender, in all, at which a line is reset
        self.answer_breaks: list[int] = []  # the same, but it is reset when the platform answers
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def run(self) -> None:
        with suppress(OSError):
            while True:
                sender, _ = self.listener.accept()
                threading.Thread(target=self._join, args=(sender,), daemon=True).start()

    def _join(self, sender: socket.socket) -> None:
        with sender, suppress(OSError), socket.create_connection(("127.0.0.1", self.to_port)) as platform:
            back = threading.Thread(target=_pass_on, args=(platform, sender, self._answering), daemon=True)
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
            self._reset_at(self.breaks)
            time.sleep(len(piece) / self.bytes_s)

        return note

    def _answering(self, _: bytes) -> None:
        time.sleep(self.delay_s)
        self._reset_at(self.answer_breaks)

    def _reset_at(self, breaks: list[int]) -> None:
        if breaks and self.count >= breaks[0]:
            breaks.pop(0)
            self.resets += 1
            raise ConnectionResetError


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
    try:
        with suppress(ConnectionAbortedError, TimeoutError, BrokenPipeError):
            while piece := source.recv(PIECE):
                note(piece)
                target.sendall(piece)
    except OSError:
        _reset(source, target)  # as this side was, so is the other
    for each in (source, target):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)


def _reset(*ends: socket.socket) -> None:
    """Both sides get an RST, and what they had not read yet is gone."""
    for end in ends:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            end.shutdown(socket.SHUT_RD)  # says nothing to the other side, but wakes the thread that reads here
            end.close()
