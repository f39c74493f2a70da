"""The demo from end to end: serve the estate, crawl it, export and build the jobs section."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from errno import EADDRINUSE
from pathlib import Path

from sqlite_utils import Database

from lgjobs.crawl import Job, Progress, Report, crawl
from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.exports.csv_file import write_csv
from lgjobs.exports.json_lines import write_jsonl
from lgjobs.exports.published import with_description
from lgjobs.exports.section import choose, section_html, section_json
from lgjobs.exports.site.builder import LOCAL, build_site
from lgjobs.store.database import StoreError, reading
from lgjobs.store.queries import Filter, select_adverts

FIRST_PORT = 8741
"""Where the estate is served if these ports are free; anywhere else if they are not."""


@dataclass(frozen=True, slots=True)
class Tour:
    """What the demo made."""

    report: Report
    estate: Estate
    database: Path
    exports: list[Path]
    site: Path
    """The site's home page."""


def estate_for(database: Path, day: int, scale: int, today: date) -> Estate:
    """The estate for a demo database: its first day is that of the first run kept there.

    Raises StoreError where the database has seen a later day than the one asked for.
    """
    if not database.exists():
        return Estate(today, day, scale)
    with reading(database) as db:
        first, last = db.execute("SELECT min(started_at), max(started_at) FROM runs").fetchone()
    if first is None:
        return Estate(today, day, scale)
    estate = Estate(date.fromisoformat(first[:10]), day, scale)
    if last[:10] > estate.date.isoformat():
        raise StoreError(
            f"{database} has seen the day after already: give --day 2, or another --out"
        )
    return estate


@contextmanager
def open_estate(estate: Estate) -> Iterator[EstateServer]:
    """The estate, served on ports that stay the same where those can be had, else on any."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(EstateServer(estate, port=FIRST_PORT))
        except OSError as error:
            if error.errno != EADDRINUSE:
                raise
            server = stack.enter_context(EstateServer(estate))
        yield server


def run_tour(out: Path, estate: Estate, progress: Progress | None = None) -> Tour:
    """Crawl the estate into `out`/lgjobs.db, and make its exports and its site beside that."""
    database = out / "lgjobs.db"
    now = estate.instant.strftime("%Y-%m-%dT%H:%M:%SZ")
    with open_estate(estate) as server:
        open_to_us = [source for source in server.register if source.enabled]
        report = crawl(open_to_us, Job(database=database, now=now), progress=progress)
    with reading(database) as db:
        exports = _export(db, out, now)
        build_site(db, out / "site", now, LOCAL)
    return Tour(report, estate, database, exports, out / "site" / "index.html")


def _export(db: Database, out: Path, now: str) -> list[Path]:
    paths = [out / name for name in ("section.html", "section.json", "jobs.csv", "jobs.jsonl")]
    rows = list(select_adverts(db, Filter(), now))
    block = choose(rows, now)
    paths[0].write_text(section_html(block), encoding="utf-8")
    paths[1].write_bytes(section_json(block))
    columns = [column.name for column in db.view("advert_list").columns]
    with paths[2].open("w", encoding="utf-8", newline="") as out_csv:
        write_csv(rows, columns, out_csv)
    with paths[3].open("wb") as out_jsonl:
        write_jsonl(with_description(db, rows), out_jsonl)
    return paths
