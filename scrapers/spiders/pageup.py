"""PageUp (careers.pageuppeople.com and own hosts): Australian councils, some British and American.

Recognised by `/<client>/<channel>/<locale>/` before `listing`, `job` or `rss`. Facts: a measurement
of 17 boards in October 2026 (the feed holds every advert of the list and a few more, states no
total, and may outlive a board whose adverts lead elsewhere), and five more public readers of feeds,
lists and pages. The feed holds the text but no pay, so each advert's page is asked for as well.
The source's address is a board's `rss` (best) or its `listing/`. No options.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

from parsel import Selector, SelectorList
from scrapy.http import TextResponse
from w3lib.url import url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, plain, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_JOB = re.compile(r"/job/(\d{1,19})\b", re.IGNORECASE)
_BOARD = re.compile(
    r"(?:/mob)?(/\d{2,6}/(?!ci/)[a-z]{2,8}/[a-z]{2}(?:-[a-z]{2,4})?)/(?:listing|job|rss|filter)\b",
    re.IGNORECASE,
)  # /887/cw/en/listing/
_GENERIC = re.compile(r"(?:apply|read|learn|find out)\b.{0,12}|view \w{3,8}", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*")
_OWN_NAMES = {
    "Job no": "Reference",
    "Work type": "Contract type",
    "Advertised": "Date posted",
    "Categories": "Category",
    "Level / Salary": "Salary",
}
"""Labels that the common list of labels lacks, by one of the list."""


class PageUpSpider(PlatformSpider):
    """PageUp: a feed with the texts, and a labelled page for each advert."""

    name = "pageup"

    def read_listing(self, response: TextResponse) -> Listing:
        if read_xml(response) is not None:
            feed = Selector(text=response.text, type="xml")
            rows = [_read_item(item, response.url) for item in feed.xpath("/rss/channel/item")]
            return Listing(rows=rows, says_empty=not rows and bool(feed.xpath("/rss/channel")))
        page = html_of(response)
        results = page.css("#search-results-content")
        found = _read_links(results, response.url)
        says_empty = not found and says_no_vacancies(response)
        if not found and not says_empty and not results:
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a feed nor a list of jobs")
        more = page.css("#search-results a.more-link[href]")[:1]
        rest = _NUMBER.search(words(more.css(".count")) or words(more) or "")
        is_first = (url_query_parameter(response.url, "page") or "1") == "1"
        total = len(found) + int(rest[0].replace(",", "")) if rest and is_first else None
        onward = [response.urljoin(more.attrib["href"])] if more else []
        return Listing(rows=found, advertised=total, more=onward, says_empty=says_empty)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        moved = (response.headers.get("Location") or b"").decode("latin-1")
        if "jobnotfound=true" in f"{moved} {response.url}".lower():
            raise AdvertGone
        page, found = html_of(response), _JOB.search(response.url)
        content = page.css("#job-content")[:1]
        if found is None or words(content) is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        pairs = read_labels(content)
        facts = advert_from_labels({_OWN_NAMES.get(k, k): value for k, value in pairs.items()})
        return RawAdvert(
            external_id=found[1],
            url=response.url,
            **{**facts, "title": words(content.css("h1, h2")[:1])},
            description=inner_html(page.css("#job-details")[:1] or content),
            apply_url=content.css("a.apply-link::attr(href)").get(),
        )


def detect(page: TextResponse) -> Detection | None:
    """A page of PageUp's, or one that points to it; never the internal channel."""
    for address in addresses(page):
        parts = urlsplit(address)
        found = _BOARD.match(parts.path)
        hosted = (parts.hostname or "").endswith(".pageuppeople.com")
        if found and (hosted or "/cw/" in found[1].lower()):
            return Detection(PageUpSpider.name, urljoin(address, f"{found[1]}/rss"), address)
    return None


def _read_item(item: Selector, near: str) -> ListingRow:
    def own(name: str) -> str | None:
        """An element of PageUp's namespace; what is said twice counts once."""
        xpath = f"*[local-name()='{name}'][namespace-uri()='http://pageuppeople.com/']"
        said = (each.xpath("string()").get("").strip() for each in item.xpath(xpath))
        return ", ".join(dict.fromkeys(filter(None, said))) or None

    link, title = words(item.xpath("link | guid")[:1]) or "", words(item.xpath("title"))
    found = _JOB.search(link)
    if title is None or (found is None and own("refNo") is None):
        raise ValueError("an item of the feed lacks its title or its id")
    text = own("description") or ""
    advert = RawAdvert(
        external_id=found[1] if found else own("refNo") or "",
        url=urljoin(near, link),
        title=title,
        location=plain(own("location")),
        category=plain(own("category")),
        contract=plain(own("workType")),
        posted=words(item.xpath("pubDate")),
        closes=plain(own("closingDate")),
        summary=words(item.xpath("description")),
        description=(text if "<" in text else unescape(text)) or None,
        apply_url=own("applyLink"),
    )
    return ListingRow(advert=advert)


def _read_links(results: SelectorList[Selector], near: str) -> list[ListingRow]:
    """Jobs of the list: the first link of each that says more than "Apply now"."""
    rows: dict[str, ListingRow] = {}
    for link in results.css("a.job-link[href]"):
        found, title = _JOB.search(link.attrib["href"]), words(link)
        if found is None or title is None or _GENERIC.fullmatch(title):
            continue
        row = link.xpath("(ancestor::tr | ancestor::*[contains(@class, 'card')])[last()]")
        ends = row.css(".close-date time::attr(datetime)").get()
        advert = RawAdvert(
            external_id=found[1],
            url=urljoin(near, link.attrib["href"].strip()),
            title=title,
            location=words(row.css(".location")[:1]),
            contract=words(row.css(".work-type")[:1]),
            department=words(row.css(".department")[:1]),
            closes=ends or words(row.css(".close-date")[:1]),
        )
        rows.setdefault(found[1], ListingRow(advert=advert))
    return list(rows.values())
