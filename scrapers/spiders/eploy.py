"""Eploy (eploy.net and employers' own domains): a feed of everything, and a list with a pager.

Recognised by `vacancy-search-results.aspx`, `/feeds/datafeed.ashx`, `$Eploy(` and the ids of its
WebForms lists. Facts: one tenant's list, three pages captured in August 2026; a reader measured on
three tenants (counts, pager, JobPosting of adverts); four readers of the feed. The source's address
is the feed (`/feeds/datafeed.ashx?Format=xml`, best; closing dates are on the adverts' pages only)
or the list, whose next page is the form sent again.
"""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import detector, either
from scrapers.feeds import xml_under
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, row, shown
from scrapers.webforms import next_postback

FEED = "/feeds/datafeed.ashx?Format=xml"

_ID = re.compile(r"/(\d+)/[^/?#]*\.html", re.IGNORECASE)  # …/vacancies/581/lecturer.html
_TOTAL = re.compile(r"^([\d,]{1,9}) vacanc(?:y|ies)\b", re.IGNORECASE)  # 17 Vacancies - Ely Council
_OURS = re.compile(r"\$Eploy\(|VacancyListView_ctl|data-eploy-widget|\bvsr-job__title\b")
_PATH = r"[^?#]*(?:/vacancies/vacancy-search-results\.aspx|/feeds/datafeed\.ashx)(?=[?#]|$)"
_HOST = r"(?!www\.eploy)[\w.-]+\.eploy\.net(?![\w.-])"
_LINK = re.compile(rf"https?://(?:{_HOST}|{_PATH})", re.IGNORECASE)
_CARDS = "div[id*=VacancyListView][id$=pnlList], div.vsr-job-big"
_CARD = {"title": ".vsr-job__title", "summary": ".vsr-job__desc"}
_LABELS = {
    "AdvertisingEndDate": "Closing date",
    "DatePosted": "Date posted",
    "DisplaySalary": "Salary",
    "Location": "Location",
    "AllLocations": "Location",
    "Town": "Location",
    "HoursPerWeek": "Hours",
    "VacancyType": "Contract type",
    "Position": "Category",
    "Industry": "Industry",
    "Reference": "Reference",
    "Company": "Company",
}
"""What the feed's elements and the coded fields of pages hold, in plain words."""
_PROSE = ("Description", "Qualifications", "Benefits")
_TEXT = ", ".join(f"[id$=VacV_{code}]" for code in _PROSE)
_UNSAID = frozenset(("", "not specified", "please select"))

detect = either(detector("eploy", (_LINK, FEED)), detector("eploy", marks=((_OURS, FEED),)))


class EploySpider(PlatformSpider):
    """Eploy: XML with whole adverts, or cards of coded fields; JSON-LD on each advert's page."""

    name = "eploy"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if "<Vacancies" in response.text[:1000]:
            feed = xml_under("Vacancies", response)
            rows = [_item(each) for each in feed.xpath("/Vacancies/Item")]
            return Listing(rows=rows, advertised=int(feed.xpath("/Vacancies/@Count").get("")))
        page = Page(response)
        rows = [_row(card, page) for card in page.css(_CARDS)]
        total = page.count(_TOTAL, "title, .hero__title, h1")
        if total is None and "search returned no results" in (page.words("html") or "").lower():
            total = 0
        if not rows and total is None:
            if ".ashx" in response.url or not _OURS.search(page.text):
                raise page.unlike("neither a feed nor a list of vacancies")
            return Request(page.join(FEED))
        more = next_postback(page.document, response, "VacancyPager", current=".cpb")
        return Listing(rows=rows, advertised=total, more=more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts, text = _facts(page.document), "\n".join(page.css(_TEXT).getall()) or None
        external_id = page.own_id(_ID, page.posting or len(facts) > 1)
        advert = page.advert(external_id, facts, title=page.words("[id$=h1JobTitle]"))
        rest = RawAdvert(external_id="", url="", title=page.words("h1"), description=text)
        return advert.filled_from(rest)


def _item(item: Selector) -> ListingRow:
    said = {name: text for tag, name in _LABELS.items() if (text := words(item.xpath(tag)))}
    prose = [each.xpath("string()").get("").strip() for each in item.xpath(" | ".join(_PROSE))]
    text, url = "\n".join(filter(None, prose)) or None, words(item.xpath("Link")) or ""
    facts = {**advert_from_labels(said), "title": words(item.xpath("Title")), "description": text}
    external_id = url and words(item.xpath("VacancyID"))
    return row(external_id, public_url(url), facts, complete=bool(text and facts.get("closes")))


def _row(card: Selector, page: Page) -> ListingRow:
    posted = (words(card.css(".vsr-job__date-posted")) or "").removeprefix("Posted on ") or None
    return page.linked_row(card, _ID, _facts(card) | shown(_CARD, card), posted=posted)


def _facts(node: Selector) -> dict[str, Any]:
    """Facts of coded fields, the first of each; of a tenant's own fields by their labels."""
    pairs: dict[str, str] = {}
    for content in node.css("[data-id^=div_content_]"):
        code = content.attrib["data-id"].removeprefix("div_content_VacV_").removesuffix("ID")
        own = words(content.xpath("preceding-sibling::*[1]/span[last()]")) or code
        value = words(content.css("[id$=lblReadonlySelected]")) or words(content) or ""
        if value.lower() not in _UNSAID and code not in (*_PROSE, "Vacancy"):
            pairs.setdefault(_LABELS.get(code, own), value)
    return advert_from_labels(pairs)
