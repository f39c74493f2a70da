"""Any career site whose adverts carry schema.org JobPosting: one spider for all of them.

Recognised by `application/ld+json` with a JobPosting (or its microdata) on the adverts' own pages.
The source's address is a listing page, a sitemap or sitemap index (also gzipped), or an RSS or
Atom feed; the option `job_pattern`, a regular expression, says which addresses are adverts where
the rule of scrapers.links is not enough. Facts: schema.org, Google's rules for job pages, and
measured pages of many systems (2026); 3 of 93 pages of a system that always emits JSON-LD had
none, so a page without is read by its labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.career_pages import CareerSiteSpider, linked_row, page_of_listing
from scrapers.detection import Detection
from scrapers.feeds import entries_of, is_feed, read_xml, sitemaps_of
from scrapers.jsonld import (
    advert_from_posting,
    job_postings,
    microdata_postings,
    posting_of_page,
)
from scrapers.links import job_links, looks_like_advert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, id_of_url, public_url, words

_JOB_SITEMAP = re.compile(r"job|vacanc|swydd|career|position|opportunit", re.IGNORECASE)


class JobPostingSpider(CareerSiteSpider):
    """JobPosting: links from a listing, sitemap or feed; structured data on each advert's page."""

    name = "jobposting"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        document = read_xml(response)
        if document is None:
            listing = self.read_linked(response)
            if listing.rows:
                return listing
            return page_of_listing(response, list(_rows_of_postings(response)))
        if is_feed(document):
            return _read_feed(document, response)
        return self._read_sitemap(document, response)

    def _read_sitemap(self, document: Selector, response: TextResponse) -> Listing:
        pattern = self.options.get("job_pattern")
        rows: dict[str, ListingRow] = {}
        for entry in entries_of(document):
            if looks_like_advert(public_url(entry.url), response.url, pattern):
                row = linked_row(public_url(entry.url))
                row.advert.closes, row.words = entry.expires, entry.changed or ""
                rows.setdefault(row.advert.external_id, row)
        maps = sitemaps_of(document)
        return Listing(
            rows=list(rows.values()),
            more=[each for each in maps if _JOB_SITEMAP.search(urlsplit(each).path)] or maps,
        )


def detect(page: TextResponse) -> Detection | None:
    """A page with a JobPosting on it: an advert, or a list of them.

    Of an advert's page the listing is taken to be the nearest page above it that it links to.
    """
    if "jobposting" not in page.text.casefold():
        return None
    document = html_of(page)
    postings = job_postings(page) or microdata_postings(document)
    if not postings:
        return None
    evidence = f"JobPosting on {page.url}"
    if posting_of_page(postings, page) is None or len(job_links(page)) > 1:
        return Detection("jobposting", public_url(page.url), evidence)
    return Detection("jobposting", _above(document, page.url), evidence)


def _above(document: Selector, url: str) -> str:
    """Of the pages that a page links to the nearest one in whose folder it lies."""
    here = urlsplit(url)
    folder = here.path.rstrip("/").rpartition("/")[0] + "/"
    parents: dict[str, int] = {}
    for href in document.xpath("//a/@href").getall():
        try:
            link = urlsplit(urljoin(url, href.strip()))
        except ValueError:
            continue
        path = link.path.rstrip("/") + "/"
        if link.netloc == here.netloc and path != "/" and folder.startswith(path):
            parents[public_url(link.geturl())] = len(path)
    return max(parents, key=lambda each: parents[each], default=urljoin(url, folder))


def _read_feed(document: Selector, response: TextResponse) -> Listing:
    """RSS or Atom: a feed without an item says that there is no vacancy."""
    rows = []
    for entry in entries_of(document):
        teaser = Selector(text=entry.body or "<p/>", type="html")
        row = linked_row(public_url(response.urljoin(entry.url)), entry.title, teaser)
        row.advert.posted, row.advert.summary = entry.posted, words(teaser)
        rows.append(row)
    return Listing(rows=rows, says_empty=not rows)


def _rows_of_postings(response: TextResponse) -> Iterator[ListingRow]:
    """Rows of a page that links to no advert but holds several JobPostings with addresses."""
    for posting in job_postings(response):
        if isinstance(address := posting.get("url"), str):
            advert = advert_from_posting(posting, response.urljoin(address))
            advert.external_id = id_of_url(advert.url)
            yield ListingRow(advert=advert, complete=advert.description is not None)
