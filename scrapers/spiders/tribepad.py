"""Tribepad: its classic careers site, and the newer "site builder" pages (v2).

Recognised by the comment "This site is powered by tribepad", by hosts of tribepad.com and
tribepad-gro.com, and by `/v2/sitebuilder-assets/`. Facts: classic list, two pages captured in
2026, and a reader that polls a council; v2 list, one page captured in 2026 and another reader's
live run; of an advert's own page two readers' words (classic: JobPosting; v2: reference, closing
date and text), no page. The source's address: `/jobs/search` (classic) or `/v2/job/search`.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.headings import title_as_printed
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, public_url, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

V2_PAGE_SIZE = 10

_CARDS = "ul.jobs > li, .sitebuilder-job-results-item"
_TITLE = ".job-list-title, .sitebuilder-job-results-item-title"
_ID = re.compile(r"/jobs/job/[^/?#]*/(\d+)|/detail\.php\?[^#]{0,60}?\brecord=(\d+)", re.IGNORECASE)
_TOTAL = re.compile(r"(\d{1,6}) search results?", re.IGNORECASE)  # 18 Search Results
_APPLY_BY = re.compile(r"apply by\s", re.IGNORECASE)  # Apply by 25 September, 2026
_COUNTDOWN = re.compile(r"\s?\([^()]{0,40}\)$")  # 10/09/26 (In 6 days)
_V2 = re.compile(r"/v2/(?:job/search|vacancies)\b|/members/modules/job/detail\.php", re.IGNORECASE)


class TribepadSpider(PlatformSpider):
    """Tribepad: cards whose facts stand beside icons, page by page; a page for each advert."""

    name = "tribepad"

    def read_listing(self, response: TextResponse) -> Listing:
        page = html_of(response)
        if not page.css("#results, ul.jobs, #sitebuilder-job-search-results"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "no list of jobs is on the page")
        cards = [each for each in page.css(_CARDS) if each.css(f"{_TITLE}, a[href*=job]")]
        heads = (_TOTAL.fullmatch(words(head) or "") for head in page.css("h1, h2, h3"))
        total = next((int(head[1]) for head in heads if head), None)
        return Listing(
            rows=[_row(card, response) for card in cards],
            advertised=total,
            more=_onward(page, response, total) if cards else [],
            says_empty=not cards and says_no_vacancies(response),
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, external_id = html_of(response), _id_of(response.url)
        facts = advert_from_labels(read_labels(page.css("main, #job-advert-wrapper")))
        posting = posting_of_page(job_postings(response), response)
        text = page.css("section.job-details-section")
        if external_id is None or (posting is None and not text):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no advert is written on this page")
        facts["title"] = facts.get("title") or words(page.css("#job-advert-wrapper h1"))
        facts["closes"] = _beside(page, "fa-calendar-check") or facts.get("closes")
        advert = RawAdvert(external_id=external_id, url=public_url(response.url), **facts)
        if posting is None:
            advert.description = "\n".join(text.getall())
            return advert
        structured = advert_from_posting(posting, response.url)
        advert.title = advert.title or title_as_printed(page, structured.title)
        return advert.filled_from(structured)


def detect(page: TextResponse) -> Detection | None:
    """A page of Tribepad's, or one that links to a site of Tribepad's."""
    if "this site is powered by tribepad" in page.text[:3000].lower():
        return _found(urljoin(page.url, "/jobs/search"), "a comment: powered by tribepad")
    if "/v2/sitebuilder-assets/" in page.text:
        listed = 'id="sitebuilder-job-search-results"' in page.text
        return _found(page.url if listed else urljoin(page.url, "/v2/job/search"), "sitebuilder")
    for address in addresses(page):
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        theirs = host.endswith((".tribepad.com", ".tribepad-gro.com"))
        if "/jobs/search/-1" in parts.path or (theirs and parts.path.startswith("/jobs/")):
            return _found(urljoin(address, "/jobs/search"), address)
        if theirs or _V2.search(parts.path):
            return _found(urljoin(address, "/v2/job/search"), address)
    return None


def _found(url: str, evidence: str) -> Detection:
    return Detection(platform=TribepadSpider.name, url=url, evidence=evidence)


def _row(card: Selector, response: TextResponse) -> ListingRow:
    links = map(response.urljoin, card.css("a::attr(href)").getall())
    url = next(filter(_id_of, links), "")
    external_id, title = _id_of(url), words(card.css(_TITLE))
    if external_id is None or title is None:
        raise ValueError("a card of the list lacks its title or its address")
    closes = _beside(card, "fa-calendar-times") or words(
        card.xpath(".//p[contains(., 'Apply by')]")
    )
    advert = RawAdvert(
        external_id=external_id,
        url=public_url(url),
        title=title,
        location=_beside(card, "fa-map-marker-alt"),
        salary=_beside(card, "fa-wallet"),
        contract=_beside(card, "fa-clock"),
        category=_beside(card, "fa-tag"),
        reference=_beside(card, "fa-list-alt"),
        closes=_COUNTDOWN.sub("", _APPLY_BY.sub("", closes or "")) or None,
        posted=words(card.css("[itemprop=datePosted]")),
    )
    return ListingRow(advert=advert)


def _beside(element: Selector, icon: str) -> str | None:
    """The words that stand beside an icon."""
    return words(element.css(f"i.{icon}").xpath("..")[:1])


def _onward(page: Selector, response: TextResponse, total: int | None) -> list[str]:
    """The next page: linked to, or where a total is stated, by its number in the address."""
    if page.css("ul.jobs"):
        return page.xpath("//a[contains(., 'Next results page')]/@href").getall()[:1]
    if total is None:
        onward = next_page(response)
        return [onward] if onward else []
    query = dict(parse_qsl(urlsplit(response.url).query, keep_blank_values=True))
    number, size = int(query.get("page", 1)), int(query.get("records_per_page", V2_PAGE_SIZE))
    return [f"?{urlencode({**query, 'page': number + 1})}"] if number * size < total else []


def _id_of(url: str) -> str | None:
    found = _ID.search(url)
    return found[1] or found[2] if found else None
