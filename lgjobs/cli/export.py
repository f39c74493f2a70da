"""`lgjobs export csv|jsonl|section`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import click

from lgjobs.cli.common import (
    database_option,
    filter_options,
    make_filter,
    now,
    output_option,
    writer,
)
from lgjobs.exports.files import with_description, write_csv, write_jsonl
from lgjobs.exports.section import section_html, section_json
from lgjobs.store.database import reading
from lgjobs.store.queries import select_adverts

changed_since_option = click.option(
    "--changed-since",
    metavar="RUN|DATE",
    help="What is new, changed or closed since a run or a date, with a column that says which.",
)


@click.group()
def export() -> None:
    """Write adverts for programs, analysts and the jobs section."""


@export.command("csv")
@click.argument("words", nargs=-1)
@filter_options
@changed_since_option
@output_option
@database_option
def csv_file(words: Sequence[str], output: Path | None, database: Path, **filters: Any) -> None:
    """Write the live jobs as CSV (RFC 4180), one advert a row.

    Example: lgjobs export csv --region "North East" -o jobs.csv
    """
    with reading(database) as db, writer(output) as out:
        wanted = make_filter(words, **filters)
        columns = [column.name for column in db.view("advert_list").columns]
        if wanted.changed_since:
            columns.append("change")
        text = io.TextIOWrapper(cast(Any, out), encoding="utf-8", newline="", write_through=True)
        count = write_csv(select_adverts(db, wanted, now()), columns, text)
        text.detach()
    _say(count, output)


@export.command()
@click.argument("words", nargs=-1)
@filter_options
@changed_since_option
@output_option
@database_option
def jsonl(words: Sequence[str], output: Path | None, database: Path, **filters: Any) -> None:
    """Write the live jobs as JSON Lines, descriptions included, one advert a line.

    Example: lgjobs export jsonl --changed-since 2026-03-31 -o jobs.jsonl
    """
    with reading(database) as db, writer(output) as out:
        rows = select_adverts(db, make_filter(words, **filters), now())
        count = write_jsonl(with_description(db, rows), out)
    _say(count, output)


@export.command()
@click.argument("words", nargs=-1)
@click.option("--format", "form", type=click.Choice(["html", "json"]), default="html")
@filter_options
@output_option
@database_option
def section(
    words: Sequence[str], form: str, output: Path | None, database: Path, **filters: Any
) -> None:
    """Write the jobs section: an HTML fragment (or JSON), by sector.

    Example: lgjobs export section --sector highways_transport --limit 5 -o section.html
    """
    with reading(database) as db, writer(output) as out:
        rows = list(select_adverts(db, make_filter(words, **filters), now()))
        out.write(section_json(rows) if form == "json" else section_html(rows).encode())
    _say(len(rows), output)


def _say(count: int, output: Path | None) -> None:
    if output is not None:
        click.echo(f"{count} adverts written to {output}", err=True)
