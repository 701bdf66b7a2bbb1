"""The command line's root."""

from __future__ import annotations

import click


@click.group()
def cli() -> None:
    """Turn a paper criminal-case file into a signed electronic dossier."""
