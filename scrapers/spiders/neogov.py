"""NEOGOV (governmentjobs.com, schooljobs.com): careers pages of American local government.

Recognised by those hosts and `/careers/<agency>`. Facts: seven public readers of 2026 that agree on
the list (a fragment for requests that say XMLHttpRequest, ten at once, its own count), and one
measurement of adverts' JobPostings (pay of nought where none is told, no closing date). That
measurement also found a robots.txt that refuses all but named search engines: while it does, a
crawl ends as blocked. The source's address is the agency's careers page. No options.
Dates written as month/day/year are kept under their labels alone: here they would be misread.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, plain, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

PAGE_SIZE = 10
"""Adverts at once, whatever is asked for."""

_INDEX = "/careers/home/index"
_AGENCY = re.compile(
    r"/careers/(?!home\b|jobinfo\b|jobs\b|applications\b)([\w-]{2,60})(?=/|$)", re.I
)
_JOB = re.compile(r"/jobs/(\d{1,12})(?:/|$)")
_HOSTS = frozenset({"governmentjobs.com", "schooljobs.com"})
_AMERICAN_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


class NeogovSpider(PlatformSpider):
    """NEOGOV: a list in fragments of ten, and a JobPosting on each advert's page."""

    name = "neogov"

    def listing_request(self) -> Request:
        return _ask(self.source.url, _agency_of(self.source.url), page=1)

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        count = words(page.css("#job-postings-number"))
        rows = [_read_row(card, response.url) for card in page.css("li.list-item[data-job-id]")]
        says_empty = not rows and bool(page.css("div.jobs-not-found-container"))
        if count is None and not rows and not says_empty:
            if urlsplit(response.url).path.lower() != _INDEX:
                return _ask(response.url, _agency_of(response.url), page=1)
            raise PageProblem(Failure.LAYOUT_CHANGED, "the page's shell came without its list")
        total = int(count.replace(",", "")) if count else None
        number = int(url_query_parameter(response.url, "page") or 1)
        onward = rows and (total is None or number * PAGE_SIZE < total)
        agency = url_query_parameter(response.url, "agency") or ""
        more = [_ask(response.url, agency, number + 1)] if onward else []
        return Listing(rows=rows, advertised=total, more=more, says_empty=says_empty)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _JOB.search(urlsplit(response.url).path)
        posting = posting_of_page(job_postings(response), response)
        facts = _told(read_labels(page.css("dl, div.term-container")))
        if found is None or (posting is None and len(facts) < 3):  # `extra` is always there
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a JobPosting nor an advert's terms")
        own = RawAdvert(
            external_id=found[1],
            url=response.url,
            **{"title": words(page.css(".entity-title")[:1]), **facts},
        )
        if posting is not None:
            told = advert_from_posting(posting, response.url)
            told.salary = told.salary if re.search(r"[1-9]", told.salary or "") else None
            own = own.filled_from(told)
        own.description = own.description or inner_html(page.css("#details-info")[:1])
        return own


def detect(page: TextResponse) -> Detection | None:
    """A careers page of NEOGOV's, or a page that points to one."""
    for address in addresses(page):
        parts = urlsplit(address)
        found = _AGENCY.match(parts.path)
        if found and (parts.hostname or "").removeprefix("www.") in _HOSTS:
            listing = urljoin(address, f"/careers/{found[1].lower()}")
            return Detection(NeogovSpider.name, listing, address)
    return None


def _ask(near: str, agency: str, page: int) -> Request:
    """A fragment of the list. Without its header the same address answers with an empty shell."""
    query = {"agency": agency, "sort": "PostingDate", "isDescendingSort": "true", "page": page}
    return Request(
        urljoin(near, f"{_INDEX}?{urlencode(query)}"),
        headers={"X-Requested-With": "XMLHttpRequest"},
    )


def _agency_of(url: str) -> str:
    found = _AGENCY.match(urlsplit(url).path)
    if found is None:
        raise PageProblem(Failure.LAYOUT_CHANGED, f"no agency is named in {url}")
    return found[1]


def _read_row(card: Selector, near: str) -> ListingRow:
    link = card.css("a.item-details-link[href]")[0]
    metas = card.css("ul.list-meta > li")
    labelled = (plain(words(each)) or "" for each in metas[2:])
    pairs = {label: value.strip() for label, _, value in (each.partition(":") for each in labelled)}
    terms = metas[1:2].xpath("text()[normalize-space()]").getall()
    facts = {
        "location": words(metas[:1]),
        "contract": plain(terms[0]) if terms else None,
        "salary": plain(" ".join(terms[1:])),
        **_told({label: value for label, value in pairs.items() if value}),
        "title": words(link),
    }
    url = urljoin(near, link.attrib["href"].strip().partition("?")[0])
    return ListingRow(advert=RawAdvert(external_id=card.attrib["data-job-id"], url=url, **facts))


def _told(pairs: dict[str, str]) -> dict[str, Any]:
    """Facts by their labels; a date that would be read day first stays among the extra ones."""
    american = {label: value for label, value in pairs.items() if _AMERICAN_DATE.match(value)}
    facts = advert_from_labels({k: value for k, value in pairs.items() if k not in american})
    facts["extra"] = {**facts["extra"], **american}
    return facts
