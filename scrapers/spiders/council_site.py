"""A council's own vacancies page: the last resort for councils that use no recruiting platform.

Recognised by nothing but its meaning: a heading that speaks of vacancies, and below it links to
adverts or a table of them, in English or Welsh. The source's address is the vacancies page; the
adverts are links with the words around them, or rows of a table. Their own pages are read by
JobPosting, else by labels; a row that leads to a document, another site or nowhere is all there is.
The option `job_pattern`, a regular expression, says which addresses are adverts. Facts: councils'
pages as people know them; there is no one markup to be sure of.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import TextResponse

from scrapers.career_pages import CareerSiteSpider, linked_row, page_of_listing
from scrapers.detection import Detection
from scrapers.links import JobLink, is_page_of, job_links, links_below
from scrapers.listing import Listing, ListingRow
from scrapers.pages import id_of_url, public_url, says_no_vacancies, words
from scrapers.reading import Page, row
from scrapers.tables import TableRow, vacancy_rows

_HEADING = re.compile(
    r"\b(?:vacanc(?:y|ies)|(?:current|latest|all|our|council|search) (?:jobs|roles|opportunities)"
    r"|jobs? (?:search|list(?:ing)?s?|vacancies|opportunities)|jobs (?:and|with|at|in)"
    r"|swyddi (?:gwag|diweddaraf|cyfredol|presennol)|chwilio am swydd(?:i)?)\b"
    r"|^(?:jobs|careers|swyddi)$",  # Current vacancies, Swyddi gwag
    re.IGNORECASE,
)
_VACANCIES = re.compile(
    r"/[\w-]{0,40}(?:vacanc(?:y|ies)|(?:current|latest|all|council)-jobs|swyddi-gwag)[\w-]{0,40}/?$",
    re.IGNORECASE,
)  # /jobs-and-careers/current-vacancies


class CouncilSiteSpider(CareerSiteSpider):
    """A council's vacancies page: links or table rows, then labelled pages."""

    name = "council_site"

    def read_listing(self, response: TextResponse) -> Listing:
        if response.text.lstrip("\ufeff \r\n\t")[:1] != "<":
            raise Page(response).unlike("the vacancies page answered with no page")
        rows = [_row(each, response.url) for each in vacancy_rows(response)]
        if not rows and "job_pattern" in self.options:
            return self.read_linked(response)
        adverts = [] if rows else _adverts(response)
        linked = [linked_row(each.url, each.title, each.row) for each in adverts]
        return page_of_listing(response, rows or linked)


def _row(each: TableRow, near: str) -> ListingRow:
    """An advert of a table; without a link of its own its reference tells it from others."""
    facts: dict[str, Any] = {**each.facts, "title": each.title}
    if each.url is None:
        return row(facts.get("reference"), public_url(near), facts, complete=True)
    return row(id_of_url(each.url), each.url, facts, complete=not is_page_of(each.url, near))


def _adverts(response: TextResponse) -> list[JobLink]:
    """The adverts that a page links to: by the general rule, else all below a vacancies page."""
    below = _VACANCIES.search(urlsplit(response.url).path)
    return job_links(response) or (links_below(response) if below else [])


def detect(page: TextResponse) -> Detection | None:
    """A page headed as a list of vacancies that holds adverts, or says that there are none."""
    headings = map(words, Page(page).xpath("//h1 | //title")[:3])
    heading = next((each for each in headings if each and _HEADING.search(each[:200])), None)
    try:
        there = len(vacancy_rows(page)) + len(_adverts(page)) if heading else 0
    except ValueError:
        return None
    if heading is None or not (there or says_no_vacancies(page)):
        return None
    return Detection("council_site", public_url(page.url), f"{there} adverts under “{heading}”")
