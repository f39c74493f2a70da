"""MHR iTrent web recruitment as server-rendered forms, the generation before the JSON screens.

Recognised by the same `…_webrecruitment/wrd/run/` path with the screens ETREC105GF (search) and
ETREC106GF.display_srch_all (results), in any letter case. Facts: an old reader of one borough's
tenant (about 2012) and four readers of 2016 to 2025, which agree on the results' links, the Next
button and the labels; nobody's captured page was seen. The source's address is the results screen,
`ETREC106GF.display_srch_all?WVID=…`. Links carry the session; the public address has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlencode

from form2request import form2request
from parsel import Selector, SelectorList
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import LONGEST_LABEL, advert_from_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_RESULTS = re.compile(
    r"https?://[^?#\s]{1,200}_web(?:recruitment)?/wrd/run/etrec106gf\.display_srch_all\?"
    r"(?:[^#\s]*&)?wvid=[0-9a-z]+",
    re.IGNORECASE,
)
_WEB_VIEW = re.compile(r"[?&]wvid=([0-9a-z]+)", re.IGNORECASE)
_VACANCY = re.compile(r"vacancy_id=([0-9]+[0-9a-z]*)", re.IGNORECASE)
_COUNT = re.compile(r"\bResults (\d+) ?- ?(\d+) of (\d+)\b", re.IGNORECASE)
_NONE_FOUND = "no suitable matches"
_PROFILE = "contains(translate(@href,'ETRCGF','etrcgf'), 'etrec107gf.')"
_NEXT = "//form//input[starts-with(@name,'BU_NEXT.') or @value='Next']"
_MEANT = {
    "title": "job title",
    "reference": "reference",
    "posted": "posted",
    "closing": "closing date",
    "category": "category",
}
"""The label that a word in one of the platform's labels stands for; the others mean themselves."""
_WORD = re.compile(r"\w+")


class ItrentFormsSpider(PlatformSpider):
    """iTrent of forms: result pages behind a Next button, a labelled page for each advert."""

    name = "itrent_forms"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        text = (words(page) or "").lower()
        if "security violation" in text:
            raise PageProblem(Failure.BLOCKED, "the site refused the session: security violation")
        rows = {row.advert.external_id: row for row in _rows(page, response)}
        count = _COUNT.search(text)
        if count is None:
            if rows or _NONE_FOUND not in text:
                raise PageProblem(Failure.LAYOUT_CHANGED, "no count on the results screen")
            return Listing(says_empty=True)
        if len(rows) != int(count[2]) - int(count[1]) + 1:
            raise PageProblem(Failure.LAYOUT_CHANGED, f"{len(rows)} adverts under “{count[0]}”")
        return Listing(
            advertised=int(count[3]),
            rows=list(rows.values()),
            more=[_pressed(button) for button in response.xpath(_NEXT)[:1]],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        facts = _facts(page)
        told = page.xpath("//input[starts-with(@name,'VACANCY_ID.')]/@value").get()
        found = _VACANCY.search(unquote(response.url))
        vacancy = told or (found[1] if found else None)
        if page.css(".job-search-summary"):
            heading, place = _parted(words(page.xpath("(//h2)[1]")))
            facts = {"title": heading, "location": place, **facts}
        told_enough = {"closes", "salary", "reference"} & set(facts)
        if not facts.get("title") or not vacancy or not told_enough:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        return RawAdvert(external_id=vacancy, url=_public_url(response, vacancy), **facts)


def _rows(page: Selector, response: TextResponse) -> Iterator[ListingRow]:
    for link in page.xpath(f"//a[{_PROFILE}]"):
        href = link.attrib["href"]
        vacancy, title = _VACANCY.search(unquote(href)), words(link)
        if vacancy is None or title is None:
            continue
        row = link.xpath(f"ancestor::table[1][count(.//a[{_PROFILE}]) < 2]")
        name, place = _parted(title)
        advert = RawAdvert(
            external_id=vacancy[1],
            url=_public_url(response, vacancy[1]),
            **{"location": place, **_facts(row), "title": name},
        )
        yield ListingRow(advert=advert, detail=href)


def _facts(node: Selector | SelectorList[Selector]) -> dict[str, Any]:
    """RawAdvert fields from the terms of lists and the first cells of rows under an element."""
    pairs: dict[str, str] = {}
    description = None
    for term in node.xpath(".//dl//dt | .//tr[count(td)=2]/td[1]"):
        cell = term.xpath("following-sibling::*[self::dd or self::td][1]")
        label = (words(term) or "").strip(" :•")
        value = (words(cell) or "").rstrip(" •")
        said = _WORD.findall(label.lower()[:LONGEST_LABEL])
        if "description" in said:
            description = description or inner_html(cell)
        elif label and value and len(label) <= LONGEST_LABEL:
            pairs.setdefault(next((_MEANT[word] for word in said if word in _MEANT), label), value)
    return {**advert_from_labels(pairs), "description": description}


def _parted(heading: str | None) -> tuple[str | None, str | None]:
    """Title and place of a heading: "Gardener based at Ely Depot"."""
    title, _, place = (heading or "").partition(" based at ")
    return title or None, place or None


def _pressed(button: Selector) -> Request:
    """What the browser sends when that button of its form is pressed."""
    form = button.xpath("ancestor::form[1]")
    request: Request = form2request(form, click=button.root).to_scrapy(callback=None)
    return request


def _public_url(response: TextResponse, vacancy: str) -> str:
    view = _WEB_VIEW.search(response.url)
    query = {"VACANCY_ID": vacancy, **({"WVID": view[1]} if view else {}), "LANG": "USA"}
    return response.urljoin("ETREC107GF.open?" + urlencode(query))


def detect(page: TextResponse) -> Detection | None:
    """A results screen of forms, or a page that points to one."""
    for address in addresses(page):
        if found := _RESULTS.match(address):
            return Detection("itrent_forms", found[0], f"iTrent results screen {address}")
    return None
