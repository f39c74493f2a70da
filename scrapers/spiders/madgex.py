"""Boards on the Madgex software: WMJobs (wmjobs.co.uk) of the West Midlands councils and its kin.

Recognised by cards `li.lister__item#item-<id>` with `lister__meta-item--…` parts and advert paths
`/job/<id>/<slug>/`. Facts: three public readers of WMJobs (2026) and some of other Madgex boards,
which agree on cards, on the label list and text panel of the advert's page and on its JobPosting;
the link "Next page" is from an older one. Two of them were refused the HTML pages from data
centres and read the feed; no way round such a refusal is tried.
The source's address is a list (`/jobs/`, `/employer/1303/<slug>/`), read to its end, or the feed
(`/jobsrss/`), of which nobody says that it is whole: it shows what is new and its run is partial. A
search that finds nothing answers 404. No options.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.detection import Detection, addresses
from scrapers.feeds import Entry, entries_of, is_feed, read_xml
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting, job_postings, posting_of_page
from scrapers.labels import advert_from_labels, read_labels
from scrapers.links import next_page
from scrapers.listing import Listing, ListingRow
from scrapers.pages import html_of, inner_html, plain, says_gone, says_no_vacancies, words
from scrapers.platform import PlatformSpider
from scrapers.problems import AdvertGone, Failure, PageProblem

PAGE_SIZE = 20

_JOB = re.compile(r"/job/(\d+)(?:/|$)")
_FOUND = re.compile(r"Found ([\d,]+) jobs?\b", re.IGNORECASE)
_EMPLOYER = re.compile(r"/employer/\d+/[^/]+/")
_CARDS = "li.lister__item[id^='item-']"
_CUT = ("...", "…")
_LONGEST_PLACE = 80
"""Characters of a feed item's last line: what is longer is no place."""


class MadgexSpider(PlatformSpider):
    """Madgex boards: cards of 20 and labelled pages, or a feed of the newest."""

    name = "madgex"

    def read_listing(self, response: TextResponse) -> Listing:
        document = read_xml(response)
        if document is not None and is_feed(document):
            rows = [_read_item(entry, response.url) for entry in entries_of(document)]
            self.proof.cap_hit = True
            return Listing(rows=rows)
        page = html_of(response)
        rows = [
            _read_card(card, link, response.url)
            for card in page.css(_CARDS)
            for link in card.css(".lister__header a[href]")[:1]
            if _JOB.search(link.attrib["href"])
        ]
        if not rows:
            if says_no_vacancies(response):
                return Listing(says_empty=True)
            raise PageProblem(Failure.LAYOUT_CHANGED, "a list without a job")
        onward = page.css("a[title='Next page']::attr(href)").get() or next_page(response)
        if onward is None and len(rows) >= PAGE_SIZE and not page.css("[class*='paginator']"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "a full page of jobs without a pager")
        total = _FOUND.search(words(page.css("h1")) or "")
        return Listing(
            rows=rows,
            advertised=int(total[1].replace(",", "")) if total else None,
            more=[onward.strip()] if onward else [],
        )

    def read_advert(self, response: TextResponse) -> RawAdvert:
        page = html_of(response)
        asked = _JOB.search(response.url)
        posting = posting_of_page(job_postings(response), response)
        facts = advert_from_labels(read_labels(page))
        if asked is None or (posting is None and not {"employer", "closes"} & set(facts)):
            if says_gone(response):
                raise AdvertGone
            raise PageProblem(Failure.LAYOUT_CHANGED, "neither an advert's labels nor a JobPosting")
        facts["title"] = words(page.css("h1")[:1]) or facts.get("title")
        if "category" not in facts:
            facts["category"] = facts["extra"].pop("Sector", None)
        if not any(char.isdigit() for char in facts.get("hours") or "1"):
            facts.setdefault("pattern", facts.pop("hours"))
        url = _public_url(response.url, response.url)
        advert = RawAdvert(external_id=asked[1], url=url, **facts, description=_description(page))
        return advert.filled_from(advert_from_posting(posting, url)) if posting else advert


def detect(page: TextResponse) -> Detection | None:
    """A list of such a board, or a page that links to WMJobs: to an employer's own list there."""
    if page.css(f"{_CARDS} .lister__header a") and page.css(".lister__meta-item"):
        listing = page.url.partition("?")[0]
        return Detection(MadgexSpider.name, listing, "cards of the Madgex software")
    board = None
    for address in addresses(page):
        parts = urlsplit(address)
        if (parts.hostname or "").removeprefix("www.") != "wmjobs.co.uk":
            continue
        if employer := _EMPLOYER.match(parts.path):
            listing = f"https://www.wmjobs.co.uk{employer[0]}"
            return Detection(MadgexSpider.name, listing, address)
        board = board or Detection(MadgexSpider.name, "https://www.wmjobs.co.uk/jobs/", address)
    return board


def _read_card(card: Selector, link: Selector, near: str) -> ListingRow:
    def meta(kind: str) -> str | None:
        return words(card.css(f".lister__meta-item--{kind}")[:1])

    href = "".join(link.attrib["href"].split())
    return ListingRow(
        advert=RawAdvert(
            external_id=_id_of(href),
            url=_public_url(near, href),
            title=words(link),
            employer=meta("recruiter"),
            salary=meta("salary"),
            location=meta("location"),
            summary=words(card.css(".lister__description")),
        )
    )


def _read_item(entry: Entry, near: str) -> ListingRow:
    """Title "Employer: Job"; in the text a line each for pay, employer, blurb and place."""
    employer, colon, title = (entry.title or "").partition(": ")
    if not colon:
        employer, title = "", entry.title or ""
    body = entry.body.replace("<br", "\n<br") or "<p/>"
    text = Selector(text=body, type="html").xpath("string()").get("")
    if employer:
        text = text.replace(f"{employer}:", f"\n{employer}:\n")
    lines = [line for each in text.splitlines() if (line := plain(each))]
    names = {employer.casefold(), f"{employer}:".casefold()}
    salary = lines[0].rstrip(": ") if lines and lines[0].endswith(":") else ""
    salary = "" if salary.casefold() in names else salary
    rest = [line for line in lines[1 if salary else 0 :] if line.casefold() not in names]
    place = rest.pop() if len(rest) > 1 and _is_place(rest[-1]) else None
    return ListingRow(
        advert=RawAdvert(
            external_id=_id_of(entry.url),
            url=_public_url(near, entry.url),
            title=plain(title),
            employer=plain(employer),
            salary=salary or None,
            location=place,
            posted=entry.posted,
            summary=plain(" ".join(rest)),
        )
    )


def _is_place(line: str) -> bool:
    return len(line) <= _LONGEST_PLACE and not line.endswith(_CUT) and line[-1] not in ".!?:"


def _description(page: Selector) -> str | None:
    panels = page.css("div.mds-tabs__panel__content, div.mds-edited-text, div.job-description")
    return next((html for panel in panels if (html := inner_html(panel))), None)


def _id_of(url: str) -> str:
    found = _JOB.search(url)
    if found is None:
        raise ValueError(f"no job's number in {url[:200]}")
    return found[1]


def _public_url(near: str, href: str) -> str:
    return urljoin(near, href.strip().partition("?")[0].partition("#")[0])
