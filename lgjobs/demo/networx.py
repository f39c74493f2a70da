"""networx: an RSS feed under a secret id, with whole adverts in it, and the adverts' pages.

Elements of the feed, its stamps and the form of addresses are as public evidence shows them.
Guessed: what a wrong feed id gets, the careers page, and the words on a closed advert's page.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date, datetime
from urllib.parse import quote_plus

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

COMPANY = "2061"
FEED_ID = "5C1F0A7E93D84B6FA2E4470B91D3C85E"

_DETAIL = re.compile(r"/Jobs/Advert/(\d+)", re.IGNORECASE)
_ATOM = "http://www.w3.org/2005/Atom"


class NetworxSite(Tenant):
    """One council's tenant."""

    def start_path(self) -> str:
        return f"/RSSFeeds/Vacancies/{self.site.id.upper()}?feedID={FEED_ID}"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path == self.start_path().partition("?")[0]:
            if request.query.get("FEEDID") != FEED_ID:
                return not_found()
            return self._feed(request.base)
        if found := _DETAIL.fullmatch(path):
            return self._detail(found[1], request)
        return not_found()

    def _feed(self, base: str) -> Reply:
        items = "".join(_item(advert, base) for advert in self._live.values())
        text = (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:a10="{_ATOM}">\n'
            f"<channel><title>Vacancies</title><link>{base}/</link>\n{items}</channel>\n</rss>\n"
        )
        return Reply(text.encode(), content_type="application/rss+xml; charset=utf-8")

    def _detail(self, number: str, request: Request) -> Reply:
        advert = self._live.get(number)
        if advert is None or request.query.get("CID") != COMPANY:
            sorry = "<p>This vacancy is no longer available.</p>"
            return _page("Vacancy closed", sorry) if number in self._gone else not_found()
        facts = (
            ("Salary", advert.salary),
            ("Location", advert.location),
            ("Closing Date", _ending(advert)),
        )
        shown = "".join(f"<p>{name}: {html.escape(value or '')}</p>\n" for name, value in facts)
        posting = {
            "@context": "http://schema.org",
            "@type": "JobPosting",
            "title": advert.title,
            "description": advert.description,
            "datePosted": f"{advert.posted}",
            "identifier": COMPANY,
            "jobLocation": {"@type": "Place", "address": {"addressLocality": advert.location}},
        }
        return _page(
            advert.title,
            f'<script type="application/ld+json">{json.dumps(posting)}</script>\n'
            f'<h1>{html.escape(advert.title)}</h1>\n<div id="notice">'
            f'<div class="AdvertParentContainer">\n{shown}{advert.description}\n</div></div>',
        )


def _item(advert: DemoAdvert, base: str) -> str:
    query = f"cid={COMPANY}&t={quote_plus(advert.title)}&l={quote_plus(advert.location or '')}"
    link = html.escape(f"{base}/Jobs/Advert/{advert.id}?{query}")
    title = html.escape(advert.title)
    return (
        f"<item>\n<link>{link}</link>\n<title>{title}</title>\n"
        f'<a10:content type="text/xml"><Vacancy xmlns=""><vTitle>{title}</vTitle>\n'
        f"<vLocation>{html.escape(advert.location or '')}</vLocation>\n"
        f"<vSalary>{html.escape(advert.salary or '')}</vSalary>\n"
        f"<vExpiryDate>{_ending(advert)}</vExpiryDate>\n"
        f"<vAdvertText>{html.escape(advert.description)}</vAdvertText>\n"
        "</Vacancy></a10:content>\n</item>\n"
    )


def _ending(advert: DemoAdvert) -> str:
    """`15/01/2023 23:59:00`."""
    closes: datetime | date | None = advert.closes
    if closes is None:
        return ""
    clock = f"{closes:%H:%M:%S}" if isinstance(closes, datetime) else "23:59:00"
    return f"{closes:%d/%m/%Y} {clock}"


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en"><head>\n'
        f"<title>{html.escape(title)}</title>\n</head>\n<body>\n{body}\n</body></html>\n"
    )
    return Reply(text.encode())


SITE = NetworxSite
PRINTS = MOST_PRINT
