"""Runs sources: one Crawler per source, hosts kept apart, a record of what each came to."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from scrapy import signals
from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from lgjobs import __version__
from lgjobs.chain import STORE_STAGE
from lgjobs.engine import check_contact, project_settings, run_to_end
from lgjobs.errors import NotNow
from lgjobs.store.database import StoreError, reading, writing
from lgjobs.store.lifecycle import history
from lgjobs.store.lock import only_writer
from lgjobs.store.queries import source_states
from lgjobs.store.runs import Traffic, finish_run, finish_source, start_run, start_source
from lgjobs.store.stage import StoreStage
from lgjobs.store.writer import Counts
from pipelines.advert import Advert
from scrapers.platform import History, PlatformSpider
from scrapers.problems import Failure, RegisterError
from scrapers.sources import Source
from scrapers.verdict import CLOSING_OUTCOMES, Outcome, Proof, Verdict

HOSTS_AT_ONCE = 64
DUE_HOURS = 20


@dataclass(frozen=True, slots=True)
class Job:
    """How sources are crawled. `database` None keeps nothing: a dry run."""

    database: Path | None
    run: int | None = None
    full: bool = False
    """Read every advert, whatever earlier runs know."""
    limit: int | None = None
    """Adverts of a source at the most."""
    max_minutes: float | None = None
    now: str | None = None
    """ISO 8601, UTC: stands in for the clock in the demo and in tests."""

    def clock(self) -> str:
        return self.now or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Finished:
    """What the crawl of one source came to."""

    source: Source
    verdict: Verdict
    proof: Proof
    refused: str | None = None
    """Why the store could not keep it; None when it did."""
    adverts: list[Advert] = field(default_factory=list)
    """What was read, in a dry run only."""

    @property
    def good(self) -> bool:
        return self.refused is None and self.verdict.outcome in CLOSING_OUTCOMES


@dataclass(frozen=True, slots=True)
class Report:
    """A whole run: its number (None for a dry run) and its sources in the order they ended."""

    run: int | None
    finished: list[Finished]
    missed: list[Source]
    """Sources that the run did not come to, having been stopped."""


Progress = Callable[[Finished], None]
Watch = Callable[[Response], None]


def crawl(
    sources: Sequence[Source],
    job: Job,
    processes: int = 1,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> Report:
    """Crawl the sources and keep what they publish. Blocks until all have ended.

    `progress` is called with each source that has ended; `watch`, in one process only, with each
    response.

    Raises RegisterError for an unknown platform, UsedWrongly for a real site without a contact
    address, StoreError for a database that can not be used and NotNow for one that another run is
    writing to, before anything is fetched; NotNow too when the run's end can not be written. Runs a
    Twisted reactor: once per process.
    """
    settings = crawl_settings(sources, job)
    check_platforms(sources, settings)
    check_contact((source.url for source in sources), settings)
    if job.database is None:
        return _crawl_all(sources, job, processes, progress, watch)
    with writing(job.database) as db, only_writer(job.database, job.clock()):
        with _written(job.database):
            run = start_run(db, job.clock(), __version__, sources)
        report = _crawl_all(sources, replace(job, run=run), processes, progress, watch)
        with _written(job.database):
            finish_run(db, run, job.clock())
    return report


@contextmanager
def _written(database: Path) -> Iterator[None]:
    """Turns an error of SQLite's into NotNow: a full disk can be made room on."""
    try:
        yield
    except sqlite3.Error as error:
        raise NotNow(
            f"the database could not be written: {error}. What {database} held before is kept: make"
            " room if the disk is full, then run again"
        ) from error


def _crawl_all(
    sources: Sequence[Source],
    job: Job,
    processes: int,
    progress: Progress | None,
    watch: Watch | None,
) -> Report:
    if processes == 1:
        finished = _crawl_here(sources, job, progress, watch)
    else:
        finished = _crawl_in_processes(sources, job, processes, progress)
    done = {each.source.id for each in finished}
    return Report(job.run, finished, [each for each in sources if each.id not in done])


def crawl_settings(sources: Sequence[Source], job: Job) -> Settings:
    """The project's Scrapy settings, fitted to a job."""
    settings = project_settings(source.url for source in sources)
    settings.set("LGJOBS_RUN", job.run, priority="cmdline")
    if job.database is None:
        stages = {
            name: place for name, place in settings["ITEM_PIPELINES"].items() if name != STORE_STAGE
        }
        settings.set("ITEM_PIPELINES", stages, priority="cmdline")
    else:
        settings.set("LGJOBS_DB", str(job.database), priority="cmdline")
    return settings


def check_platforms(sources: Sequence[Source], settings: Settings) -> None:
    """Raises RegisterError for a source whose platform has no spider."""
    known = SpiderLoader.from_settings(settings).list()
    for source in sources:
        if source.platform not in known:
            raise RegisterError(
                f"source {source.id} is on {source.platform}, for which there is no spider; "
                f"there are {', '.join(sorted(known))}"
            )


def due_sources(sources: Sequence[Source], database: Path, now: str) -> list[Source]:
    """The sources that no run has read to the end in the last DUE_HOURS."""
    if not database.exists():
        return list(sources)
    with reading(database) as db:
        states = source_states(db)
    latest = datetime.fromisoformat(now) - timedelta(hours=DUE_HOURS)
    return [
        source
        for source in sources
        if not (done := states.get(source.id, {}).get("last_complete_at"))
        or datetime.fromisoformat(done) < latest
    ]


