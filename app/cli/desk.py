"""`juanzong desk`, and `juanzong` without a command."""

from __future__ import annotations

import click

from app.cli.main import SharedCommand
from app.cli.output import Output
from app.i18n.catalogue import system_language


@click.command(cls=SharedCommand)
@click.pass_obj
def desk(out: Output) -> None:
    """Open the window."""
    # The only way from here to Qt: every other command runs where Qt is not installed.
    from app.desk.application import run

    # The desk's clerks are Chinese: where the machine names no language, they are asked nothing.
    click.get_current_context().exit(run(out.settings.home, system_language(neutral="zh_CN")))
