"""SAP SuccessFactors career sites (Career Site Builder, once Jobs2Web).

Recognised by scripts under `/platform/js/j2w/` or on rmkcdn.successfactors.com, by hosts on
jobs2web.com and jobs.hr.cloud.sap, and by searches that sort by `referencedate`. Facts: public
readers of many tenants and captured search and job pages of 2026; two layouts of the search page,
rows of a table and tiles. A third one, "Unify", holds no advert and asks an API that robots.txt
closes: not read. The source's address is the search page (`…/search/`) or the feed of everything
(`/sitemal.xml`, spelt so; `/sitemap.xml` does too); no options. Pay, hours and closing date stand
in fields that each tenant names as it likes: they are read by label. When the feed says that an
item "expires" is not evidenced to be the closing date and is not taken for it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse
from w3lib.url import add_or_replace_parameter, url_query_parameter

from scrapers.detection import Detection, addresses
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, microdata_postings
from scrapers.labels import advert_from_labels, field_of, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import (
    html_of,
    inner_html,
    plain,
    public_url,
    says_gone,
    says_no_vacancies,
    words,
)
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_COUNTS = re.compile(r"\d+(?:[,.]\d{3})*")
_PART = re.compile(r"(/[\w-]+)?/(?:search|job|go|talentcommunity)/")
_HOSTS = (".jobs2web.com", ".jobs.hr.cloud.sap")
_PLACE_AT_END = re.compile(r" \(([^()]*)\)$")  # Planner (Ely, Cambs)
_PROPERTIES = {
    "location": "Location",
    "multilocation": "Location",
    "city": "Location",
    "date": "Date posted",
    "department": "Department",
    "dept": "Department",
    "shifttype": "Working pattern",
}
"""What a property means where its tenant gave it no label that we know."""
_LABEL_BEFORE = (
    "preceding-sibling::*[contains(@class, '-label')][1]"
    " | ../preceding-sibling::*[contains(@class, '-label')][1]"
)
_COLUMNS = ("Location", "Date", "Department", "Facility", "Shifttype")


class SuccessFactorsSpider(PlatformSpider):
    """SuccessFactors: search pages or one feed, and a page with microdata for each advert."""

    name = "successfactors"

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is not None:
            rows = [
                _item(each)
                for each in document.xpath("//item | /urlset/url[contains(loc, '/job/')]")
            ]
            is_rss = bool(document.xpath("/rss/channel"))
            if not rows and not is_rss:
                raise PageProblem(Failure.LAYOUT_CHANGED, "neither the feed nor a sitemap of jobs")
            return Listing(rows=rows, says_empty=not rows)
        if urlsplit(response.url).path.endswith(".xml"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the feed's address answered with no feed")
        return _read_search(response)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        postings = microdata_postings(page)
        body = page.css("span.jobdescription, [itemprop=description]")[:1]
        if not postings and not body:
            if says_gone(response) or urlsplit(response.url).path.endswith("/search/"):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        facts = advert_from_labels(_facts(page))
        told = advert_from_labels(read_labels(body))
        facts["title"] = words(page.css("[data-careersite-propertyid=title], h1")[:1])
        advert = RawAdvert(
            external_id=_id_of(response.url),
            url=public_url(response.url),
            **{**told, **facts},
            description=inner_html(body),
        )
        if postings:
            structured = advert_from_posting(postings[0], response.url)
            advert.posted = structured.posted or advert.posted
            advert.filled_from(structured)
        return advert


def detect(page: TextResponse) -> Detection | None:
    """A career site's own page, or any page that links to one."""
    for address in addresses(page):
        parts = urlsplit(address)
        own = "/platform/js/j2w/" in parts.path or parts.netloc == "rmkcdn.successfactors.com"
        if own or parts.netloc.endswith(_HOSTS) or "sortColumn=referencedate" in parts.query:
            at = page.url if own else address
            prefix = _PART.match(urlsplit(at).path)
            listing = urljoin(at, f"{prefix[1] or '' if prefix else ''}/search/")
            return Detection("successfactors", listing, address)
    return None


