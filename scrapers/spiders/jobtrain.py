"""Jobtrain (jobtrain.co.uk and employers' own domains): a shell whose script asks for cards.

Recognised by `/Home/Job`, `/Job/JobDetail?JobId=` and the link to jobseekersupport.jobtrain.co.uk.
Facts: five public readers of 2026 agree on the fragment `/Home/_JobCard?Skip=…` (12 cards, total in
a hidden input) and on each advert's JobPosting; no page is captured. The source's address is
`…/Home/Job`, which always says that there are 0 jobs: never a proof.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import Detection, detector
from scrapers.items import RawAdvert
from scrapers.links import part_after
from scrapers.listing import Listing, ListingRow
from scrapers.pages import words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, labelled, row, shown

_ID = re.compile(r"/Job/JobDetail\?(?:[^#]{0,200}&)?JobId=(\d+).*", re.IGNORECASE)
_BARE = r"/Job/JobDetail?JobId=\1"  # without the mark of where the visitor came from
_PATH = r"(/(?:[^/?#]+/)?)(?:Home/(?:Job|_JobCard)|Job/JobDetail)(?=[?#]|$)"  # /tenant/Home/Job
_OWN = re.compile(rf"https?://[^/?#]+{_PATH}", re.IGNORECASE)
_THEIRS = re.compile(rf"https?://[^/?#]+\.jobtrain\.co\.uk(?::\d+)?{_PATH}", re.IGNORECASE)
_ADVERT = re.compile(rf"https?://[^/?#]+{_PATH}\?(?:[^#]*&)?JobId=\d", re.IGNORECASE)
_AJAX = {"X-Requested-With": "XMLHttpRequest"}
_CARD = {  # without a label, on some tenants' cards
    "salary": ".job-salary",
    "location": ".job-card__location, .job-location",
    "department": ".job-department",
    "reference": ".job-reference",
    "contract": ".job-type",
}

_of_marked = detector("jobtrain", (_OWN, r"\1Home/Job"))
_of_any = detector("jobtrain", (_THEIRS, r"\1Home/Job"), (_ADVERT, r"\1Home/Job"))


def detect(page: TextResponse) -> Detection | None:
    """A page of Jobtrain's, or one that links to a list or an advert of Jobtrain's."""
    return (_of_marked if "jobseekersupport.jobtrain.co.uk" in page.text else _of_any)(page)


class JobtrainSpider(PlatformSpider):
    """Jobtrain: cards in fragments of HTML, counted by a hidden input; JSON-LD on each page."""

    name = "jobtrain"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        rows = [_row(card, page) for card in page.css(".job-card")]
        total = page.number_at("input#totalMatchRecords::attr(value)")
        named = page.css("#requestUrl::attr(data-request-url)").get()
        skipped = int(url_query_parameter(response.url, "Skip") or 0)
        cards = page.join((named or "_JobCard").partition("?")[0]) + f"?Skip={skipped}"
        if not rows and total is None and not skipped:
            if "_jobcard" in response.url.lower() or not (named or _OWN.match(response.url)):
                raise page.unlike("neither a card nor the number of jobs")
            return Request(cards, headers=_AJAX)
        more = [Request(url, headers=_AJAX) for url in part_after(cards, len(rows), total, "Skip")]
        return Listing(rows=rows, advertised=total, more=more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response).of_job(_ID)
        external_id, url = page.own_id(_ID, page.posting), _ID.sub(_BARE, response.url)
        return page.advert(external_id, {**page.facts(), "title": None}, url)


def _row(card: Selector, page: Page) -> ListingRow:
    url = page.link_in(card, _ID)
    heads = [*card.css("h2, h3, h4"), *card.css("a[href*=JobDetail]")]
    title = next((each for each in map(words, heads) if each and each.upper() != "NEW"), None)
    facts = shown(_CARD, card) | labelled(card)
    return row(id_in(_ID, url), _ID.sub(_BARE, url), facts, title=title)
