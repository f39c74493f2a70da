"""A world for the simulated year: the estate's sites with a year of vacancies whose true first and
last day is known, and the troubles that befall sites on the way."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from scrapy.exceptions import DownloadTimeoutError

from lgjobs.demo.adverts import MORNING, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.server import EstateServer
from lgjobs.demo.web import Reply, Request
from scrapers.sources import Source

FIRST_PORT = 20_000
_LIFE = (6, 35)
"""Days that an advert stands."""
_CALM = 25
"""Days without trouble on a site, on average."""
_SHOWN_AFTER = 50
"""Days for which the address of a vacancy that is over still answers."""


class Trouble(StrEnum):
    DOWN = "every page answers 503"
    WALL = "a challenge stands before every page"
    SILENT = "no answer in time"
    BREAKS = "the listing breaks off after its first page"
    REDESIGN = "markup and keys under other names"
    HALF = "the listing shows two adverts in five, and counts no more"
    CUT = "the listing shows seven adverts in ten, and counts no more"
    LOST_PAGES = "every advert's own page answers 404"


_LASTS = {
    Trouble.DOWN: (1, 4),
    Trouble.WALL: (1, 3),
    Trouble.SILENT: (1, 2),
    Trouble.REDESIGN: (2, 10),
}
_SHOWN = {Trouble.HALF: 0.4, Trouble.CUT: 0.7}
_WALL = b"""<!doctype html><html><head><title>Just a moment...</title></head>
<body><script>window._cf_chl_opt = {}</script><p>Checking your browser</p></body></html>"""
_MARKS = re.compile(rb'\b(class|id|itemprop|data-[a-z-]+)="')  # class="
_KEYS = re.compile(rb'"([A-Za-z_]\w*)"(?=\s*:)')  # "title":
_TAGS = re.compile(rb"<(/?)(?=[A-Za-z])")  # <item


@dataclass(slots=True)
class Vacancy:
    """One advert of the year. Days are counted from the year's first; a day means its morning."""

    advert: DemoAdvert
    opens: int
    """The first day on which the site shows it."""
    withdrawn: int | None = None
    """The day on which it is taken down before its time."""
    extended: tuple[int, datetime | date] | None = None
    """From which day it has another closing date."""
    lingers: int = 0
    """Days for which it is still listed after its closing date."""
    repeats: str | None = None
    """The id of the earlier advert of the same site that it re-advertises."""

    def on(self, day: int) -> DemoAdvert:
        """As it reads on a day."""
        if self.extended is None or day < self.extended[0]:
            return self.advert
        closes = self.extended[1]
        return replace(self.advert, closes=closes, updated=_later(self.advert, self, day))

    def over(self, start: date) -> int | None:
        """The first day on which nobody can apply any more; None while nothing ends it."""
        ends = self.on(10**6).ends()
        expired = None if ends is None else _morning_after(ends, start)
        days = [day for day in (expired, self.withdrawn) if day is not None]
        return min(days, default=None)

    def listed(self, day: int, start: date) -> bool:
        over = self.over(start)
        if over is None or day < over:
            return day >= self.opens
        return over != self.withdrawn and day < over + self.lingers


def _later(advert: DemoAdvert, vacancy: Vacancy, day: int) -> date:
    return advert.posted + timedelta(days=min(day, (vacancy.extended or (day,))[0]) - vacancy.opens)


