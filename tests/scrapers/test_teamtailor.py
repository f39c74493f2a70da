"""Teamtailor: a JSON Feed of whole adverts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.teamtailor import TeamtailorSpider, detect

SITE = "https://acme.teamtailor.com"
ITEM: dict[str, Any] = {
    "id": "20fafb7d-f013-4061-b6de-2894b3e0838b",
    "title": "Cook",
    "url": f"{SITE}/jobs/7167985-cook",
    "date_published": "2026-02-04T09:26:20+00:00",
    "content_html": "<p>Bake.</p><p><b>Hours:</b> 37</p>",
    "_jobposting": {
        "@type": "JobPosting",
        "title": "Cook",
        "identifier": {"@type": "PropertyValue", "name": "Teamtailor", "value": 7167985},
        "datePosted": "2026-02-04T09:26:20+00:00",
        "validThrough": "2026-03-04",
        "hiringOrganization": {"name": "Acme"},
        "employmentType": "FULL_TIME",
        "jobLocation": [
            {"address": {"addressLocality": "Ely", "postalCode": "CB7 4BZ", "addressCountry": "GB"}}
        ],
    },
}
RSS_ITEM = (
    "<item><title>Cook</title><description>&lt;p&gt;Bake &amp;amp; fry.&lt;/p&gt;</description>"
    "<pubDate>Wed, 04 Feb 2026 09:26:20 +0000</pubDate><link>https://acme.teamtailor.com/jobs/{}-cook"
    "</link><remoteStatus>hybrid</remoteStatus><guid>fb63bcb7</guid><tt:locations><tt:location>"
    "<tt:name>Kitchen</tt:name><tt:zip>CB7 4BZ</tt:zip><tt:city>Ely</tt:city></tt:location>"
    "</tt:locations><tt:department>Food</tt:department><tt:role>Chef</tt:role></item>"
)


def feed(*items: Any, onward: str | None = None) -> bytes:
    more = {"next_url": onward} if onward else {}
    version = "https://jsonfeed.org/version/1.1"
    return json.dumps({"version": version, "items": items, **more}).encode()


def rss(*items: str) -> bytes:
    head = '<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>'
    return f"<?xml version='1.0'?>{head}<title>A</title>{''.join(items)}</channel></rss>".encode()


def read(body: bytes, url: str = f"{SITE}/jobs.json") -> Listing | Request:
    return TeamtailorSpider().read_listing(TextResponse(url, body=body, encoding="utf-8"))


def listing(body: bytes, url: str = f"{SITE}/jobs.json") -> Listing:
    found = read(body, url)
    assert isinstance(found, Listing)
    return found


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<!doctype html><html><body>Jobs</body></html>", Failure.LAYOUT_CHANGED),
        (b"", Failure.LAYOUT_CHANGED),
        (b'{"items": []}', Failure.LAYOUT_CHANGED),
        (feed(ITEM)[:80], Failure.PARSE_ERROR),
        (rss(RSS_ITEM.format(1)).replace(b"</channel></rss>", b""), Failure.PARSE_ERROR),
        (b"<?xml version='1.0'?><urlset></urlset>", Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_whole_feed_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        listing(body)
    assert raised.value.failure is failure


@pytest.mark.parametrize("change", [{"title": None}, {"url": None}, {"url": f"{SITE}/jobs"}])
def test_an_item_without_title_or_address_fails_loudly(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"without|no advert"):
        listing(feed({**ITEM, **change}))


def test_an_empty_feed_is_an_honest_zero() -> None:
    assert listing(feed()).says_empty
    assert listing(rss()).says_empty
    assert not listing(feed(ITEM)).says_empty


def test_pages_follow_each_other_until_none_is_named() -> None:
    second = f"{SITE}/jobs.json?page=2"
    assert listing(feed(ITEM, onward=second)).more == [second]
    assert list(listing(feed(ITEM)).more) == []


def test_a_row_is_the_whole_advert() -> None:
    row = listing(feed(ITEM)).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "7167985",
        "url": f"{SITE}/jobs/7167985-cook",
        "title": "Cook",
        "employer": "Acme",
        "location": "Ely, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "hours": "37",
        "pattern": "Full time",
        "posted": "2026-02-04T09:26:20+00:00",
        "closes": "2026-03-04",
        "description": "<p>Bake.</p><p><b>Hours:</b> 37</p>",
    }


def test_an_item_without_a_posting_still_has_its_date_and_text() -> None:
    bare = {name: value for name, value in ITEM.items() if name != "_jobposting"}
    advert = listing(feed(bare)).rows[0].advert
    assert (advert.posted, advert.hours) == ("2026-02-04T09:26:20+00:00", "37")


def test_rss_is_read_too() -> None:
    row = listing(rss(RSS_ITEM.format(7)), f"{SITE}/jobs.rss").rows[0]
    assert row.advert.as_dict() == {
        "external_id": "7",
        "url": f"{SITE}/jobs/7-cook",
        "title": "Cook",
        "department": "Food",
        "location": "Kitchen, Ely, CB7 4BZ",
        "work_mode": "hybrid",
        "category": "Chef",
        "posted": "Wed, 04 Feb 2026 09:26:20 +0000",
        "description": "<p>Bake &amp; fry.</p>",
    }


def test_an_rss_feed_of_a_full_hundred_is_asked_for_more() -> None:
    full = rss(*(RSS_ITEM.format(number) for number in range(100)))
    asked = read(full, f"{SITE}/jobs.rss")
    assert isinstance(asked, Request)
    assert asked.url == f"{SITE}/jobs.rss?per_page=5000"
    assert len(listing(full, asked.url).rows) == 100


def test_detection() -> None:
    def found(body: str, url: str = "https://www.example.gov.uk/jobs") -> Detection | None:
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    link = f"{SITE}/jobs/7167985-cook"
    seen = found(f'<a href="{link}">Cook</a>')
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == ("teamtailor", f"{SITE}/jobs.json", link)
    own = (
        '<script src="https://assets.teamtailor-cdn.com/x.js"></script>'
        '<a href="https://app.teamtailor.com/companies/1">Log in</a>'
    )
    home = found(own, "https://careers.example.org/jobs/1-cook")
    assert home is not None
    assert home.url == "https://careers.example.org/jobs.json"
    assert found('<img src="https://images.teamtailor-cdn.com/x.png">') is None
    assert found('<a href="https://www.teamtailor.com/">Teamtailor</a>') is None
    for host in ("app", "tt", "dashboard"):
        assert found(f'<a href="https://{host}.teamtailor.com/login">x</a>') is None
    assert found('<a href="https://app.teamtailor.com/companies/1">Our tools</a>') is None
