"""CareerSiteSpider: what spiders share that read career sites by their meaning, not their make."""

from __future__ import annotations

import re
from typing import Any, ClassVar
from urllib.parse import urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.feeds import Entry
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import job_links, next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, id_of_url, public_url, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import RegisterError
from scrapers.reading import Page

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

    numbers: ClassVar[tuple[str, ...]] = ()
    """Options that are to be whole numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.numbers:
            if not self.options.get(name, "0").isdecimal():
                raise RegisterError(f"source {self.source.id}: {name} is to be a number")
        try:
            re.compile(self.options.get("job_pattern", ""))
        except re.error as error:
            raise RegisterError(f"source {self.source.id}: job_pattern: {error}") from error

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        labelled = _from_labels(page)
        if page.posting is not None:
            advert = advert_from_posting(page.posting, page.url)
            advert.salary = _fuller(advert.salary, labelled.salary)
            advert.contract = labelled.contract or advert.contract
            return advert.filled_from(labelled)
        others = {link.external_id for link in job_links(response)} - {id_of_url(page.url)}
        if len(others) >= _LISTING:
            raise page.unlike("a list of adverts stands for the advert")
        told = labelled.title is not None and ENOUGH & set(labelled.as_dict())
        if not told or says_gone(response):
            raise page.no_advert()
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


def entry_row(entry: Entry, html: str, response: TextResponse) -> ListingRow:
    """The row of a feed's item; `html` is what the item says of its advert."""
    teaser = Selector(text=html or "<p/>", type="html")
    row = linked_row(public_url(response.urljoin(entry.url)), entry.title, teaser)
    row.advert.posted, row.advert.summary = entry.posted, words(teaser)
    return row


def posting_rows(response: TextResponse) -> list[ListingRow]:
    """The rows of a page that holds several JobPostings with addresses of their own."""
    rows = []
    for posting in job_postings(response):
        if isinstance(address := posting.get("url"), str):
            advert = advert_from_posting(posting, response.urljoin(address))
            advert.external_id = id_of_url(advert.url)
            rows.append(ListingRow(advert=advert, complete=advert.description is not None))
    return rows


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


def _from_labels(page: Page) -> RawAdvert:
    facts = page.facts()
    title = words(page.xpath("(//h1)[1]")) or facts.get("title")
    body = page.xpath("//main | //article | //*[@role='main']")[:1]
    return RawAdvert(
        external_id=id_of_url(page.url),
        url=public_url(page.url),
        **{**facts, "title": title},
        description=body.get() if words(body) else None,
    )
