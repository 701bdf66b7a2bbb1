"""The command line's root: shared options, and one place where errors become words and exit codes."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from typing import Any

import click

from app.cli.output import Output, Settings
from app.i18n.catalogue import Explained, load, system_language
from app.store.home import default_home

# Command -> module that holds it under its own name. Imported only when called: `page inspect` need not load crypto.
COMMANDS = {
    "audit": "app.cli.audit",
    "backup": "app.cli.backup",
    "case": "app.cli.case",
    "catalogue": "app.cli.dossier",
    "check": "app.cli.dossier",
    "deadlines": "app.cli.deadlines",
    "demo": "app.cli.demo",
    "desk": "app.cli.desk",
    "devices": "app.cli.devices",
    "documents": "app.cli.documents",
    "explain": "app.cli.dossier",
    "fsck": "app.cli.fsck",
    "import": "app.cli.intake",
    "intervention": "app.cli.intervention",
    "media": "app.cli.media",
    "outbox": "app.cli.outbox",
    "page": "app.cli.page",
    "pages": "app.cli.pages",
    "paper": "app.cli.paper",
    "platform": "app.cli.platform",
    "process": "app.cli.intake",
    "profile": "app.cli.profile",
    "receive": "app.cli.receive",
    "retention": "app.cli.retention",
    "scan": "app.cli.scan",
    "scan-profile": "app.cli.scan_profile",
    "seal": "app.cli.dossier",
    "search": "app.cli.search",
    "separators": "app.cli.separators",
    "status": "app.cli.status",
    "submission": "app.cli.submission",
    "verify": "app.cli.verify",
    "watch": "app.cli.watch",
}

SHARED: list[click.Parameter] = [
    click.Option(["--home"], type=click.Path(file_okay=False, path_type=Path), help="The station's data folder."),
    click.Option(["--json"], is_flag=True, default=None, help="Print JSON for programs."),
    click.Option(["--quiet"], is_flag=True, default=None, help="Print results only."),
    click.Option(["--debug"], is_flag=True, default=None, help="Print the trace of an error."),
]


class SharedCommand(click.Command):
    """A command that takes the shared options after its name too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(option for option in SHARED if option.name not in {p.name for p in self.params})

    def invoke(self, ctx: click.Context) -> Any:
        given = ctx.find_root().obj
        for option in SHARED:
            value = ctx.params.pop(str(option.name), None)
            if value is not None:
                given[option.name] = value
        settings = Settings(
            home=given.get("home") or default_home(),
            json=bool(given.get("json")),
            quiet=bool(given.get("quiet")),
            debug=bool(given.get("debug")),
            words=load(system_language()),
        )
        output = Output(settings)
        ctx.obj = output
        try:
            return super().invoke(ctx)
        except Exception as error:
            # Every error of ours carries words and a code; anything else is a defect and goes on to the top.
            if not isinstance(error, Explained):
                raise
            output.error(error)
            ctx.exit(error.exit_code)


class SharedGroup(click.Group):
    command_class = SharedCommand
    group_class = type


class Root(SharedGroup):
    """Finds commands by name and loads their module on demand."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        module = COMMANDS.get(name)
        if module is None:
            return None
        attribute = {"import": "import_"}.get(name, name.replace("-", "_"))
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command


@click.group(cls=Root, invoke_without_command=True, params=list(SHARED))
@click.version_option(package_name="juanzong")
@click.pass_context
def cli(ctx: click.Context, /, **shared: object) -> None:
    """Turn a paper criminal-case file into a signed electronic dossier.

    Without a command the desk opens.
    """
    # The readers of foreign PDFs write their own remarks; what matters of them stands in the findings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    ctx.obj = {name: value for name, value in shared.items() if value is not None}
    if ctx.invoked_subcommand is None:
        desk = importlib.import_module(COMMANDS["desk"]).desk
        sys.exit(desk.main(args=[], standalone_mode=False, parent=ctx) or 0)
