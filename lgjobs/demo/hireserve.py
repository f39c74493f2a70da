"""Hireserve: a search page whose script asks a JSON feed for everything, and the adverts' pages.

The feed's shape, its stamps and the empty facts among the classifications are those of a captured
answer of 2026; the description inside it is what the vendor's plugin reads when it asks for it.
Guessed: what a wrong site id gets from the feed (the old portal says "Unauthorised"), and the
words on a closed vacancy's page.
"""

from __future__ import annotations

import html
import json
import re
from datetime import date, datetime
from typing import Any

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

WEB_SITE_ID = "4871"
FEED = "/utf8/ic_job_feeds.feed_engine"

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_DETAIL = re.compile(r"/en/vacancy/[^/]*-(\d+)\.html")
_PARAMETERS = frozenset(
    [
        "P_WEB_SITE_ID",
        "P_PUBLISHED_TO",
        "P_LANGUAGE",
        "P_DIRECT",
        "P_FORMAT",
        "P_SUMMARY",
        "P_SEARCH",
        "P_ORDER",
        "P_JOB_DESCRIPTION",
        "P_CATEGORY_CODE_ARR",
        "P_INCLUDE_EXCLUDE_FROM_LIST",
    ]
)


class HireserveSite(Tenant):
    """One council's career site."""

    def start_path(self) -> str:
        return "/en/vacancies.html"

    def respond(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return robots("Disallow: /wd/plsql/wd_portal_cand.")
        if request.path == self.start_path():
            return _page("Current Vacancies", _search_form())
        if request.path == FEED:
            return self._feed(request)
        if found := _DETAIL.fullmatch(request.path):
            return self._detail(found[1])
        return not_found()

    def _feed(self, request: Request) -> Reply:
        """A procedure of the database: a parameter that it does not have is an error."""
        query = request.query
        if not query.keys() <= _PARAMETERS:
            return not_found("The requested URL was not found on this server.")
        if query.get("P_WEB_SITE_ID") != WEB_SITE_ID or query.get("P_FORMAT") != "MOBILE":
            return _page("Unauthorised", "<p>Unauthorised</p>")
        whole = query.get("P_JOB_DESCRIPTION") == "Y"
        jobs = [_job(advert, request.base, whole) for advert in self._live.values()]
        text = json.dumps({"jobs": jobs, "total": len(jobs)}, indent=1)
        return Reply(text.encode(), content_type="application/json; charset=utf-8")

    def _detail(self, number: str) -> Reply:
        advert = self._live.get(number)
        if advert is not None:
            facts = "".join(
                f'<div class="hs_classification"><span class="hs_class_type"><strong>{name}: '
                f'</strong></span><span class="hs_class_value">{html.escape(value)}</span></div>'
                for name, value in _facts(advert)
                if value
            )
            return _page(
                advert.title,
                f'<div class="job_description"><h1>{html.escape(advert.title)}</h1>\n'
                f'<div class="job_classifications">{facts}</div>\n{advert.description}\n</div>',
            )
        if number in self._gone:
            return _page("Vacancy closed", "<p>This vacancy is no longer available.</p>")
        return not_found()


def _facts(advert: DemoAdvert) -> tuple[tuple[str, str | None], ...]:
    """Classifications by the names that the council gave them; some are never filled."""
    return (
        ("Directorate/Department", advert.department),
        ("Salary Scale", None),
        ("Salary", advert.salary),
        ("Salary (CY)", None),
        ("Contract Type", advert.contract),
        ("Working Pattern", advert.pattern),
        ("Weekly Hours", advert.hours),
        ("Job Category", advert.category),
    )


def _job(advert: DemoAdvert, base: str, whole: bool) -> dict[str, Any]:
    slug = _NOT_SLUG.sub("-", advert.title.lower()).strip("-")
    place = dict.fromkeys(("address1", "address2", "postal_code", "city", "county", "country"), "")
    job: dict[str, Any] = {
        "id": int(advert.id),
        "title": advert.title,
        "language": "DEFAULT",
        "status": "open",
        "refno": advert.reference or "",
        "weblink": f"{base}/en/vacancy/{slug}-{advert.id}.html",
        "summary": "",
        "timestamp": f"{advert.updated} 11:54:22",
        "display_in_list": "Y",
        "publication": {
            "internet": {
                "live": "Y",
                "publish_date": f"{advert.posted} 00:00:00",
                "closing_date": _stamp(advert.closes),
            },
            "intranet": {"live": "N", "publish_date": "", "closing_date": ""},
        },
        "locations": [{"id": None, "name": advert.location or "", **place, "latitude": None}],
        "web_site_id": int(WEB_SITE_ID),
        "classifications": {
            f"class_{number}": {
                "id": number,
                "name": name,
                "lov_id": None,
                "values": [{"class_val": f"{value} ", "class_val_code": ""}] if value else [],
            }
            for number, (name, value) in enumerate(_facts(advert), start=10680)
        },
        "documents": [],
    }
    return job | ({"jobdescription": {"description": advert.description}} if whole else {})


def _stamp(moment: datetime | date | None) -> str:
    """`2026-09-06 00:00:00`: midnight where there is no hour."""
    if moment is None:
        return ""
    return f"{moment:%Y-%m-%d %H:%M:%S}" if isinstance(moment, datetime) else f"{moment} 00:00:00"


def _search_form() -> str:
    hidden = {
        "p_web_site_id": WEB_SITE_ID,
        "p_published_to": "WWW",
        "p_language": "DEFAULT",
        "p_direct": "Y",
        "p_format": "MOBILE",
    }
    inputs = "".join(f'<input type="hidden" name="{k}" value="{v}" />' for k, v in hidden.items())
    return (
        f'<h1>Current Vacancies</h1>\n<form action="{FEED}" method="get" id="search_criteria">'
        f'{inputs}<input type="text" name="p_search" /></form>\n<div id="jobs_list"></div>'
    )


def _page(title: str, body: str) -> Reply:
    text = (
        '<!DOCTYPE html>\n<html lang="en-GB"><head>\n<meta charset="UTF-8">\n'
        f"<title>{html.escape(title)}</title>\n"
        '<script type="text/javascript" src="/icamsbase/js/global.js"></script>\n</head>\n'
        f'<body>\n<nav><a href="/en/login.html">Log in</a></nav>\n{body}\n'
        '<script type="HIRESERVE/Apply" data-web_page_id="0"></script>\n</body></html>\n'
    )
    return Reply(text.encode())


SITE = HireserveSite
PRINTS = MOST_PRINT | {
    "category",
    "contract",
    "department",
    "hours",
    "pattern",
    "posted",
    "reference",
}
