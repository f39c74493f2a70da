"""Tribepad: its classic careers site, and the newer "site builder" pages (v2).

Recognised by the comment "This site is powered by tribepad", by hosts of tribepad.com and
tribepad-gro.com, and by `/v2/sitebuilder-assets/`. Facts: classic list, two pages captured in
2026, and a reader that polls a council; v2 list, one page captured in 2026 and another reader's
live run; of an advert's own page two readers' words (classic: JobPosting; v2: reference, closing
date and text), no page. The source's address: `/jobs/search` (classic) or `/v2/job/search`.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.links import next_page, page_after
from scrapers.listing import Listing
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, shown

_LIST = "ul.jobs, #results, #sitebuilder-job-search-results"
_CARDS = "ul.jobs > li:has(a[href*=job]), .sitebuilder-job-results-item"
_CARD = {
    "title": ".job-list-title, .sitebuilder-job-results-item-title",
    "location": ":has(> i.fa-map-marker-alt)",
    "salary": ":has(> i.fa-wallet)",
    "contract": ":has(> i.fa-clock)",
    "category": ":has(> i.fa-tag)",
    "reference": ":has(> i.fa-list-alt)",
    "posted": "[itemprop=datePosted]",
    "closes": ":has(> i.fa-calendar-times), p:contains('Apply by')",
}
_ADVERT = {"title": "#job-advert-wrapper h1", "closes": ":has(> i.fa-calendar-check)"}
_ID = re.compile(r"/jobs/job/[^/?#]*/(\d+)|/detail\.php\?[^#]{0,60}?\brecord=(\d+)", re.IGNORECASE)
_TOTAL = re.compile(r"^(\d{1,6}) search results?$", re.IGNORECASE)  # 18 Search Results
_ASIDE = re.compile(r"^apply by\s|\s?\([^()]{0,40}\)$", re.IGNORECASE)  # Apply by 10/09/26 (6 days)
_THEIRS = r"https?://(?!www\.tribepad)[\w.-]+\.tribepad(?:-gro)?\.com(?![\w.-])"
_CLASSIC = re.compile(rf"{_THEIRS}/jobs/|https?://[^?#]*/jobs/search/-1")
_V2_PATH = r"/v2/(?:job/search|vacancies|sitebuilder-assets)\b|/job/detail\.php"
_V2 = re.compile(rf"{_THEIRS}|https?://[^?#]*(?:{_V2_PATH})")
_POWERED = re.compile(r"<!--\s{0,9}this site is powered by tribepad", re.IGNORECASE)
_V2_LIST = re.compile('id="sitebuilder-job-search-results"')

detect = detector(
    "tribepad",
    (_CLASSIC, "/jobs/search"),
    (_V2, "/v2/job/search"),
    marks=((_POWERED, "/jobs/search"), (_V2_LIST, "")),
)


class TribepadSpider(PlatformSpider):
    """Tribepad: cards whose facts stand beside icons, page by page; a page for each advert."""

    name = "tribepad"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        rows = [page.linked_row(card, _ID, _facts(card)) for card in page.css(_CARDS)]
        total = page.count(_TOTAL, "h1, h2, h3")
        size = int(url_query_parameter(response.url, "records_per_page", "10"))
        onward = [next_page(response)] if total is None else page_after(response.url, size, total)
        more = [each for each in onward if each and rows]
        return page.listing(rows, total, more, of=_LIST)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        text = "\n".join(page.css("section.job-details-section").getall())
        external_id = page.own_id(_ID, page.posting or text)
        facts = page.facts("main, #job-advert-wrapper") | shown(_ADVERT, page.document)
        return page.advert(external_id, facts, description=None if page.posting else text)


def _facts(card: Selector) -> dict[str, str | None]:
    facts = shown(_CARD, card)
    return {**facts, "closes": _ASIDE.sub("", facts.get("closes", "")) or None}
