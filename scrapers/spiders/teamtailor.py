"""Teamtailor career sites ({slug}.teamtailor.com, and employers' own domains).

Recognised by that host, or on any host by its asset host together with the employees' login link or
the footer's words. Facts: several public readers, measured on 2026 feeds (sure); no council of the
United Kingdom is evidenced. The source's address is `/jobs.json`, a JSON Feed that holds the whole
adverts, each with a JobPosting, a hundred a page, and names the next page. `/jobs.rss` is read too:
it tells of departments but not of closing dates, and stops at a hundred unless asked for more.
The id is the number in the advert's address. No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    json_of,
    looks_like_json,
    object_in,
    said,
    web_address,
)
from scrapers.detection import Detection
from scrapers.feeds import read_xml
from scrapers.items import RawAdvert
from scrapers.jsonld import advert_from_posting
from scrapers.jsonld_terms import place
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url, words
from scrapers.problems import Failure, PageProblem

RSS_PAGE = 100
"""Items that an RSS feed gives at the most, unless its address asks for more."""

_BOARD = re.compile(
    r"https?://(?!(?:www|app|api|support|status|docs|integrations|partners?|developers?|help|cdn"
    r"|assets|images)\.)[a-z0-9-]+(?:\.[a-z]{2})?\.teamtailor\.com(?=[/?#]|$)"
)
_OWN = ("app.teamtailor.com/companies/", "Applicant tracking system by Teamtailor")


class TeamtailorSpider(BoardSpider):
    """Teamtailor: a JSON Feed of whole adverts."""

    name = "teamtailor"
    id_in_url = re.compile(r"/jobs/(\d+)(?:-|/|$|\?)")

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if not looks_like_json(response):
            return self._read_rss(response)
        feed = object_in(json_of(response))
        if not str(feed.get("version")).startswith("https://jsonfeed.org/version/"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the answer is no JSON Feed")
        rows = [self._row(object_in(item), response) for item in feed["items"]]
        onward = feed.get("next_url")
        return Listing(rows=rows, more=[onward] if onward else [], says_empty=not rows)

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        url = public_url(web_address(job.get("url")))
        posting = job.get("_jobposting")
        advert = advert_from_posting(dict(posting) if isinstance(posting, dict) else {}, url)
        advert.external_id, advert.reference = self._id(url), None
        advert.title = due(job, "title")
        advert.employer = self.tenant(advert.employer)
        advert.posted = advert.posted or said(job, "date_published")
        html = job.get("content_html")
        advert.description = html if isinstance(html, str) and html else advert.description
        return filled_from_text(advert)

    def _id(self, url: str) -> str:
        found = self.id_in_url.search(url)
        if found is None:
            raise ValueError(f"no advert's address: {url}")
        return found[1]

    def _read_rss(self, response: TextResponse) -> Listing | Request:
        feed = read_xml(response)
        if feed is None or not feed.xpath("/rss/channel"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "a page came where a feed was asked for")
        items = feed.xpath("/rss/channel/item")
        if len(items) == RSS_PAGE and "per_page=" not in response.url:
            return Request(f"{response.url.partition('?')[0]}?per_page={50 * RSS_PAGE}")
        rows = [ListingRow(advert=self._read_item(item), complete=True) for item in items]
        return Listing(rows=rows, says_empty=not rows)

    def _read_item(self, item: Selector) -> RawAdvert:
        url, title = words(item.xpath("link")), words(item.xpath("title"))
        if url is None or title is None:
            raise ValueError("an item of the feed lacks its title or its link")
        away = words(item.xpath("remoteStatus"))
        return filled_from_text(
            RawAdvert(
                external_id=self._id(url),
                url=public_url(url),
                title=title,
                department=words(item.xpath("department")),
                category=words(item.xpath("role")),
                location=place([_place(each) for each in item.xpath("locations/location")]).address,
                work_mode=None if away == "none" else away,
                posted=words(item.xpath("pubDate")),
                description=item.xpath("string(description)").get() or None,
            )
        )


def detect(page: TextResponse) -> Detection | None:
    """A career site on its own host or the platform's, or a page that points to one."""
    if "teamtailor-cdn.com" in page.text and (mark := next(filter(page.text.count, _OWN), None)):
        home = "{0.scheme}://{0.netloc}".format(urlsplit(page.url))
        return _detection(home, mark)
    found = first_match(page, "teamtailor.com", _BOARD)
    return found and _detection(found[0], found.string)


def _detection(home: str, evidence: str) -> Detection:
    return Detection(platform="teamtailor", url=urljoin(home, "/jobs.json"), evidence=evidence)


def _place(node: Selector) -> dict[str, Any]:
    names = {"streetAddress": "address", "addressLocality": "city", "postalCode": "zip"}
    parts = {key: words(node.xpath(name)) for key, name in names.items()}
    country = words(node.xpath("country"))
    return {"name": words(node.xpath("name")), "address": {**parts, "addressCountry": country}}
