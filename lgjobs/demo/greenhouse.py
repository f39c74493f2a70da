"""A Greenhouse board: its API with the whole board in one answer, and the page of each advert.

Keys and formats as captured answers of 2026 have them. Without `content=true` the answer holds no
text; an unknown board or job is a JSON error with status 404; the page of a job that has gone leads
back to the board. Pay, hours and terms are the tenant's own fields (`metadata`).
"""

from __future__ import annotations

import html
import json

from lgjobs.demo.adverts import MOST_PRINT, DemoAdvert
from lgjobs.demo.boards import JSON, answer, ends_iso, page
from lgjobs.demo.postings import posting
from lgjobs.demo.tenant import Tenant
from lgjobs.demo.web import Reply, Request, not_found, robots


class GreenhouseSite(Tenant):
    """One board. Setting of its site: `token`."""

    @property
    def _api(self) -> str:
        return f"/v1/boards/{self.site.settings['token']}/jobs"

    def start_path(self) -> str:
        return f"{self._api}?content=true"

    def respond(self, request: Request) -> Reply:
        path = request.path.rstrip("/")
        if path == "/robots.txt":
            return robots()
        if path == self._api:
            return self._board(request)
        advert = self._live.get(path.rpartition("/")[2])
        if path.startswith("/v1/boards/"):
            if advert and path == f"{self._api}/{advert.id}":
                return answer(self._job(advert, request.base, True))
            return answer({"status": 404, "error": "Job not found"}, status=404)
        if path.startswith(f"/{self.site.settings['token']}/jobs/"):
            return self._page(advert, request.base)
        return not_found()

    def _board(self, request: Request) -> Reply:
        full = request.query.get("CONTENT") == "true"
        jobs = [self._job(advert, request.base, full) for advert in self._live.values()]
        body = answer({"jobs": jobs, "meta": {"total": len(jobs)}}).body
        return Reply(body, content_type=JSON, tagged=True)

    def _page(self, advert: DemoAdvert | None, base: str) -> Reply:
        board = f"/{self.site.settings['token']}"
        if advert is None:
            return Reply(b"", status=302, headers=(("Location", f"{board}?error=true"),))
        data = json.dumps(posting(advert, f"{base}{board}/jobs/{advert.id}"))
        script = '<script type="application/ld+json">' + data.replace("</", "<\\/") + "</script>"
        return page(advert.title, advert.description, script)

    def _job(self, advert: DemoAdvert, base: str, full: bool) -> dict[str, object]:
        fields = {
            "Salary": advert.salary,
            "Hours per week": advert.hours,
            "Contract type": advert.contract,
            "Working pattern": advert.pattern,
        }
        job: dict[str, object] = {
            "absolute_url": f"{base}/{self.site.settings['token']}/jobs/{advert.id}",
            "data_compliance": [{"type": "gdpr", "requires_consent": False}],
            "internal_job_id": int(advert.id) + 500_000,
            "location": {"name": advert.location},
            "metadata": [
                {"id": number, "name": name, "value": value, "value_type": "short_text"}
                for number, (name, value) in enumerate(fields.items(), 4001)
            ],
            "id": int(advert.id),
            "updated_at": f"{advert.updated}T07:02:31-04:00",
            "requisition_id": advert.reference,
            "title": advert.title,
            "company_name": f"Working for {self.site.name}",
            "first_published": f"{advert.posted}T06:59:38-04:00",
            "language": "en",
            "application_deadline": ends_iso(advert),
        }
        if full:
            department = advert.department or "No Department"
            job |= {
                "content": html.escape(advert.description),
                "departments": [{"id": 1, "name": department, "child_ids": [], "parent_id": None}],
                "offices": [],
            }
        return job


SITE = GreenhouseSite
PRINTS = MOST_PRINT | {"contract", "hours", "pattern", "posted", "reference"}