def _morning_after(instant: datetime, start: date) -> int:
    first = datetime.combine(start, MORNING).astimezone(UTC)
    return -((first - instant.astimezone(UTC)) // timedelta(days=1))


class World:
    """A year of some sites: what was published when, and which trouble came on which day."""

    def __init__(self, start: date, days: int, sites: Sequence[str], seed: int) -> None:
        self.start, self.days, self.sites = start, days, sites
        self._copies = 4 + days // 10
        pool = Estate(start, scale=self._copies)
        self.vacancies = {
            site: list(self._fill(pool.on(site), random.Random(f"{seed} {site}"))) for site in sites
        }
        self.troubles = {site: self._befall(random.Random(f"{site} {seed}")) for site in sites}

    def _fill(self, pool: list[DemoAdvert], luck: random.Random) -> Iterator[Vacancy]:
        """Vacancies enough to keep the site about as full as the estate's is."""
        usual = len(pool) / self._copies
        luck.shuffle(pool)
        wait = (sum(_LIFE) / 2) / usual
        moment = -float(sum(_LIFE) / 2)
        past: list[Vacancy] = []
        for advert in pool:
            moment += luck.expovariate(1 / wait)
            if moment >= self.days:
                break
            vacancy = self._vacancy(advert, max(0, int(moment)), luck)
            if past and luck.random() < 0.1:
                self._repeat(vacancy, luck.choice(past))
            past.append(vacancy)
            yield vacancy
        else:
            raise ValueError(f"the pool of {len(pool)} adverts does not last: make more copies")

    def _vacancy(self, advert: DemoAdvert, opens: int, luck: random.Random) -> Vacancy:
        posted, life = self.start + timedelta(days=opens), luck.randint(*_LIFE)
        closes = _moved(advert.closes, posted + timedelta(days=life))
        dated = replace(advert, posted=posted, updated=posted, closes=closes, interview=None)
        vacancy = Vacancy(dated, opens)
        fate = luck.random()
        if closes is None or fate < 0.2:
            vacancy.withdrawn = opens + luck.randint(3, life if closes else 60)
        elif fate < 0.35:
            seen = opens + luck.randint(1, life + 1)  # the day after the deadline at the latest
            longer = posted + timedelta(days=life + luck.randint(5, 14))
            vacancy.extended = seen, _moved(closes, longer) or longer
        elif fate < 0.6:
            vacancy.lingers = luck.randint(1, 6)
        return vacancy

    def _repeat(self, vacancy: Vacancy, earlier: Vacancy) -> None:
        over = earlier.over(self.start)
        if over is not None and over + earlier.lingers < vacancy.opens < over + 150:
            first = earlier.advert
            vacancy.advert = replace(vacancy.advert, title=first.title, employer=first.employer)
            vacancy.repeats = earlier.advert.id

    def _befall(self, luck: random.Random) -> dict[int, Trouble]:
        """Trouble by day. The first three days are calm: what is usual has to be learnt."""
        found: dict[int, Trouble] = {}
        day = 3 + int(luck.expovariate(1 / _CALM))
        while day < self.days:
            trouble = luck.choice(list(Trouble))
            lasts = luck.randint(*_LASTS.get(trouble, (1, 1)))
            found |= dict.fromkeys(range(day, day + lasts), trouble)
            day += lasts + int(luck.expovariate(1 / _CALM))
        return found

    def instant(self, day: int) -> str:
        """Of a day's crawl: ISO 8601, UTC."""
        moment = datetime.combine(self.start + timedelta(days=day), MORNING)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def live(self, day: int) -> set[tuple[str, str]]:
        """What one can apply for on a day, as (site, id), whatever the site manages to show."""
        return {
            vacancy.advert.key
            for vacancies in self.vacancies.values()
            for vacancy in vacancies
            if vacancy.opens <= day and ((over := vacancy.over(self.start)) is None or day < over)
        }


class Day(Estate):
    """What the sites of a world show on one day: half of it, where that is the day's trouble."""

    def __init__(self, world: World, day: int) -> None:
        self.today, self.day, self.scale = world.start + timedelta(days=day), 1, 1
        self.adverts, self.unread, self.gone = [], [], []
        for site, vacancies in world.vacancies.items():
            up = [each.on(day) for each in vacancies if each.listed(day, world.start)]
            up.sort(key=lambda advert: (advert.posted, advert.id), reverse=True)
            trouble = world.troubles[site].get(day)
            shown = round(len(up) * _SHOWN[trouble]) if trouble in _SHOWN else len(up)
            self.adverts += up[:shown]
            for each in vacancies:
                over = each.over(world.start)
                lately = over is not None and over <= day < over + _SHOWN_AFTER
                if lately and not each.listed(day, world.start):
                    self.gone.append(each.advert)


class Network(EstateServer):
    """The sites of a world without sockets: asked by function call, troubled as the day wills."""

    def __init__(self, world: World) -> None:
        super().__init__(Day(world, 0))
        self.world, self.today = world, 0
        self.names = dict(enumerate(self.sites, start=FIRST_PORT))
        self._ports = {site: port for port, site in self.names.items()}
        self._answered: dict[str, int] = {}

    def base(self, site: str) -> str:
        return f"http://127.0.0.1:{self._ports[site]}"

    def dawn(self, day: int) -> None:
        """Show another day."""
        self.today, self._answered = day, {}
        self.requests.clear()
        self.show(Day(self.world, day))

    def answer(self, site: str, request: Request, body: bytes = b"") -> Reply:
        trouble = self.world.troubles[site].get(self.today)
        self._answered[site] = self._answered.get(site, 0) + 1
        if trouble is Trouble.SILENT:
            raise DownloadTimeoutError("no answer in time")
        if trouble is Trouble.DOWN or (trouble is Trouble.BREAKS and self._answered[site] > 2):
            return Reply(b"<p>Service unavailable</p>", status=503)
        if trouble is Trouble.WALL:
            return Reply(_WALL)
        reply = super().answer(site, request, body)
        return _redesigned(reply) if trouble is Trouble.REDESIGN else reply


def sources(network: Network) -> list[Source]:
    """The register's rows of the world's sites."""
    return [each for each in network.register if each.id in network.world.sites]


def _redesigned(reply: Reply) -> Reply:
    """The page with its markup under other names: structured data in HTML survives that."""
    if "json" in reply.content_type:
        body = _KEYS.sub(rb'"v2_\1"', reply.body)
    elif "xml" in reply.content_type:
        body = _TAGS.sub(rb"<\1v2-", reply.body)
    else:
        body = _MARKS.sub(rb'\1="v2-', reply.body)
    return replace(reply, body=body)


def _moved(closes: datetime | date | None, day: date) -> datetime | date | None:
    """A closing date of the same kind on another day."""
    if closes is None:
        return None
    return datetime.combine(day, closes.time()) if isinstance(closes, datetime) else day
