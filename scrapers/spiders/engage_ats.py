"""engage|ats (Havas People; engageats.co.uk and employers' own domains), second generation ("V2").

Recognised by `/V2/Vacancy/Index`, `/Vacancies/W/…`, the host and the footer. Facts: lists of three
tenants captured in August 2026. The source's address is a list's (`/V2/Vacancy/Index?enc=…`), which
some employers link to; others open it by a script that mints the address, which is not followed.
Nor is the pager, a script whose requests are not evidenced: a list of more than one page is
partial, by its own total. Adverts' own pages are not evidenced: the list tells all we read.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import detector, either
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, public_url, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, row

_TOTAL = re.compile(r"^(\d{1,6}) job openings?$", re.IGNORECASE)  # 27 Job openings
_LIST = re.compile(r"https?://[^?#]*/V2/Vacancy/Index(?:[?#].*)?$", re.IGNORECASE)
_THEIRS = re.compile(r"https?://(?!www\.|demosite\.)[\w.-]+\.engageats\.co\.uk(?![\w.-])")
_ID = re.compile(r"/Vacancies/W/\d+/\d+/(\d+)/\d+(?![\w-])", re.IGNORECASE)
_ADVERT = re.compile(rf"https?://[^?#]*{_ID.pattern}", re.IGNORECASE)
_UNIT = re.compile(r"\b(?:school|unit|department|directorate|division|faculty)\b", re.IGNORECASE)
_PROSE = "div[contains(@class, 'ats-normal-font')][not(span[contains(@class, 'weight-bold')])]"

_FOOTER = re.compile(r">\s{0,20}powered by engage\|ats\s{0,20}<", re.IGNORECASE)

detect = either(
    detector("engage_ats", (_LIST, r"\g<0>"), (_THEIRS, "/V2/Login"), (_ADVERT, "/V2/Login")),
    detector("engage_ats", marks=((_FOOTER, "/V2/Login"),)),
)


class EngageAtsSpider(PlatformSpider):
    """engage|ats: panels of labels and a few lines of text, with the number of all openings."""

    name = "engage_ats"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        if not page.css("#searchResult-parent"):
            return page.link_to(_LIST)
        total = page.count(_TOTAL, "#searchResult-parent .ats-h4")
        if total is None:
            raise page.unlike("the list does not say how many jobs it has")
        buttons = page.css("#searchResult-parent button[id^=btn-view-job-]")
        return Listing(rows=[_row(each) for each in buttons], advertised=total)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        """An advert by itself, where its page has a JobPosting. The crawl needs none of them."""
        page = Page(response)
        return page.advert(page.own_id(_ID, page.posting), {})


def _row(button: Selector) -> ListingRow:
    card = button.xpath("ancestor::div[contains(@class, '-panel')][1]")
    text = card.xpath(f".//{_PROSE}")[:1]
    lines = (line.partition(":") for line in text.xpath("string()").get("").splitlines())
    said = {label: value.strip(" ,") for label, _, value in lines if field_of(label)}
    facts = advert_from_labels({**read_labels(card), **said})
    units = [label for label in facts["extra"] if _UNIT.search(label)]
    if units and not facts.get("department"):
        facts["department"] = facts["extra"].pop(units[0])
    facts |= {"title": words(card.css(".ats-heading-font")), "description": inner_html(text)}
    external_id = button.attrib["id"].removeprefix("btn-view-job-")
    return row(external_id, public_url(button.attrib["data-param1"]), facts, complete=True)
