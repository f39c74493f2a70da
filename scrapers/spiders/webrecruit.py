"""Webrecruit career sites: one page with every vacancy opened out on it.

Recognised by the footer "Powered by: Webrecruit" (MHR's "webrecruitment" is another product).
Facts: one list captured in 2026, and the reader made for it; an advert's own page was not seen and
is taken to hold the same blocks. Facts are told by the class beside the label, since employers
rename the labels and Welsh sites translate them. The closing date's row may be hidden on the page
and is read all the same. The source's address is `/Home`. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, plain, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_ID = re.compile(r"/(?:ApplyNow|JobDescription)/([\w-]{4,60})", re.IGNORECASE)
_FOOTER = re.compile(r"powered by:\s{0,20}webrecruit\b", re.IGNORECASE)
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
_TEXT = (
    ".vacancy-details-left p > span.vacancy-body-text, .vacancy-details-left > .vacancy-body-text"
)


class WebrecruitSpider(PlatformSpider):
    """Webrecruit: whole adverts on one page."""

    name = "webrecruit"

    def read_listing(self, response: TextResponse) -> Listing:
        page = html_of(response)
        rows = [_read_card(card, response.url) for card in page.css("article[aria-label]")]
        if not rows and not page.css(".vacancy-list"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "no list of vacancies is on the page")
        return Listing(rows=rows, says_empty=not rows and says_no_vacancies(response))

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _ID.search(response.url)
        if found is None or not page.css(".vacancy-details-headers"):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        return _read_blocks(page, found[1], response.url)


def detect(page: TextResponse) -> Detection | None:
    """A career site of Webrecruit's. They live on the employers' own hosts, so that a mere link
    to one tells nothing."""
    footer = _FOOTER.search(page.text)
    if footer is None or "vacancy-" not in page.text:
        return None
    return Detection(WebrecruitSpider.name, urljoin(page.url, "/Home"), footer[0])


def _read_card(card: Selector, near: str) -> ListingRow:
    apply = card.css("a[href*='/ApplyNow/']::attr(href)")[0].get()
    found = _ID.search(apply)
    if found is None:
        raise ValueError(f"a vacancy without an id: {apply}")
    advert = _read_blocks(card, found[1], near)
    advert.apply_url = urljoin(near, apply)
    return ListingRow(advert=advert, complete=advert.description is not None)


def _read_blocks(node: Selector, external_id: str, near: str) -> RawAdvert:
    pairs: dict[str, str] = {}
    for block in node.css(".vacancy-details-headers"):
        label = block.css(".vacancy-header-text")
        value = plain(block.css(".vacancy-body-text").xpath("string()").get())
        if label and value:
            named = (_LABELS.get(each) for each in label[0].attrib["class"].split())
            own = plain(label[0].xpath("string()").get()) or ""
            pairs.setdefault(next(filter(None, named), own), value)
    return RawAdvert(
        external_id=external_id,
        url=urljoin(near, f"/JobDescription/{external_id}"),
        **{
            **advert_from_labels(pairs),
            "title": words(node.css(".vacancy-job-title")[:1]) or words(node.css("h1")[:1]),
            "description": inner_html(node.css(_TEXT)[:1]),
        },
    )
