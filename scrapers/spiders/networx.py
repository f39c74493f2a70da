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
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import url_query_cleaner, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_HOSTS = (".current-vacancies.com", ".networxrecruitment.com", ".networxrecruitment.net")
_FEED = re.compile(r"/RSSFeeds/Vacancies/[^/]+$", re.IGNORECASE)
_ADVERT = re.compile(r"/Jobs/Advert/(\d{1,12})\b", re.IGNORECASE)
_FIELDS = {
    "vlocation": "location",
    "vsalary": "salary",
    "vexpirydate": "closes",
    "vadverttext": "description",
}
"""Elements of a feed's item in lower case, and what they hold."""


class NetworxSpider(PlatformSpider):
    """networx: an RSS feed with whole adverts in it."""

    name = "networx"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        document = read_xml(response)
        if document is not None and document.xpath("/rss/channel"):
            rows = [_read_item(item, response) for item in document.xpath("/rss/channel/item")]
            return Listing(rows=rows, says_empty=not rows)
        feed = next(filter(_is_feed, addresses(response)), response.url)
        if feed == response.url:
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a feed nor a page that links to one")
        return Request(feed)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _ADVERT.search(response.url)
        posting = posting_of_page(job_postings(response), response)
        body = page.css("div.AdvertParentContainer")[:1]
        if found is None or (posting is None and words(body) is None):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        own = RawAdvert(
            external_id=found[1],
            url=_public(response.url),
            **{"title": words(page.css("h1")[:1]), **advert_from_labels(read_labels(body))},
            description=inner_html(body) if body else None,
        )
        if posting is None:
            return own
        told = advert_from_posting(posting, response.url)
        if told.reference == url_query_parameter(response.url, "cid"):
            told.reference = None  # the employer's number stands where the advert's should
        return own.filled_from(told)


def detect(page: TextResponse) -> Detection | None:
    """A page of networx's, or one that points to it; its feed where that is linked."""
    found = [each for each in addresses(page) if _is_feed(each) or _is_networx(each)]
    feeds = [each for each in found if _is_feed(each)]
    careers = [each for each in found if urlsplit(each).path.lower().startswith("/careers/")]
    for address in (*feeds, *careers):
        return Detection(NetworxSpider.name, address, address)
    return None


def _is_feed(address: str) -> bool:
    named = _FEED.search(urlsplit(address).path)
    return named is not None and url_query_parameter(address, "feedID") is not None


def _is_networx(address: str) -> bool:
    return (urlsplit(address).hostname or "").endswith(_HOSTS)


def _read_item(item: Selector, response: TextResponse) -> ListingRow:
    link, title = words(item.xpath("link")) or "", words(item.xpath("title"))
    found = _ADVERT.search(link)
    if found is None or title is None:
        raise ValueError("an item of the feed lacks its title or its id")
    facts: dict[str, Any] = {}
    for element in item.xpath("content//*[not(*)]"):
        field = _FIELDS.get(element.root.tag.lower())
        text = element.xpath("string()").get("").strip()
        if field and text:
            facts[field] = text
    advert = RawAdvert(
        external_id=found[1], url=_public(response.urljoin(link)), **{**facts, "title": title}
    )
    return ListingRow(advert=advert, complete=advert.description is not None)


def _public(url: str) -> str:
    """The address without the title and the place that feeds write into it."""
    return url_query_cleaner(url, ["cid"])
