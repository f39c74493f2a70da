"""TalentLink (MrTed, Lumesse, Saba, Cornerstone), the older generation: pages of a widget.

Recognised by `/syndicated/lay/…rapido.cfm` addresses. Facts: one tenant's list and advert captured
in August 2026, five readers of such lists. The newer generation (`data-talentlink-fo-host`) is read
through `/fo/rest/`, which robots.txt refuses to everybody: its pages are told apart, and not read.
The source's address is the list's (`jsoutputinitrapido.cfm?component=lay9999_lst400a&ID=…`) or that
of the council's page that carries the widget's script.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of
from scrapers.listing import Listing, ListingRow
from scrapers.pages import (
    html_of,
    inner_html,
    public_url,
    says_gone,
    says_no_vacancies,
    words,
)
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

PAGE_SIZE = 100

_WIDGET = re.compile(r"/syndicated/lay/\w{0,40}rapido\.cfm\?", re.IGNORECASE)
_NEWER = re.compile(r"\bdata-(?:talentlink|lumesse)-fo-host\b", re.IGNORECASE)
_ID = re.compile(r"\bnPostingTargetID=(\d+)", re.IGNORECASE)
_PAGE = re.compile(r"\bpagenum=(\d+)", re.IGNORECASE)
_COUNT = re.compile(r"(\d{1,6})\W{0,9}$")  # Number of jobs, which match your criteria: 12
_TENANT = frozenset(("id", "lg", "mask", "jobadlg", "browserchk", "mtbrwchk"))


class TalentlinkSpider(PlatformSpider):
    """TalentLink: a table of jobs with the tenant's own columns, a page of labels for each."""

    name = "talentlink"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        if not page.css("#LstContent, table.Lst-Tabel"):
            return _through_widget(response)
        heads = [words(head) or "" for head in page.css("tr.Lst-Header > th")]
        rows = [_row(row, heads, response) for row in page.css("tr.Lst-BG1, tr.Lst-BG2")]
        count = _COUNT.search(words(page.css(".Lst-CountLabel")) or "")
        here = int(found[1]) if (found := _PAGE.search(response.url)) else 1
        numbered = {
            int(found[1]): href
            for href in page.css("a.Lst-NavPage::attr(href)").getall()
            if (found := _PAGE.search(href))
        }
        onward = min((number for number in numbered if number > here), default=None)
        return Listing(
            rows=rows,
            advertised=int(count[1]) if count else None,
            more=[numbered[onward]] if onward else [],
            says_empty=not rows and says_no_vacancies(response),
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        title = words(page.css(".JD-Title"))
        found = _ID.search(unquote(response.url)) or _ID.search(unquote(response.text))
        if title is None or found is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        labels = page.css(".JD-HDLabel")
        pairs = {words(each) or "": words(each.xpath("following-sibling::*[1]")) for each in labels}
        return RawAdvert(
            external_id=found[1],
            url=public_url(response.url),
            **{**_facts(pairs), "title": title},
            description=inner_html(page.css("#JD-AllFields")),
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of a TalentLink widget, or one that carries or links to such a widget."""
    for address in addresses(page):
        if _WIDGET.search(address) and (url := _list_url(address)):
            return Detection(platform=TalentlinkSpider.name, url=url, evidence=address)
    if _NEWER.search(page.text):
        evidence = "data-…-fo-host: the newer generation, closed to robots"
        return Detection(platform=TalentlinkSpider.name, url=page.url, evidence=evidence)
    return None


def _through_widget(response: TextResponse) -> Request:
    """From the council's page, by its widget's script, to the list."""
    found = None if _WIDGET.search(response.url) else detect(response)
    if found is None:
        raise PageProblem(Failure.LAYOUT_CHANGED, "neither a list of jobs nor its widget is here")
    if found.url == response.url:
        raise PageProblem(Failure.ROBOTS, found.evidence)
    return Request(found.url)


def _list_url(address: str) -> str | None:
    """The list of the tenant that a widget's address names."""
    given = parse_qsl(urlsplit(address).query)
    tenant = {name: value for name, value in given if name.lower() in _TENANT}
    if not any(name.lower() == "id" for name in tenant):
        return None
    query = {"component": "lay9999_lst400a", **tenant, "Resultsperpage": str(PAGE_SIZE)}
    return urljoin(address, f"jsoutputinitrapido.cfm?{urlencode(query)}")


def _row(row: Selector, heads: list[str], response: TextResponse) -> ListingRow:
    link = row.css("a[class^=lstA-desc]")[0]
    url = response.urljoin(link.attrib["href"])
    found, title = _ID.search(url), words(link)
    if found is None or title is None:
        raise ValueError("a row of the list lacks its title or its id")
    cells = zip(heads, row.xpath("td"), strict=True)
    facts = _facts({head: words(cell) for head, cell in cells if not cell.css("a")})
    return ListingRow(
        advert=RawAdvert(external_id=found[1], url=public_url(url), **{**facts, "title": title})
    )


def _facts(pairs: Mapping[str, str | None]) -> dict[str, Any]:
    """Facts by the tenant's labels, of which some are two in one: School/Department."""
    known = {
        next(filter(field_of, (label, *label.split("/"))), label): value
        for label, value in pairs.items()
        if value
    }
    return advert_from_labels(known)
