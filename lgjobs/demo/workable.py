"""A Workable account: its widget with the whole board, the answer for one job, and its page.

Keys and formats as captured answers of 2026 have them. Without `details=true` there is no text.
The city is free text here. Pay, hours and closing date stand in the text. What is not live is
simply not in the widget; anything unknown is not found, and the API of version 3 wants a POST.
"""

from __future__ import annotations

import json
import re

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, is_remote, labelled_text, page
from lgjobs.demo.postings import posting
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

_JOB = re.compile(r"/(?:[\w-]+/)?j/([0-9A-Z]+)")


class WorkableSite(Tenant):
    """One account. Setting of its site: `account`."""

    @property
    def _widget(self) -> str:
        return f"/api/v1/widget/accounts/{self.site.settings['account']}"

    def start_path(self) -> str:
        return f"{self._widget}?details=true"

    def respond(self, request: Request) -> Reply:
        path = request.path.rstrip("/")
        if path == "/robots.txt":
            return robots("Disallow: /*/apply")
        if path == self._widget:
            full = request.query.get("DETAILS") == "true"
            jobs = [_job(advert, request.base, full) for advert in self._live.values()]
            return answer({"name": self.site.name, "description": None, "jobs": jobs})
        advert = self._live.get(path.rpartition("/")[2])
        if advert and path == f"/api/v2/accounts/{self.site.settings['account']}/jobs/{advert.id}":
            return answer(_detail(advert))
        if path.startswith("/api/"):
            return answer({"error": "Not found"}, status=404)
        if advert and _JOB.fullmatch(path):
            data = json.dumps(posting(advert, f"{request.base}/j/{advert.id}"))
            script = data.replace("</", "<\\/")
            head = f'<script type="application/ld+json">{script}</script>'
            return page(advert.title, advert.description, head)
        return not_found()


def _job(advert: DemoAdvert, base: str, full: bool) -> dict[str, object]:
    url = f"{base}/j/{advert.id}"
    job: dict[str, object] = {
        "title": advert.title,
        "shortcode": advert.id,
        "code": advert.reference,
        "employment_type": advert.pattern,
        "telecommuting": is_remote(advert),
        "department": advert.department,
        "url": url,
        "shortlink": url,
        "application_url": f"{url}/apply",
        "published_on": advert.posted.isoformat(),
        "created_at": advert.posted.isoformat(),
        "country": "United Kingdom",
        "city": advert.location,
        "state": "",
        "education": "",
        "experience": "",
        "function": advert.category,
        "industry": "Government Administration",
        "locations": [
            {
                "country": "United Kingdom",
                "countryCode": "GB",
                "city": advert.location,
                "region": "",
                "hidden": False,
            }
        ],
    }
    return job | ({"description": _text(advert)} if full else {})


def _detail(advert: DemoAdvert) -> dict[str, object]:
    return {
        "shortcode": advert.id,
        "title": advert.title,
        "type": advert.pattern,
        "published": f"{advert.posted}T00:00:00.000Z",
        "workplace": "on_site",
        "location": {"country": "United Kingdom", "city": advert.location, "region": ""},
        "description": _text(advert),
        "requirements": "",
        "benefits": "",
    }


def _text(advert: DemoAdvert) -> str:
    return labelled_text(advert, "salary", "hours", "contract", "closes")


SITE = WorkableSite
PRINTS = MOST_PRINT | {"category", "contract", "hours", "pattern", "posted", "reference"}
