"""`lgjobs demo`."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from lgjobs.cli.common import DONE, SOME_FAILED
from lgjobs.cli.progress import crawl_progress
from lgjobs.cli.report import name_failures, print_run
from lgjobs.demo.sites import SITES
from lgjobs.demo.tour import Tour, estate_for, open_estate, run_tour
from scrapers.sources import write_register


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("lgjobs-demo"),
    show_default=True,
    help="Folder for the database and the exports.",
)
@click.option("--day", type=click.IntRange(1, 2), default=1, help="1: first day; 2: the next.")
@click.option("--scale", type=click.IntRange(1, 1000), default=1, help="N times as many adverts.")
@click.option("--serve-only", is_flag=True, help="Serve the estate, print its register, wait.")
@click.pass_context
def demo(ctx: click.Context, out: Path, day: int, scale: int, serve_only: bool) -> None:
    """Crawl a small estate of councils on this machine: no internet is needed.

    Example: lgjobs demo --out demo && lgjobs demo --out demo --day 2
    """
    database = out / "lgjobs.db"
    estate = estate_for(database, day, scale, datetime.now(UTC).date())
    if serve_only:
        with open_estate(estate) as server:
            write_register(server.register, sys.stdout)
            sys.stdout.flush()
            with suppress(KeyboardInterrupt):
                click.echo("Serving the estate; its register is above. Ctrl-C ends it.", err=True)
                threading.Event().wait()
        return
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"cannot make the folder {out}: {error.strerror}") from error
    click.echo(f"Crawling {len(estate.adverts)} adverts of the demo estate ({estate.date}) …")
    with crawl_progress(len(SITES)) as progress:
        tour = run_tour(out, estate, progress)
    _print(tour)
    ctx.exit(SOME_FAILED if name_failures(tour.report) else DONE)


def _print(tour: Tour) -> None:
    if tour.report.run is None:
        raise RuntimeError("the demo keeps what it crawls")
    print_run(tour.database, tour.report.run, as_json=False)
    db = tour.database
    click.echo(f"\nDatabase: {db}")
    click.echo(f"Site:     {tour.site}")
    click.echo("Exports:  " + ", ".join(str(path) for path in tour.exports))
    click.echo("\nTry next:")
    click.echo(f"  python -m http.server --bind 127.0.0.1 -d {tour.site.parent}")
    click.echo(f"  lgjobs search teacher --db {db}")
    click.echo(f"  lgjobs runs show latest --db {db}")
    click.echo(f"  lgjobs export section --limit 5 --db {db}")
    if tour.estate.day == 1:
        click.echo(f"  lgjobs demo --day 2 --out {db.parent}      (the next morning)")
