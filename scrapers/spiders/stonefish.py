"""Stonefish (stonefish.co.uk and employers' own hosts): ASP.NET pages with a feed of everything.

Recognised by `<meta name="Generator" content="Stonefish Software Web Builder">`. Facts: one
author's live notes of July 2026 (routes, references, a list and a feed that agree in number, and
that the letter case of links varies). The tags of an advert's page are not evidenced: its facts are
read by their labels. The source's address is `/rss.aspx` or the list `/vacancies.aspx?cat=-1`; the
site's search is a postback and is not used. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import Detection
from scrapers.feeds import entries_of, is_feed, read_xml
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_ADVERT = re.compile(r"/(?:vacancy|rss/click)\.aspx\?(?:[^#]{0,200}&)?ref=([\w%-]{1,60})", re.I)
_GENERATOR = "//meta[@name='Generator' or @name='generator'][contains(@content, 'Stonefish')]"
_BODY = "[id*='vacDetails']:not(a):not(input), main, #content, #main"
_LIST = "vacancies.aspx?cat=-1"


class StonefishSpider(PlatformSpider):
    """Stonefish: a feed or one list of all vacancies, and a labelled page for each."""

    name = "stonefish"

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is not None and is_feed(document):
            rows = [
                _row(entry.url, entry.title, response, posted=entry.posted)
                for entry in entries_of(document)
            ]
            return Listing(rows=rows, says_empty=not rows)
        if url_query_parameter(response.url, "cat") != "-1":
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither the feed nor the list of everything")
        links = html_of(response).css("a[href]")
        found = [link for link in links if _ADVERT.search(_address(link, response)) and words(link)]
        rows = [_row(_address(link, response), words(link), response) for link in found]
        says_empty = not rows and says_no_vacancies(response)
        if not rows and not says_empty:
            raise PageProblem(Failure.LAYOUT_CHANGED, "no vacancy is on the list")
        unique: dict[str, ListingRow] = {}
        for row in rows:
            unique.setdefault(row.advert.external_id, row)
        return Listing(rows=list(unique.values()), says_empty=says_empty)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _ADVERT.search(response.url)
        facts = advert_from_labels(read_labels(page))
        if found is None or len(facts) < 3:  # `extra` is always there
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "none of an advert's labels is on the page")
        body = page.css(_BODY)[:1] or page.css("form")[:1]
        return RawAdvert(
            external_id=found[1],
            url=_public(response, found[1]),
            **{**facts, "title": words(page.css("h1")[:1]), "reference": found[1]},
            description=inner_html(body),
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of Stonefish's. They live on the employers' own hosts, so that a mere link to one
    tells nothing."""
    generator = html_of(page).xpath(_GENERATOR).get()
    if generator is None:
        return None
    return Detection(StonefishSpider.name, urljoin(page.url, _LIST), generator)


def _address(link: Selector, response: TextResponse) -> str:
    return response.urljoin(link.attrib["href"].strip())


def _row(
    address: str, title: str | None, response: TextResponse, posted: str | None = None
) -> ListingRow:
    found = _ADVERT.search(response.urljoin(address))
    if found is None or title is None:
        raise ValueError(f"a vacancy without reference or title: {address}")
    advert = RawAdvert(
        external_id=found[1],
        url=_public(response, found[1]),
        title=title,
        reference=found[1],
        posted=posted,
    )
    return ListingRow(advert=advert)


def _public(response: TextResponse, reference: str) -> str:
    """The advert's address, always in the same letter case: `/Vacancy.aspx?ref=0726-227`."""
    return urljoin(response.url, f"Vacancy.aspx?ref={reference}")
