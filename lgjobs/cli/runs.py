"""`lgjobs runs list|show`."""

from __future__ import annotations

from pathlib import Path

import click

from lgjobs.cli.common import database_option, json_option, print_json, print_table
from lgjobs.cli.report import print_run
from lgjobs.store.database import reading
from lgjobs.store.queries import changes_of_run, find_run, list_runs


@click.group()
def runs() -> None:
    """What crawls came to."""


@runs.command("list")
@database_option
@json_option
def list_all(database: Path, as_json: bool) -> None:
    """List the runs, newest first.

    Example: lgjobs runs list
    """
    with reading(database) as db:
        rows = list_runs(db)
    if as_json:
        print_json(rows)
        return
    print_table(
        [("run", "right"), ("started", "left"), ("finished", "left"), ("sources", "right")]
        + [(name, "right") for name in ("good", "new", "changed", "closed", "requests")],
        (list(row.values()) for row in rows),
    )


@runs.command()
@click.argument("run", default="latest")
@database_option
@json_option
def show(run: str, database: Path, as_json: bool) -> None:
    """Show a run, source by source, and what changed in its adverts.

    Example: lgjobs runs show latest
    """
    with reading(database) as db:
        number = find_run(db, run)
        changes = changes_of_run(db, number)
    print_run(database, number, as_json)
    if changes and not as_json:
        click.echo("\nChanged:")
        print_table(
            [("advert", "left"), ("field", "left"), ("before", "left"), ("after", "left")],
            (
                (
                    f"{each['source_id']}/{each['external_id']} {each['title']}",
                    each["field"],
                    each["before"],
                    each["after"],
                )
                for each in changes
            ),
        )
