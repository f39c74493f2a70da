"""`lgjobs health`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from lgjobs.cli.common import (
    DONE,
    SOME_FAILED,
    database_option,
    now,
    output_option,
    print_json,
    print_table,
    writer,
)
from lgjobs.exports.health_page import badge, health_page
from lgjobs.health import SourceHealth, State, needs_a_person
from lgjobs.health import health as states_of
from lgjobs.store.database import reading


@click.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "html"]),
    default="table",
    show_default=True,
)
@click.option(
    "--badges",
    type=click.Path(path_type=Path, file_okay=False),
    help="Also write an SVG badge for each source into this folder.",
)
@output_option
@database_option
def health(form: str, badges: Path | None, output: Path | None, database: Path) -> None:
    """Show which sources need a person, and why; exit 3 if any does.

    Example: lgjobs health --format html -o health.html
    """
    with reading(database) as db:
        found = states_of(db)
    if form == "table" and output is None:
        _print(found)
    elif form == "json" and output is None:
        print_json([asdict(each) for each in found])
    elif form == "html":
        with writer(output) as out:
            out.write(health_page(found, now()).encode())
    else:
        raise click.UsageError("-o goes with --format html; the others go to standard output")
    if badges is not None:
        badges.mkdir(parents=True, exist_ok=True)
        for each in found:
            (badges / f"{each.source}.svg").write_text(badge(each), encoding="utf-8")
    click.get_current_context().exit(SOME_FAILED if needs_a_person(found) else DONE)


def _print(found: list[SourceHealth]) -> None:
    shown = [each for each in found if each.state not in (State.WELL, State.SWITCHED_OFF)]
    if shown:
        print_table(
            [("source", "left"), ("state", "left"), ("since", "left"), ("why", "left")],
            [(each.source, each.state, (each.since or "")[:10], each.why) for each in shown],
        )
    for state in State:
        if count := sum(each.state is state for each in found):
            click.echo(f"{count} {state}")
