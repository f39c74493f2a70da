"""Looks for the platforms behind councils' websites, and proposes rows of the register."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from lgjobs.engine import check_contact, project_settings, run_to_end
from lgjobs.website import Website
from scrapers.finder import FinderSpider, Proposal
from scrapers.sources import Source

WEBSITES_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Discovery:
    """What looking at a website came to."""

    website: Website
    proposal: Proposal | None
    trouble: str
    """Why nothing was proposed; empty when something was."""
    requests: int

    def source(self, today: str) -> Source | None:
        """The row of the register that this proposes."""
        if self.proposal is None:
            return None
        found = self.proposal.detection
        known = "its own detector knew the page" if self.proposal.probed else "not probed"
        return Source(
            id=source_id(self.website),
            platform=found.platform,
            url=found.url,
            employer=self.website.council,
            options=found.options,
            checked_on=today,
            evidence=f"{found.evidence}; from {self.website.url}; {known}",
        )


def source_id(website: Website) -> str:
    """An id for a council's source: its host without `www` and what follows the name."""
    host = urlsplit(website.url).hostname or ""
    name = website.name.lower().replace("council", "").strip() or host.removeprefix("www.")
    kept = "".join(letter if letter.isalnum() else "-" for letter in name.split(".")[0])
    return "-".join(part for part in kept.split("-") if part) or "source"


def discovery_settings(websites: Sequence[Website]) -> Settings:
    """The project's settings for a look around: no advert is read, nothing is kept."""
    urls = [website.url for website in websites]
    settings = project_settings(urls)
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    check_contact(urls, settings)
    return settings


async def look_around(
    runner: AsyncCrawlerRunner,
    websites: Sequence[Website],
    progress: Callable[[Discovery], None] | None = None,
) -> list[Discovery]:
    """Look at each website, several at once; in the order given."""
    gate = asyncio.Semaphore(WEBSITES_AT_ONCE)

    async def one(website: Website) -> Discovery:
        async with gate:
            crawler = runner.create_crawler(FinderSpider)
            await runner.crawl(crawler, website=website.url)
            spider = cast(FinderSpider, crawler.spider)
            proposal = spider.result()
            trouble = "" if proposal else spider.trouble
            found = Discovery(website, proposal, trouble, spider.requests)
            if progress is not None:
                progress(found)
            return found

    return list(await asyncio.gather(*map(one, websites)))


def discover(
    websites: Sequence[Website], progress: Callable[[Discovery], None] | None = None
) -> list[Discovery]:
    """`look_around` to its end. Runs a Twisted reactor: once per process."""
    found: list[Discovery] = []

    async def work(runner: AsyncCrawlerRunner) -> None:
        found.extend(await look_around(runner, websites, progress))

    run_to_end(discovery_settings(websites), work)
    return found
