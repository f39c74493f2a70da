"""networx, now IRIS Recruitment Software (current-vacancies.com, networxrecruitment.com).

Recognised by those hosts and by `/RSSFeeds/Vacancies/<NAME>?feedID=` in the address. Facts: the
feed's elements from readers of two employers' feeds, which agree; the advert's page (JobPosting
inside, labelled paragraphs, its container) from an old reader of a third; the form of addresses
from many links. How the list of vacancies looks is not evidenced, so only the feed is read. The
source's address is the feed, whose id the employer is given and nobody can guess, or a page that
links to it. No options.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import url_query_cleaner, url_query_parameter

from scrapers.detection import detector
from scrapers.feeds import elements_of, read_xml
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row

_ID = re.compile(r"/Jobs/Advert/(\d{1,12})\b", re.IGNORECASE)
_FEED = re.compile(r"https?://[^?#]*/RSSFeeds/Vacancies/[^/?#]+\?[^#]*\bfeedID=.*", re.IGNORECASE)
_HOST = r"https?://[\w.-]+\.(?:current-vacancies\.com|networxrecruitment\.(?:com|net))"
_CAREERS = re.compile(rf"{_HOST}(?::\d+)?/careers/.*", re.IGNORECASE)
_ITEM = {
    "title": "title",
    "location": "vLocation",
    "salary": "vSalary",
    "closes": "vExpiryDate",
    "description": "vAdvertText",
}
_BODY = "div.AdvertParentContainer"

detect = detector("networx", (_FEED, r"\g<0>"), (_CAREERS, r"\g<0>"))


class NetworxSpider(PlatformSpider):
    """networx: an RSS feed with whole adverts in it."""

    name = "networx"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        document = read_xml(response)
        if document is not None and document.xpath("/rss/channel"):
            rows = [_row(item, response) for item in document.xpath("/rss/channel/item")]
            return Listing(rows=rows, says_empty=not rows)
        return Page(response).link_to(_FEED)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        external_id = page.own_id(_ID, page.posting or page.words(_BODY))
        facts = {"title": page.words("h1"), **page.facts(_BODY), "description": page.html(_BODY)}
        advert = page.advert(external_id, facts, _public(response.url))
        if advert.reference == url_query_parameter(response.url, "cid"):
            advert.reference = None  # the employer's number stands where the advert's should
        return advert


def _row(item: Selector, response: TextResponse) -> ListingRow:
    link = response.urljoin(words(item.xpath("link")) or "")
    facts = elements_of(item, _ITEM)
    return row(id_in(_ID, link), _public(link), facts, complete="description" in facts)


def _public(url: str) -> str:
    """The address without the title and the place that feeds write into it."""
    return url_query_cleaner(url, ["cid"])
