"""A Lever board: its API with the whole board as one list, and the page of each advert.

Keys and formats as captured answers of 2026 have them: lists without their own tags, instants in
milliseconds, no closing date but in the text. An unknown board or posting is an object that says so
with status 404; `limit` is at most 100.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import answer, is_remote, labelled_text, page
from lgjobs.demo.postings import posting
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots


class LeverSite(Tenant):
    """One board. Setting of its site: `slug`."""

    @property
    def _api(self) -> str:
        return f"/v0/postings/{self.site.settings['slug']}"

    def start_path(self) -> str:
        return f"{self._api}?mode=json"

    def respond(self, request: Request) -> Reply:
        path = request.path.rstrip("/")
        if path == "/robots.txt":
            return robots()
        if path == self._api:
            return self._board(request)
        advert = self._live.get(path.rpartition("/")[2])
        if advert and path == f"{self._api}/{advert.id}":
            return answer(self._posting(advert, request.base))
        if path.startswith("/v0/"):
            return answer({"ok": False, "error": "Document not found"}, status=404)
        if advert and path == f"/{self.site.settings['slug']}/{advert.id}":
            data = json.dumps(posting(advert, f"{request.base}{path}")).replace("</", "<\\/")
            script = f'<script type="application/ld+json">{data}</script>'
            return page(advert.title, advert.description, script)
        return not_found()

    def _board(self, request: Request) -> Reply:
        skip, limit = (request.query.get(name, "") for name in ("SKIP", "LIMIT"))
        start = int(skip) if skip.isdecimal() else 0
        size = min(int(limit), 100) if limit.isdecimal() else None
        shown = list(self._live.values())[start : None if size is None else start + size]
        return answer([self._posting(advert, request.base) for advert in shown])

    def _posting(self, advert: DemoAdvert, base: str) -> dict[str, object]:
        url = f"{base}/{self.site.settings['slug']}/{advert.id}"
        opened = datetime.combine(advert.posted, time(9, 30), tzinfo=UTC)
        return {
            "additional": labelled_text(advert, "hours", "contract", "closes").removeprefix(
                advert.description
            ),
            "additionalPlain": "",
            "categories": {
                "commitment": advert.pattern,
                "location": advert.location,
                "team": advert.category,
                "department": advert.department,
                "allLocations": [advert.location] if advert.location else [],
            },
            "createdAt": int(opened.timestamp() * 1000),
            "description": advert.description,
            "descriptionPlain": "",
            "id": advert.id,
            "lists": [{"text": "What we offer", "content": "\n<li>A pension</li>\n<li>Leave</li>"}],
            "text": advert.title,
            "country": "GB",
            "workplaceType": "remote" if is_remote(advert) else "unspecified",
            "salaryDescriptionPlain": advert.salary,
            "hostedUrl": url,
            "applyUrl": f"{url}/apply",
        }


SITE = LeverSite
PRINTS = MOST_PRINT | {"contract", "hours", "posted"}
