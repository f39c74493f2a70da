"""myjobscotland as rebuilt in September 2026: search results of 25, and a page for each advert.

Cards, tags, count and paging as captured results and live notes show them. What the public
evidence does not show is our guess: the pager's markup, a page past the end, the words of an empty
result, the page of a closed advert and the order when none is asked for. An advert's quirk `tag`
is one more tag on its card.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.postings import base_salary
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

PAGE_SIZE = 25
FACETS = frozenset({"POSITION_TYPE", "CONTRACT_TYPE", "CATEGORIES"})

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_DETAIL = re.compile(r"/[^/]+/[^/]+/jobs/[^/]*-(\d+)")
_SHELL = re.compile(r"/[^/]+/[^/]+/jobs/?")


class MyJobScotlandSite(Tenant):
    """The whole board."""

    def start_path(self) -> str:
        return "/search-jobs?sort=sort-job-added-old"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /search/", "Disallow: /admin/")
        if request.path == "/search-jobs":
            return self._results(request)
        if _SHELL.fullmatch(request.path):
            return _page(
                "Jobs",
                '<article class="mjs-container py--0"><h1><span>Jobs</span></h1>'
                "<div></div></article>",
            )
        if found := _DETAIL.fullmatch(request.path):
            return self._detail(found[1], request)
        return not_found()

    def _results(self, request: Request) -> Reply:
        """Page 0 is the first. An empty keyword beside a facet finds nothing."""
        query = request.query
        adverts = _sorted(list(self._live.values()), query.get("SORT", ""))
        if query.get("KEYWORD") == "" and FACETS & set(query):
            adverts = []
        number = int(query["PAGE"]) if query.get("PAGE", "").isdecimal() else 0
        start = number * PAGE_SIZE
        shown = adverts[start : start + PAGE_SIZE]
        count = f"Showing {start + 1} - {start + len(shown)} of {len(adverts)} available jobs"
        if not shown:
            return _page("Search jobs", "<h1>Search jobs</h1>\n<p>No results found.</p>")
        cards = "\n".join(_card(advert, request.base) for advert in shown)
        pager = "".join(
            f'<li><a href="?page={at}">{at + 1}</a></li>'
            for at in range(-(-len(adverts) // PAGE_SIZE))
        )
        return _page(
            "Search jobs",
            f'<h1>Search jobs</h1>\n<p class="mjs-count">{count}</p>\n{cards}\n'
            f'<ul class="mjs-pager">{pager}</ul>',
        )

    def _detail(self, number: str, request: Request) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            if request.path != _path(advert):
                return Reply(b"", status=301, headers=(("Location", _path(advert)),))
            return _page(advert.title, _advert_html(advert), _posting(advert, request.base))
        if number in self._gone:
            return _page("Job closed", "<h1>Job closed</h1>\n<p>This job has now closed.</p>")
        return not_found()


def _sorted(adverts: list[DemoAdvert], order: str) -> list[DemoAdvert]:
    if order == "sort-job-added-old":
        return sorted(adverts, key=lambda advert: (advert.posted, advert.id))
    if order == "sort-title-a-z":
        return sorted(adverts, key=lambda advert: (advert.title.casefold(), advert.id))
    if order == "sort-closing-date-sooner":
        return sorted(adverts, key=lambda advert: (str(advert.closes), advert.id))
    return adverts


def _slug(text: str) -> str:
    """As Drupal cleans a title: small words go, `City of Edinburgh` is `city-edinburgh`."""
    kept = [each for each in _NOT_SLUG.sub(" ", text.lower()).split() if each not in _SMALL]
    return "-".join(kept)


_SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to", "with"})


def _path(advert: DemoAdvert) -> str:
    kind = "councils" if advert.council else "organisations"
    return f"/{kind}/{_slug(advert.employer)}/jobs/{_slug(advert.title)}-{advert.id}"


def _card(advert: DemoAdvert, base: str) -> str:
    tags = (
        advert.pattern,
        advert.contract,
        _bare_pay(advert),
        advert.quirks.get("tag"),
        f"Closing on {advert.closes:%d/%m/%Y}" if advert.closes else None,
    )
    spans = "".join(
        f'<span class="mjs-tag mjs-tag__secondary">{html.escape(tag)}</span>' for tag in tags if tag
    )
    reference = f'<p class="mjs-ref">Ref #{html.escape(advert.reference or advert.id)}</p>'
    return (
        f'<div class="mjs-card border-light"><div class="mjs-card__body" data-job-id="{advert.id}">'
        f'<h3 class="mjs-card__title"><a href="{base}{_path(advert)}">'
        f"{html.escape(advert.title)}</a></h3>"
        f'<span class="label">Published by\n\t{html.escape(advert.employer)}</span>{reference}'
        f'<div class="mjs-card__description"><p>{html.escape(advert.location or "")}</p></div>'
        f'<div class="mjs-card__tags">{spans}</div></div></div>'
    )


def _bare_pay(advert: DemoAdvert) -> str | None:
    """Two figures without a unit, even where they are one: `£17.44 - £17.44`."""
    if advert.pay is None:
        return advert.salary
    return f"£{advert.pay.low:,.2f} - £{advert.pay.high:,.2f}"


def _posting(advert: DemoAdvert, base: str) -> str:
    ends = advert.ends()
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": advert.title,
        "datePosted": _iso(advert.posted),
        "employmentType": (advert.pattern or "OTHER").upper().replace(" ", "_"),
        "hiringOrganization": {
            "@type": "Organization",
            "name": advert.employer,
            "url": f"{base}/councils/{_slug(advert.employer)}",
            "logo": f"{base}/sites/default/files/logo.png",
        },
        "description": advert.description,
    }
    if ends:
        found["validThrough"] = ends.isoformat(timespec="seconds")
    if advert.pay:
        found["baseSalary"] = base_salary(advert.pay, advert.salary or "")
    text = json.dumps(found).replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>'


def _iso(day: date) -> str:
    return f"{day:%Y-%m-%d}"


def _advert_html(advert: DemoAdvert) -> str:
    return (
        f'<h1>{html.escape(advert.title)}</h1>\n<div class="mjs-advert">\n'
        f'{advert.description}\n</div>\n<a class="mjs-button" href="/apply/{advert.id}">Apply</a>'
    )


def _page(title: str, body: str, head: str = "") -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(title)} | myjobscotland</title>\n{head}\n</head>\n<body>\n"
        '<header class="mjs-header"><p>This is our new site: see the known issues.</p>'
        '<nav><a href="/search-jobs">Search jobs</a></nav></header>\n'
        f'<main class="mjs-main">\n{body}\n</main>\n</body>\n</html>\n'
    )
    return Reply(text.encode())


SITE = MyJobScotlandSite
PRINTS = MOST_PRINT | {"contract", "employer", "posted", "reference"}
