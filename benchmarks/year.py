"""A year of the estate in minutes: every advert's true last day against the database's.

`python benchmarks/year.py [DAYS [SITE…]]`. Each morning the real spiders walk the sites' pages as
far as these answer, the real stages read the adverts and the store judges, writes and settles; only
the network between them is a function call. See `world` for what happens on the way.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import tempfile
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.spiderloader import SpiderLoader
from sqlite_utils import Database
from twisted.python.failure import Failure

from benchmarks.world import Network, World, sources
from lgjobs.chain import read_through
from lgjobs.demo import web
from lgjobs.demo.sites import SITES
from lgjobs.engine import project_settings
from lgjobs.store.database import writing
from lgjobs.store.lifecycle import history
from lgjobs.store.runs import Traffic, finish_run, finish_source, start_run, start_source
from lgjobs.store.stage import BATCH
from lgjobs.store.writer import Counts, write_adverts
from scrapers.items import RawAdvert
from scrapers.platform import PlatformSpider
from scrapers.sources import Source
from scrapers.verdict import CLOSING_OUTCOMES

START = date(2026, 1, 5)
SEED = 1
Key = tuple[str, str]


class Walk:
    """One spider's walk: what it asks the network answers, one request after another."""

    def __init__(self, network: Network, spider: PlatformSpider) -> None:
        self.network, self.spider = network, spider
        self._cookies = CookiesMiddleware()

    def adverts(self) -> list[RawAdvert]:
        """What the spider yields of adverts, to the end of its walk."""
        waiting: deque[Any] = deque(asyncio.run(_first(self.spider)))
        found: list[RawAdvert] = []
        while waiting:
            each = waiting.popleft()
            if isinstance(each, RawAdvert):
                found.append(each)
            else:
                waiting.extend(self._answered(each))
        return found

    def _answered(self, request: Request) -> list[Any]:
        try:
            response = self._fetched(request)
        except DownloadTimeoutError as error:
            failure = Failure(error)  # type: ignore[no-untyped-call]
            failure.request = request  # type: ignore[attr-defined]
            return list(request.errback(failure) or ())  # type: ignore[misc]
        return list(request.callback(response, **request.cb_kwargs) or ())  # type: ignore[misc]

    def _fetched(self, request: Request) -> Response:
        self._cookies.process_request(request)
        parts = urlsplit(request.url)
        headers = {
            name.decode().lower(): b",".join(values).decode()
            for name, values in request.headers.items()
        }
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        asked = web.Request(request.method, target, {"host": parts.netloc, **headers})
        reply = self.network.answer(self.network.names[parts.port or 0], asked, request.body)
        sent = Headers({"Content-Type": reply.content_type})
        for name, value in reply.headers:
            sent.appendlist(name, value)
        kind = responsetypes.from_args(headers=sent, url=request.url, body=reply.body)
        came = kind(
            request.url, status=reply.status, headers=sent, body=reply.body, request=request
        )
        self._cookies.process_response(request, came)
        if came.status in (301, 302, 303):
            passed = [*request.meta.get("redirect_urls", ()), request.url]
            onward = came.urljoin((sent["Location"] or b"").decode())
            meta = {**request.meta, "redirect_urls": passed}
            return self._fetched(request.replace(url=onward, method="GET", body=b"", meta=meta))
        return came


async def _first(spider: PlatformSpider) -> list[Any]:
    return [each async for each in spider.start()]


@dataclass(slots=True)
class Year:
    """What was seen as the year went by."""

    world: World
    outcomes: Counter[str] = field(default_factory=Counter)
    good: dict[str, list[int]] = field(default_factory=dict)
    """By source: the days whose run was complete."""
    proven: set[str] = field(default_factory=set)
    """Sources whose listing states its total."""
    wrongly_closed: Counter[Key] = field(default_factory=Counter)
    """Live adverts that stand closed: for how many runs so far."""
    longest: Counter[Key] = field(default_factory=Counter)
    """The same at its longest."""

    def note(self, db: Database, day: int) -> None:
        """Compare the state after a day's run."""
        closed = set(
            db.execute(
                "SELECT source_id, external_id FROM adverts WHERE closed_at IS NOT NULL"
            ).fetchall()
        )
        wrong = closed & self.world.live(day)
        for key in [key for key in self.wrongly_closed if key not in wrong]:
            del self.wrongly_closed[key]
        for key in wrong:
            self.wrongly_closed[key] += 1
            self.longest[key] = max(self.longest[key], self.wrongly_closed[key])


@dataclass(slots=True)
class Closings:
    """How the days on which adverts closed compare with the truth."""

    true: int = 0
    """Adverts that the store knew and that truly closed, long enough ago to be known."""
    off_by: Counter[int] = field(default_factory=Counter)
    """By complete runs between the true day and the stored one."""
    days_off: Counter[int] = field(default_factory=Counter)
    open_still: list[Key] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def within(self, runs: int) -> float:
        return sum(n for off, n in self.off_by.items() if off <= runs) / self.true


def live_through(db: Database, world: World) -> Year:
    """Every day of the world's year, crawled and kept."""
    network, year = Network(world), Year(world)
    register = sources(network)
    loader = SpiderLoader.from_settings(project_settings(each.url for each in register))
    kinds = {each.platform: loader.load(each.platform) for each in register}
    for day in range(world.days):
        network.dawn(day)
        now = world.instant(day)
        run = start_run(db, now, "year", register)
        for source in register:
            past = history(db, source.id, now)
            spider = cast(type[PlatformSpider], kinds[source.platform])(source, past, now=now)
            _crawl(db, run, source, spider, network)
        finish_run(db, run, now)
        _judged(db, run, day, year)
        year.note(db, day)
    return year


