"""NEOGOV (governmentjobs.com, schooljobs.com): careers pages of American local government.

Recognised by those hosts and `/careers/<agency>`. Facts: seven public readers of 2026 that agree on
the list (a fragment for requests that say XMLHttpRequest, ten at once, its own count), and one
measurement of adverts' JobPostings (pay of nought where none is told, no closing date). That
measurement also found a robots.txt that refuses all but named search engines: while it does, a
crawl ends as blocked. The source's address is the agency's careers page. No options.
Dates written as month/day/year are kept under their labels alone: here they would be misread.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, first_match
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, pairs_of, read_labels
from scrapers.links import page_after
from scrapers.listing import Listing, ListingRow
from scrapers.pages import plain, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row

PAGE_SIZE = 10  # adverts at once, whatever is asked for
_LIST = "/careers/home/index?agency={}&sort=PostingDate&isDescendingSort=true&page=1"
_OWN = r"/careers/(?!(?:home|jobinfo|jobs|applications)\b)([\w-]{2,60})(?=[/?#]|$)"
_AGENCY = re.compile(_OWN, re.IGNORECASE)
_CAREERS = re.compile(rf"https?://(?:www\.)?(?:governmentjobs|schooljobs)\.com{_OWN}", re.I)
_JOB = re.compile(r"^[^?#]*/jobs/(\d{1,12})(?:[/?#]|$)")
_SHOWN = "#job-postings-number, li.list-item[data-job-id], div.jobs-not-found-container"
_AMERICAN_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}")


def detect(page: TextResponse) -> Detection | None:
    """A careers page of NEOGOV's, or a page that points to one: agencies go in lower case."""
    if (found := first_match(page, _CAREERS)) is None:
        return None
    return Detection("neogov", urljoin(found[0], f"/careers/{found[1].lower()}"), found.string)


class NeogovSpider(PlatformSpider):
    """NEOGOV: a list in fragments of ten, and a JobPosting on each advert's page."""

    name = "neogov"

    def listing_request(self) -> Request:
        return _part(urljoin(self.source.url, _LIST.format(id_in(_AGENCY, self.source.url))))

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = Page(response)
        if not page.css(_SHOWN) and (agency := id_in(_AGENCY, response.url)):
            return _part(page.join(_LIST.format(agency)))
        rows = [_row(card, page) for card in page.css("li.list-item[data-job-id]")]
        total = page.number_at("#job-postings-number::text")
        more = page_after(response.url, PAGE_SIZE, 10**9 if total is None else total)
        return page.listing(rows, total, [_part(url) for url in more if rows], of=_SHOWN)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts = _told(read_labels(page.css("dl, div.term-container")))
        external_id = page.own_id(_JOB, page.posting or len(facts) > 2)  # `extra` is always there
        text = None if page.posting else page.html("#details-info")
        return page.advert(external_id, facts, title=page.words(".entity-title"), description=text)


def _part(url: str) -> Request:
    """A part of the list. Without its header the same address answers with an empty shell."""
    return Request(url, headers={"X-Requested-With": "XMLHttpRequest"})


def _row(card: Selector, page: Page) -> ListingRow:
    link, metas = card.css("a.item-details-link[href]")[0], card.css("ul.list-meta > li")
    terms = metas[1:2].xpath("text()[normalize-space()]").getall()
    return row(
        card.attrib["data-job-id"],
        page.join(link.attrib["href"].partition("?")[0]),
        _told(pairs_of(words(each) or "" for each in metas[2:])),
        title=words(link),
        location=words(metas[:1]),
        contract=plain(" ".join(terms[:1])),
        salary=plain(" ".join(terms[1:])),
    )


def _told(pairs: dict[str, str]) -> dict[str, Any]:
    """Facts by their labels; a date that would be read day first stays among the extra ones."""
    american = {label: value for label, value in pairs.items() if _AMERICAN_DATE.match(value)}
    facts = advert_from_labels({k: v for k, v in pairs.items() if k not in american})
    return {**facts, "extra": facts["extra"] | american}
