"""RSS and Atom job feeds whose items are the adverts, of whatever system.

Recognised by a feed whose items lead to adverts, or by a page's link to a feed of jobs. An item
that holds a whole advert (`content:encoded` or Atom `content` of some length) is taken as it
stands; of a teaser the advert's own page is read. Facts: RSS 2.0, Atom and job feeds of several
systems (2026): extension elements such as `job:location` are read by name. Options: `items=whole`,
the items are all there is; `cap`, how many the feed shows at the most, 0 for all. A feed states no
total and may be cut: without `cap` one of 10, 20, 50 … items is not taken for the whole.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.career_pages import CareerSiteSpider, entry_row
from scrapers.detection import Detection
from scrapers.feeds import Entry, entries_of, feed_links, is_feed, named_facts, next_part, read_xml
from scrapers.items import RawAdvert
from scrapers.links import looks_like_advert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url, words
from scrapers.problems import PageProblem
from scrapers.reading import Page, number

ROUND_CAPS = frozenset({10, 12, 15, 20, 25, 30, 40, 50, 100, 150, 200, 250, 500, 1000})
SHORTEST_WHOLE = 300
"""Characters of an item's content: what is shorter is a teaser."""
_JOB_FEED = re.compile(r"job|vacanc|career|recruit|swydd", re.IGNORECASE)


class FeedSpider(CareerSiteSpider):
    """A job feed: its items are the adverts, with a page of their own where they only tease."""

    name = "feed"
    numbers = ("cap",)

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is None or not is_feed(document):
            raise Page(response).unlike("the feed's address answered with no feed")
        items = zip(entries_of(document), document.xpath("//item | //entry"), strict=True)
        rows = [self._read_item(entry, item, response) for entry, item in items]
        if len({row.advert.external_id for row in rows}) < len({row.advert.title for row in rows}):
            raise Page(response).unlike("adverts of the feed share one address")
        total, more = words(document.xpath("//totalResults")), next_part(document)
        if total is None and not more and self.proof.pages_walked == 0:
            cap, count = self.options.get("cap"), len(rows)
            self.proof.cap_hit = count in ROUND_CAPS if cap is None else 0 < int(cap) <= count
        advertised = number(total) if total else None
        return Listing(rows=rows, advertised=advertised, more=more, says_empty=not rows)

    def _read_item(self, entry: Entry, item: Selector, response: TextResponse) -> ListingRow:
        content = item.xpath("string((encoded | content)[1])").get("")
        row = entry_row(entry, content or entry.body, response)
        advert, whole = row.advert, content and len(row.advert.summary or "") >= SHORTEST_WHOLE
        if whole or self.options.get("items") == "whole":
            advert.description, advert.summary = content or entry.body or None, None
            row.complete = True
        advert.filled_from(RawAdvert(external_id="", url="", **named_facts(item)))
        return row


def detect(page: TextResponse) -> Detection | None:
    """A feed whose items lead to adverts, or a page that links to a feed of jobs."""
    try:
        document = read_xml(page)
        entries = [] if document is None else entries_of(document)
    except (PageProblem, ValueError):
        return None
    if document is None:
        feeds = (each for each, called in feed_links(page) if _JOB_FEED.search(called))
        return next((Detection("feed", each, f"a job feed: {each}") for each in feeds), None)
    name = words(document.xpath("/*/title | /rss/channel/title")) or page.url
    adverts = (looks_like_advert(entry.url, page.url) for entry in entries)
    if not is_feed(document) or not (_JOB_FEED.search(name) or any(adverts)):
        return None
    return Detection("feed", public_url(page.url), f"a feed of jobs: {name}")
