"""Council career sites whose advert pages carry JobPosting: found through an HTML list, a sitemap
or an RSS feed. The page around the markup shows the same facts under labels, as such sites do.
An advert with the quirk `lingers` stays in the sitemap after it has gone."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import format_datetime
from typing import Any

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.postings import microdata, posting, scripts
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
_LATEST = 3
XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_TAG = re.compile(r"<[^<>]*>")


class JobPostingSite:
    """One career site. Settings of its site: `kind` listing, sitemap or feed; `path` in
    which its adverts lie; `gone` what that page answers later: page, 404, 410."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._adverts: list[DemoAdvert] = []
        self._gone: dict[str, DemoAdvert] = {}
        self._by_id: dict[str, DemoAdvert] = {}
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._adverts = estate.on(self.site.id)
        self._by_id = {advert.id: advert for advert in self._adverts}
        self._gone = {each.id: each for each in estate.gone if each.site == self.site.id}

    def start_path(self) -> str:
        kinds = {"listing": "/vacancies", "sitemap": "/sitemap.xml", "feed": "/jobs.rss"}
        return kinds[self.site.settings["kind"]]

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return self._robots(request.base)
        if path.startswith(self.site.settings["path"]):
            return self._detail(path, request.base)
        if path == self.start_path():
            return self._start(request)
        if self.site.settings["kind"] == "sitemap":
            return self._sitemap_part(path, request.base)
        if path == "/":
            return _page("Work for us", f'<p><a href="{self.start_path()}">Our vacancies</a></p>')
        return not_found()

    def _robots(self, base: str) -> Reply:
        if self.site.settings["kind"] != "sitemap":
            return robots("Disallow: /search")
        return robots("Disallow: /search", f"Sitemap: {base}/sitemap.xml")

    def _start(self, request: Request) -> Reply:
        kind = self.site.settings["kind"]
        if kind == "listing":
            return self._listing(request)
        return self._sitemap_index(request.base) if kind == "sitemap" else self._feed(request.base)

    # The HTML list

    def _listing(self, request: Request) -> Reply:
        text = request.query.get("PAGE", "1")
        number = int(text) if text.isdecimal() else 0
        last = max(1, -(-len(self._adverts) // PAGE_SIZE))
        if not 1 <= number <= last:
            return not_found("There is no such page of vacancies.")
        start = (number - 1) * PAGE_SIZE
        shown = self._adverts[start : start + PAGE_SIZE]
        rows = "\n".join(self._row(advert) for advert in shown)
        count = f"Showing {start + 1} to {start + len(shown)} of {len(self._adverts)} vacancies"
        if not shown:
            count = "There are currently no vacancies."
        return _page(
            "Current vacancies",
            f'<h1>Current vacancies</h1>\n<p class="count">{count}</p>\n'
            f'<ul class="vacancies">\n{rows}\n</ul>\n{_pager(number, last)}',
        )

    def _row(self, advert: DemoAdvert) -> str:
        facts = (
            ("Salary", advert.salary),
            ("Location", advert.location),
            ("Closing date", _spoken(advert.closes)),
        )
        shown = "".join(f"<dt>{k}</dt><dd>{html.escape(v)}</dd>" for k, v in facts if v)
        return (
            f'<li class="vacancy"><h2><a href="{advert.id}">'
            f"{html.escape(advert.title)}</a></h2>\n<dl>{shown}</dl></li>"
        )

    # The sitemap

    def _sitemap_index(self, base: str) -> Reply:
        latest = max((advert.updated for advert in self._adverts), default=None)
        stamp = f"<lastmod>{latest}</lastmod>" if latest else ""
        parts = "".join(
            f"<sitemap><loc>{base}{path}</loc>{stamp}</sitemap>\n"
            for path in ("/sitemap-pages.xml", "/sitemap-jobs-1.xml", "/sitemap-jobs-2.xml.gz")
        )
        return _xml(f"{_HEAD}<sitemapindex {_SITEMAPS}>\n{parts}</sitemapindex>\n")

    def _sitemap_part(self, path: str, base: str) -> Reply:
        if path == "/sitemap-pages.xml":
            pages = ("/", "/jobs/search", "/jobs/intro", "/about-us")
            return _xml(_url_set(f"<url><loc>{base}{page}</loc></url>\n" for page in pages))
        lingering = [advert for advert in self._gone.values() if advert.quirks.get("lingers")]
        listed = sorted((*self._adverts, *lingering), key=lambda advert: advert.id)
        if path == "/sitemap-jobs-1.xml":
            return _xml(self._job_urls(listed[::2], base))
        if path == "/sitemap-jobs-2.xml.gz":
            packed = gzip.compress(self._job_urls(listed[1::2], base).encode(), mtime=0)
            return Reply(packed, content_type="application/gzip", tagged=True)
        if path in ("/", "/jobs/search", "/jobs/intro", "/about-us"):
            return _page("Work for us", f"<h1>Work for us</h1>\n<ul>{self._latest()}</ul>")
        return not_found()

    def _latest(self) -> str:
        """A few of the adverts: the rest is found by a search that runs in the browser."""
        return "".join(
            f'<li><a href="{each.id}">{html.escape(each.title)}</a></li>'
            for each in self._adverts[:_LATEST]
        )

    def _job_urls(self, adverts: Iterable[DemoAdvert], base: str) -> str:
        return _url_set(
            f"<url><loc>{base}{advert.id}</loc><lastmod>{advert.updated}</lastmod>"
            "<changefreq>hourly</changefreq><priority>0.7</priority></url>\n"
            for advert in adverts
        )

    # The feed

    def _feed(self, base: str) -> Reply:
        items = "".join(self._item(advert, base) for advert in self._adverts)
        return _xml(
            f'{_HEAD}<rss version="2.0" xmlns:a10="http://www.w3.org/2005/Atom">\n<channel>\n'
            f"<title>Vacancies</title><link>{base}/</link><description>Latest jobs</description>\n"
            f"{items}</channel>\n</rss>\n",
            "application/rss+xml; charset=utf-8",
        )

    def _item(self, advert: DemoAdvert, base: str) -> str:
        link = f"{base}{advert.id}"
        facts = (
            f"Salary: {advert.salary or 'See advert'}",
            f"Location: {advert.location or ''}",
            f"Closing date: {_spoken(advert.closes) or 'Open until filled'}",
        )
        teaser = "".join(f"<p>{html.escape(fact)}</p>" for fact in facts)
        stamp = datetime(advert.posted.year, advert.posted.month, advert.posted.day, 9, 30)
        return (
            f"<item>\n<title>{html.escape(advert.title)}</title>\n"
            f"<link>{link}?utm_source=feed&amp;utm_medium=rss</link>\n"
            f'<guid isPermaLink="true">{link}</guid>\n'
            f"<pubDate>{format_datetime(stamp).replace('-0000', 'GMT')}</pubDate>\n"
            f"<description>{html.escape(teaser)}</description>\n"
            f"<a10:updated>{advert.updated}T09:30:00Z</a10:updated>\n</item>\n"
        )

    # An advert's page

    def _detail(self, path: str, base: str) -> Reply:
        advert = self._by_id.get(path)
        if advert is None:
            return self._missing(path)
        url = f"{base}{advert.id}"
        if advert.quirks.get("shape") == "microdata":
            return _page(advert.title, microdata(advert), tagged=True)
        others = self._related(advert, base) if advert.quirks.get("shape") == "related" else []
        head = f'<link rel="canonical" href="{url}">\n{scripts(advert, url, others)}'
        return _page(
            f"{advert.title} | {self.site.name}",
            f"<h1>{html.escape(advert.title)}</h1>\n{_labelled(advert)}\n"
            f'<div class="advert-text">\n{advert.description}\n</div>\n'
            f'<p><a href="/apply{advert.id}">Apply online</a></p>',
            head=head,
            tagged=True,
        )

    def _related(self, advert: DemoAdvert, base: str) -> list[dict[str, Any]]:
        """The postings of two other adverts, as a page shows them under "more like this"."""
        others = [each for each in self._adverts[:3] if each is not advert]
        return [posting(each, f"{base}{each.id}") for each in others[:2]]

    def _missing(self, path: str) -> Reply:
        if path not in self._gone or self.site.settings["gone"] == "404":
            return not_found()
        gone = _page(
            "Vacancy closed", "<h1>Sorry</h1>\n<p>This vacancy is no longer available.</p>"
        )
        status = 200 if self.site.settings["gone"] == "page" else 410
        return Reply(gone.body, status=status)


def _labelled(advert: DemoAdvert) -> str:
    facts = (
        ("Salary", advert.salary),
        ("Location", ", ".join(filter(None, (advert.location, advert.postcode)))),
        ("Hours", advert.hours),
        ("Contract type", advert.contract),
        ("Working pattern", advert.pattern),
        ("Department", advert.department),
        ("Job reference", advert.reference),
        ("Closing date", _spoken(advert.closes)),
        ("Interview date", _spoken(advert.interview)),
    )
    rows = "".join(f"<dt>{k}:</dt><dd>{html.escape(v)}</dd>\n" for k, v in facts if v)
    return f'<dl class="facts">\n{rows}</dl>'


def _spoken(moment: datetime | date | None) -> str:
    """`Sunday 6 December 2026`, and the hour as councils write it: `12 noon`, `11:59pm`."""
    if moment is None:
        return ""
    day = f"{moment:%A} {moment.day} {moment:%B %Y}"
    if not isinstance(moment, datetime):
        return day
    if (moment.hour, moment.minute) == (12, 0):
        return f"{day}, 12 noon"
    clock = f"{moment.hour % 12 or 12}:{moment:%M}{'am' if moment.hour < 12 else 'pm'}"
    return f"{day} at {clock}"


def _pager(number: int, last: int) -> str:
    links = (
        [f'<a rel="prev" href="/vacancies?page={number - 1}">Previous</a>'] if number > 1 else []
    )
    links += (
        [f'<a rel="next" href="/vacancies?page={number + 1}">Next</a>'] if number < last else []
    )
    return f'<nav class="pager">{" ".join(links)}</nav>'


def _url_set(urls: Iterable[str]) -> str:
    return f"{_HEAD}<urlset {_SITEMAPS}>\n{''.join(urls)}</urlset>\n"


def _xml(text: str, content_type: str = XML) -> Reply:
    return Reply(text.encode(), content_type=content_type, tagged=True)


def _page(title: str, body: str, head: str = "", tagged: bool = False) -> Reply:
    text = (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)}</title>\n{head}\n</head>\n<body>\n"
        '<nav><a href="/">Home</a> <a href="/search">Search</a></nav>\n'
        f"<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return Reply(text.encode(), tagged=tagged)


SITE = JobPostingSite
PRINTS = MOST_PRINT - {"location", "salary"}
