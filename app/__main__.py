"""`python -m app` and the `juanzong` command."""

from __future__ import annotations


def main() -> None:
    """Start the command line; without a command, the desk."""
    from app.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
