"""Scrapy as our runs use it: the project's settings, who may be asked, and a reactor that ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from typing import Any, cast
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess, AsyncCrawlerRunner
from scrapy.settings import Settings

from lgjobs.errors import UsedWrongly
from scrapers.guard import is_private


def project_settings(urls: Iterable[str]) -> Settings:
    """The project's Scrapy settings for asking these addresses.

    Where all of them are on this machine or a private network there is no delay between requests.
    """
    settings = Settings()
    settings.setmodule("scrapers.settings", priority="project")
    settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
    if all_private(urls):
        settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")
    return settings


def check_contact(urls: Iterable[str], settings: Settings) -> None:
    """Raises UsedWrongly where a real site would be asked by somebody who does not say who."""
    if not settings["LGJOBS_CONTACT"] and not all_private(urls):
        raise UsedWrongly(
            "set LGJOBS_CONTACT to an e-mail or web address of yours first: "
            "real sites are told who asks"
        )


def all_private(urls: Iterable[str]) -> bool:
    """Whether every address is on this machine or a private network: no real site is asked."""
    return all(is_private(urlsplit(url).hostname or "") for url in urls)


def run_to_end(settings: Settings, work: Callable[[AsyncCrawlerRunner], Awaitable[None]]) -> None:
    """Do the work on a Twisted reactor that ends with it, or at Ctrl-C: once per process."""
    process = AsyncCrawlerProcess(settings)
    from twisted.internet import reactor

    async def to_the_end() -> None:
        try:
            await work(process)
        finally:
            with suppress(RuntimeError):  # it is being stopped already
                cast(Any, reactor).stop()

    task = asyncio.get_event_loop().create_task(to_the_end())
    process.start(stop_after_crawl=False)
    if task.done():
        task.result()
