"""NHS Jobs (jobs.nhs.uk): England and Wales, councils' public-health posts among them.

Recognised by its host. Facts: a government client with a verbatim answer (2024), several public
readers tested on live pages in 2026, of the search for people too. The source's address is
`/api/v1/search_xml` with the filters wanted (`employerCode`, …) and `limit=100`. Rows lack the
period of the pay; the advert's page has it, in parts with ids that stand there twice. No options.
"""

from __future__ import annotations

import re

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.feeds import elements_of, xml_under
from scrapers.headings import block_from
from scrapers.items import RawAdvert
from scrapers.links import page_after
from scrapers.listing import Listing, ListingRow
from scrapers.pages import plain, public_url, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, id_in, number, row, shown

API = "https://www.jobs.nhs.uk/api/v1/search_xml?limit=100"
_HOST = r"https?://(?:www\.|beta\.)?jobs\.nhs\.uk/(?:candidate|api/v1/search_xml)\b"
_EMPLOYER = re.compile(rf"{_HOST}[^#]*?[?&](employerCode=[\w-]+)")
_ID = re.compile(r"/jobadvert/([A-Za-z0-9-]+)")
_ROW = {name: name for name in ("reference", "title", "employer", "salary")}
_ROW |= {"contract": "type", "posted": "postDate", "closes": "closeDate", "summary": "description"}
_CARD = {"title": "[data-test$=job-title]", "location": ".location-font-size"}
_KINDS = {"salary": "salary", "posted": "publicationDate", "closes": "closingDate"}
_KINDS |= {"contract": "jobType", "pattern": "workingPattern"}
_CARD |= {name: f"[data-test=search-result-{kind}] strong" for name, kind in _KINDS.items()}
_FOUND = re.compile(r"\b([\d,]{1,9}) jobs? found\b", re.IGNORECASE)  # 76 jobs found
_FACTS = {"title": "#heading", "employer": "#employer_name", "grade": "#payscheme-band"}
_FACTS |= {"salary": "#range_salary, #fixed_salary, #negotiable_salary, #salary"}
_FACTS |= {"reference": "#trac-job-reference", "posted": "#date_posted", "closes": "#closing_date"}
_FACTS |= {"pattern": "#working_pattern_heading + p"}
_LABELLED = ("salary", "grade", "contract", "reference", "hours")
_CLOSING = re.compile(r"the closing date is:?\s*", re.IGNORECASE)
_ABOVE = "#job_overview", "#job_description", "#job_description_large"
_BELOW = "h2:contains('Person Spec')", "#about_organisation"

detect = detector("nhs_jobs", (_EMPLOYER, rf"{API}&\1"), (re.compile(_HOST), API))


class NhsJobsSpider(PlatformSpider):
    """NHS Jobs: pages of XML rows, and a page for each advert."""

    name = "nhs_jobs"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        if cards := page.css("li[data-test=search-result]"):
            total = page.count(_FOUND)
            more = page_after(response.url, 10, total)
            return Listing(rows=[_card(each, page) for each in cards], advertised=total, more=more)
        answer = xml_under("nhsJobs", response)
        counts = (words(answer.xpath(f"/*/{each}")) for each in ("totalResults", "totalPages"))
        total, pages = (number(each or "") for each in counts)
        rows = [_row(each) for each in answer.xpath("/*/vacancyDetails")]
        more = page_after(response.url, 1, pages) if rows else []
        return Listing(rows=rows, advertised=total, more=more)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        labelled, places = page.facts(), _places(page)
        facts = {name: text for name, css in _FACTS.items() if (text := page.said(css))}
        blocks = (block_from(page.css(each)) for each in (*_ABOVE, *_BELOW))
        return page.advert(
            page.own_id(_ID, "title" in facts and {"employer", "closes"} & facts.keys()),
            {**{name: labelled.get(name) for name in _LABELLED}, **facts},
            public_url(page.url).partition("?")[0],
            location="; ".join(places) or None,
            postcode=page.said("#employer_postcode") if len(places) == 1 else None,
            contract=labelled.get("contract") or page.said("#contract_type"),
            closes=_CLOSING.sub("", facts.get("closes", "")) or None,
            description="\n".join(filter(None, blocks)) or None,
        )


def _card(card: Selector, page: Page) -> ListingRow:
    """A result of the search that people see; its address holds the words searched for."""
    url = page.link_in(card, _ID).partition("?")[0]
    employer = plain(card.css("[data-test=search-result-location] h3::text").get())
    return row(id_in(_ID, url), url, shown(_CARD, card), employer=employer)


def _row(each: Selector) -> ListingRow:
    facts, url = elements_of(each, _ROW), words(each.xpath("url")) or ""
    places = filter(None, map(words, each.xpath("locations/location | locations/locations")))
    return row(facts.get("reference"), public_url(url), facts, location="; ".join(places) or None)


def _places(page: Page) -> list[str]:
    """Each place of work, its address in one line; the employer's own address is not among them."""
    places: dict[str, None] = {}
    for town in page.css("[id^=employer_town]::attr(id)").re(r"^employer_town(_\d+|)$"):
        names = ("address_line_1", "town", "county", "postcode")
        parts = filter(None, (page.said(f"#employer_{name}{town}") for name in names))
        places[", ".join(dict.fromkeys(parts))] = None
    return list(filter(None, places))
