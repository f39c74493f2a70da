"""JobApplyNI (jobapplyni.com), the vacancy board of Northern Ireland's Department for Communities.

Recognised by its host. Facts: one public reader whose tests run on pages captured in October 2026
(cards, total, pager, labels of the advert's page), with live notes, and two older readers that
agree on cards and paging. How a closed advert is answered is not evidenced.
The source's address is a search, `/?DoSearch=true&CurrentPage=1`. No options.
"""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.headings import html_below
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import page_after
from scrapers.listing import Listing, ListingRow
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, row, shown

LISTING = "https://www.jobapplyni.com/?DoSearch=true&CurrentPage=1"
_HOST = re.compile(r"https?://(?:www\.)?jobapplyni\.com(?![\w.-])", re.IGNORECASE)
_ID = re.compile(r"/Vacancy/VacancyDetail/?\?(?:[^#]{0,300}&)?Id=([\w-]+)", re.IGNORECASE)
_TOTAL = re.compile(r"(?<![\d,])([\d,]{1,9}) jobs?\b", re.IGNORECASE)  # 54 jobs in Engineering
_LINE_BREAK = re.compile(b"&#xA;", re.IGNORECASE)  # of a text typed in lines
_CARD = {"title": "h2.card-title a", "employer": "p.h5"}

detect = detector("jobapplyni", (_HOST, LISTING))


class JobApplyNISpider(PlatformSpider):
    """JobApplyNI: cards of ten counted from page 1, labelled pages."""

    name = "jobapplyni"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        total = page.count(_TOTAL, "h1")
        headings = [each for each in page.css("h2.card-title") if page.link_in(each, _ID)]
        if headings and total is None:
            raise page.unlike("no count of jobs is on the page")
        more = page_after(page.url, 10, total, "CurrentPage")
        return page.counted([_row(each, page) for each in headings], total, more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response.replace(body=_LINE_BREAK.sub(b"<br>", response.body)))
        printed, facts = _facts(page.css("dl"))
        number = page.own_id(_ID, printed == id_in(_ID, page.url))
        link = page.css("a.btn-success[href^='http']::attr(href)").get()
        page.css("div.col-md-4").drop()
        return page.advert(
            number,
            facts,
            page.join(f"?Id={number}"),
            title=page.words(".card-header h1") or page.words("h1"),
            employer=page.words("h2.card-title a") or page.words("h2.card-title"),
            description=html_below(page.document, "Job description"),
            apply_url=link,
        )


def _row(heading: Selector, page: Page) -> ListingRow:
    card = heading.xpath("ancestor::div[contains(concat(' ', @class, ' '), ' card ')][1]")[0]
    number, (_, facts) = id_in(_ID, page.link_in(heading, _ID)), _facts(card.css("dl"))
    address = page.join(f"/Vacancy/VacancyDetail?Id={number}")
    return row(number, address, {**facts, **shown(_CARD, card)})


def _facts(lists: SelectorList[Selector]) -> tuple[str | None, dict[str, Any]]:
    """The board's number of an advert, and its facts by their labels."""
    pairs = read_labels(lists)
    number, facts = pairs.pop("Vacancy ID", None), advert_from_labels(pairs)
    if "location" not in facts:
        facts["location"] = facts["extra"].pop("Area", None)
    return number, facts
