"""`lgjobs export csv|jsonl|parquet|xlsx|rss|atom|jsonfeed|jobposting|xml`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from lgjobs.cli.common import (
    Command,
    database_option,
    filter_options,
    make_filter,
    now,
    output_option,
    writer,
)
from lgjobs.cli.export_charts import charts
from lgjobs.cli.export_site import section, site
from lgjobs.exports.formats import NO_SITE, Exported, export_adverts
from lgjobs.exports.manifest import check_place, note_export
from lgjobs.exports.published import web_address
from lgjobs.store.database import reading

_BINARY = ("parquet", "xlsx")

changed_since_option = click.option(
    "--changed-since",
    metavar="RUN|DATE",
    help="What was added, changed or removed since a run or a date, and which of these.",
)


def _site(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if (address := web_address(value)) is None:
        raise click.BadParameter(f"{value!r} is no address of the web")
    return address


link_option = click.option(
    "--link",
    metavar="URL",
    default=NO_SITE,
    callback=_site,
    help=f"Address of the site that the feed belongs to.  [default: {NO_SITE}]",
)


def advert_options(command: Command) -> Command:
    """What every export of adverts takes."""
    options = (
        click.argument("words", nargs=-1),
        filter_options,
        changed_since_option,
        output_option,
        database_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
def export() -> None:
    """Write adverts for programs, analysts and the jobs section."""


@export.command("csv")
@advert_options
def csv_file(**asked: Any) -> None:
    """Write the live jobs as CSV (RFC 4180), one advert a row.

    Example: lgjobs export csv --region "North East" -o jobs.csv
    """
    _export("csv", **asked)


@export.command()
@advert_options
def jsonl(**asked: Any) -> None:
    """Write the live jobs as JSON Lines, descriptions included, one advert a line.

    Example: lgjobs export jsonl --changed-since 2026-03-31 -o jobs.jsonl
    """
    _export("jsonl", **asked)


@export.command()
@advert_options
def parquet(**asked: Any) -> None:
    """Write the live jobs as Parquet, every column typed. Needs lgjobs[export].

    Example: lgjobs export parquet --all -o jobs.parquet
    """
    _export("parquet", **asked)


@export.command()
@advert_options
def xlsx(**asked: Any) -> None:
    """Write the live jobs as an Excel workbook. Needs lgjobs[export].

    Example: lgjobs export xlsx --council "Leeds City Council" -o jobs.xlsx
    """
    _export("xlsx", **asked)


@export.command()
@advert_options
@link_option
def rss(**asked: Any) -> None:
    """Write the live jobs as an RSS 2.0 feed, newest first.

    Example: lgjobs export rss --sector planning --limit 50 -o planning.rss
    """
    _export("rss", **asked)


@export.command()
@advert_options
@link_option
def atom(**asked: Any) -> None:
    """Write the live jobs as an Atom feed, newest first.

    Example: lgjobs export atom --region Wales --limit 50 -o wales.atom
    """
    _export("atom", **asked)


@export.command()
@advert_options
@link_option
def jsonfeed(**asked: Any) -> None:
    """Write the live jobs as a JSON Feed (version 1.1), newest first.

    Example: lgjobs export jsonfeed social worker --limit 50 -o feed.json
    """
    _export("jsonfeed", **asked)


@export.command()
@advert_options
def jobposting(**asked: Any) -> None:
    """Write the live jobs as schema.org JobPosting by Google's rules, one a line.

    Example: lgjobs export jobposting -o postings.jsonl
    """
    _export("jobposting", **asked)


@export.command("xml")
@advert_options
@link_option
def xml(**asked: Any) -> None:
    """Write the live jobs as the XML feed that job boards take in.

    Example: lgjobs export xml --min-salary 40000 -o jobs.xml
    """
    _export("xml", **asked)


export.add_command(charts)
export.add_command(section)
export.add_command(site)


def _export(
    form: str,
    words: Sequence[str],
    output: Path | None,
    database: Path,
    link: str = NO_SITE,
    **filters: Any,
) -> None:
    """Write one format, and beside a file its manifest."""
    if output is not None:
        check_place(output)
    elif form in _BINARY and sys.stdout.isatty():
        raise click.UsageError(f"{form} is nothing for a terminal: name a file with -o")
    wanted, instant = make_filter(words, **filters), now()
    with reading(database) as db, writer(output) as out:
        done = export_adverts(db, form, wanted, instant, out, link)
    if output is not None:
        note_export(output, done, wanted, instant)
        click.echo(f"{done.adverts} adverts written to {output}", err=True)
    _say_left_out(done)


def _say_left_out(done: Exported) -> None:
    if left_out := done.selected - done.adverts:
        click.echo(f"{left_out} adverts left out: {done.form} does not take them", err=True)
