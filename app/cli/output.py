"""What the command line shows: lines or a table for people, JSON for programs, errors in one line with a remedy."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from app.i18n.catalogue import Catalogue, Explained

PIPE_WIDTH = 240


@dataclass(frozen=True)
class Settings:
    """What every command knows: given before or after the command's name."""

    home: Path
    json: bool
    quiet: bool
    debug: bool
    words: Catalogue


class Output:
    """Standard output for results, standard error for progress and errors."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.words = settings.words
        # Into a file or a pipe nothing is folded: whoever reads it there searches lines.
        self._out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PIPE_WIDTH)
        self._err = Console(stderr=True, highlight=False)

    def result(self, value: object) -> None:
        """A result for programs; printed only under --json."""
        if self.settings.json:
            click.echo(json.dumps(value, ensure_ascii=False))

    def line(self, key: str, **params: object) -> None:
        """A line for people."""
        if not (self.settings.json or self.settings.quiet):
            self._out.print(self.words.line(key, **params), markup=False)

    def text(self, text: str) -> None:
        """Text that is data, not words of ours."""
        if not self.settings.json:
            self._out.print(text, markup=False)

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
        """`columns`: keys of the column heads."""
        if self.settings.json or self.settings.quiet:
            return
        table = Table(show_edge=False, pad_edge=False)
        for column in columns:
            table.add_column(self.words.line(f"column.{column}"), overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        self._out.print(table)

    @contextmanager
    def progress(self, key: str, total: int | None) -> Iterator[Advance]:
        """A bar on a terminal; nothing elsewhere."""
        shown = sys.stderr.isatty() and not (self.settings.json or self.settings.quiet)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._err, disable=not shown, transient=True) as bar:
            yield Advance(bar, bar.add_task(self.words.line(key), total=total))

    def error(self, error: Explained) -> None:
        told = self.words.error(error)
        if self.settings.json:
            self.result({"error": error.key, "message": told.message, "remedy": told.remedy})
        click.echo(f"juanzong: {told.message} {told.remedy}", err=True)
        if self.settings.debug:
            traceback.print_exc()


class Advance:
    """Moves one progress bar."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def name(self, words: str) -> None:
        """Say what is going on."""
        self._bar.update(self._task, description=words)

    def __call__(self, done: int, total: int | None = None) -> None:
        self._bar.update(self._task, completed=done, total=total)