def by_host(sources: Sequence[Source]) -> list[list[Source]]:
    """The sources in groups that share a host: within a group they go one after another."""
    groups: dict[str, list[Source]] = {}
    for source in sources:
        groups.setdefault(source.host, []).append(source)
    return list(groups.values())


async def crawl_hosts(
    runner: AsyncCrawlerRunner,
    sources: Sequence[Source],
    job: Job,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> list[Finished]:
    """Crawl on a running event loop: hosts side by side, sources of one host one by one."""
    gate = asyncio.Semaphore(HOSTS_AT_ONCE)
    stopping = asyncio.Event()
    finished: list[Finished] = []

    async def one_host(group: list[Source]) -> None:
        async with gate:
            for source in group:
                if stopping.is_set():
                    return
                done, shut_down = await _crawl_source(runner, source, job, watch)
                finished.append(done)
                if progress is not None:
                    progress(done)
                if shut_down or done.refused:
                    stopping.set()

    async def out_of_time(minutes: float) -> None:
        await asyncio.sleep(minutes * 60)
        stopping.set()
        await runner.stop()

    timer = asyncio.create_task(out_of_time(job.max_minutes)) if job.max_minutes else None
    await asyncio.gather(*(one_host(group) for group in by_host(sources)))
    if timer is not None:
        timer.cancel()
    return finished


async def _crawl_source(
    runner: AsyncCrawlerRunner, source: Source, job: Job, watch: Watch | None
) -> tuple[Finished, bool]:
    """One source to its end, and whether Scrapy was told to shut down meanwhile."""
    crawler = runner.create_crawler(source.platform)
    adverts: list[Advert] = []
    if job.database is None:
        crawler.signals.connect(_collector(adverts), signal=signals.item_scraped, weak=False)
    if watch is not None:
        crawler.signals.connect(_watcher(watch), signal=signals.response_received, weak=False)
    try:
        await runner.crawl(
            crawler, source=source, history=_history(source, job), limit=job.limit, now=job.now
        )
    except RegisterError as error:
        return _not_started(source, job, str(error)), False
    except (StoreError, sqlite3.Error) as error:
        unread = Verdict(Outcome.FAILED, Failure.CANCELLED, "the crawl did not begin")
        return Finished(source, unread, Proof(), f"the database could not be used: {error}"), False
    spider, reason, refused = _outcome(crawler)
    done = Finished(source, spider.verdict(reason), spider.proof, refused, adverts)
    return done, reason == "shutdown"


def _not_started(source: Source, job: Job, reason: str) -> Finished:
    """A source whose row of the register its spider refuses: failed, and kept as such."""
    verdict, proof = Verdict(Outcome.FAILED, None, reason), Proof()
    if job.database is not None and job.run is not None:
        now = job.clock()
        with writing(job.database) as db:
            start_source(db, job.run, source.id, now)
            finish_source(
                db,
                job.run,
                source.id,
                verdict=verdict,
                proof=proof,
                listed=(),
                gone={},
                pages={},
                counts=Counts(),
                traffic=Traffic(0, 0, 0.0),
                now=now,
            )
    return Finished(source, verdict, proof)


def _collector(adverts: list[Advert]) -> Callable[..., None]:
    def collect(item: Advert) -> None:
        adverts.append(item)

    return collect


def _watcher(watch: Watch) -> Callable[..., None]:
    def seen(response: Response) -> None:
        watch(response)

    return seen


def _history(source: Source, job: Job) -> History | None:
    if job.database is None:
        return None
    with reading(job.database) as db:
        past = history(db, source.id, job.clock())
    if job.full:
        known = {name: replace(each, reread=True) for name, each in past.known.items()}
        return replace(past, known=known, pages={})
    return past


def _outcome(crawler: Crawler) -> tuple[PlatformSpider, str, str | None]:
    spider = crawler.spider
    if not isinstance(spider, PlatformSpider):
        raise TypeError(f"{crawler.spidercls.__name__} is not a PlatformSpider")
    reason = "finished"
    if crawler.stats is not None:
        reason = str(crawler.stats.get_value("finish_reason", "finished"))
    stage = crawler.get_item_pipeline(StoreStage)
    return spider, reason, stage.refused if stage is not None else None


def _crawl_here(
    sources: Sequence[Source],
    job: Job,
    progress: Progress | None = None,
    watch: Watch | None = None,
) -> list[Finished]:
    """Crawl in this process: once, since a reactor can not be started again."""
    finished: list[Finished] = []

    async def work(runner: AsyncCrawlerRunner) -> None:
        finished.extend(await crawl_hosts(runner, sources, job, progress, watch))

    run_to_end(crawl_settings(sources, job), work)
    return finished


def _crawl_in_processes(
    sources: Sequence[Source], job: Job, processes: int, progress: Progress | None
) -> list[Finished]:
    """Share hosts out over processes, the hosts with most sources first; all write one file."""
    parts: list[list[Source]] = [[] for _ in range(processes)]
    for group in sorted(by_host(sources), key=len, reverse=True):
        min(parts, key=len).extend(group)
    finished: list[Finished] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        jobs = [pool.submit(_crawl_here, part, job) for part in parts if part]
        for each in jobs:
            for done in each.result():
                finished.append(done)
                if progress is not None:
                    progress(done)
    return finished
