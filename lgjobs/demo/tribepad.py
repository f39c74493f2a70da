"""Tribepad: the classic careers site and the newer "site builder" pages, as `kind` of a site says.

Lists, pagers and date formats as pages captured in 2026 show them; of an advert's own page only
what two readers report (classic: a JobPosting without pay; v2: reference, closing date, sections of
text). A posted search lives in a session, and is not offered. An advert that has gone is answered
with 404: that is our guess.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from datetime import date

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.estate import Estate
from lgjobs.demo.sites import Site
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 10
LARGEST_PAGE = 50

_SEARCH = re.compile(r"/(?:jobs/search(?:/-1/?(\d*))?)?")  # /jobs/search/-1/2
_JOB = re.compile(r"/jobs/job/[^/]*/(\d+)")
_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")


class TribepadSite:
    """One tenant. Setting `kind`: `classic` or `v2`."""

    def __init__(self, site: Site, estate: Estate) -> None:
        self.site = site
        self._live: dict[str, DemoAdvert] = {}
        self._today = estate.date
        self.show(estate)

    def show(self, estate: Estate) -> None:
        self._live = {advert.id: advert for advert in estate.on(self.site.id)}
        self._today = estate.date

    def start_path(self) -> str:
        return "/jobs/search" if self.site.settings["kind"] == "classic" else "/v2/vacancies"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /members/?")
        if self.site.settings["kind"] == "classic":
            return self._classic(request)
        return self._v2(request)

    def _classic(self, request: Request) -> Reply:
        if found := _SEARCH.fullmatch(request.path):
            number = int(found[1] or 1)
            return self._classic_list(request.base, number) if number > 0 else not_found()
        found = _JOB.fullmatch(request.path)
        advert = self._live.get(found[1]) if found else None
        if advert is None:
            return not_found("Sorry, we could not find that page")
        posting = json.dumps(_posting(advert), ensure_ascii=False).replace("</", "<\\/")
        return self._classic_page(
            f"<h1>{_text(advert.title)}</h1>\n"
            f'<script type="application/ld+json">{posting}</script>\n'
            f'<div class="job-description">\n{advert.description}\n</div>\n'
            '<a class="btn" href="/members/?j=apply">Apply</a>'
        )

    def _classic_list(self, base: str, number: int) -> Reply:
        shown, pages = _page_of(list(self._live.values()), number, PAGE_SIZE)
        cards = "\n".join(_classic_card(advert, base) for advert in shown)
        links = [
            f"<strong>{each}</strong>"
            if each == number
            else f'<a href="{base}/jobs/search/-1/{each if each > 1 else ""}">'
            f'<span class="sr-only">Page number</span>{each}</a>'
            for each in range(1, pages + 1)
        ]
        if number < pages:
            links.append(
                f'<a href="{base}/jobs/search/-1/{number + 1}">'
                '<span class="sr-only">Next results page</span>&gt;</a>'
            )
        listed = f'<ul class="jobs">\n{cards}\n</ul>' if shown else "<p>No jobs found</p>"
        pager = (
            '<div class="pagination" role="navigation" aria-label="Job search results navigation">'
            f"&nbsp;{'&nbsp;'.join(links)}</div>"
        )
        return self._classic_page(
            '<form id="search" action="/jobs/search" method="post"><input name="keywords" '
            'value="(e.g. job title, skills)" /></form>\n<div id="content"><div id="results">\n'
            f'<h2 class="search-results-title">Jobs</h2>\n{listed}\n{pager if pages > 1 else ""}\n'
            "</div></div>"
        )

    def _classic_page(self, body: str) -> Reply:
        name = _text(self.site.name)
        text = (
            "<!doctype html>\n\n<!--\nThis site is powered by tribepad.  More information available"
            ' at www.tribepad.com\n-->\n<html lang="en">\n<head><meta charset="utf-8">'
            f"<title>Jobs and careers with {name}</title></head>\n<body><main>\n{body}\n</main>\n"
            '<footer id="footer"><span class="powered_by">Powered by '
            '<a href="http://www.tribepad.com/">Tribepad Talent Acquisition Software</a></span>'
            "</footer>\n</body>\n</html>\n"
        )
        return Reply(text.encode())

    def _v2(self, request: Request) -> Reply:
        if request.path in ("/v2/job/search", "/v2/vacancies"):
            query = request.query
            number = max(_whole(query.get("PAGE"), 1), 1)
            size = min(max(_whole(query.get("RECORDS_PER_PAGE"), PAGE_SIZE), 1), LARGEST_PAGE)
            shown, _ = _page_of(list(self._live.values()), number, size)
            cards = "\n".join(_v2_card(advert, request.base, self._today) for advert in shown)
            return _v2_page(
                f'<h2>{len(self._live)} Search Results</h2>\n<div id="sitebuilder-job-search-'
                f'results"><div class="row">\n{cards}\n</div></div>'
            )
        advert = self._live.get(request.query.get("RECORD", ""))
        if request.path != "/members/modules/job/detail.php" or advert is None:
            return not_found("Sorry, we could not find that page")
        closes = f"{advert.closes:%d/%m/%Y}" if advert.closes else ""
        return _v2_page(
            f'<div id="job-advert-wrapper"><h1>{_text(advert.title)}</h1>\n'
            f'<p><i class="far fa-calendar-check"></i> {closes}</p>\n'
            f"<p><strong>Reference</strong> <span>{_text(advert.reference)}</span></p>\n"
            f'<section class="job-details-section">\n{advert.description}\n</section>\n'
            f'<a href="/members/?j={advert.id}">Apply</a></div>'
        )


def _page_of(
    adverts: Sequence[DemoAdvert], number: int, size: int
) -> tuple[Sequence[DemoAdvert], int]:
    """The adverts of a page, and how many pages there are."""
    return adverts[(number - 1) * size : number * size], -(-len(adverts) // size)


def _classic_card(advert: DemoAdvert, base: str) -> str:
    href = f"{base}/jobs/job/{_NOT_SLUG.sub('-', advert.title).strip('-')}/{advert.id}"
    return (
        f'<li>\n<a href="{href}" class="in-app" itemprop="url"><div class="job-list-details">\n'
        f'<h3><span class="job-list-title">{_text(advert.title)}</span></h3>\n'
        "<div class=\"col left\"><p itemprop='jobLocation' itemscope "
        "itemtype='http://schema.org/Place'><i class='far fa-map-marker-alt' aria-label=''></i>\n"
        f"<span itemprop='address'>{_text(advert.location)}, United Kingdom</span></p>\n"
        f"<p><i class='far fa-wallet'></i>\n {_text(advert.salary)}\n</p>\n"
        f"<p itemprop='employmentType'><i class='far fa-clock'></i>\n{_text(advert.contract)}</p>"
        "</div>\n<div class=\"col right\"><p><i class='far fa-calendar'></i>\n"
        f" Apply by {_spoken(advert.closes) if advert.closes else 'No expiry date'}\n</p>\n"
        "<p><i class='far fa-calendar'></i>\n Posted on <span itemprop='datePosted'>\n"
        f"{_spoken(advert.posted)}\n</span></p></div>\n</div></a>\n</li>"
    )


def _v2_card(advert: DemoAdvert, base: str, today: date) -> str:
    ends = advert.ends()
    left = f"(In {(ends.date() - today).days} days)" if ends else ""
    icons: tuple[tuple[str, str | None], ...] = (
        ("map-marker-alt", advert.location),
        ("wallet", advert.salary),
        ("tag", advert.category),
        ("clock", advert.contract),
        ("calendar-times", f"{ends:%d/%m/%y}\n {left}" if ends else None),
        ("list-alt", advert.reference),
    )
    lines = "\n".join(
        f'<div class="mb-1"><i class="far fa-{icon} mr-1" aria-hidden="true"></i>\n'
        f"<span>{_text(value)}</span></div>"
        for icon, value in icons
        if value
    )
    return (
        '<div class="column w-1/3 mb-5 sitebuilder-job-results-item">\n'
        f'<a href="{base}/members/modules/job/detail.php?record={advert.id}" target="_blank">'
        '<article><h3 class="size-24 sitebuilder-job-results-item-title">'
        f"{_text(advert.title)} </h3>\n"
        f'<div class="size-16 sitebuilder-job-results-item-meta">\n{lines}\n</div>'
        "</article></a></div>"
    )


def _v2_page(body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Jobs</title>\n'
        '<link href="/v2/sitebuilder-assets/custom.css" rel="stylesheet">\n</head>\n'
        f'<body><div class="is-wrapper">\n{body}\n</div></body>\n</html>\n'
    )
    return Reply(text.encode())


def _posting(advert: DemoAdvert) -> dict[str, object]:
    place = {"@type": "PostalAddress", "addressLocality": advert.location, "addressCountry": "GB"}
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": _text(advert.title),
        "description": advert.description,
        "datePosted": advert.posted.isoformat(),
        "validThrough": advert.closes.isoformat() if advert.closes else None,
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": {"@type": "Place", "address": place},
    }


def _spoken(day: date) -> str:
    """`5 September, 2026`."""
    return f"{day.day} {day:%B, %Y}"


def _text(words: str | None) -> str:
    return html.escape(words or "")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


SITE = TribepadSite
PRINTS = (MOST_PRINT - {"location"}) | {"contract"}
"""Fields of an advert that both kinds publish word for word, one advert like another."""
