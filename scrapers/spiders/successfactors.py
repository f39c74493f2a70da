"""SAP SuccessFactors career sites (Career Site Builder, once Jobs2Web).

Recognised by scripts under `/platform/js/j2w/` or on rmkcdn.successfactors.com, by hosts on
jobs2web.com and jobs.hr.cloud.sap, and by searches that sort by `referencedate`. Facts: readers of
many tenants and captured pages of 2026; search pages are rows of a table, or tiles; a third layout,
"Unify", asks an API that robots.txt closes: only cards already on a page are read. The source's
address is the search page (`…/search/`) or the feed of everything (`/sitemal.xml`, spelt so;
`/sitemap.xml` does too); no options. Each tenant names its fields as it likes: they are read by
label. That an item "expires" is not evidenced to be the closing date, and not taken for it.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import Detection, first_match
from scrapers.feeds import elements_of, is_feed, read_xml
from scrapers.items import RawAdvert
from scrapers.labels import advert_from_labels, field_of
from scrapers.links import part_after
from scrapers.listing import Listing, ListingRow
from scrapers.pages import inner_html, plain, public_url, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone
from scrapers.reading import Page, id_in, labelled

_ID = re.compile(r"^(?=[^?#]*/job/)[^?#]*/(\d+)(?:-[a-z]{2}_[A-Z]{2})?/?(?:[?#]|$)")
_PREFIX = re.compile(r"^https?://[^/?#]+(/[\w-]+)/(?:search|job|go|talentcommunity)/")
_ASSET = re.compile(r"https?://(?:[^?#]*/platform/js/j2w/|rmkcdn\.successfactors\.com/)")
_SITE = re.compile(
    r"https?://(?:[\w.-]+\.(?:jobs2web\.com|jobs\.hr\.cloud\.sap)(?:[/:?#]|$)"
    r"|[^?#]*\?[^#]*sortColumn=referencedate)"
)
_SEARCH = re.compile(r"^[^?#]*/search/?(?:[?#]|$)")
_TOTAL = re.compile(r"(\d[\d,.]{0,12})\D*$")  # Results 1 – 25 of 81
_FIELD = (
    "[data-careersite-propertyid], [id*='-desktop-section-'][id$='-value'], .section-label + div"
    ", .jobLocation, .jobDate, .jobDepartment, .jobFacility, .jobShifttype"
    ", [data-testid=jobCardLocation], [data-help-id^=jobCardFooterValue]"
)
"""Values on an advert's page, on a tile, and in the cells of the table, each by its property."""
_PROPERTIES = dict.fromkeys(("location", "multilocation", "city", "cardlocation"), "Location")
_PROPERTIES |= dict.fromkeys(("department", "dept"), "Department")
_PROPERTIES |= {"date": "Date posted", "shifttype": "Working pattern"}
"""What a property means where its tenant gave it no label that we know."""
_ITEM = {"title": "title", "location": "location", "employer": "employer", "posted": "pubDate"}
_ITEM |= {"category": "job_function", "description": "description"}


def detect(page: TextResponse) -> Detection | None:
    """A career site's own page, or any page that links to one."""
    own = first_match(page, _ASSET)
    if (found := own or first_match(page, _SITE)) is None:
        return None
    at = page.url if own else found.string
    listing = urljoin(at, f"{id_in(_PREFIX, at) or ''}/search/")
    return Detection("successfactors", listing, found.string)


class SuccessFactorsSpider(PlatformSpider):
    """SuccessFactors: search pages or one feed, and a page with microdata for each advert."""

    name = "successfactors"

    def read_listing(self, response: TextResponse) -> Listing:
        page, document = Page(response), read_xml(response)
        if document is not None:
            found = document.xpath("//item | /urlset/url[contains(loc, '/job/')]")
            if not found and not is_feed(document):
                raise page.unlike("neither the feed nor a sitemap of jobs")
            return Listing(rows=[_item(each) for each in found], says_empty=not found)
        cards, shown = page.css("tr.data-row, li.job-tile"), page.css("li[data-testid=jobCard]")
        rows = [_row(each, page) for each in cards or shown]
        if not rows and (".xml" in response.url or page.css("script[src*=searchResultsUnify]")):
            raise page.unlike("no feed is at its address, or a script lists the adverts (Unify)")
        total = page.count(_TOTAL, ".paginationLabel, #tile-search-results-label")
        total = total or page.number_at("#job-tile-list::attr(aria-rowcount)")
        total = total or int(id_in(_TOTAL, shown.css("a::attr(aria-label)").get("")) or 0) or None
        more = part_after(response.url, len(cards), total, "startrow")
        nothing = not rows and not total and says_no_vacancies(response)
        return Listing(rows=rows, advertised=total, more=more, says_empty=nothing)

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = Page(response)
        body = page.css("span.jobdescription, [itemprop=description]")[:1]
        if not body and _SEARCH.match(response.url):
            raise AdvertGone
        return page.advert(
            page.own_id(_ID, page.posting or body),
            labelled(body) | _facts(page.document, page),
            title=page.words("[data-careersite-propertyid=title], h1"),
            posted=page.css("[itemprop=datePosted]::attr(content)").get(),
            description=inner_html(body),
        )


def _row(card: Selector, page: Page) -> ListingRow:
    """A row of the table or a tile: every value stands there twice, for screens and for phones."""
    link = card.css("a.jobTitle-link, a.jobCardTitle")[0]
    return page.linked_row(card, _ID, _facts(card, page), title=words(link))


def _facts(part: Selector, page: Page) -> dict[str, Any]:
    """RawAdvert fields by the tenant's labels, unless only a property's name says what it is."""
    found: dict[str, str] = {}
    for value in part.css(_FIELD):
        marks = map(value.attrib.get, ("data-careersite-propertyid", "data-testid", "id", "class"))
        mark = next(filter(None, marks), "").partition(" ")[0].removesuffix("-value")
        name = mark.rpartition("-")[2].removeprefix("job").lower()
        before = value.xpath("(. | ..)/preceding-sibling::*[contains(@class, 'abel')][1]")
        written = words(before[-1:]) or (page.words(f"#hdr{name.title()}") if name else None)
        label = (written or "").rstrip(": ")
        label = label if field_of(label) else _PROPERTIES.get(name, label)
        places = filter(None, map(words, value.css(".jobGeoLocation")))
        pieces = value.xpath(".//text()[not(ancestor::small)]").getall()  # +2 more…
        text = "; ".join(places) or plain(" ".join(pieces))
        if text and label and name not in ("title", "description"):
            found.setdefault(label, text)
    return advert_from_labels(found)


def _item(item: Selector) -> ListingRow:
    """An item of the feed, whose title ends with the place; or an address of the sitemap."""
    facts: dict[str, Any] = elements_of(item, _ITEM)
    url = public_url(words(item.xpath("link | loc")) or "")
    title, _, place = facts.get("title", "").rpartition(" (")
    if place and place.rstrip(")").split(",")[0] == facts.get("location", "").split(",")[0]:
        facts["title"] = title
    advert = RawAdvert(external_id=_ID.findall(url)[0], url=url, **facts)
    return ListingRow(advert=advert, words=words(item.xpath("lastmod | expiration_date")) or "")
