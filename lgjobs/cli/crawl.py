"""`lgjobs crawl`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from lgjobs.cli.common import (
    DONE,
    FAILED,
    SOME_FAILED,
    database_option,
    json_option,
    now,
    register_option,
)
from lgjobs.cli.progress import crawl_progress
from lgjobs.cli.report import name_failures, print_dry_run, print_run
from lgjobs.crawl import Job, Report, due_sources
from lgjobs.crawl import crawl as run_crawl
from scrapers.sources import Source, find_source, read_register


@click.command()
@click.argument("names", nargs=-1, metavar="[SOURCE]...")
@click.option("--platform", help="Only sources on this platform.")
@click.option("--due", is_flag=True, help="Only sources not read through in the last 20 hours.")
@click.option("--full", is_flag=True, help="Read every advert again, changed or not.")
@click.option(
    "--processes", type=click.IntRange(1, 32), default=1, help="Share hosts over N cores."
)
@click.option("--max-minutes", type=click.FloatRange(min=0.01), help="Stop after M minutes.")
@click.option("--limit", type=click.IntRange(min=1), help="N adverts of a source at the most.")
@click.option("--dry-run", is_flag=True, help="Read and show, keep nothing.")
@register_option
@database_option
@json_option
def crawl(
    names: Sequence[str],
    platform: str | None,
    due: bool,
    dry_run: bool,
    register: Path | None,
    database: Path,
    as_json: bool,
    processes: int,
    **given: Any,
) -> None:
    """Crawl sources of the register: those named, or all that are enabled.

    A real site is only asked with a contact address in $LGJOBS_CONTACT.

    Example: LGJOBS_CONTACT=jobs@example.org lgjobs crawl ashfield --limit 5 --dry-run
    """
    sources = _chosen(read_register(register), names, platform)
    if due:
        sources = due_sources(sources, database, now())
    if not sources:
        click.echo("No source is due: nothing to do.", err=True)
        return
    job = Job(database=None if dry_run else database, **given)
    with crawl_progress(len(sources)) as progress:
        report = run_crawl(sources, job, processes, progress)
    if report.run is None:
        print_dry_run(report, as_json)
    else:
        print_run(database, report.run, as_json)
    click.get_current_context().exit(_exit_code(report))


def _chosen(
    register: Mapping[str, Source], names: Sequence[str], platform: str | None
) -> list[Source]:
    if names:
        chosen = [find_source(register, name) for name in dict.fromkeys(names)]
    else:
        chosen = [source for source in register.values() if source.enabled]
    if platform is not None:
        known = sorted({source.platform for source in register.values()})
        if platform not in known:
            raise click.UsageError(
                f"no source is on {platform!r}; the register has {', '.join(known)}"
            )
        chosen = [source for source in chosen if source.platform == platform]
        if not chosen:
            raise click.UsageError(f"none of the sources chosen is on {platform}")
    return chosen


def _exit_code(report: Report) -> int:
    if not name_failures(report):
        return DONE
    return SOME_FAILED if any(done.refused is None for done in report.finished) else FAILED
