"""Oleeo, formerly WCN (`<tenant>.tal.net`): job boards with an Atom feed or an HTML list.

Recognised by tal.net and by `/candidate/jobboard/vacancy/<board>/`. Facts: the feed's entries in
three readers' documents and tests; the HTML list, a table or tiles, and its count in readers of
ten live boards; an advert's labels and apply form in some of these. The source's address is a
board's `feed` (best) or its `adv/` list. No options.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import detector
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, pairs_of
from scrapers.links import part_after
from scrapers.listing import Listing, ListingRow
from scrapers.pages import plain, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, each_once, id_in, labelled, row
from scrapers.tables import under_headings

PAGE_SIZE = 25  # or 50
_ID = re.compile(r"/opp/(\d{1,12})(?=[-/]|$)")  # …/so/pm/1/pl/3/opp/9908-Prison-Officer/en-GB
_TOTAL = re.compile(r"^([\d,]{1,9}) results? match\b", re.IGNORECASE)  # 67 results match!
_START = re.compile(r"[?&]start=(\d{1,9})")
_FLEETING = r"/(?:xf-[0-9a-f]{6,40}|user-\d{1,12})(?=/)"  # new with every answer: may be left out
_NOISE = re.compile(rf"{_FLEETING}|\?.*")
_BOARD = rf"(https?://[^?#]*?)(?:{_FLEETING}){{0,2}}(/candidate/jobboard/vacancy/\d{{1,4}}/)"
_FEED, _LIST = re.compile(rf"{_BOARD}feed\b"), re.compile(rf"{_BOARD}adv\b")
_ANY = re.compile(r"https?://[\w.-]+\.tal\.net(?::\d+)?/(?:[^?#]*/)?candidate/")
_FIRST = "/candidate/jobboard/vacancy/1/adv/"

detect = detector("oleeo", (_FEED, r"\1\2feed"), (_LIST, r"\1\2adv/"), (_ANY, _FIRST))


class OleeoSpider(PlatformSpider):
    """Oleeo: a feed or a paged list, and a page for each advert."""

    name = "oleeo"

    def read_listing(self, response: TextResponse) -> Listing:
        page, document = Page(response), read_xml(response)
        if document is not None:
            rows = [_entry(each, page) for each in document.xpath("/feed/entry")]
            return Listing(rows=rows, says_empty=not rows and bool(document.xpath("/feed")))
        if "scheduled to be deleted" in (page.words("html") or "").lower():
            raise page.missing("the board says that it is to be deleted")
        rows = each_once(_row(each, page) for each in page.css("a[href*='/opp/']") if words(each))
        start = int(url_query_parameter(response.url, "start") or 0)
        total = page.count(_TOTAL, "h2")
        further = any(int(each) > start for each in page.css("a::attr(href)").re(_START))
        goes_on = total or further or len(rows) % PAGE_SIZE == 0
        more = part_after(response.url, len(rows), total, "start") if goes_on else []
        end = "table.solr_search_list" if start and not rows else None
        return page.listing(rows, total if rows else None, more, of=end)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts, text = page.facts(), page.html("#main-content, main, article")
        external_id = page.own_id(_ID, len(facts) > 1 or page.css("form.apply-form"))
        facts |= {"title": page.words("h1"), "description": text}
        return page.advert(external_id, facts, _NOISE.sub("", response.url))


def _entry(entry: Selector, page: Page) -> ListingRow:
    """An entry of the feed: facts as `Label:Value`, each on a line of its own."""
    facts = advert_from_labels(pairs_of(entry.xpath("content//text()").getall()))
    facts.setdefault("location", facts["extra"].get("County"))
    facts |= {"title": words(entry.xpath("title")), "posted": words(entry.xpath("published"))}
    url = page.join(words(entry.xpath("id")) or entry.xpath("link/@href").get(""))
    return row(id_in(_ID, url), _NOISE.sub("", url), facts)


def _row(link: Selector, page: Page) -> ListingRow:
    url = page.join(link.attrib["href"])
    card = link.xpath("ancestor::*[contains(@class, 'details_row') or self::li or self::tr][1]")
    facts = under_headings(card) if card.xpath("self::tr") else labelled(card)
    title = plain(card.xpath("@data-title").get()) or words(link)  # a table's link is cut short
    return row(id_in(_ID, url), _NOISE.sub("", url), facts, title=title)
