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
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.career_pages import (
    CareerSiteSpider,
    entry_row,
    linked_row,
    page_of_listing,
    posting_rows,
)
from scrapers.detection import Detection
from scrapers.feeds import entries_of, is_feed, read_xml, sitemaps_of
from scrapers.jsonld import job_postings, microdata_postings
from scrapers.links import job_links, looks_like_advert, nearest_above
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url
from scrapers.reading import Page

_JOB_SITEMAP = re.compile(r"job|vacanc|swydd|career|position|opportunit", re.IGNORECASE)


class JobPostingSpider(CareerSiteSpider):
    """JobPosting: links from a listing, sitemap or feed; structured data on each advert's page."""

    name = "jobposting"

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is None:
            listing = self.read_linked(response)
            return listing if listing.rows else page_of_listing(response, posting_rows(response))
        if is_feed(document):
            rows = [entry_row(each, each.body, response) for each in entries_of(document)]
            return Listing(rows=rows, says_empty=not rows)
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
        named = [each for each in maps if _JOB_SITEMAP.search(urlsplit(each).path)]
        return Listing(rows=list(rows.values()), more=named or maps)


def detect(page: TextResponse) -> Detection | None:
    """A page with a JobPosting on it: an advert, or a list of them.

    Of an advert's page the listing is taken to be the nearest page above it that it links to.
    """
    read = Page(page)
    if "jobposting" not in page.text.casefold():
        return None
    if not (job_postings(page) or microdata_postings(read.document)):
        return None
    is_list = read.posting is None or len(job_links(page)) > 1
    listing = public_url(page.url) if is_list else nearest_above(read.document, page.url)
    return Detection("jobposting", listing, f"JobPosting on {page.url}")
