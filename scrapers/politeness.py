"""CrawlDelay: a site that asks for more time between requests in its robots.txt is given it."""

from __future__ import annotations

from typing import Final

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

LONGEST: Final = 30.0
"""Seconds: a site that asks for more would not be read in a night."""


class CrawlDelay:
    """Scrapy extension: Scrapy reads `Crawl-delay` and does nothing about it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.user_agent = crawler.settings["ROBOTSTXT_USER_AGENT"]
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CrawlDelay:
        return cls(crawler)

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Slow the host down to what its robots.txt asks for; never below our own delay."""
        asked = robotparser.crawl_delay(self.user_agent)
        host = urlparse_cached(request).hostname or ""
        if asked is None or self.crawler.engine is None:
            return
        if slot := self.crawler.engine.downloader.slots.get(host):
            slot.delay = max(slot.delay, min(asked, LONGEST))
