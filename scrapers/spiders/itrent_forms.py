"""MHR iTrent web recruitment as server-rendered forms, the generation before the JSON screens.

Recognised by the results screen `ETREC106GF.display_srch_all?WVID=…` (ETREC105GF is the search)
under a `…_webrecruitment/wrd/run/` path, in any letter case: the source's address. Facts: an old
reader of one borough's tenant (about 2012) and four readers of 2016 to 2025, which agree on the
results' links, the Next button and the labels; nobody's captured page was seen. Links carry the
session; the public address has none.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from parsel import Selector, SelectorList
from scrapy.http import TextResponse

from scrapers.detection import detector
from scrapers.items import RawAdvert
from scrapers.labels import LONGEST_LABEL, advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, words
from scrapers.platform import PlatformSpider
from scrapers.reading import Page, each_once, id_in, row
from scrapers.webforms import sent

_RESULTS = re.compile(
    r"https?://[^?#\s]{1,200}_web(?:recruitment)?/wrd/run/etrec106gf\.display_srch_all\?"
    r"(?:[^#\s]*&)?wvid=[0-9a-z]+",
    re.IGNORECASE,
)
_WEB_VIEW = re.compile(r"[?&]wvid=([0-9a-z]+)", re.IGNORECASE)
_VACANCY = re.compile(r"vacancy_id=([0-9]+[0-9a-z]*)", re.IGNORECASE)
_COUNT = re.compile(r"\bResults (\d+) ?- ?(\d+) of (\d+)\b", re.IGNORECASE)
_PROFILE = "contains(translate(@href,'ETRCGF','etrcgf'), 'etrec107gf.')"
_NEXT = "//form//input[starts-with(@name,'BU_NEXT.') or @value='Next']"
_BETWEEN = " based at "  # a heading's title and place: "Gardener based at Ely Depot"
_SAID = re.compile(r"\b(title|reference|posted|closing|category|description)\b", re.IGNORECASE)
"""Words that tell what a label means, whatever else stands in it; the others mean themselves."""

detect = detector("itrent_forms", (_RESULTS, r"\g<0>"))


class ItrentFormsSpider(PlatformSpider):
    """iTrent of forms: result pages behind a Next button, a labelled page for each advert."""

    name = "itrent_forms"

    def read_listing(self, response: TextResponse) -> Listing:
        page = Page(response)
        if "security violation" in page.text.lower():
            raise page.blocked("the site refused the session: security violation")
        rows = each_once(_row(a, page) for a in page.xpath(f"//a[{_PROFILE}]") if words(a))
        count = _COUNT.search(page.words("html") or "")
        first, last, total = map(int, count.groups()) if count else (1, 0, None)
        if len(rows) != last - first + 1:
            raise page.unlike(f"{len(rows)} adverts, counted as {first} to {last}")
        more = [sent(each.xpath("ancestor::form[1]"), each) for each in response.xpath(_NEXT)[:1]]
        return page.listing(rows, total, more if rows else [])

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        facts = _facts(page.document)
        told = page.xpath("//input[starts-with(@name,'VACANCY_ID.')]/@value").get()
        vacancy = told or id_in(_VACANCY, unquote(response.url))
        if page.css(".job-search-summary"):
            name, _, place = (page.words("h2") or "").partition(_BETWEEN)
            facts = {"title": name or None, "location": place or None, **facts}
        if not (vacancy and facts.get("title")) or not {"closes", "salary", "reference"} & {*facts}:
            raise page.no_advert()
        return page.advert(vacancy, facts, url=_public_url(page, vacancy))


def _row(link: Selector, page: Page) -> ListingRow:
    name, _, place = (words(link) or "").partition(_BETWEEN)
    vacancy = id_in(_VACANCY, unquote(link.attrib["href"]))
    facts = _facts(link.xpath(f"ancestor::table[1][count(.//a[{_PROFILE}]) < 2]"))
    says = {"location": place or None, **facts, "title": name}
    return row(vacancy, _public_url(page, vacancy), says, detail=link.attrib["href"])


def _facts(part: Selector | SelectorList[Selector]) -> dict[str, Any]:
    """RawAdvert fields from the terms of lists and the first cells of rows under an element."""
    pairs: dict[str, str] = {}
    text = None
    for term in part.xpath(".//dl//dt | .//tr[count(td)=2]/td[1]"):
        cell = term.xpath("following-sibling::*[self::dd or self::td][1]")
        label, value = (words(term) or "").strip(" :•"), (words(cell) or "").rstrip(" •")
        said = (id_in(_SAID, label[:LONGEST_LABEL]) or "").lower()
        if said == "description":
            text = text or inner_html(cell)
        elif label and value and len(label) <= LONGEST_LABEL:
            pairs.setdefault("job title" if said == "title" else said or label, value)
    return {**advert_from_labels(pairs), "description": text}


def _public_url(page: Page, vacancy: str | None) -> str:
    view = f"&WVID={view}" if (view := id_in(_WEB_VIEW, page.url)) else ""
    return page.join(f"ETREC107GF.open?VACANCY_ID={vacancy}{view}&LANG=USA")
