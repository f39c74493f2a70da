"""`lgjobs export section` and `lgjobs export site`: what an editor publishes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lgjobs.cli.common import (
    database_option,
    filter_options,
    make_filter,
    now,
    output_option,
    writer,
)
from lgjobs.exports.section import FORMATS, choose
from lgjobs.exports.site.builder import LOCAL, build_site
from lgjobs.store.database import reading
from lgjobs.store.queries import select_adverts


@click.command()
@click.argument("words", nargs=-1)
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="html")
@filter_options
@output_option
@database_option
def section(
    words: Sequence[str], form: str, output: Path | None, database: Path, **filters: Any
) -> None:
    """Write the jobs section: a block of adverts by sector, to stand beside an article.

    Adverts that close today are left out, and with --limit no employer has two before every other
    has one. html is a fragment, component the same with its own look, json its facts.

    Example: lgjobs export section --sector highways_transport --limit 5 -o section.html
    """
    limit = filters.pop("limit")
    with reading(database) as db, writer(output) as out:
        instant = now()
        adverts = select_adverts(db, make_filter(words, limit=None, **filters), instant)
        rows = choose(adverts, instant, limit)
        out.write(FORMATS[form](rows))
    if output is not None:
        click.echo(f"{len(rows)} adverts written to {output}", err=True)


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder of the site: empty, or holding an earlier build.",
)
@click.option(
    "--base-url",
    metavar="URL",
    default=LOCAL,
    show_default=True,
    help="Address that the site will have.",
)
@click.option(
    "--contact",
    envvar="LGJOBS_CONTACT",
    metavar="ADDRESS",
    help="To whom complaints go [$LGJOBS_CONTACT].",
)
@database_option
def site(output: Path, base_url: str, contact: str | None, database: Path) -> None:
    """Build the jobs section as a static site, or bring one up to date: only what changed.

    Example: lgjobs export site -o site --base-url https://jobs.example/
    """
    if not base_url.startswith(("https://", "http://")):
        raise click.UsageError("--base-url must begin with https:// or http://")
    with reading(database) as db:
        built = build_site(db, output, now(), base_url, contact)
    click.echo(
        f"{built.jobs} jobs: {built.files} files in {output},"
        f" {built.written} written, {built.removed} removed",
        err=True,
    )
    if base_url == LOCAL:
        click.echo(f"To look at it: python -m http.server --bind 127.0.0.1 -d {output}", err=True)
