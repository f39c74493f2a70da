"""Crawl-delay of robots.txt is kept."""

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.robotstxt import ProtegoRobotParser

from scrapers.politeness import LONGEST, CrawlDelay
from scrapers.settings import EXTENSIONS


def delay_after(robots: str, own: float = 1.0) -> float:
    """The delay of a host's slot once its robots.txt has been read."""
    slot = SimpleNamespace(delay=own)
    crawler: Any = SimpleNamespace(
        settings={"ROBOTSTXT_USER_AGENT": "lgjobs"},
        signals=SimpleNamespace(connect=lambda *_, **__: None),
        engine=SimpleNamespace(downloader=SimpleNamespace(slots={"jobs.example": slot})),
    )
    parser = ProtegoRobotParser(robots.encode(), None)
    CrawlDelay(crawler).robots_parsed(parser, Request("https://jobs.example/list"))
    return float(slot.delay)


@pytest.mark.parametrize(
    ("robots", "delay"),
    [
        ("User-agent: *\nDisallow: /apply\n", 1.0),
        ("User-agent: other\nCrawl-delay: 9\n", 1.0),
        ("User-agent: *\nCrawl-delay: 0.1\n", 1.0),
        ("User-agent: *\nCrawl-delay: 5\n", 5.0),
        ("User-agent: lgjobs\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 9\n", 4.0),
        ("User-agent: *\nCrawl-delay: 86400\n", LONGEST),
    ],
)
def test_the_delay_asked_for(robots: str, delay: float) -> None:
    assert delay_after(robots) == delay


def test_it_is_switched_on() -> None:
    assert "scrapers.politeness.CrawlDelay" in EXTENSIONS
