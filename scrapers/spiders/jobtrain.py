"""Jobtrain (jobtrain.co.uk and employers' own domains): a shell page whose script asks for cards.

Recognised by `/Home/Job`, `/Job/JobDetail?JobId=` and the link to jobseekersupport.jobtrain.co.uk.
Facts: five public readers of 2026 that agree on the fragment `/Home/_JobCard?Skip=…` (12 cards, the
total in a hidden input) and on the JobPosting of an advert's page; no page of it is captured. The
source's address is `…/Home/Job`, which always says that there are 0 jobs: never a proof.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.headings import title_as_printed
from scrapers.items import RawAdvert
from scrapers.jsonld import Posting, advert_from_posting, job_postings
from scrapers.labels import advert_from_labels, read_labels
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, says_gone, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

_PATH = re.compile(r"(?P<tenant>/(?:[^/?#]+/)?)(?:Home/(?:Job|_JobCard)|Job/JobDetail)$", re.I)
_ICON = re.compile(r"^location_on\s+")  # the name of an icon, drawn by its font
_SHOWN = {
    "salary": ".job-salary",
    "location": ".job-card__location, .job-location",
    "department": ".job-department",
    "reference": ".job-reference",
    "contract": ".job-type",
}
"""Facts that some tenants' cards show without a label."""


class JobtrainSpider(PlatformSpider):
    """Jobtrain: cards in fragments of HTML, counted by a hidden input; JSON-LD on each page."""

    name = "jobtrain"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        page = html_of(response)
        cards = page.xpath("//*[contains(concat(' ', @class, ' '), ' job-card ')]")
        total = page.css("input#totalMatchRecords::attr(value)").get()
        if not cards and total is None and "_jobcard" not in response.url.lower():
            return _through_shell(page, response)
        if not cards and total is None and _skipped(response.url) == 0:
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither a card nor the number of jobs")
        seen = _skipped(response.url) + len(cards)
        more = bool(cards) and (total is None or seen < int(total))
        return Listing(
            rows=[_row(card, response) for card in cards],
            advertised=int(total) if total else None,
            more=[_ask_cards(_fragment(response), seen)] if more else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page, external_id = html_of(response), _id_of(response.url)
        own = (each for each in job_postings(response) if _is_of(each, external_id))
        posting = next(own, None)
        if posting is None or external_id is None:
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "no JobPosting is on this page")
        structured = advert_from_posting(posting, response.url)
        facts = advert_from_labels(read_labels(page))
        facts["title"] = title_as_printed(page, structured.title)
        advert = RawAdvert(external_id=external_id, url=_public(response.url, external_id), **facts)
        return advert.filled_from(structured)


def detect(page: TextResponse) -> Detection | None:
    """A page of Jobtrain's, or one that links to a list or an advert of Jobtrain's."""
    ours = "jobseekersupport.jobtrain.co.uk" in page.text
    for address in addresses(page):
        parts = urlsplit(address)
        found = _PATH.match(parts.path)
        if not found or not (
            ours or (parts.hostname or "").endswith(".jobtrain.co.uk") or _id_of(address)
        ):
            continue
        url = urljoin(address, f"{found['tenant']}Home/Job")
        return Detection(platform=JobtrainSpider.name, url=url, evidence=address)
    return None


def _through_shell(page: Selector, response: TextResponse) -> Request:
    """From the page that people open, to the first fragment of cards."""
    named = page.css("#requestUrl::attr(data-request-url)").get()
    if named is None and not _PATH.match(urlsplit(response.url).path):
        raise PageProblem(Failure.LAYOUT_CHANGED, "this is not a page with a list of jobs")
    return _ask_cards(response.urljoin(named) if named else _fragment(response), 0)


def _fragment(response: TextResponse) -> str:
    return response.urljoin("_JobCard")


def _ask_cards(address: str, skip: int) -> Request:
    return Request(
        f"{address.partition('?')[0]}?Skip={skip}", headers={"X-Requested-With": "XMLHttpRequest"}
    )


def _row(card: Selector, response: TextResponse) -> ListingRow:
    link = card.xpath(".//a[contains(@href, 'JobId=')]")[:1]
    external_id = card.attrib.get("data-jobid") or _id_of(link.attrib["href"])
    if external_id is None:
        raise ValueError("a card does not say which job it is")
    url = response.urljoin(link.attrib.get("href", "../Job/JobDetail"))
    heads = (words(head) or "" for head in card.css("h2, h3, h4"))
    title = next((head for head in heads if head.upper() not in ("", "NEW")), words(link))
    facts = advert_from_labels(read_labels(card))
    for name, shown in _SHOWN.items():
        text = _ICON.sub("", words(card.css(shown)) or "")
        facts.setdefault(name, text or None)
    facts["posted"] = facts["extra"].pop("Live date", None) or facts.get("posted")
    facts["title"] = title
    advert = RawAdvert(external_id=external_id, url=_public(url, external_id), **facts)
    return ListingRow(advert=advert)


def _parameter(url: str, name: str) -> str | None:
    """A number among an address's parameters, whose names come in any letter case."""
    pairs = parse_qsl(urlsplit(url).query)
    return next((v for k, v in pairs if k.lower() == name and v.isdecimal()), None)


def _id_of(url: str) -> str | None:
    return _parameter(url, "jobid")


def _is_of(posting: Posting, external_id: str | None) -> bool:
    """Whether a posting is this job's: its address, where it has one, may name a source too."""
    return _id_of(str(posting.get("url") or "")) in (None, external_id)


def _skipped(url: str) -> int:
    return int(_parameter(url, "skip") or 0)


def _public(url: str, external_id: str) -> str:
    """The address without the mark of where the visitor came from."""
    return f"{url.partition('?')[0]}?JobId={external_id}"
