"""A Recruitee board: the whole of it as one answer, the answer for one offer, and its page.

Keys and formats as captured answers of 2026 have them: one code for contract and working pattern,
instants in UTC spelt out, an empty salary object (pay stands in the text). Unknown offers are not
found.
"""

from __future__ import annotations

import json
from datetime import UTC

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, is_remote, labelled_text, page
from lgjobs.demo.postings import posting
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots

_API = "/api/offers"


class RecruiteeSite(Tenant):
    """One board."""

    def start_path(self) -> str:
        return f"{_API}/"

    def respond(self, request: Request) -> Reply:
        path = request.path.rstrip("/")
        if path == "/robots.txt":
            return robots("Disallow: /o/*/c/new")
        if path == _API:
            return answer({"offers": [self._offer(a, request.base) for a in self._live.values()]})
        advert = self._live.get(path.rpartition("/")[2].rpartition("-")[2])
        if advert and path == f"{_API}/{advert.id}":
            return answer({"offer": self._offer(advert, request.base)})
        if advert and path == f"/o/job-{advert.id}":
            data = json.dumps(posting(advert, request.base + path)).replace("</", "<\\/")
            script = f'<script type="application/ld+json">{data}</script>'
            return page(advert.title, advert.description, script)
        return not_found()

    def _offer(self, advert: DemoAdvert, base: str) -> dict[str, object]:
        url, ends = f"{base}/o/job-{advert.id}", advert.ends()
        place = {
            "id": 39979,
            "name": advert.location,
            "city": advert.location,
            "state": None,
            "country": "United Kingdom",
            "country_code": "GB",
            "postal_code": advert.postcode,
            "street": None,
        }
        return {
            "id": int(advert.id),
            "slug": f"job-{advert.id}",
            "position": 1619,
            "status": "published",
            "title": advert.title,
            "company_name": f"Careers at {self.site.name}",
            "careers_url": url,
            "careers_apply_url": f"{url}/c/new",
            "department": advert.department,
            "category_code": "government",
            "location": advert.location,
            "locations": [place],
            "city": advert.location,
            "country_code": "GB",
            "postal_code": advert.postcode,
            "min_hours": 37,
            "max_hours": 37,
            "remote": is_remote(advert),
            "hybrid": False,
            "on_site": False,
            "employment_type_code": _code(advert),
            "salary": {"min": None, "max": None, "period": None, "currency": None},
            "description": labelled_text(advert, "salary"),
            "requirements": "<p>A liking for people.</p>",
            "created_at": f"{advert.posted} 07:38:25 UTC",
            "published_at": f"{advert.posted} 08:46:07 UTC",
            "close_at": f"{ends.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC" if ends else None,
            "tags": [],
            "translations": {"en": {"title": advert.title}},
        }


def _code(advert: DemoAdvert) -> str:
    pattern = "parttime" if "part" in (advert.pattern or "").casefold() else "fulltime"
    lasting = "permanent" in (advert.contract or "permanent").casefold()
    return f"{pattern}_{'permanent' if lasting else 'fixed_term'}"


SITE = RecruiteeSite
PRINTS = MOST_PRINT | {"posted"}
