"""myjobscotland (myjobscotland.gov.uk), the shared board of all 32 Scottish councils.

Recognised by its host and by classes that begin with `mjs-`. Facts: the site as rebuilt in
September 2026, from one public reader whose tests run on captured search results (cards, tags) and
one author's live notes (count, paging, JobPosting on the advert's page). The card's pay has no
unit; the JobPosting has one. Markup of the pager and of a closed advert is not evidenced.
The source's address is the search, `/search-jobs?sort=…`; a council's own page there is an empty
shell. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, plain, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

LISTING = "https://www.myjobscotland.gov.uk/search-jobs?sort=sort-job-added-old"
"""Oldest first: what is added during the walk comes at the end."""

_PATH = re.compile(r"/[^/]+/[^/]+/jobs/(?:[^/]*-)?(\d{5,12})/?")
"""`/councils/shetland-islands-council/jobs/clerk-123456`"""
_COUNT = re.compile(r"\bShowing (\d+) - (\d+) of ([\d,]+) available jobs\b", re.IGNORECASE)
_PUBLISHER = re.compile(r"^Published by\s*:?\s*", re.IGNORECASE)
_REFERENCE = re.compile(r"\bRef\s?#\s?:?\s?(\S+)", re.IGNORECASE)
_CLOSING = re.compile(r"Closing on\s+", re.IGNORECASE)
_PATTERN = re.compile(r"\b(?:full|part|term)[ -]time\b|\bjob[ -]share\b", re.IGNORECASE)
_CONTRACT = re.compile(
    r"\b(?:permanent|temporary|fixed[ -]term|supply|casual|relief|apprenticeship|voluntary"
    r"|redeployment|secondment|seasonal|sessional)\b",
    re.IGNORECASE,
)


class MyJobScotlandSpider(PlatformSpider):
    """myjobscotland: search results of 25 counted from page 0, a JobPosting on each advert."""

    name = "myjobscotland"

    def read_listing(self, response: TextResponse) -> Listing:
        page = html_of(response)
        rows = [
            _read_card(card, link, response.url)
            for card in page.css("div.mjs-card")
            for link in card.css(".mjs-card__title a[href]")[:1]
            if _id_of(link.attrib["href"])
        ]
        count = _COUNT.search(words(page) or "")
        total = int(count[3].replace(",", "")) if count else None
        if not rows and total != 0:
            if count is None and says_no_vacancies(response):
                return Listing(says_empty=True)
            raise PageProblem(Failure.LAYOUT_CHANGED, "no job where jobs were to be listed")
        onward = rows and (count is None or int(count[2]) < (total or 0))
        return Listing(
            rows=rows, advertised=total, more=[_page_after(response.url)] if onward else []
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        posting = posting_of_page(job_postings(response), response)
        external_id = _id_of(response.url)
        if posting is None or external_id is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no JobPosting of this advert on the page")
        advert = advert_from_posting(posting, response.url)
        advert.external_id = external_id
        labelled = advert_from_labels(read_labels(page))
        return advert.filled_from(RawAdvert(external_id=external_id, url=response.url, **labelled))


def detect(page: TextResponse) -> Detection | None:
    """A page of the board, or one that links to it."""
    for address in addresses(page):
        host = urlsplit(address).hostname or ""
        if host.removeprefix("www.") == "myjobscotland.gov.uk":
            return Detection(MyJobScotlandSpider.name, LISTING, address)
    return None


def _read_card(card: Selector, link: Selector, near: str) -> ListingRow:
    advert = RawAdvert(
        external_id=_id_of(link.attrib["href"]) or "",
        url=urljoin(near, urlsplit(link.attrib["href"].strip()).path),
        title=words(link),
        location=words(card.css(".mjs-card__description p")),
    )
    labels = filter(None, map(words, card.css("span.label")))
    publisher = next((each for each in labels if _PUBLISHER.match(each)), "")
    advert.employer = plain(_PUBLISHER.sub("", publisher))
    if found := _REFERENCE.search(words(card) or ""):
        advert.reference = found[1]
    for tag in filter(None, map(words, card.css(".mjs-card__tags .mjs-tag"))):
        _take_tag(advert, tag)
    return ListingRow(advert=advert)


def _take_tag(advert: RawAdvert, tag: str) -> None:
    """Tags bear no label and vary in number: what they say tells what they are."""
    if closing := _CLOSING.match(tag):
        advert.closes = tag[closing.end() :]
    elif "£" in tag:
        advert.salary = tag
    elif _PATTERN.search(tag):
        advert.pattern = tag
    elif _CONTRACT.search(tag):
        advert.contract = tag
    elif not _REFERENCE.match(tag):
        advert.extra["Tags"] = ", ".join(filter(None, (advert.extra.get("Tags"), tag)))


def _id_of(url: str) -> str | None:
    found = _PATH.fullmatch(urlsplit(url.strip()).path)
    return found[1] if found else None


def _page_after(url: str) -> str:
    number = url_query_parameter(url, "page") or "0"
    return add_or_replace_parameter(url, "page", str(int(number) + 1))
