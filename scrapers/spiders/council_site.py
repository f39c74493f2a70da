"""A council's own vacancies page: the last resort for councils that use no recruiting platform.

Recognised by nothing but its meaning: a heading that speaks of vacancies, and below it links to
adverts or a table of them, in English or Welsh. The source's address is the vacancies page; the
adverts are links with the words around them, or rows of a table. An advert's own page is read by
JobPosting, else by its labels; a row that leads to a document, to another site or nowhere is all
that there is of its advert. The option `job_pattern`, a regular expression, says which addresses
are adverts. Facts: councils' pages as people know them; there is no one markup to be sure of.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import TextResponse

from scrapers.career_pages import CareerSiteSpider, linked_row, page_of_listing
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.links import JobLink, job_links
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, id_of_url, public_url, says_no_vacancies, words
from scrapers.problems import Failure, PageProblem
from scrapers.tables import TableRow, vacancy_rows

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf)$|/downloads?/", re.IGNORECASE)
_HEADING = re.compile(
    r"\b(?:vacanc(?:y|ies)|(?:current|latest|all|our|council|search) (?:jobs|roles|opportunities)"
    r"|jobs? (?:search|list(?:ing)?s?|vacancies|opportunities)|jobs (?:and|with|at|in)"
    r"|swyddi (?:gwag|diweddaraf|cyfredol|presennol)|chwilio am swydd(?:i)?)\b"
    r"|^(?:jobs|careers|swyddi)$",
    re.IGNORECASE,
)
"""Headings of a list of vacancies: "Current vacancies", "Swyddi gwag"."""

_VACANCIES = re.compile(
    r"/[\w-]{0,40}(?:vacanc(?:y|ies)|(?:current|latest|all|council)-jobs|swyddi-gwag)[\w-]{0,40}/?$",
    re.IGNORECASE,
)
"""Paths of a list of vacancies: `/jobs-and-careers/current-vacancies`."""
_NO_POST = (
    r"(?i:[^?#]*\.(?:pdf|docx?|odt|rtf)$|(?:how|why|what|apply|about|benefits?|search|page|alerts?"
    r"|help|contact|guidance|feed|rss|login|register|terms|working|our)(?:[-_./]|$))"
)


class CouncilSiteSpider(CareerSiteSpider):
    """A council's vacancies page: links or table rows, then labelled pages."""

    name = "council_site"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if response.text.lstrip("\ufeff \r\n\t")[:1] != "<":
            raise PageProblem(Failure.LAYOUT_CHANGED, "the vacancies page answered with no page")
        rows = [_row(each, response) for each in vacancy_rows(response)]
        if not rows and "job_pattern" in self.options:
            return self.read_linked(response)
        linked = [] if rows else _adverts(response)
        rows = rows or [linked_row(each.url, each.title, each.row) for each in linked]
        return page_of_listing(response, rows)


def _row(row: TableRow, response: TextResponse) -> ListingRow:
    """An advert of a table; without a link of its own its reference tells it from others."""
    facts: dict[str, Any] = row.facts
    url = row.url or public_url(response.url)
    external_id = id_of_url(row.url) if row.url else facts.get("reference")
    if external_id is None:
        raise ValueError("a row of the table has neither a link of its own nor a reference")
    return ListingRow(
        advert=RawAdvert(external_id=external_id, url=url, **{**facts, "title": row.title}),
        complete=row.url is None or not _is_page_of(row.url, response.url),
    )


def _adverts(response: TextResponse) -> list[JobLink]:
    """The adverts that a page links to: by the general rule, else what lies below the page.

    Below a page called "current-vacancies" or the like whatever its name; not guidance, not files.
    """
    parts = urlsplit(response.url)
    if (found := job_links(response)) or not _VACANCIES.search(parts.path):
        return found
    folder = re.escape(parts.netloc.removeprefix("www.") + parts.path.rstrip("/"))
    return job_links(response, rf"^https?://(?:www\.)?{folder}/(?!{_NO_POST})[^?#]+$")


def _is_page_of(url: str, site: str) -> bool:
    here, there = urlsplit(site), urlsplit(url)
    same = here.netloc.removeprefix("www.") == there.netloc.removeprefix("www.")
    return same and not _DOCUMENT.search(there.path)


def detect(page: TextResponse) -> Detection | None:
    """A page headed as a list of vacancies that holds adverts, or says that there are none."""
    document = html_of(page)
    headings = (words(each) or "" for each in document.xpath("//h1 | //title")[:3])
    heading = next((each for each in headings if _HEADING.search(each[:200])), None)
    if heading is None:
        return None
    try:
        there = len(vacancy_rows(page)) + len(_adverts(page))
    except ValueError:
        return None
    if not there and not says_no_vacancies(page):
        return None
    return Detection("council_site", public_url(page.url), f"{there} adverts under “{heading}”")
