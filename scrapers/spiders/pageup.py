"""PageUp (careers.pageuppeople.com and own hosts): Australian councils, some British and American.

Recognised by `/<client>/<channel>/<locale>/` before `listing`, `job` or `rss`. Facts: a measurement
of 17 boards in October 2026 (the feed holds every advert of the list and a few more, states no
total, and may outlive a board whose adverts lead elsewhere), and five more public readers of feeds,
lists and pages. The feed holds the text but no pay, so each advert's page is asked for as well.
The source's address is a board's `rss` (best) or its `listing/`. No options.
"""

from __future__ import annotations

import re
from html import unescape

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import detector
from scrapers.feeds import own_elements, read_xml
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import plain, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone
from scrapers.reading import Page, each_once, id_in, row, shown

_JOB = re.compile(r"/job/(\d{1,19})\b", re.IGNORECASE)
_BOARD = re.compile(
    r"https?://(?:[\w.-]+\.pageuppeople\.com|[^/?#]+(?=(?:/mob)?/\d{2,6}/cw/))(?:/mob)?"
    r"(/\d{2,6}/(?!ci/)[a-z]{2,8}/[a-z]{2}(?:-[a-z]{2,4})?)/(?:listing|job|rss|filter)\b",
    re.IGNORECASE,
)  # https://careers.example/887/cw/en/listing/
_GENERIC = re.compile(r"(?:(?:apply|read|learn|find out)\b.{0,12}|view \w{3,8})?", re.IGNORECASE)
_NUMBER = re.compile(r"(\d[\d,]*)")
_MORE = "#search-results a.more-link"
_CELLS = {"location": ".location", "contract": ".work-type", "department": ".department"}
_ELEMENTS = {"contract": "workType", "closes": "closingDate", "apply_url": "applyLink"}
_ELEMENTS |= {name: name for name in ("location", "category")}

detect = detector("pageup", (_BOARD, r"\1/rss"))


class PageUpSpider(PlatformSpider):
    """PageUp: a feed with the texts, and a labelled page for each advert."""

    name = "pageup"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        if read_xml(response) is not None:
            feed = Selector(text=response.text, type="xml").xpath("/rss/channel")
            items = [_item(each, page) for each in feed.xpath("item")]
            return Listing(rows=items, says_empty=not items and bool(feed))
        part = page.css("#search-results-content") or page.css("table:has(td a.job-link)")
        links = part.css("a.job-link[href*='/job/']")
        rows = each_once(_row(a, page) for a in links if not _GENERIC.fullmatch(words(a) or ""))
        rest = page.count(_NUMBER, _MORE)
        is_first = url_query_parameter(response.url, "page", "1") == "1"
        total = len(rows) + rest if rest and is_first else None
        more = [page.join(each) for each in page.css(f"{_MORE}::attr(href)").getall()[:1]]
        return page.listing(rows, total, more, of="#search-results-content, td a.job-link")

    def read_advert(self, response: TextResponse) -> RawAdvert:
        moved = (response.headers.get("Location") or b"").decode("latin-1")
        if "jobnotfound=true" in f"{moved} {response.url}".lower():
            raise AdvertGone
        page = Page(response)
        return page.advert(
            page.own_id(_JOB, page.words("#job-content")),
            page.facts("#job-content"),
            title=page.words("#job-content h1, #job-content h2"),
            description=page.html("#job-details") or page.html("#job-content"),
            apply_url=page.css("#job-content a.apply-link::attr(href)").get(),
        )


def _item(item: Selector, page: Page) -> ListingRow:
    own, link = own_elements(item, "http://pageuppeople.com/"), words(item.xpath("link | guid")[:1])
    text = own.get("description", "")
    return row(
        id_in(_JOB, link or "") or own.get("refNo"),
        page.join(link or ""),
        {name: plain(own.get(element)) for name, element in _ELEMENTS.items()},
        title=words(item.xpath("title")),
        posted=words(item.xpath("pubDate")),
        summary=words(item.xpath("description")),
        description=(text if "<" in text else unescape(text)) or None,
    )


def _row(link: Selector, page: Page) -> ListingRow:
    cards = link.xpath("(ancestor::tr | ancestor::*[contains(@class, 'card')])[last()]") or [link]
    url, closes = page.join(link.attrib["href"]), cards[0].css(".close-date")
    ends = closes.css("time::attr(datetime)").get() or words(closes[:1])
    return row(id_in(_JOB, url), url, shown(_CELLS, cards[0]), title=words(link), closes=ends)
