"""Oleeo, formerly WCN (`<tenant>.tal.net`): job boards with an Atom feed or an HTML list.

Recognised by tal.net and by `/candidate/jobboard/vacancy/<board>/` in the address. Facts: entries
of the feed in three public readers' documents and tests (one a ministry's, since 2017); table and
links of the HTML list in five readers of live boards, the last in 2026; paths and tokens in one
author's live notes. Of an advert's page the labels and the apply form are told, not its tags. The
source's address is a board's `feed` (best) or its `adv/` list. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

PAGE_SIZE = 25
"""Boards show 25 or 50 at once."""

_ID = re.compile(r"/opp/(\d{1,12})-")  # …/candidate/so/pm/1/pl/3/opp/9908-Prison-Officer/en-GB
_BOARD = re.compile(r"/candidate/jobboard/vacancy/\d{1,4}/(?:adv|feed)\b")
_TOKEN = re.compile(r"/(?:xf-[0-9a-f]{6,40}|user-\d{1,12})(?=/)")
"""Parts of a path that are new with every answer, and may be left out."""
_SHORT_BOARD = "/candidate/jobboard/vacancy/1/adv/"


class OleeoSpider(PlatformSpider):
    """Oleeo: a feed or a paged list, and a page for each advert."""

    name = "oleeo"

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is not None:
            rows = [_read_entry(entry, response.url) for entry in document.xpath("/feed/entry")]
            return Listing(rows=rows, says_empty=not rows and bool(document.xpath("/feed")))
        page = html_of(response)
        if "scheduled to be deleted" in (words(page) or "").lower():
            raise PageProblem(Failure.NOT_FOUND, "the board says that it is to be deleted")
        rows = _read_rows(page, response.url)
        start = int(url_query_parameter(response.url, "start") or 0)
        says_empty = not rows and says_no_vacancies(response)
        if not rows and not says_empty and not (start and page.css("table.solr_search_list")):
            raise PageProblem(Failure.LAYOUT_CHANGED, "no list of vacancies is on the page")
        onward = rows and (len(rows) % PAGE_SIZE == 0 or _names_page_after(page, start))
        after = add_or_replace_parameter(response.url, "start", str(start + len(rows)))
        return Listing(rows=rows, more=[after] if onward else [], says_empty=says_empty)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, found = html_of(response), _ID.search(response.url)
        facts = advert_from_labels(read_labels(page))
        if found is None or (len(facts) < 2 and not page.css("form.apply-form")):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        body = page.css("#main-content, main, article")[:1]
        return RawAdvert(
            external_id=found[1],
            url=_public(response.url),
            **{**facts, "title": words(page.css("h1")[:1])},
            description=inner_html(body),
        )


def detect(page: TextResponse) -> Detection | None:
    """A board of Oleeo's or a page that points to one; best an address that names the board."""
    found = [each for each in addresses(page) if "/candidate/" in each and _is_oleeo(each)]
    for address in found:
        if board := _BOARD.search(address):
            listing = _public(address[: board.end()]) + ("/" if board[0].endswith("adv") else "")
            return Detection(OleeoSpider.name, listing, address)
    for address in found:
        return Detection(OleeoSpider.name, urljoin(address, _SHORT_BOARD), address)
    return None


def _is_oleeo(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    return host.endswith(".tal.net") or _BOARD.search(urlsplit(address).path) is not None


def _read_entry(entry: Selector, near: str) -> ListingRow:
    """An entry of the feed: facts as `Label:Value`, each on a line of its own."""
    lines = filter(None, (words(each) for each in entry.xpath("content//text()")))
    pairs = {label: value.strip() for label, _, value in (each.partition(":") for each in lines)}
    pairs = {label: value for label, value in pairs.items() if value}
    if "Location" not in pairs and "County" in pairs:
        pairs["Location"] = pairs.pop("County")
    facts = {**advert_from_labels(pairs), "title": words(entry.xpath("title"))}
    address = words(entry.xpath("id")) or entry.xpath("link/@href").get("")
    advert = _advert(urljoin(near, address), facts)
    advert.posted = words(entry.xpath("published"))
    return ListingRow(advert=advert)


def _read_rows(page: Selector, near: str) -> list[ListingRow]:
    """Rows of the list, by the headings of its columns where it has them."""
    rows: dict[str, ListingRow] = {}
    for link in page.css("a[href*='/opp/']"):
        line = link.xpath("ancestor::tr[1]")
        title, cells = words(link), line.xpath("td")
        heads = line.xpath("ancestor::table[1]//th")
        pairs = {}
        if len(heads) == len(cells):
            named = zip(map(words, heads), map(words, cells), strict=True)
            pairs = {head: said for head, said in named if head and said and said != title}
        if title:
            facts = {**advert_from_labels(pairs), "title": title}
            advert = _advert(urljoin(near, link.attrib["href"].strip()), facts)
            rows.setdefault(advert.external_id, ListingRow(advert=advert))
    return list(rows.values())


def _names_page_after(page: Selector, start: int) -> bool:
    """Whether the page links to a part of the list that begins further on."""
    begins = (url_query_parameter(href, "start") for href in page.css("a::attr(href)").getall())
    return any(each and each.isdecimal() and int(each) > start for each in begins)


def _advert(url: str, facts: dict[str, object]) -> RawAdvert:
    found = _ID.search(url)
    if found is None or not facts["title"]:
        raise ValueError("an advert of the list lacks its id or its title")
    return RawAdvert(external_id=found[1], url=_public(url), **facts)  # type: ignore[arg-type]


def _public(url: str) -> str:
    return _TOKEN.sub("", url.partition("?")[0])
