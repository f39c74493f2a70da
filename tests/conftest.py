"""What tests share: a database of their own, adverts made to order, and where ../shared lies."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import AsyncCrawlerRunner
from sqlite_utils import Database

from lgjobs.crawl import Job, crawl_hosts, crawl_settings
from lgjobs.demo.server import EstateServer
from lgjobs.store.database import writing
from lgjobs.store.runs import Traffic, finish_run, finish_source, start_run, start_source
from lgjobs.store.writer import Counts, write_adverts
from pipelines.advert import Advert
from scrapers.items import RawAdvert
from scrapers.sources import Source
from scrapers.verdict import Outcome, Proof, Verdict

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

DAY_1 = "2026-03-02T06:00:00Z"
DAY_2 = "2026-03-03T06:00:00Z"


@pytest.fixture
def shared() -> Path:
    """The folder of gold sets and real pages that lies beside a maintainer's checkout."""
    if not SHARED.is_dir():
        pytest.skip("the folder ../shared with gold sets and real pages is not here")
    return SHARED


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "lgjobs.db"


@pytest.fixture
def db(database: Path) -> Iterator[Database]:
    with writing(database) as opened:
        yield opened


def make_advert(external_id: str = "1", at: str = DAY_1, **says: Any) -> Advert:
    """An advert as the pipelines hand it to the store; `says` sets fields of either schema."""
    raw_names = set(RawAdvert.__dataclass_fields__)
    raw = {name: value for name, value in says.items() if name in raw_names and name != "title"}
    title = says.get("title", "Planner")
    read = {name: value for name, value in says.items() if name not in raw_names}
    return Advert(
        raw=RawAdvert(
            **{
                "external_id": external_id,
                "url": f"https://jobs.example/{external_id}",
                "title": title,
                "source_id": "s",
                "fetched_at": at,
                "fingerprint": f"row of {external_id}",
                **raw,
            }
        ),
        title=title,
        **{"employer": raw.get("employer", "Leeds City Council"), **read},
    )


class Crawls:
    """Writes to a database what crawls of one source would: the store without the network."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.source = Source(id="s", platform="itrent", url="https://jobs.example/")

    def __call__(
        self,
        adverts: list[Advert],
        *,
        at: str = DAY_1,
        listed: set[str] | None = None,
        gone: dict[str, str] | None = None,
        outcome: Outcome = Outcome.COMPLETE,
        states_total: bool = True,
    ) -> dict[str, Any]:
        """One run: what was read, what was listed besides, how it ended. Its row of source_runs."""
        run = start_run(self.db, at, "test", [self.source])
        start_source(self.db, run, "s", at)
        counts = Counts()
        if adverts:
            write_adverts(self.db, adverts, run, counts)
        ids = {advert.raw.external_id for advert in adverts} | (listed or set())
        finish_source(
            self.db,
            run,
            "s",
            verdict=Verdict(outcome),
            proof=Proof(
                advertised=len(ids) if states_total else None,
                ids_listed=len(ids),
                pages_walked=1,
                end_reached=True,
            ),
            listed=ids,
            gone=gone or {},
            pages={},
            counts=counts,
            traffic=Traffic(1, 1000, 0.1),
            now=at,
        )
        finish_run(self.db, run, at)
        return next(self.db.query("SELECT * FROM source_runs WHERE run = ?", [run]))


@pytest.fixture
def crawls(db: Database) -> Crawls:
    return Crawls(db)


def crawl_here(
    sources: list[Source], database: Path, now: str, **job: Any
) -> dict[str, dict[str, Any]]:
    """One run in this process, on an event loop of its own: rows of source_runs by source."""
    with writing(database) as db:
        run = start_run(db, now, "test", sources)
    task = Job(database=database, run=run, now=now, **job)
    settings = crawl_settings(sources, task)
    settings.set("TWISTED_REACTOR_ENABLED", False, priority="cmdline")
    settings.set("RETRY_TIMES", 0, priority="cmdline")
    asyncio.run(crawl_hosts(AsyncCrawlerRunner(settings), sources, task))
    with writing(database) as db:
        finish_run(db, run, now)
        rows = list(db.query("SELECT * FROM source_runs WHERE run = ?", [run]))
    return {row["source_id"]: row for row in rows}


class EstateCrawls:
    """Crawls of the demo estate in this process."""

    def __init__(self, server: EstateServer, database: Path) -> None:
        self.server, self.database = server, database

    def __call__(self, *only: str, **job: Any) -> dict[str, dict[str, Any]]:
        """One run over the estate as it now is, or over some of its sites: rows of source_runs."""
        register = self.server.register
        sources = [each for each in register if (each.id in only if only else each.enabled)]
        now = self.server.estate.instant.strftime("%Y-%m-%dT%H:%M:%SZ")
        return crawl_here(sources, self.database, now, **job)
