"""Stonefish (stonefish.co.uk and employers' own hosts): ASP.NET pages with a feed of everything.

Recognised by `<meta name="Generator" content="Stonefish Software Web Builder">`; a mere link tells
nothing, as the sites live on the employers' own hosts. Facts: one author's live notes of July 2026
(routes, references, a list and a feed that agree in number, and that the letter case of links
varies); tables with `VacancyDetails.aspx?VacancyID=` from another reader's example (weak). An
advert's page is not evidenced: its facts are read by their labels. The source's address is
`/rss.aspx` or the list `/vacancies.aspx?cat=-1`; the search is a postback and is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import detector
from scrapers.feeds import entries_of, is_feed, read_xml
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, each_once, id_in, row
from scrapers.tables import under_headings

_ID = re.compile(
    r"/(?:vacancy(?:details)?|rss/click)\.aspx\?(?:[^#]{0,200}&)?(?:ref|vacancyid)=([\w%-]{1,60})",
    re.IGNORECASE,
)
_SPELT = re.compile(r"/(?:vacancy|rss/click)\.aspx\?(?:[^#]{0,200}&)?ref=([\w%-]+).*", re.I)
_GENERATOR = re.compile(r"<meta\s[^<>]{0,100}\bcontent=.Stonefish\b[^<>]{0,100}>")
_TOTAL = re.compile(r"\bthere are ([\d,]{1,7}) vacancies currently\b", re.IGNORECASE)
_BODY = "[id*='vacDetails']:not(a):not(input), main, #content, #main"

detect = detector("stonefish", marks=((_GENERATOR, "vacancies.aspx?cat=-1"),))


class StonefishSpider(PlatformSpider):
    """Stonefish: a feed or one list of all vacancies, and a labelled page for each."""

    name = "stonefish"

    def read_listing(self, response: TextResponse) -> Listing:
        page, document = Page(response), read_xml(response)
        if document is not None and is_feed(document):
            rows = [_row(it.url, title=it.title, posted=it.posted) for it in entries_of(document)]
            return Listing(rows=rows, says_empty=not rows)
        total = page.count(_TOTAL)
        if total is None and url_query_parameter(response.url, "cat") != "-1":
            raise page.unlike("neither the feed nor the list of everything")
        return page.counted(each_once(_rows(page)), total)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts = page.facts()
        external_id = page.own_id(_ID, len(facts) > 2)  # `extra` is always there
        says = {"reference": external_id, **facts, "title": page.words("h1")}
        text = page.html(_BODY) or page.html("form")
        return page.advert(external_id, says, _public(response.url), description=text)


def _rows(page: Page) -> Iterator[ListingRow]:
    for link in page.css("a[href]"):
        address, title = page.join(link.attrib["href"]), words(link)
        if title and id_in(_ID, address):
            said = under_headings(link.xpath("ancestor::tr[1]"))
            yield _row(address, **{**said, "title": title})


def _row(url: str, **facts: Any) -> ListingRow:
    external_id = id_in(_ID, url)
    return row(external_id, _public(url), {"reference": external_id, **facts})


def _public(url: str) -> str:
    """The advert's address, always in the same letter case: `/Vacancy.aspx?ref=0726-227`."""
    return public_url(_SPELT.sub(r"/Vacancy.aspx?ref=\1", url))
