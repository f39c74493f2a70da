"""Councils that publish their vacancies as a feed: RSS with teasers, or Atom with whole adverts.

Element names as RSS 2.0, Atom and job feeds of 2026 have them. The RSS site's adverts have pages
of their own, every other one with a JobPosting, the rest with labels alone; the Atom site's items
are all that there is. Settings of a site: `form`, rss or atom.
"""

from __future__ import annotations

import html
import json
from datetime import date, datetime, time
from email.utils import format_datetime

from lgjobs.demo.adverts import LONDON, MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


class FeedSite:
    """One council's feed, and behind it the adverts' pages."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._adverts: list[DemoAdvert] = []
        self._gone: frozenset[str] = frozenset()
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)
        self._gone = frozenset(advert.id for advert in estate.gone if advert.site == self.site.id)

    def start_path(self) -> str:
        return "/vacancies/rss.xml" if self._form == "rss" else "/feeds/jobs.atom"

    @property
    def _form(self) -> str:
        return self.site.settings["form"]

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots()
        if path == self.start_path():
            return self._rss(request.base) if self._form == "rss" else self._atom(request.base)
        if path == "/":
            return _page(self.site.name, "<h1>Welcome</h1>", feed=self.start_path())
        advert = next((each for each in self._adverts if each.id == path), None)
        if advert is not None and self._form == "rss":
            return self._advert(advert, request.base)
        if path in self._gone and self._form == "rss":
            sorry = "<h1>Vacancy closed</h1><p>This vacancy is no longer available.</p>"
            return Reply(_page("Vacancy closed", sorry).body, status=410)
        return not_found()

    # The feeds

    def _rss(self, base: str) -> Reply:
        items = "".join(_item(advert, base) for advert in self._adverts)
        return _xml(
            f'{_HEAD}<rss version="2.0" xmlns:job="{base}/ns/job">\n<channel>\n'
            f"<title>{html.escape(self.site.name)} vacancies</title>\n<link>{base}/</link>\n"
            f"<description>Vacancies open today</description>\n{items}</channel>\n</rss>\n",
            "application/rss+xml; charset=utf-8",
        )

    def _atom(self, base: str) -> Reply:
        entries = "".join(_entry(advert, base) for advert in self._adverts)
        latest = max((advert.updated for advert in self._adverts), default=date(2026, 1, 1))
        return _xml(
            f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom">\n'
            f"<title>Jobs at {html.escape(self.site.name)}</title>\n<id>{base}/</id>\n"
            f'<link rel="self" href="{base}{self.start_path()}"/>\n'
            f"<updated>{latest}T08:00:00Z</updated>\n{entries}</feed>\n",
            "application/atom+xml; charset=utf-8",
        )

    # An advert's page

    def _advert(self, advert: DemoAdvert, base: str) -> Reply:
        marked = self._adverts.index(advert) % 2 == 0
        return _page(
            f"{advert.title} - {self.site.name}",
            f"<h1>{html.escape(advert.title)}</h1>\n{_facts(advert)}\n{advert.description}",
            head=_posting(advert, base + advert.id) if marked else "",
            feed=self.start_path(),
        )


def _item(advert: DemoAdvert, base: str) -> str:
    posted = datetime.combine(advert.posted, time(9), LONDON)
    teaser = f"<p>Closing date: {_day(advert.closes)}</p><p>See the full advert on our site.</p>"
    return (
        f"<item>\n<title>{html.escape(advert.title)}</title>\n"
        f"<link>{base}{advert.id}?utm_source=rss</link>\n"
        f'<guid isPermaLink="false">{advert.reference}</guid>\n'
        f"<pubDate>{format_datetime(posted)}</pubDate>\n"
        f"<description>{html.escape(teaser)}</description>\n"
        f"<job:location>{html.escape(advert.location or '')}</job:location>\n"
        f"<job:contractType>{html.escape(advert.contract or '')}</job:contractType>\n</item>\n"
    )


def _entry(advert: DemoAdvert, base: str) -> str:
    body = f"{_facts(advert)}\n{advert.description}"
    return (
        f"<entry>\n<title>{html.escape(advert.title)}</title>\n<id>{base}{advert.id}</id>\n"
        f'<link rel="alternate" type="text/html" href="{base}{advert.id}"/>\n'
        f"<published>{advert.posted}T09:00:00Z</published>\n"
        f"<updated>{advert.updated}T09:00:00Z</updated>\n"
        f'<content type="html">{html.escape(body)}</content>\n</entry>\n'
    )


def _facts(advert: DemoAdvert) -> str:
    facts = (
        ("Reference", advert.reference),
        ("Salary", advert.salary),
        ("Location", advert.location),
        ("Hours", advert.hours),
        ("Contract type", advert.contract),
        ("Working pattern", advert.pattern),
        ("Department", advert.department),
        ("Closing date", _day(advert.closes)),
    )
    return "\n".join(
        f"<p><strong>{label}:</strong> {html.escape(value)}</p>" for label, value in facts if value
    )


def _posting(advert: DemoAdvert, url: str) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "url": url,
        "description": advert.description,
        "datePosted": advert.posted.isoformat(),
    }
    text = json.dumps(data).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def _day(moment: datetime | date | None) -> str:
    """`Friday 6 March 2026`, with the hour where there is one: `at 17:00`."""
    if moment is None:
        return ""
    day = f"{moment:%A} {moment.day} {moment:%B %Y}"
    return f"{day} at {moment:%H:%M}" if isinstance(moment, datetime) else day


def _xml(text: str, content_type: str) -> Reply:
    return Reply(text.encode(), content_type=content_type, tagged=True)


def _page(title: str, body: str, head: str = "", feed: str = "") -> Reply:
    link = f'<link rel="alternate" type="application/rss+xml" href="{feed}" title="Jobs">\n'
    text = (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n{link if feed else ''}{head}</head>\n"
        f'<body>\n<nav><a href="/">Home</a></nav>\n<main>\n{body}\n</main>\n</body>\n</html>\n'
    )
    return Reply(text.encode())


SITE = FeedSite
PRINTS = MOST_PRINT | {"contract", "department", "hours", "pattern", "posted", "reference"}
