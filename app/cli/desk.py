"""`juanzong desk`, and `juanzong` without a command."""

from __future__ import annotations

import os

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.i18n.catalogue import system_language
from app.station.errors import NoDisplay, QtMissing
from app.station.station import only_desk

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@click.command(cls=SharedCommand)
@click.pass_obj
def desk(out: Output) -> None:
    """Open the window."""
    # Qt ends the process with a core dump where it finds no display.
    if not any(os.environ.get(name) for name in DISPLAYS):
        raise NoDisplay
    try:
        # The only way from here to Qt: every other command runs where Qt is not installed.
        from app.desk.application import run
    except ImportError as missing:
        raise QtMissing(detail=missing) from missing
    with only_desk(out.settings.home):
        # The desk's clerks are Chinese: where the machine names no language, they are asked nothing.
        code = run(out.settings.home, system_language(neutral="zh_CN"))
    click.get_current_context().exit(code)
