"""`lgjobs db migrate|check|stats|purge`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from lgjobs.cli.common import (
    FAILED,
    database_option,
    json_option,
    now,
    print_json,
    print_table,
)
from lgjobs.store.database import open_for_reading, reading, versions, writing
from lgjobs.store.lock import only_writer
from lgjobs.store.upkeep import problems, purge, sizes


@click.group()
def db() -> None:
    """The database: its version, soundness and size, and what of it is old enough to go."""


@db.command()
@database_option
def migrate(database: Path) -> None:
    """Bring a database of an earlier version up to date; says what was done.

    Example: lgjobs db migrate
    """
    before = versions(database)
    with writing(database), only_writer(database, now()):
        pass
    done = [name for name in versions(database) if name not in before]
    click.echo(f"{database}: {', '.join(done) or 'up to date already'}")


@db.command()
@database_option
@json_option
def check(database: Path, as_json: bool) -> None:
    """Check the file, its keys, its full-text index and that no history stands alone.

    Exit 1 when something is wrong. Example: lgjobs db check
    """
    open_for_reading(database).conn.close()
    with writing(database) as opened:
        found = problems(opened)
    if as_json:
        print_json({"database": str(database), "problems": found})
    elif found:
        click.echo("\n".join(found))
    else:
        click.echo(f"{database} is sound.")
    if found:
        click.get_current_context().exit(FAILED)


@db.command()
@database_option
@json_option
def stats(database: Path, as_json: bool) -> None:
    """Show how many rows and bytes each table takes.

    Example: lgjobs db stats
    """
    with reading(database) as opened:
        rows = sizes(opened)
    if as_json:
        print_json({"database": str(database), "bytes": database.stat().st_size, "tables": rows})
        return
    columns = [("table", "left"), ("rows", "right"), ("kB", "right")]
    lines = [(row["table"], row["rows"], _kilobytes(row["bytes"])) for row in rows]
    print_table(columns, [*lines, (database.name, "", _kilobytes(database.stat().st_size))])


@db.command("purge")
@click.option(
    "--older-than",
    type=click.IntRange(min=0),
    required=True,
    help="Adverts that closed more than D days ago.",
)
@click.option(
    "--personal", is_flag=True, help="Also mask e-mail addresses and phone numbers in the rest."
)
@click.option("--dry-run", is_flag=True, help="Say what would go, change nothing.")
@database_option
@json_option
def purge_old(
    older_than: int, personal: bool, dry_run: bool, database: Path, as_json: bool
) -> None:
    """Delete the raw text of adverts that closed long ago; their readings and history stay.

    Example: lgjobs db purge --personal --older-than 365 --dry-run
    """
    open_for_reading(database).conn.close()
    with writing(database) as opened, only_writer(database, now()):
        gone = purge(opened, older_than, now(), personal=personal, dry_run=dry_run)
    if as_json:
        print_json({"dry_run": dry_run, **asdict(gone)})
        return
    verb = "would be" if dry_run else "were"
    click.echo(f"{gone.adverts} adverts closed more than {older_than} days ago.")
    click.echo(f"The raw text of {gone.raw} {verb} deleted.")
    if personal:
        click.echo(f"Contacts in {gone.masked} {verb} masked.")


def _kilobytes(size: int | None) -> str:
    return "" if size is None else f"{size / 1000:,.0f}"
