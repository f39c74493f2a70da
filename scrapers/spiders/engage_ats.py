"""engage|ats (Havas People; engageats.co.uk and employers' own domains), second generation ("V2").

Recognised by `/V2/Vacancy/Index`, `/Vacancies/W/…` and the host. Facts: lists of three tenants
captured in August 2026. The source's address is a list's (`/V2/Vacancy/Index?enc=…`), which some
employers link to from their own pages; others open it by a script that mints the address, which is
not followed. Nor is the pager, a script whose requests are not evidenced: a list of more than one
page is partial, by its own total. Adverts' own pages are not evidenced: the list tells all we read.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, field_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, public_url, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_TOTAL = re.compile(r"(\d{1,6}) job openings?", re.IGNORECASE)  # 27 Job openings
_LIST = re.compile(r"/V2/Vacancy/Index$", re.IGNORECASE)
_ADVERT = re.compile(r"/Vacancies/W/\d+/\d+/(\d+)/\d+(?:/|$)", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:school|unit|department|directorate|division|faculty)\b", re.IGNORECASE)


class EngageAtsSpider(PlatformSpider):
    """engage|ats: panels of labels and a few lines of text, with the number of all openings."""

    name = "engage_ats"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        results = page.css("#searchResult-parent")
        if not results:
            return _through_door(response)
        heads = (_TOTAL.fullmatch(words(head) or "") for head in results.css(".ats-h4"))
        total = next((int(head[1]) for head in heads if head), None)
        buttons = results.css("button[id^=btn-view-job-]")
        if total is None:
            raise PageProblem(Failure.LAYOUT_CHANGED, "the list does not say how many jobs it has")
        return Listing(rows=[_row(each) for each in buttons], advertised=total)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """An advert by itself, where its page has a JobPosting. The crawl needs none of them."""
        found = _ADVERT.search(urlsplit(response.url).path)
        posting = posting_of_page(job_postings(response), response)
        if found is None or posting is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no JobPosting is on this page")
        advert = advert_from_posting(posting, response.url)
        advert.external_id = found[1]
        return advert


def detect(page: TextResponse) -> Detection | None:
    """A page of engage|ats, or one that links to a list or an advert there."""
    found: Detection | None = None
    for address in addresses(page):
        parts = urlsplit(address)
        host = parts.hostname or ""
        if _LIST.search(parts.path):
            return Detection(platform=EngageAtsSpider.name, url=address, evidence=address)
        theirs = host.endswith(".engageats.co.uk") and not host.startswith(("www.", "demosite."))
        if found is None and (theirs or _ADVERT.search(parts.path)):
            door = urljoin(address, "/V2/Login")
            found = Detection(platform=EngageAtsSpider.name, url=door, evidence=address)
    return found


def _through_door(response: TextResponse) -> Request:
    """From a page that links to the list. One that opens it by script leads nowhere."""
    found = None if _LIST.search(urlsplit(response.url).path) else detect(response)
    if found is None or not _LIST.search(urlsplit(found.url).path):
        raise PageProblem(Failure.LAYOUT_CHANGED, "no list of jobs, and no plain link to one")
    return Request(found.url)


def _row(button: Selector) -> ListingRow:
    card = button.xpath("ancestor::div[contains(@class, '-panel')][1]")
    title = words(card.css(".ats-heading-font"))
    if title is None:
        raise ValueError("a panel of the list has no title")
    text = card.xpath(
        ".//div[contains(@class, 'ats-normal-font')][not(span[contains(@class, 'weight-bold')])]"
    )[:1]
    prose = text.xpath("string()").get("").strip()
    lines = (line.partition(":") for line in prose.splitlines())
    said = {label: value.strip(" ,") for label, _, value in lines if field_of(label)}
    facts: dict[str, Any] = advert_from_labels({**read_labels(card), **said})
    units = [label for label in facts["extra"] if _UNIT.search(label)]
    if units and not facts.get("department"):
        facts["department"] = facts["extra"].pop(units[0])
    advert = RawAdvert(
        external_id=button.attrib["id"].removeprefix("btn-view-job-"),
        url=public_url(button.attrib["data-param1"]),
        **{**facts, "title": title},
        description=(inner_html(text) if text.xpath("*") else escape(prose, quote=False)) or None,
    )
    return ListingRow(advert=advert, complete=True)