def _crawl(
    db: Database, run: int, source: Source, spider: PlatformSpider, network: Network
) -> None:
    """What the store stage does at the end of a crawl."""
    now, counts = spider.now(), Counts()
    start_source(db, run, source.id, now)
    adverts = [read_through(raw) for raw in Walk(network, spider).adverts()]
    for begin in range(0, len(adverts), BATCH):
        write_adverts(db, adverts[begin : begin + BATCH], run, counts)
    finish_source(
        db,
        run,
        source.id,
        verdict=spider.verdict(),
        proof=spider.proof,
        listed=spider.listed,
        gone=spider.gone,
        pages=spider.pages,
        counts=counts,
        traffic=Traffic(0, 0, 0.0),
        now=now,
    )


def _judged(db: Database, run: int, day: int, year: Year) -> None:
    for source, outcome, advertised in db.execute(
        "SELECT source_id, outcome, advertised FROM source_runs WHERE run = ?", [run]
    ):
        year.outcomes[outcome] += 1
        if advertised is not None:
            year.proven.add(source)
        if outcome in CLOSING_OUTCOMES:
            year.good.setdefault(source, []).append(day)


def compare(db: Database, year: Year, *, proven: bool) -> Closings:
    """Closings of the year against the truth, of sources that state totals or of the others.

    What closed after a source's last two complete runs can not be known yet and is left out.
    """
    world, result = year.world, Closings()
    stored = {
        (source, external_id): closed
        for source, external_id, closed in db.execute(
            "SELECT source_id, external_id, closed_at FROM adverts"
        )
    }
    for site, vacancies in world.vacancies.items():
        good = year.good.get(site, [])
        for vacancy in vacancies:
            key, over = vacancy.advert.key, vacancy.over(world.start)
            if (site in year.proven) is not proven or key not in stored:
                continue
            if over is None or len(good) < 2 or over > good[-2]:
                continue
            result.true += 1
            if stored[key] is None:
                result.open_still.append(key)
                continue
            closed = _day(stored[key], world.start)
            low, high = sorted((over, closed))
            runs = sum(low < day <= high for day in good)
            result.off_by[runs] += 1
            result.days_off[abs(over - closed)] += 1
            if runs > 1:
                result.wrong.append(f"{key}: day {over}, stored {closed}, {vacancy}")
    return result


def _day(instant: str, start: date) -> int:
    """The first morning at which what ended at an instant is over."""
    moment = datetime.fromisoformat(instant)
    first = datetime.fromisoformat(f"{start}T06:00:00+00:00")
    return -((first - moment) // timedelta(days=1))


def repeats(db: Database, world: World) -> tuple[int, int]:
    """Re-advertisements that the store knew as such, and how many there truly were."""
    known = {
        (source, again): earlier
        for source, again, earlier in db.execute(
            """SELECT again.source_id, again.external_id, earlier.external_id
               FROM adverts AS again JOIN adverts AS earlier ON earlier.id = again.readvertises"""
        )
    }
    true = [
        vacancy
        for vacancies in world.vacancies.values()
        for vacancy in vacancies
        if vacancy.repeats is not None
    ]
    return sum(known.get(each.advert.key) == each.repeats for each in true), len(true)


def report(db: Database, year: Year) -> None:
    published = sum(map(len, year.world.vacancies.values()))
    stored = db.execute("SELECT count(*) FROM adverts").fetchone()[0]
    runs = ", ".join(f"{count:,} {outcome}" for outcome, count in year.outcomes.most_common())
    print(
        f"{year.world.days} days, {len(year.world.sites)} sites, {published:,} adverts published,"
        f" {stored:,} stored"
    )
    print(f"  source runs: {runs}")
    for proven, kind in ((True, "that states its total"), (False, "without a total")):
        found = compare(db, year, proven=proven)
        if not found.true:
            continue
        print(f"  closings on a platform {kind}: {found.true:,}")
        for allowed in (0, 1, 2):
            print(f"    right day within {allowed} of its runs: {found.within(allowed):.2%}")
        near = sum(count for days, count in found.days_off.items() if days <= 1)
        print(
            f"    within one day of the calendar: {near / found.true:.2%};"
            f" still open: {len(found.open_still)}"
        )
        for line in [*found.wrong, *map(str, found.open_still)][:10]:
            print(f"    {line}", file=sys.stderr)
    wrong = Counter(year.longest.values())
    print(
        f"  live adverts that stood closed: {len(year.longest)}"
        f" ({', '.join(f'{n} for {runs} run' for runs, n in sorted(wrong.items())) or 'none'})"
    )
    print("  re-advertisements known as such: {} of {}".format(*repeats(db, year.world)))


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 365
    logging.disable(logging.CRITICAL)
    begun = time.monotonic()
    world = World(START, days, sys.argv[2:] or list(SITES), SEED)
    with tempfile.TemporaryDirectory() as folder, writing(Path(folder) / "year.db") as db:
        report(db, live_through(db, world))
    print(f"  took {(time.monotonic() - begun) / 60:.1f} minutes")


if __name__ == "__main__":
    main()
