"""Eploy (eploy.net and employers' own domains): a feed of everything, and a list with a pager.

Recognised by `vacancy-search-results.aspx`, `/feeds/datafeed.ashx`, `$Eploy(` and the ids of its
WebForms lists. Facts: three pages of one tenant's list captured in August 2026; a reader measured
on three tenants (counts, pager, JobPosting of adverts); four readers of the feed. The source's
address is the feed (`/feeds/datafeed.ashx?Format=xml`: closing dates are on the adverts' pages
only) or the list, whose next page is the form sent again, with its hidden fields and cookies.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.headings import title_as_printed
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, public_url, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem
from scrapers.webforms import postback

FEED = "/feeds/datafeed.ashx?Format=xml"

_ID = re.compile(r"(?:^|/)(\d+)/[^/?#]*\.html", re.IGNORECASE)  # 581/lecturer.html
_TOTAL = re.compile(r"([\d,]{1,9}) vacanc(?:y|ies)\b", re.IGNORECASE)  # 17 Vacancies - Ely Council
_POSTBACK = re.compile(r"__doPostBack\('([^']*VacancyPager)','(\d+)'\)")
_OURS = re.compile(r"\$Eploy\(|VacancyListView_ctl|data-eploy-widget|\bvsr-job__title\b")
_PATH = re.compile(r"/vacancies/vacancy-search-results\.aspx$|/feeds/datafeed\.ashx$", re.I)
_UNSAID = frozenset(("not specified", "please select"))
_CODES = {
    "VacV_AdvertisingEndDate": "closes",
    "VacV_DisplaySalary": "salary",
    "VacV_AllLocations": "location",
    "VacV_LocationID": "location",
    "VacV_Town": "location",
    "VacV_HoursPerWeek": "hours",
    "VacV_VacancyTypeID": "contract",
    "VacV_PositionID": "category",
    "VacV_Reference": "reference",
}
_PROSE = ("VacV_Description", "VacV_Qualifications", "VacV_Benefits", "VacV_VacancyID")
_TAGS = {
    "title": "Title",
    "employer": "Company",
    "reference": "Reference",
    "salary": "DisplaySalary",
    "location": "Location",
    "contract": "VacancyType",
    "category": "Position",
    "posted": "DatePosted",
    "closes": "AdvertisingEndDate",
}


class EploySpider(PlatformSpider):
    """Eploy: XML with whole adverts, or cards of coded fields; JSON-LD on each advert's page."""

    name = "eploy"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        start = response.text.lstrip("\ufeff \r\n\t")[:500]
        if "<Vacancies" in start:
            return _read_feed(response)
        page = html_of(response)
        cards = page.css("div[id*=VacancyListView][id$=pnlList], div.vsr-job-big")
        heads = (words(head) or "" for head in page.css("title, .hero__title, h1"))
        stated = next((found[1] for head in heads if (found := _TOTAL.match(head))), None)
        if "search returned no results" in (words(page) or "").lower():
            stated = stated or "0"
        if not cards and stated is None:
            if not _OURS.search(response.text) or urlsplit(response.url).path.endswith(".ashx"):
                raise PageProblem(Failure.LAYOUT_CHANGED, "neither a feed nor a list of vacancies")
            return Request(response.urljoin(FEED))
        return Listing(
            rows=[_row(card, response) for card in cards],
            advertised=int(stated.replace(",", "")) if stated else None,
            more=_onward(page, response),
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _ID.search(response.url)
        posting = posting_of_page(job_postings(response), response)
        facts = _facts(page)
        if found is None or (posting is None and len(facts) < 2):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        facts["title"] = words(page.css("[id$=h1JobTitle]"))
        prose = page.css(", ".join(f"[id$={code}]" for code in _PROSE[:3]))
        facts["description"] = "\n".join(prose.getall()) or None
        advert = RawAdvert(external_id=found[1], url=public_url(response.url), **facts)
        if posting is None:
            advert.title = advert.title or words(page.css("h1")[:1])
            return advert
        structured = advert_from_posting(posting, response.url)
        advert.title = advert.title or title_as_printed(page, structured.title)
        advert.description = structured.description or advert.description
        return advert.filled_from(structured)


def detect(page: TextResponse) -> Detection | None:
    """A page of Eploy's, or one that links to a list or a feed of Eploy's."""
    for address in addresses(page):
        parts = urlsplit(address)
        host = parts.hostname or ""
        if _PATH.search(parts.path) or (host.endswith(".eploy.net") and host != "www.eploy.net"):
            return _found(address, address)
    return _found(page.url, "marks of an Eploy list") if _OURS.search(page.text) else None


def _found(address: str, evidence: str) -> Detection:
    return Detection(platform=EploySpider.name, url=urljoin(address, FEED), evidence=evidence)


def _read_feed(response: TextResponse) -> Listing:
    if not response.text.rstrip().endswith("</Vacancies>"):
        raise PageProblem(Failure.PARSE_ERROR, "the feed breaks off before its end")
    feed = Selector(text=response.text, type="xml")
    rows = [_read_item(item) for item in feed.xpath("/Vacancies/Item")]
    return Listing(rows=rows, advertised=int(feed.xpath("/Vacancies/@Count").get("")))


def _read_item(item: Selector) -> ListingRow:
    facts: dict[str, Any] = {name: words(item.xpath(tag)) for name, tag in _TAGS.items()}
    external_id, link = words(item.xpath("VacancyID")), words(item.xpath("Link"))
    if external_id is None or link is None or facts["title"] is None:
        raise ValueError("an item of the feed lacks its id, its link or its title")
    prose = (item.xpath(f"string({tag})").get("") for tag in ("Description", "Qualifications"))
    industry = words(item.xpath("Industry"))
    advert = RawAdvert(
        external_id=external_id,
        url=public_url(link),
        **facts,
        description="\n".join(filter(None, (each.strip() for each in prose))) or None,
        extra={"Industry": industry} if industry else {},
    )
    return ListingRow(advert=advert, complete=bool(advert.closes and advert.description))


def _row(card: Selector, response: TextResponse) -> ListingRow:
    href = card.css(".vsr-job__title a::attr(href)").get("")
    found, title = _ID.search(href), words(card.css(".vsr-job__title"))
    if found is None or title is None:
        raise ValueError("a card of the list lacks its title or its address")
    advert = RawAdvert(
        external_id=found[1],
        url=public_url(response.urljoin(href)),
        posted=(words(card.css(".vsr-job__date-posted")) or "").removeprefix("Posted on ") or None,
        summary=words(card.css(".vsr-job__desc")),
        **{**_facts(card), "title": title},
    )
    return ListingRow(advert=advert)


def _facts(node: Selector) -> dict[str, Any]:
    """Facts of coded fields, the first of each; of a tenant's own fields by their labels."""
    coded: dict[str, str] = {}
    labelled: dict[str, str] = {}
    for content in node.css("[data-id^=div_content_]"):
        code = content.attrib["data-id"].removeprefix("div_content_")
        value = words(content.css("[id$=lblReadonlySelected]")) or words(content)
        if value is None or value.lower() in _UNSAID or code in _PROSE:
            continue
        label = words(content.xpath("preceding-sibling::*[1]/span[last()]")) or code
        if name := _CODES.get(code):
            coded.setdefault(name, value)
        else:
            labelled.setdefault(label, value)
    return {**advert_from_labels(labelled), **coded}


def _onward(page: Selector, response: TextResponse) -> list[Request]:
    """The page after this one, where the pager links to it."""
    here = int(words(page.css(".cpb")[:1]) or 1)
    links = map(_POSTBACK.search, page.css("a::attr(href)").getall())
    target = next((link[1] for link in links if link and int(link[2]) == here + 1), None)
    return [postback(page, response, target, str(here + 1))] if target else []
