"""Civil Service Jobs (civilservicejobs.service.gov.uk), the WCN / Oleeo "csr" portal.

Recognised by `/csr/index.cgi` and the page comment `company::csr::Portal::Page`. Facts: two result
pages and one advert as served in 2023 (Open Government Licence v3.0), read byte by byte; the way
in through the search form is told by a public reader of the site. Since February 2025 a puzzle
stands before the search: then the crawl ends as blocked.
"""

from __future__ import annotations

import re
from base64 import b64decode
from urllib.parse import parse_qs, urljoin, urlsplit

from form2request import form2request
from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_TOTAL = re.compile(r"([\d,]+) Search results?\b", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?civilservicejobs\.service\.gov\.uk(?:/|$)", re.IGNORECASE)
_LABEL = re.compile(r"^(?:salary|closes|reference|apply before)\b\s*:?\s*", re.IGNORECASE)
_FORM = "form#ID_context_search_form"
_NEXT = "div.search-results-paging-menu a[title='Go to next search results page']::attr(href)"
_BOX = "div.search-results-job-box-"
_LEFT_OUT = frozenset({"Contact point for applicants"})
"""Parts of an advert that name people."""


class CivilServiceJobsSpider(PlatformSpider):
    """Civil Service Jobs: a search form, result pages of 25, links that live for one session."""

    name = "civil_service_jobs"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        total = _TOTAL.search(words(page.css("title, h1")) or "")
        if total is None:
            if not page.css(_FORM):
                raise PageProblem(Failure.LAYOUT_CHANGED, "neither search form nor search results")
            onward: Request = form2request(response.css(_FORM)).to_scrapy(self.parse_listing)
            return onward
        return Listing(
            advertised=int(total[1].replace(",", "")),
            rows=[_read_row(row, response) for row in page.css("li.search-results-job-box")],
            more=page.css(_NEXT).getall()[:1],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        facts = {words(field.css("h3")) or "": field for field in page.css("div.vac_display_field")}
        title = words(page.css("div.vac_display_title_block h1"))
        if title is None or "Reference number" not in facts:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no title or no reference number")

        def fact(*labels: str) -> str | None:
            return ", ".join(filter(None, (_values(facts.get(label)) for label in labels))) or None

        external_id = _vacancy_id(response.url) or _told_to_counters(page)
        count = fact("Number of jobs available")
        return RawAdvert(
            external_id=external_id,
            url=_public_url(response, external_id),
            title=title,
            employer=words(page.css("p.csr-page-subtitle")),
            department=fact("Business area"),
            reference=fact("Reference number"),
            salary=fact("Salary"),
            grade=fact("Job grade"),
            location=_location(page),
            contract=fact("Contract type", "Length of employment"),
            pattern=fact("Working pattern"),
            category=fact("Type of role"),
            closes=_unlabelled(words(page.css("p.vac_display_closing_date"))),
            summary=fact("Job summary"),
            description=_description(page),
            extra={"Number of jobs available": count} if count else {},
        )


def _read_row(row: Selector, response: TextResponse) -> ListingRow:
    link = row.css("h3.search-results-job-box-title a")[0]
    address = link.attrib["href"]
    external_id = _vacancy_id(address)
    if external_id is None:
        raise ValueError("the link of a result does not tell its vacancy")
    return ListingRow(
        advert=RawAdvert(
            external_id=external_id,
            url=_public_url(response, external_id),
            title=words(link),
            employer=words(row.css(_BOX + "department")),
            reference=_unlabelled(words(row.css(_BOX + "refcode"))),
            salary=_unlabelled(words(row.css(_BOX + "salary"))),
            grade=_unlabelled(words(row.css(_BOX + "grade"))),
            location=words(row.css(_BOX + "location")),
            closes=_unlabelled(words(row.css(_BOX + "closingdate"))),
        ),
        detail=address,
    )


def _vacancy_id(url: str) -> str | None:
    """The vacancy's own number: in a permalink, or in the address's SID, a query in base64."""
    query = parse_qs(urlsplit(url).query)
    if "jcode" in query:
        return query["jcode"][0]
    packed = query.get("SID", [""])[0].replace(" ", "+")
    told = b64decode(packed + "==").decode("ascii", "replace")
    return parse_qs(told).get("joblist_view_vac", [None])[0]


def _told_to_counters(page: Selector) -> str:
    """The vacancy's number as the page hands it to its visitor statistics."""
    return page.css("script").re(r"'dimension2', '(\d+)'")[0]


def _public_url(response: TextResponse, external_id: str) -> str:
    return response.urljoin(f"/csr/jobs.cgi?jcode={external_id}")


def _unlabelled(text: str | None) -> str | None:
    return _LABEL.sub("", text) or None if text else None


def _values(field: Selector | None) -> str | None:
    values = field.css("div.vac_display_field_value") if field is not None else []
    return ", ".join(filter(None, map(words, values))) or None


def _location(page: Selector) -> str | None:
    heading = page.css("div#section_link_location")
    return words(heading.xpath("following-sibling::div[1][contains(@class,'vac_display_field')]"))


def _description(page: Selector) -> str | None:
    """The fields of the main panel under their headings, but for the people to ask."""
    parts = []
    for field in page.xpath(
        "//div[@id='section_link_about']/following-sibling::div[contains(@class,'vac_display_field')]"
    ):
        heading = words(field.css("h3"))
        if heading not in _LEFT_OUT and (html := inner_html(field)):
            parts.append(html)
    return "\n".join(parts) or None


def detect(page: TextResponse) -> Detection | None:
    """A page of the portal, or one that links to it."""
    if "company::csr::Portal::Page" in page.text:
        return Detection(
            "civil_service_jobs", urljoin(page.url, "/csr/index.cgi"), "a comment of the portal's"
        )
    for address in addresses(page):
        if _HOST.match(address):
            return Detection("civil_service_jobs", urljoin(address, "/csr/index.cgi"), address)
    return None
