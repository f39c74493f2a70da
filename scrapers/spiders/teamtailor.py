"""Teamtailor career sites ({slug}.teamtailor.com, and employers' own domains).

Recognised by that host, or on any by its asset host together with the employees' login link or the
footer's words. Facts: several public readers, measured on 2026 feeds (sure); no council of the
United Kingdom is evidenced. The source's address is `/jobs.json`, a JSON Feed of whole adverts with
a JobPosting each, a hundred a page, that names the next page. `/jobs.rss` is read too: it tells of
departments but not of closing dates, and stops at a hundred unless asked for more. No options.
"""

from __future__ import annotations

import re
from typing import Any

from parsel import Selector
from scrapy import Request
from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    advert_of_job,
    filled_from_text,
    located,
    looks_like_json,
    said,
)
from scrapers.detection import Detection, detector
from scrapers.feeds import elements_of, rss_items
from scrapers.items import RawAdvert
from scrapers.listing import Listing, ListingRow
from scrapers.pages import public_url
from scrapers.problems import Failure, PageProblem
from scrapers.reading import id_in, row

_MOST = 100  # items of an RSS feed, unless its address asks for more

_BOARD = re.compile(
    r"https?://(?!(?:www|app|api|support|status|docs|integrations|partners?|developers?|help|cdn"
    r"|assets|images|dashboard|tt)\.)[a-z0-9-]+(?:\.[a-z]{2})?\.teamtailor\.com(?=[/?#]|$)"
)
_OWN = re.compile(r"app\.teamtailor\.com/companies/|Applicant tracking system by Teamtailor")
_ITEM = {
    "url": "link",
    "title": "title",
    "department": "department",
    "category": "role",
    "work_mode": "remoteStatus",
    "posted": "pubDate",
    "description": "description",
}
_PLACE = {part: part for part in ("name", "address", "zip", "city", "country")}

_career_site = detector("teamtailor", marks=((_OWN, "/jobs.json"),))
_pointed_to = detector("teamtailor", (_BOARD, "/jobs.json"))


def detect(page: TextResponse) -> Detection | None:
    """A career site on its own host or the platform's, or a page that points to one."""
    return (_career_site(page) if "teamtailor-cdn.com" in page.text else None) or _pointed_to(page)


class TeamtailorSpider(BoardSpider):
    """Teamtailor: a JSON Feed of whole adverts."""

    name = "teamtailor"
    id_in_url = re.compile(r"/jobs/(\d+)(?:-|/|$|\?)")
    jobs_at = "items"

    def read_listing(self, response: TextResponse) -> Listing | Request:
        if looks_like_json(response):
            return super().read_listing(response)
        items = rss_items(response)
        if len(items) == _MOST and "per_page=" not in response.url:
            return Request(f"{response.url.partition('?')[0]}?per_page={50 * _MOST}")
        return Listing(rows=[self._item(each) for each in items], says_empty=not items)

    def jobs(self, answer: Any) -> list[Json]:
        if not str(answer.get("version")).startswith("https://jsonfeed.org/version/"):
            raise PageProblem(Failure.LAYOUT_CHANGED, "the answer is no JSON Feed")
        return super().jobs(answer)

    def more(self, answer: Any, response: TextResponse) -> list[str]:
        return [answer["next_url"]] if answer.get("next_url") else []

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        advert = advert_of_job(job, job.get("_jobposting"), self.id_in_url)
        advert.reference, advert.employer = None, self.tenant(advert.employer)
        advert.posted = advert.posted or said(job, "date_published")
        advert.description = job.get("content_html") or advert.description
        return filled_from_text(advert)

    def _item(self, item: Selector) -> ListingRow:
        facts, places = elements_of(item, _ITEM), item.xpath("locations/location")
        where = located(*(elements_of(each, _PLACE) for each in places))["location"]
        mode, url = facts.pop("work_mode", "none"), public_url(facts.pop("url"))
        says = {"location": where, "work_mode": None if mode == "none" else mode}
        found = row(id_in(self.id_in_url, url), url, facts, complete=True, **says)
        filled_from_text(found.advert)
        return found
