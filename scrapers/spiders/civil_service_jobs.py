"""Civil Service Jobs (civilservicejobs.service.gov.uk), the WCN / Oleeo "csr" portal.

Recognised by its host and the page comment `company::csr::Portal::Page`. Facts: two result pages
and one advert as served in 2023 (Open Government Licence v3.0), read byte by byte; the way in
through the search form is told by a public reader of the site. Since February 2025 a puzzle stands
before the search: then the crawl ends as blocked. The source's address is `/csr/index.cgi`.
"""

from __future__ import annotations

import re
from base64 import b64decode
from urllib.parse import parse_qs

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, row, shown
from scrapers.webforms import sent

_TOTAL = re.compile(r"([\d,]+) Search results?\b", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?civilservicejobs\.service\.gov\.uk(?:/|$)", re.IGNORECASE)
_DOOR = "/csr/index.cgi"
_MARK = re.compile("company::csr::Portal::Page")
_LABEL = re.compile(r"^(?:(?:salary|closes|reference) ?:|apply before\b) ?", re.IGNORECASE)
_NEXT = "div.search-results-paging-menu a[title='Go to next search results page']::attr(href)"
_BOX = "div.search-results-job-box-"
_ROW = {
    "employer": f"{_BOX}department",
    "reference": f"{_BOX}refcode",
    "salary": f"{_BOX}salary",
    "grade": f"{_BOX}grade",
    "location": f"{_BOX}location",
    "closes": f"{_BOX}closingdate",
}
_ADVERT = {
    "title": "div.vac_display_title_block h1",
    "employer": "p.csr-page-subtitle",
    "closes": "p.vac_display_closing_date",
    "location": "#section_link_location + div[class*=vac_display_field]",
}
_ALSO = ("Job summary", "Number of jobs available")
_VALUE = "div.vac_display_field_value"
_TEXT = "#section_link_about ~ div[class*=vac_display_field]"

detect = detector("civil_service_jobs", (_HOST, _DOOR), marks=((_MARK, _DOOR),))


class CivilServiceJobsSpider(PlatformSpider):
    """Civil Service Jobs: a search form, result pages of 25, links that live for one session."""

    name = "civil_service_jobs"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        total = page.count(_TOTAL, "title, h1")
        if total is None and (form := response.css("form#ID_context_search_form")):
            return sent(form)
        if total is None:
            raise page.unlike("neither search form nor search results")
        rows = [_row(each, page) for each in page.css("li.search-results-job-box")]
        return Listing(rows=rows, advertised=total, more=page.css(_NEXT).getall()[:1])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        fields = {words(each.css("h3")) or "": each for each in page.css("div.vac_display_field")}
        own = shown(_ADVERT, page.document)
        if "title" not in own or "Reference number" not in fields:
            raise page.no_advert()
        told = {label: each for label, each in fields.items() if field_of(label) or label in _ALSO}
        values = {label: map(words, each.css(_VALUE)) for label, each in told.items()}
        said = {label: ", ".join(filter(None, each)) for label, each in values.items()}
        summary = said.pop("Job summary", None)
        number = _vacancy_id(page.url) or page.css("script").re(r"'dimension2', '(\d+)'")[0]
        parts = (each for each in page.css(_TEXT) if not each.css("h3:contains('Contact point')"))
        facts = {**advert_from_labels(said), **_unlabelled(own)}
        text = "\n".join(filter(None, map(inner_html, parts))) or None
        address = page.join(f"/csr/jobs.cgi?jcode={number}")
        return page.advert(number, facts, address, summary=summary, description=text)


def _row(each: Selector, page: Page) -> ListingRow:
    link = each.css("h3.search-results-job-box-title a")[0]
    number, facts = _vacancy_id(link.attrib["href"]), _unlabelled(shown(_ROW, each))
    address = page.join(f"/csr/jobs.cgi?jcode={number}")
    return row(number, address, facts, title=words(link), detail=link.attrib["href"])


def _vacancy_id(url: str) -> str | None:
    """The vacancy's own number: in a permalink, or in the address's SID, a query in base64."""
    packed = (url_query_parameter(url, "SID") or "").replace(" ", "+")
    told = parse_qs(b64decode(packed + "==").decode("ascii", "replace"))
    return url_query_parameter(url, "jcode") or told.get("joblist_view_vac", [None])[0]


def _unlabelled(facts: dict[str, str]) -> dict[str, str | None]:
    return {name: _LABEL.sub("", text) or None for name, text in facts.items()}
