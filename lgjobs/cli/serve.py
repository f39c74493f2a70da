"""`lgjobs serve`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from lgjobs.cli.common import database_option
from lgjobs.desk.app import serve_desk


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8001,
    show_default=True,
    help="On this machine; 0: any that is free.",
)
@database_option
def serve(port: int, database: Path) -> None:
    """Open the analysts' desk: Datasette on the database, read only. Needs lgjobs[desk].

    Tables and views with the meaning of every column, full-text search, ready questions,
    dashboards and a map, in a browser on this machine. A crawl may go on meanwhile.

    Example: lgjobs serve --db lgjobs-demo/lgjobs.db
    """
    with suppress(KeyboardInterrupt):
        serve_desk(
            database, port, lambda url: click.echo(f"The desk: {url}  (Ctrl-C ends it)", err=True)
        )
