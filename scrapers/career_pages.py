"""CareerSiteSpider: what spiders share that read career sites by their meaning, not their make."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.items import RawAdvert
from scrapers.jsonld import (
    advert_from_posting,
    job_postings,
    microdata_postings,
    posting_of_page,
)
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import job_links, next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, id_of_url, public_url, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem, RegisterError

ENOUGH = frozenset({"salary", "closes", "reference", "location", "hours", "contract"})
"""Facts of which a page without a posting shows at least one, if it is an advert."""

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


class CareerSiteSpider(PlatformSpider):
    """Base of the general platforms: structured data on each advert's page, else its labels.

    The option `job_pattern`, a regular expression, says which addresses are adverts where the
    rule of scrapers.links is not enough.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        try:
            re.compile(self.options.get("job_pattern", ""))
        except re.error as error:
            raise RegisterError(f"source {self.source.id}: job_pattern: {error}") from error

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
        if labelled.title is None or not ENOUGH & set(labelled.as_dict()):
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a JobPosting nor an advert's labels")
        return labelled

    def read_linked(self, response: TextResponse) -> Listing:
        """A listing that is an HTML page: each link to an advert, with the words around it."""
        links = job_links(response, self.options.get("job_pattern"))
        return page_of_listing(
            response, [linked_row(each.url, each.title, each.row) for each in links]
        )


def page_of_listing(response: TextResponse, rows: list[ListingRow]) -> Listing:
    """The rows of an HTML page, with the total and the next page that it names."""
    onward = next_page(response)
    total = _COUNT.search(words(html_of(response)) or "")
    return Listing(
        rows=rows,
        advertised=int(total[1].replace(",", "")) if total else None,
        more=[onward] if onward and rows else [],
        says_empty=not rows and says_no_vacancies(response) and not _is_a_platforms(response),
    )


def linked_row(url: str, title: str | None = None, of: Selector | None = None) -> ListingRow:
    """The row of an advert that lies at an address; `of` is the part that speaks of it."""
    facts = advert_from_labels(read_labels(of)) if of is not None else {}
    advert = RawAdvert(external_id=id_of_url(url), url=url, **{**facts, "title": title})
    return ListingRow(advert=advert, words=lasting_words(of))


def lasting_words(of: Selector | None) -> str:
    """The words of an element but for "3 days ago" and the like."""
    return _PASSING.sub("", words(of) or "")


def _fuller(structured: str | None, worded: str | None) -> str | None:
    """Pay in the page's own words, where they hold the figures that its structured data hold.

    The words say more (pro rata, grade, a pending award); other figures are another job's.
    """
    figures = _figures(structured)
    return worded if worded and figures and figures <= _figures(worded) else structured


def _figures(text: str | None) -> set[float]:
    return {float(each.replace(",", "")) for each in _FIGURE.findall(text or "")}


def _is_a_platforms(response: TextResponse) -> bool:
    """Whether a page belongs to a platform that has a spider of its own.

    Such a page may say "0 jobs" until its script has run: no proof of anything for us.
    """
    from scrapers.discover import GENERAL, detect  # it loads every spider, and few pages need it

    return any(
        found.platform not in GENERAL
        and urlsplit(found.url).netloc == urlsplit(response.url).netloc
        for found in detect(response)
    )


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
