"""RSS and Atom job feeds whose items are the adverts, of whatever system.

Recognised by a feed whose items lead to adverts, or by a page's link to a feed of jobs. An item
that holds a whole advert (`content:encoded` or Atom `content` of some length) is taken as it
stands; of a teaser the advert's own page is read, by JobPosting or labels. Facts: RSS 2.0, Atom
and the job feeds of several systems (2026): extension elements such as `job:location` are read by
their names. Options: `items=whole`, the items are all there is, whatever their length; `cap`, how
many items the feed shows at the most, 0 for one that shows all. A feed states no total and may be
cut at a round number of items: without `cap` one of 10, 20, 50 … is not taken for the whole.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.career_pages import CareerSiteSpider, linked_row
from scrapers.detection import Detection
from scrapers.feeds import Entry, entries_of, is_feed, read_xml
from scrapers.labels import field_of
from scrapers.links import looks_like_advert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, public_url, words
from scrapers.problems import Failure, PageProblem, RegisterError

ROUND_CAPS = frozenset({10, 12, 15, 20, 25, 30, 40, 50, 100, 150, 200, 250, 500, 1000})
SHORTEST_WHOLE = 300
"""Characters of an item's content: what is shorter is a teaser."""

_OF_THE_FORMAT = frozenset(
    {"title", "category", "description", "summary", "content", "published", "encoded"}
)
"""Elements of RSS and Atom themselves, whose meaning is not that of a job's field."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|[_-]")  # closingDate, closing_date
_JOB_FEED = re.compile(r"job|vacanc|career|recruit|swydd", re.IGNORECASE)
_FEED_LINKS = (
    "//link[@type='application/rss+xml' or @type='application/atom+xml'][@href]"
    " | //a[@href][contains(translate(@href, 'RS', 'rs'), 'rss')]"
)


class FeedSpider(CareerSiteSpider):
    """A job feed: its items are the adverts, with a page of their own where they only tease."""

    name = "feed"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.options.get("cap", "0").isdecimal():
            raise RegisterError(f"source {self.source.id}: cap is to be a number of items")

    def read_listing(self, response: TextResponse) -> Listing | Request:
        document = read_xml(response)
        if document is None or not is_feed(document):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the feed's address answered with no feed")
        items = document.xpath("//item | //entry")
        rows = [
            self._read_item(entry, item, response)
            for entry, item in zip(entries_of(document), items, strict=True)
        ]
        if len({row.advert.external_id for row in rows}) < len({row.advert.title for row in rows}):
            raise PageProblem(Failure.LAYOUT_CHANGED, "adverts of the feed share one address")
        more = document.xpath("/*/link[@rel='next']/@href | /rss/channel/link[@rel='next']/@href")
        total = words(document.xpath("//totalResults"))
        if total is None and not more:
            self._mind_the_cap(len(rows))
        return Listing(
            rows=rows,
            advertised=int(total) if total else None,
            more=more.getall()[:1],
            says_empty=not rows,
        )

    def _mind_the_cap(self, count: int) -> None:
        cap = self.options.get("cap")
        first = self.proof.pages_walked == 0
        if first and (count in ROUND_CAPS if cap is None else 0 < int(cap) <= count):
            self.proof.cap_hit = True

    def _read_item(self, entry: Entry, item: Selector, response: TextResponse) -> ListingRow:
        content = item.xpath("string((encoded | content)[1])").get("")
        html = Selector(text=content or entry.body or "<p/>", type="html")
        row = linked_row(public_url(response.urljoin(entry.url)), entry.title, html)
        whole = len(words(html) or "") >= SHORTEST_WHOLE and bool(content)
        if whole or self.options.get("items") == "whole":
            row.advert.description, row.complete = content or entry.body or None, True
        else:
            row.advert.summary = words(html)
        row.advert.posted = entry.posted
        for name, value in _named_facts(item).items():
            if getattr(row.advert, name) is None:
                setattr(row.advert, name, value)
        return row


def _named_facts(item: Selector) -> dict[str, str]:
    """What an item's own elements say, by name: `<job:closingDate>3 May</job:closingDate>`."""
    facts: dict[str, str] = {}
    for element in item.xpath("*[not(*)]"):
        tag = element.root.tag
        field = None if tag in _OF_THE_FORMAT else field_of(_HUMP.sub(" ", tag))
        if field and (value := words(element)):
            facts.setdefault(field, value)
    return facts


def detect(page: TextResponse) -> Detection | None:
    """A feed whose items lead to adverts, or a page that links to a feed of jobs."""
    try:
        document = read_xml(page)
        if document is None:
            return _linked_feed(page)
        name = words(document.xpath("/*/title | /rss/channel/title")) or page.url
        entries = entries_of(document)
    except (PageProblem, ValueError):
        return None
    is_of_jobs = _JOB_FEED.search(name) or any(
        looks_like_advert(entry.url, page.url) for entry in entries
    )
    if not is_feed(document) or not is_of_jobs:
        return None
    return Detection("feed", public_url(page.url), f"a feed of jobs: {name}")


def _linked_feed(page: TextResponse) -> Detection | None:
    for link in html_of(page).xpath(_FEED_LINKS):
        address = page.urljoin(link.attrib["href"].strip())
        called = (urlsplit(address).path, link.attrib.get("title", ""), words(link) or "")
        if any(map(_JOB_FEED.search, called)):
            return Detection("feed", address, f"a link to a feed of jobs: {address}")
    return None