def _read_search(response: TextResponse) -> Listing:
    page = html_of(response)
    rows = [_row(row, page, response) for row in page.css("tr.data-row, li.job-tile")]
    if not rows and page.xpath("//script[contains(@src, 'searchResultsUnify')]"):
        raise PageProblem(Failure.LAYOUT_CHANGED, "the site lists its adverts by script (Unify)")
    label = words(page.css(".paginationLabel, #tile-search-results-label")[:1]) or ""
    counts = _COUNTS.findall(label) or page.css("#job-tile-list::attr(aria-rowcount)").getall()
    total = int(re.sub(r"\D", "", counts[-1])) if counts else 0
    read = int(url_query_parameter(response.url, "startrow") or 0) + len(rows)
    more = []
    if rows and (read < total or not total):
        more.append(add_or_replace_parameter(response.url, "startrow", str(read)))
    return Listing(
        rows=rows,
        advertised=total or None,
        more=more,
        says_empty=not rows and not total and says_no_vacancies(response),
    )


def _row(row: Selector, page: Selector, response: TextResponse) -> ListingRow:
    """A row of the table or a tile: every value stands there twice, for screens and for phones."""
    link = row.css("a.jobTitle-link")[0]
    url = public_url(response.urljoin(link.attrib["href"]))
    facts = advert_from_labels(_facts(row) or _cells(row, page))
    return ListingRow(
        advert=RawAdvert(external_id=_id_of(url), url=url, **{**facts, "title": words(link)})
    )


def _cells(row: Selector, page: Selector) -> dict[str, str]:
    """Label and value of the cells of a table's row, without a count of further places."""
    found: dict[str, str] = {}
    for column in _COLUMNS:
        pieces = row.css(f".job{column}")[:1].xpath(".//text()[not(ancestor::small)]")
        label = _label(column.lower(), words(page.css(f"#hdr{column}")))
        if label and (text := plain(" ".join(pieces.getall()))):
            found.setdefault(label, text)
    return found


def _facts(node: Selector) -> dict[str, str]:
    """Label and value of the fields of a job page or of a tile."""
    found: dict[str, str] = {}
    for value in node.css("[data-careersite-propertyid], [id*='-desktop-section-'][id$='-value']"):
        name = value.attrib.get("data-careersite-propertyid") or value.attrib["id"]
        name = name.removesuffix("-value").rpartition("-")[2]
        near = words(value.xpath(_LABEL_BEFORE)[-1:])
        places = [words(each) for each in value.css(".jobGeoLocation")]
        text = "; ".join(filter(None, places)) or words(value)
        label = _label(name, near)
        if text and label and name not in ("title", "description"):
            found.setdefault(label, text)
    return found


def _label(name: str, written: str | None) -> str:
    """The tenant's own label, unless only the property's name says what the field is."""
    label = (written or "").rstrip(": ")
    return label if field_of(label) else _PROPERTIES.get(name, label)


def _item(item: Selector) -> ListingRow:
    """An item of the feed, whose title ends with the place; or an address of the sitemap."""
    url = public_url(words(item.xpath("link | loc")) or "")
    title, place = words(item.xpath("title")) or "", words(item.xpath("location"))
    bracket = _PLACE_AT_END.search(title)
    if bracket and place and bracket[1].split(",")[0] == place.split(",")[0]:
        title = title[: bracket.start()]
    facts: dict[str, Any] = {
        "title": title or None,
        "location": place,
        "employer": words(item.xpath("employer")),
        "category": words(item.xpath("job_function")),
        "posted": words(item.xpath("pubDate")),
        "description": item.xpath("string(description)").get("").strip() or None,
    }
    advert = RawAdvert(external_id=_id_of(url), url=url, **facts)
    return ListingRow(advert=advert, words=words(item.xpath("lastmod | expiration_date")) or "")


def _id_of(url: str) -> str:
    """The posting's number, the last part of `/AcmeCity/job/Ely-Clerk-CB7/1400101/` in digits."""
    numbers = [part for part in urlsplit(url).path.split("/") if part.isdecimal()]
    if "/job/" not in url or not numbers:
        raise ValueError(f"no posting's number in {url}")
    return numbers[-1]
