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
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.feeds import entries_of, is_feed, read_xml, sitemaps_of
from scrapers.items import RawAdvert
from scrapers.jsonld import (
    advert_from_posting,
    job_postings,
    microdata_postings,
    posting_of_page,
)
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import job_links, looks_like_advert, next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, id_of_url, public_url, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError

_JOB_SITEMAP = re.compile(r"job|vacanc|swydd|career|position|opportunit", re.IGNORECASE)
_COUNT = re.compile(
    r"\b(?:showing|displaying|results|jobs|vacancies|yn dangos)\s+\d+\s*(?:-|–|to|i)\s*\d+"
    r"\s+(?:of|o)\s+(\d[\d,]*)",
    re.IGNORECASE,
)
"""The total of a pager: "Showing 1 to 10 of 43 jobs"."""
_PASSING = re.compile(r"\b\d+\s+(?:minutes?|hours?|days?|weeks?)\s+(?:ago|left|remaining)\b", re.I)
"""Words of a row that change by themselves."""
_FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")  # 25,024 or 13.26
_LISTING = 4
"""Links to other adverts that make a page without a posting of its own a listing."""
_ENOUGH = frozenset({"salary", "closes", "reference", "location", "hours", "contract"})


class JobPostingSpider(PlatformSpider):
    """JobPosting: links from a listing, sitemap or feed; structured data on each advert's page."""

    name = "jobposting"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            re.compile(self.options.get("job_pattern", ""))
        except re.error as error:
            raise RegisterError(f"source {self.source.id}: job_pattern: {error}") from error

    def read_listing(self, response: TextResponse) -> Listing | Request:
        document = read_xml(response)
        if document is None:
            return self._read_page(response)
        if is_feed(document):
            return _read_feed(document, response)
        return self._read_sitemap(document, response)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        document = html_of(response)
        postings = job_postings(response) or microdata_postings(document)
        posting = posting_of_page(postings, response)
        labelled = _from_labels(document, response.url)
        if posting is not None:
            advert = advert_from_posting(posting, response.url)
            advert.salary = _fuller(advert.salary, labelled.salary)
            advert.contract = labelled.contract or advert.contract
            return advert.filled_from(labelled)
        others = {link.external_id for link in job_links(response)} - {id_of_url(response.url)}
        if len(others) >= _LISTING:
            raise PageProblem(Failure.LAYOUT_CHANGED, "a list of adverts stands for the advert")
        if says_gone(response):
            raise AdvertGone
        if labelled.title is None or not _ENOUGH & set(labelled.as_dict()):
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a JobPosting nor an advert's labels")
        return labelled

    # Listings of each kind

    def _read_page(self, response: TextResponse) -> Listing:
        links = job_links(response, self.options.get("job_pattern"))
        rows = [_row(each.url, each.title, each.row) for each in links]
        rows = rows or list(_rows_of_postings(response))
        onward = next_page(response)
        total = _COUNT.search(words(html_of(response)) or "")
        return Listing(
            rows=rows,
            advertised=int(total[1].replace(",", "")) if total else None,
            more=[onward] if onward and rows else [],
            says_empty=not rows and says_no_vacancies(response),
        )

    def _read_sitemap(self, document: Selector, response: TextResponse) -> Listing:
        pattern = self.options.get("job_pattern")
        rows: dict[str, ListingRow] = {}
        for entry in entries_of(document):
            if looks_like_advert(public_url(entry.url), response.url, pattern):
                row = _row(public_url(entry.url))
                row.advert.closes, row.words = entry.expires, entry.changed or ""
                rows.setdefault(row.advert.external_id, row)
        maps = sitemaps_of(document)
        return Listing(
            rows=list(rows.values()),
            more=[each for each in maps if _JOB_SITEMAP.search(urlsplit(each).path)] or maps,
        )


def _read_feed(document: Selector, response: TextResponse) -> Listing:
    """RSS or Atom: a feed without an item says that there is no vacancy."""
    rows = []
    for entry in entries_of(document):
        teaser = Selector(text=entry.body or "<p/>", type="html")
        row = _row(public_url(response.urljoin(entry.url)), entry.title, teaser)
        row.advert.posted, row.advert.summary = entry.posted, words(teaser)
        rows.append(row)
    return Listing(rows=rows, says_empty=not rows)


def _row(url: str, title: str | None = None, of: Selector | None = None) -> ListingRow:
    facts = advert_from_labels(read_labels(of)) if of is not None else {}
    advert = RawAdvert(external_id=id_of_url(url), url=url, **{**facts, "title": title})
    return ListingRow(advert=advert, words=_PASSING.sub("", words(of) or ""))


def _rows_of_postings(response: TextResponse) -> Iterator[ListingRow]:
    """Rows of a page that links to no advert but holds several JobPostings with addresses."""
    for posting in job_postings(response):
        if isinstance(address := posting.get("url"), str):
            advert = advert_from_posting(posting, response.urljoin(address))
            advert.external_id = id_of_url(advert.url)
            yield ListingRow(advert=advert, complete=advert.description is not None)


def _fuller(structured: str | None, worded: str | None) -> str | None:
    """Pay in the page's own words, where they hold the figures that its structured data hold.

    The words say more (pro rata, grade, a pending award); other figures are another job's.
    """
    figures = _figures(structured)
    return worded if worded and figures and figures <= _figures(worded) else structured


def _figures(text: str | None) -> set[float]:
    return {float(each.replace(",", "")) for each in _FIGURE.findall(text or "")}


def _from_labels(document: Selector, url: str) -> RawAdvert:
    facts = advert_from_labels(read_labels(document))
    title = words(document.xpath("(//h1)[1]")) or facts.get("title")
    body = document.xpath("//main | //article | //*[@role='main']")[:1]
    return RawAdvert(
        external_id=id_of_url(url),
        url=public_url(url),
        **{**facts, "title": title},
        description=body.get() if words(body) else None,
    )
