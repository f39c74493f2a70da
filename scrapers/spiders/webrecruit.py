"""Webrecruit career sites: one page with every vacancy opened out on it.

Recognised by the footer "Powered by: Webrecruit" (MHR's "webrecruitment" is another product); a
mere link to one tells nothing, as they live on the employers' own hosts. Facts: one list captured
in 2026, and the reader made for it; an advert's own page was not seen and is taken to hold the same
blocks. A fact is told by the class of its label, since employers rename and translate the labels;
the closing date's row may be hidden, and is read all the same. The source's address is `/Home`.
"""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row

_ID = re.compile(r"/(?:ApplyNow|JobDescription)/([\w-]{4,60})", re.IGNORECASE)
_FOOTER = re.compile(r">\s{0,20}powered by:\s{0,20}webrecruit\s{0,20}<", re.IGNORECASE)
_LABELS = {
    "vacancy-header-reference": "Reference",
    "vacancy-header-location": "Location",
    "vacancy-header-salary": "Salary",
    "vacancy-header-closing-date": "Closing date",
    "vacancy-header-sector": "Category",
    "vacancy-header-hours": "Working pattern",
    "vacancy-header-type": "Contract type",
    "vacancy-header-working-hours": "Hours",
}
"""The class of a label, and the fact that it stands beside in plain words."""
_TEXT = ".vacancy-details-left p > .vacancy-body-text, .vacancy-details-left > .vacancy-body-text"

detect = detector("webrecruit", marks=((_FOOTER, "/Home"),))


class WebrecruitSpider(PlatformSpider):
    """Webrecruit: whole adverts on one page."""

    name = "webrecruit"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        rows = [_row(card, page) for card in page.css("article[aria-label]")]
        return page.listing(rows, of=".vacancy-list, article[aria-label]")

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        external_id = page.own_id(_ID, page.css(".vacancy-details-headers"))
        url = page.join(f"/JobDescription/{external_id}")
        return page.advert(external_id, _facts(page.document), url)


def _row(card: Selector, page: Page) -> ListingRow:
    apply, facts = card.css("a[href*='/ApplyNow/']")[0].attrib["href"], _facts(card)
    external_id, url = id_in(_ID, apply), page.join(apply)
    address = url.replace("/ApplyNow/", "/JobDescription/")
    return row(external_id, address, facts, complete=bool(facts["description"]), apply_url=url)


def _facts(node: Selector) -> dict[str, Any]:
    pairs: dict[str, str] = {}
    for block in node.css(".vacancy-details-headers"):
        value = words(block.css(".vacancy-body-text")) or ""
        for label in block.css(".vacancy-header-text"):
            named = filter(None, map(_LABELS.get, label.attrib["class"].split()))
            pairs.setdefault(next(named, words(label) or ""), value)
    title = words(node.css(".vacancy-job-title")[:1]) or words(node.css("h1")[:1])
    text = inner_html(node.css(_TEXT)[:1])
    said = {label: value for label, value in pairs.items() if label and value}
    return {**advert_from_labels(said), "title": title, "description": text}
