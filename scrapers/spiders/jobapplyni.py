"""JobApplyNI (jobapplyni.com), the vacancy board of Northern Ireland's Department for Communities.

Recognised by its host. Facts: one public reader whose tests run on pages captured in October 2026
(cards, total, pager, labels of the advert's page), with live notes, and two older readers that
agree on cards and paging. How a closed advert is answered is not evidenced.
The source's address is a search, `/?DoSearch=true&CurrentPage=1`. No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from parsel import Selector, SelectorList
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, html_of_nodes, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

LISTING = "https://www.jobapplyni.com/?DoSearch=true&CurrentPage=1"
PAGE_SIZE = 10

_DETAIL = "/Vacancy/VacancyDetail"
_TOTAL = re.compile(r"(?<![\d,])([\d,]{1,9}) jobs?\b", re.IGNORECASE)  # 54 jobs in Engineering
_LINE_BREAK = re.compile(r"&#xA;", re.IGNORECASE)
"""How the advert's text, typed in lines, stands in the page."""
_OWN_LABELS = {"Published date": "posted", "Job Sector": "category", "Worktime": "pattern"}
_FACTS_COLUMN = "contains(@class, 'col-md-4')"


class JobApplyNISpider(PlatformSpider):
    """JobApplyNI: cards of ten counted from page 1, labelled pages."""

    name = "jobapplyni"

    def read_listing(self, response: TextResponse) -> Listing:
        page = html_of(response)
        rows = [
            _read_card(heading, number, response)
            for heading in page.css("h2.card-title")
            if (number := _id_of(heading.css("a::attr(href)").get("")))
        ]
        total = _TOTAL.search(words(page.css("h1")) or "")
        if total is None:
            if not rows and says_no_vacancies(response):
                return Listing(says_empty=True)
            raise PageProblem(Failure.LAYOUT_CHANGED, "no count of jobs on the page")
        advertised = int(total[1].replace(",", ""))
        if advertised and not rows:
            raise PageProblem(Failure.LAYOUT_CHANGED, f"none of {advertised} jobs on the page")
        current = int(url_query_parameter(response.url, "CurrentPage") or 1)
        onward = rows and current * PAGE_SIZE < advertised
        following = add_or_replace_parameter(response.url, "CurrentPage", str(current + 1))
        return Listing(rows=rows, advertised=advertised, more=[following] if onward else [])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Selector(text=_LINE_BREAK.sub("<br>", response.text) or "<p/>", type="html")
        facts = _facts(page.css("dl"))
        asked = _id_of(response.url)
        shown = facts["extra"].pop("Vacancy ID", None)
        if asked is None or shown is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "none of an advert's labels is on the page")
        if shown != asked:
            raise PageProblem(Failure.LAYOUT_CHANGED, f"the page is of vacancy {shown}")
        facts["title"] = words(page.css(".card-header h1")) or words(page.css("h1"))
        apply = page.css("a.btn-success[href^='http']::attr(href)").get()
        return RawAdvert(
            external_id=shown,
            url=response.urljoin(f"{_DETAIL}?Id={shown}"),
            **facts,
            employer=words(page.css("h2.card-title a")) or words(page.css("h2.card-title")),
            description=_description(page),
            apply_url=apply,
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of the board, or one that links to it."""
    for address in addresses(page):
        if (urlsplit(address).hostname or "").removeprefix("www.") == "jobapplyni.com":
            return Detection(JobApplyNISpider.name, LISTING, address)
    return None


def _read_card(heading: Selector, number: str, response: TextResponse) -> ListingRow:
    card = heading.xpath("ancestor::div[contains(concat(' ', @class, ' '), ' card ')][1]")[0]
    facts = _facts(card.css("dl"))
    facts["extra"].pop("Vacancy ID", None)
    return ListingRow(
        advert=RawAdvert(
            external_id=number,
            url=response.urljoin(f"{_DETAIL}?Id={number}"),
            **{**facts, "title": words(heading.css("a")), "employer": words(card.css("p.h5")[:1])},
        )
    )


def _id_of(url: str) -> str | None:
    """The number in `/Vacancy/VacancyDetail?Id=1790432`, whatever the case of letters."""
    parts = urlsplit(url)
    query = {key.casefold(): value for key, value in parse_qsl(parts.query)}
    is_detail = parts.path.casefold().rstrip("/") == _DETAIL.casefold()
    return query.get("id") if is_detail else None


def _facts(lists: Selector | SelectorList[Selector]) -> dict[str, Any]:
    """Fields by the labels of this board; `Vacancy ID` stays apart, in `extra`."""
    pairs = read_labels(lists)
    number = pairs.pop("Vacancy ID", None)
    facts = advert_from_labels(pairs)
    extra: dict[str, str] = facts["extra"]
    for label, field in _OWN_LABELS.items():
        if label in extra:
            facts[field] = extra.pop(label)
    if facts.get("location") is None:
        facts["location"] = extra.pop("Area", None)
    if number:
        extra["Vacancy ID"] = number
    return facts


def _description(page: Selector) -> str | None:
    """From the heading "Job description" to the column of facts."""
    start = page.xpath("//h3[normalize-space() = 'Job description']")[:1]
    rest = f"following-sibling::node()[not(self::div[{_FACTS_COLUMN}])]"
    for node in (start, start.xpath("..")):
        html = html_of_nodes(node.xpath(rest))
        if html and words(Selector(text=html, type="html")):
            return html
    return None
