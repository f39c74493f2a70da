"""myjobscotland (myjobscotland.gov.uk), the shared board of all 32 Scottish councils.

Recognised by its host. Facts: the site as rebuilt in September 2026, from a reader tested on
captured results (cards, tags) and one author's notes (count, paging, JobPosting; a card's pay lacks
its unit); the site before, from a reader. The source's address is the search. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.board import advert_of_page
from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, labelled, number, row, told_apart

LISTING = "https://www.myjobscotland.gov.uk/search-jobs?sort=sort-job-added-old"  # new ones last
_HOST = re.compile(r"https?://(?:www\.)?myjobscotland\.gov\.uk(?![\w.-])")
_ID = re.compile(r"^(?:https?://[^/?#]+)?(?:/[^/?#]+){2}/jobs/(?:[^/?#]*-)?(\d{5,12})/?(?:[?#]|$)")
_COUNT = re.compile(r"\bShowing \d+ - (\d+) of ([\d,]+) available jobs\b", re.IGNORECASE)
_PUBLISHER = re.compile(r"^Published by\b[\s:]*(.+)", re.IGNORECASE)
_REFERENCE = re.compile(r"\bRef\s?#\s?:?\s?(\S+)", re.IGNORECASE)
_TAGS = {
    "closes": re.compile(r"^Closing on\s+(.+)", re.IGNORECASE),
    "salary": re.compile("£"),
    "pattern": re.compile(r"\b(?:full|part|term)[ -]time\b|\bjob[ -]share\b", re.IGNORECASE),
    "contract": re.compile(
        r"(?i)\b(?:permanent|temporary|fixed[ -]term|supply|casual|relief|apprenticeship|voluntary"
        r"|redeployment|secondment|seasonal|sessional)\b"
    ),
    "reference": _REFERENCE,
}

detect = detector("myjobscotland", (_HOST, LISTING))


class MyJobScotlandSpider(PlatformSpider):
    """myjobscotland: search results of 25 counted from page 0, a JobPosting on each advert."""

    name = "myjobscotland"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        found = page.css("div.mjs-card, article.job-listing")
        cards = [each for each in found if page.link_in(each, _ID)]
        count = _COUNT.search(page.words("html") or "")
        total = number(count[2]) if count else None
        following = str(int(url_query_parameter(page.url, "page") or 0) + 1)
        more = [add_or_replace_parameter(page.url, "page", following)]
        onward = count is None or int(count[1]) < (total or 0)
        return page.counted([_row(each, page) for each in cards], total, more if onward else [])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        external_id = page.own_id(_ID, page.posting)
        labelled = RawAdvert(external_id=external_id, url=page.url, **page.facts())
        return advert_of_page(response, _ID).filled_from(labelled)


def _row(card: Selector, page: Page) -> ListingRow:
    address = urlsplit(page.link_in(card, _ID)).path
    tags = list(filter(None, map(words, card.css(".mjs-card__tags .mjs-tag"))))
    labels = (id_in(_PUBLISHER, words(each) or "") for each in card.css("span.label"))
    return row(
        id_in(_ID, address),
        page.join(address),
        told_apart(tags, _TAGS) if tags else labelled(card),  # by labels: until September 2026
        title=words(card.css(".mjs-card__title a, .job-listing h3 a")[:1]),
        employer=next(filter(None, labels), None),
        reference=id_in(_REFERENCE, words(card) or ""),
        location=words(card.css(".mjs-card__description p, .job-listing p > span")[:1]),
    )
