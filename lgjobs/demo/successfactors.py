"""A SuccessFactors career site: search pages in one of two layouts, job pages, perhaps a feed.

Markers, paging and the doubled values as captured pages and public readers show them; wording and
skeleton are our own. As on real sites: a page of the search holds as many adverts as its tenant
set up, whatever is asked for, and an advert that is over leads to the search.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")
_STAMP = "%a %b %d %H:%M:%S UTC %Y"
_FIELDS: tuple[tuple[str, str, Callable[[DemoAdvert], str | None]], ...] = (
    ("date", "Date", lambda advert: spoken(advert.posted)),
    ("location", "Location", lambda advert: advert.location),
    ("department", "Directorate", lambda advert: advert.department),
    ("shifttype", "Working pattern", lambda advert: advert.pattern),
    ("customfield1", "Salary", lambda advert: advert.salary),
    ("customfield2", "Hours per week", lambda advert: advert.hours),
    ("customfield3", "Contract type", lambda advert: advert.contract),
    ("customfield4", "Closing date", lambda advert: _closing(advert)),
    ("customfield5", "Job reference", lambda advert: advert.reference),
)
"""Property, the label that this tenant gave it, and its value."""


class SuccessFactorsSite(Tenant):
    """One career site. Settings: `layout` (table or tiles), `page`, adverts on a page of the
    search, `prefix` of all its paths, and `feed=yes` where the feed is switched on: the register
    then names the feed.
    """

    def __init__(self, site: Site, estate: Estate) -> None:
        self._page = int(site.settings["page"])
        self._prefix = site.settings.get("prefix", "")
        self._fed = site.settings.get("feed") == "yes"
        super().__init__(site, estate)

    def start_path(self) -> str:
        return "/sitemal.xml" if self._fed else f"{self._prefix}/search/"

    def respond(self, request: Request) -> Reply:
        path = request.path
        if path == "/robots.txt":
            return robots("Disallow: /talentcommunity/", "Disallow: /services/")
        if path == "/sitemal.xml" and self._fed:
            return self._feed(request.base)
        if path == f"{self._prefix}/search/":
            return self._search(request.query.get("STARTROW", ""))
        if path.startswith(f"{self._prefix}/job/"):
            return self._job(path.rstrip("/").rpartition("/")[2])
        return not_found()

    def _search(self, asked: str) -> Reply:
        start = int(asked) if asked.isdecimal() else 0
        every = list(self._live.values())
        shown = every[start : start + self._page]
        if not shown:
            return self._dressed("<p>There are currently no open positions to display.</p>")
        first, last = start + 1, start + len(shown)
        if self.site.settings["layout"] == "table":
            label = (
                f'<span class="paginationLabel" aria-label="Results {first} to {last}">Results '
                f"<b>{first} &#8211; {last}</b> of <b>{len(every)}</b></span>"
            )
            return self._dressed(label + _table(shown, self._path))
        label = (
            f'<span id="tile-search-results-label">Showing {first} to {last} of {len(every)} '
            f'Jobs</span>\n<ul id="job-tile-list" class="container job-list" aria-rowcount="0" '
            f'data-per-page="{self._page}">'
        )
        return self._dressed(label + "".join(_tile(each, self._path) for each in shown) + "</ul>")

    def _job(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is None:
            back = (("Location", f"{self._prefix}/search/"),)
            return Reply(b"", status=302, headers=back) if number in self._gone else not_found()
        tokens = "\n".join(
            _token(name, label, value) for name, label, of in _FIELDS if (value := of(advert))
        )
        return self._dressed(
            '<div class="jobDisplayShell" itemscope="itemscope" '
            'itemtype="http://schema.org/JobPosting">\n'
            '<span itemprop="jobLocation" itemscope itemtype="http://schema.org/Place"><span '
            'itemprop="address" itemscope itemtype="http://schema.org/PostalAddress"><meta '
            f'itemprop="streetAddress" content="{_safe(advert.location)}, GB"></span></span>\n'
            f'<meta itemprop="datePosted" content="{_midnight(advert.posted):{_STAMP}}">\n'
            f'<meta itemprop="validThrough" content="{_midnight(date.max):{_STAMP}}">\n'
            f'<meta itemprop="hiringOrganization" content="{_safe(advert.employer)}">\n'
            f'<a class="btn apply" href="/talentcommunity/apply/{advert.id}/">Apply now</a>\n'
            f'<h1><span itemprop="title" data-careersite-propertyid="title">{_safe(advert.title)}'
            f"</span></h1>\n{tokens}\n"
            '<span itemprop="description" data-careersite-propertyid="description">'
            f'<span class="jobdescription">{advert.description}</span></span>\n</div>',
            advert.title,
        )

    def _feed(self, base: str) -> Reply:
        """Titles end with the place in brackets, and no item says when it was posted."""
        items = "".join(
            f"<item>\n<title>{_safe(f'{advert.title} ({advert.location})')}</title>\n"
            f"<description><![CDATA[{advert.description}]]></description>\n"
            f"<link>{base}{self._path(advert)}</link>\n<guid>{advert.id}</guid>\n"
            f"<g:id>{advert.id}</g:id>\n<g:location>{_safe(advert.location)}</g:location>\n"
            f"<g:employer>{_safe(advert.employer)}</g:employer>\n"
            f"<g:expiration_date>{advert.posted.replace(day=28)}</g:expiration_date>\n</item>\n"
            for advert in self._live.values()
        )
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">\n<channel>\n'
            f"<title>{_safe(self.site.name)}</title>\n<ttl>720</ttl>\n{items}</channel>\n</rss>\n"
        )
        return Reply(text.encode(), content_type="application/xml; charset=utf-8")

    def _path(self, advert: DemoAdvert) -> str:
        words = f"{(advert.location or '').split(',')[0]}-{advert.title}"
        return f"{self._prefix}/job/{_NOT_SLUG.sub('-', words).strip('-')}/{advert.id}/"

    def _dressed(self, body: str, title: str = "Search results") -> Reply:
        text = (
            '<!DOCTYPE html>\n<html class="html5" lang="en-GB">\n<head>\n'
            f"<title>{_safe(title)} | {_safe(self.site.name)}</title>\n</head>\n"
            f'<body class="coreCSB body">\n<div id="content">\n{body}\n</div>\n'
            '<script src="/platform/js/j2w/min/j2w.agent.min.js"></script>\n</body>\n</html>\n'
        )
        return Reply(text.encode())


def spoken(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _table(adverts: Iterable[DemoAdvert], path: Callable[[DemoAdvert], str]) -> str:
    """Rows whose every value stands there twice: in a cell, and again for phones."""
    rows = "".join(
        '<tr class="data-row"><td class="colTitle" headers="hdrTitle">'
        f'<span class="jobTitle hidden-phone">{_link(advert, path)}</span>'
        f'<div class="jobdetail-phone visible-phone"><span class="jobTitle">{_link(advert, path)}'
        '</span><span class="jobLocation visible-phone"><span class="jobLocation">'
        f'{_safe(advert.location)} <small class="nobr">+2 more&hellip;</small></span></span></div>'
        '</td><td class="colLocation hidden-phone" headers="hdrLocation">'
        f'<span class="jobLocation">{_safe(advert.location)}</span></td>'
        '<td class="colDate hidden-phone" headers="hdrDate">'
        f'<span class="jobDate">{spoken(advert.posted)}</span></td></tr>\n'
        for advert in adverts
    )
    heads = "".join(f'<th id="hdr{each}">{each}</th>' for each in ("Title", "Location", "Date"))
    return (
        '<div class="searchResultsShell"><table id="searchresults"><thead><tr>'
        f"{heads}</tr></thead><tbody>\n{rows}</tbody></table></div>"
    )


def _tile(advert: DemoAdvert, path: Callable[[DemoAdvert], str]) -> str:
    name = f"job-{advert.id}-desktop-section-location"
    return (
        f'<li class="job-tile job-id-{advert.id}" data-url="{path(advert)}">'
        f'<div class="sub-section-desktop">{_link(advert, path)}<div class="section-field">'
        f'<span id="{name}-label" class="section-label">Location</span>'
        f'<div id="{name}-value">{_safe(advert.location)}</div></div></div>'
        f'<span class="sub-section-mobile">{_link(advert, path)}</span></li>\n'
    )


def _link(advert: DemoAdvert, path: Callable[[DemoAdvert], str]) -> str:
    return f'<a class="jobTitle-link" href="{path(advert)}">\n{_safe(advert.title)}\n</a>'


def _token(name: str, label: str, value: str) -> str:
    return (
        f'<div class="joblayouttoken"><span class="joblayouttoken-label">{label}:\n</span>\n'
        f'<span data-careersite-propertyid="{name}">{_safe(value)}\n</span></div>'
    )


def _closing(advert: DemoAdvert) -> str | None:
    closes = advert.closes
    if closes is None:
        return None
    return f"{spoken(closes)}, {closes:%H:%M}" if isinstance(closes, datetime) else spoken(closes)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _safe(text: str | None) -> str:
    return html.escape(text or "")


SITE = SuccessFactorsSite
PRINTS = MOST_PRINT | {
    "contract",
    "department",
    "employer",
    "hours",
    "pattern",
    "posted",
    "reference",
}
