"""A Teamtailor career site: a JSON Feed a hundred a page, an RSS feed, a page for each advert.

Shapes and paging as measured on feeds of 2026: the JSON Feed names its next page and gives at most
a hundred items a page; RSS gives the first hundred, knows no pages and heeds `per_page` beyond
that. The page of a job that has gone is not found. Pay, hours and terms stand in the text.
"""

from __future__ import annotations

import html
import json
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import urlencode

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, ends_iso, is_remote, labelled_text, page
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

LARGEST_PAGE = RSS_LENGTH = 100


class TeamtailorSite(Tenant):
    """One career site. Setting of its site: `page`, the page size that the register asks for."""

    def start_path(self) -> str:
        return f"/jobs.json?per_page={self.site.settings['page']}"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path == "/jobs.json":
            return self._json(request)
        if path == "/jobs.rss":
            return self._rss(request)
        advert = self._live.get(path.removeprefix("/jobs/").partition("-")[0])
        if advert and path.startswith("/jobs/"):
            return _job_page(advert, request.base)
        return not_found()

    def _json(self, request: Request) -> Reply:
        size = min(_whole(request.query.get("PER_PAGE"), LARGEST_PAGE), LARGEST_PAGE)
        number = _whole(request.query.get("PAGE"), 1)
        adverts = list(self._live.values())
        feed: dict[str, object] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.site.name,
            "home_page_url": f"{request.base}/jobs",
            "feed_url": f"{request.base}/jobs.json",
            "items": [
                _item(advert, request.base)
                for advert in adverts[size * (number - 1) : size * number]
            ],
        }
        if size * number < len(adverts):
            query = urlencode({"page": number + 1, "per_page": size})
            feed["next_url"] = f"{request.base}/jobs.json?{query}"
        return answer(feed)

    def _rss(self, request: Request) -> Reply:
        size = max(_whole(request.query.get("PER_PAGE"), RSS_LENGTH), RSS_LENGTH)
        items = "".join(_rss_item(each, request.base) for each in list(self._live.values())[:size])
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rss version="2.0" xmlns:tt="https://teamtailor.com/locations"><channel>\n'
            f"<title>{html.escape(self.site.name)}</title>\n{items}</channel></rss>\n"
        )
        return Reply(text.encode(), content_type="application/rss+xml; charset=utf-8")


def _item(advert: DemoAdvert, base: str) -> dict[str, object]:
    return {
        "id": f"20fafb7d-f013-4061-b6de-{int(advert.id) % 10**12:012d}",
        "title": advert.title,
        "url": _url(advert, base),
        "date_published": _published(advert).isoformat(),
        "content_html": _text(advert),
        "_jobposting": _posting(advert),
    }


def _posting(advert: DemoAdvert) -> dict[str, object]:
    street, _, town = (advert.location or "").rpartition(", ")
    place = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "addressLocality": town,
        "postalCode": advert.postcode or "",
        "addressCountry": "GB",
    }
    posting: dict[str, object] = {
        "@context": "http://schema.org/",
        "@type": "JobPosting",
        "title": advert.title,
        "description": _text(advert),
        "identifier": {"@type": "PropertyValue", "name": "Teamtailor", "value": int(advert.id)},
        "datePosted": _published(advert).isoformat(),
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": [{"@type": "Place", "address": place}],
    }
    if advert.closes:
        posting["validThrough"] = ends_iso(advert)
    if is_remote(advert):
        posting["jobLocationType"] = "TELECOMMUTE"
    return posting


def _rss_item(advert: DemoAdvert, base: str) -> str:
    place = html.escape(advert.location or "")
    return (
        f"<item><title>{html.escape(advert.title)}</title>"
        f"<description>{html.escape(_text(advert))}</description>"
        f"<pubDate>{format_datetime(_published(advert))}</pubDate>"
        f"<link>{html.escape(_url(advert, base))}</link><remoteStatus>none</remoteStatus>"
        f"<guid>20fafb7d-f013-4061-b6de-{int(advert.id) % 10**12:012d}</guid>"
        f"<tt:locations><tt:location><tt:name>{place}</tt:name></tt:location></tt:locations>"
        f"<tt:department>{html.escape(advert.department or '')}</tt:department></item>\n"
    )


def _job_page(advert: DemoAdvert, base: str) -> Reply:
    data = json.dumps({**_posting(advert), "url": _url(advert, base)}).replace("</", "<\\/")
    foot = '<a href="https://app.teamtailor.com/companies/0">Employee login</a>'
    script = f'<script type="application/ld+json">{data}</script>'
    return page(advert.title, f"{_text(advert)}\n{foot}", script)


def _text(advert: DemoAdvert) -> str:
    return labelled_text(advert, "salary", "hours", "contract", "pattern")


def _url(advert: DemoAdvert, base: str) -> str:
    return f"{base}/jobs/{advert.id}-job"


def _published(advert: DemoAdvert) -> datetime:
    posted = advert.posted
    return datetime(posted.year, posted.month, posted.day, 9, 26, 20, tzinfo=LONDON)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) else otherwise


SITE = TeamtailorSite
PRINTS = MOST_PRINT | {"contract", "hours", "posted"}
