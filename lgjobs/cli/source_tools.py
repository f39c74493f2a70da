"""`lgjobs sources check|record|discover|new-platform`: for those who look after the register."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lgjobs.checkup import ADVERTS, FieldCount, field_table
from lgjobs.cli.common import (
    SOME_FAILED,
    json_option,
    now,
    print_json,
    print_table,
    register_option,
)
from lgjobs.scaffold import new_platform as begin
from lgjobs.website import Website
from pipelines.areas import areas
from pipelines.employer import match_employer
from pipelines.reference import table
from scrapers.sources import (
    Source,
    append_sources,
    default_register,
    find_source,
    read_register,
    write_register,
)

if TYPE_CHECKING:  # a crawl loads Scrapy, which other commands do not need
    from scrapy.http import Response

    from lgjobs.crawl import Finished
    from lgjobs.discovery import Discovery


@click.command()
@click.argument("name", metavar="SOURCE")
@register_option
@json_option
def check(name: str, register: Path | None, as_json: bool) -> None:
    """Read one listing page and three adverts live, and show which fields come of it.

    Example: LGJOBS_CONTACT=jobs@example.org lgjobs sources check ashfield
    """
    done = _look(name, register)
    counts = field_table(done.adverts)
    if as_json:
        told = [_count_row(each) for each in counts]
        print_json({"source": name, "trouble": _trouble(done), "fields": told})
    else:
        columns = [("field", "left"), ("published", "right"), ("read", "right")]
        print_table(columns, (_count_line(each) for each in counts))
        listed, stated = done.proof.ids_listed, done.proof.advertised
        click.echo(f"\n{listed} adverts on the first page, {stated or 'no total'} advertised.")
        click.echo(_trouble(done) or f"{name} can be read.")
    if _trouble(done):
        click.get_current_context().exit(SOME_FAILED)


@click.command()
@click.argument("name", metavar="SOURCE")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the pages.",
)
@register_option
def record(name: str, output: Path, register: Path | None) -> None:
    """Save the pages of one look at a source as a test fixture, contacts masked.

    Example: lgjobs sources record ashfield -o tests/scrapers/pages/ashfield
    """
    from lgjobs.recording import Recorder

    find_source(read_register(register), name)
    recorder = Recorder(output)
    done = _look(name, register, recorder.save)
    recorder.finish(done.adverts)
    click.echo(f"Saved to {output}: check expected.json against the pages by eye.", err=True)
    if trouble := _trouble(done):
        click.echo(trouble, err=True)
        click.get_current_context().exit(SOME_FAILED)


@click.command("new-platform")
@click.argument("name")
def new_platform(name: str) -> None:
    """Begin a platform: a spider, a demo site and a test, with the names filled in.

    Example: lgjobs sources new-platform acme_jobs
    """
    for path in begin(name):
        click.echo(path)
    click.echo("Then give its site a line in lgjobs/demo/sites.csv.", err=True)


@click.command()
@click.argument("url", required=False)
@click.option("--council", help="Name or GSS code of a council: its website is looked at.")
@click.option("--all", "everyone", is_flag=True, help="Every council without an enabled source.")
@click.option("--apply", "write", is_flag=True, help="Write the rows to the register.")
@register_option
@json_option
def discover(
    url: str | None,
    council: str | None,
    everyone: bool,
    write: bool,
    register: Path | None,
    as_json: bool,
) -> None:
    """Find the platform behind a council's website, and propose a row of the register.

    Robots are obeyed and a website is asked for a few pages at the most. Nothing is written
    without --apply.

    Example: LGJOBS_CONTACT=jobs@example.org lgjobs sources discover https://www.leeds.gov.uk/
    """
    from lgjobs.discovery import discover as look_around

    path = register or default_register()
    known = read_register(path)
    found = look_around(_websites(url, council, everyone, known))
    today = now()[:10]
    proposed = [row for each in found if (row := each.source(today)) and row.id not in known]
    if as_json:
        print_json([_discovery_row(each, today) for each in found])
    else:
        if proposed:
            write_register(proposed, sys.stdout)
        for each in found:
            if each.proposal is None:
                click.echo(f"{each.website.url}: {each.trouble}", err=True)
    if write and proposed:
        append_sources(proposed, path)
        click.echo(f"{len(proposed)} rows written to {path}", err=True)
    if not all(each.proposal for each in found):
        click.get_current_context().exit(SOME_FAILED)


def _websites(
    url: str | None, council: str | None, everyone: bool, known: Mapping[str, Source]
) -> list[Website]:
    """The websites that the arguments name: exactly one way of naming them is taken."""
    if sum((url is not None, council is not None, everyone)) != 1:
        raise click.UsageError("give an address, --council, or --all: one of them")
    if url is not None:
        return [Website(url if "://" in url else f"https://{url}")]
    if council is not None:
        code = match_employer(council).council if council not in areas() else council
        if code is None:
            raise click.UsageError(f"no council is called {council!r}")
        chosen = [code]
    else:
        served = {each.employer for each in known.values() if each.enabled}
        chosen = [code for code in areas() if code not in served]
    rows = {row["gss_code"]: row for row in table("councils.csv") if not row["valid_to"]}
    websites = [
        Website(rows[code]["website"], code, rows[code]["name"])
        for code in chosen
        if code in rows and rows[code]["website"]
    ]
    if not websites:
        raise click.UsageError("no website is known for that")
    return websites


def _discovery_row(each: Discovery, today: str) -> dict[str, object]:
    row = each.source(today)
    return {
        "website": each.website.url,
        "council": each.website.council,
        "source": asdict(row) if row else None,
        "requests": each.requests,
        "trouble": each.trouble,
    }


def _look(
    name: str, register: Path | None, watch: Callable[[Response], None] | None = None
) -> Finished:
    """One page of the listing and a few adverts, nothing kept."""
    from lgjobs.crawl import Job, crawl

    source = find_source(read_register(register), name)
    return crawl([source], Job(database=None, limit=ADVERTS), watch=watch).finished[0]


def _trouble(done: Finished) -> str:
    """What went wrong in a look; that it ends after a few adverts is no trouble."""
    if done.proof.failure is not None:
        return f"{done.proof.failure}: {done.proof.detail}"
    if not done.adverts and not done.proof.honest_zero:
        return done.verdict.reason or "no advert could be read"
    return ""


def _count_line(each: FieldCount) -> list[str]:
    read = "" if each.read is None else f"{each.read}/{each.of}"
    return [each.field, f"{each.published}/{each.of}", read]


def _count_row(each: FieldCount) -> dict[str, str | int | None]:
    return {"field": each.field, "published": each.published, "read": each.read, "of": each.of}
