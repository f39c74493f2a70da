"""`lgjobs renormalise`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from lgjobs.cli.common import database_option, json_option, now, print_json, print_table
from lgjobs.renormalise import renormalise as read_again
from lgjobs.store.database import open_for_reading, writing
from lgjobs.store.lock import only_writer


@click.command()
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only adverts read on this day (YYYY-MM-DD) or later.",
)
@click.option("--dry-run", is_flag=True, help="Show what would change, change nothing.")
@database_option
@json_option
def renormalise(since: datetime | None, dry_run: bool, database: Path, as_json: bool) -> None:
    """Read all stored adverts again with today's parsers; the history keeps the old reading.

    Example: lgjobs renormalise --dry-run
    """
    open_for_reading(database).conn.close()
    with writing(database) as db, only_writer(database, now()):
        start = since.strftime("%Y-%m-%dT00:00:00Z") if since else None
        result = read_again(db, now(), start, dry_run)
    if as_json:
        print_json({"read": result.read, "changed": result.changed, "fields": result.fields})
        return
    would = "would change" if dry_run else "changed"
    click.echo(f"{result.read} adverts read again, {result.changed} {would}.")
    if result.fields:
        columns = [("field", "left"), ("adverts", "right")]
        print_table(columns, result.fields.most_common())
