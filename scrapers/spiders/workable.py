"""Workable (apply.workable.com).

Recognised by that host. Facts: several public readers and captured answers of 2026 (sure); a health
body of the United Kingdom is a tenant, no council is evidenced. The source's address is the
account's widget, `https://apply.workable.com/api/v1/widget/accounts/{account}?details=true`: the
whole board in one answer, without a total; 404 for an unknown account. More than a few requests at
a time are refused with 429. Neither closing date nor pay but in the text. No options.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, at, located, names_in, sections, work_mode
from scrapers.detection import detector

_ACCOUNT = re.compile(r"/accounts/([^/?#]+)")
_BOARD = re.compile(
    r"https?://(?:apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?!api/|j/|oauth|static)"
    r"|www\.workable\.com/api/accounts/)([a-z0-9][a-z0-9_-]*)",
    re.IGNORECASE,
)

detect = detector(
    "workable",
    (_BOARD, r"https://apply.workable.com/api/v1/widget/accounts/\1?details=true"),
)


class WorkableSpider(BoardSpider):
    """Workable: a tenant's whole board in one JSON answer."""

    name = "workable"
    id_in_url = re.compile(r"/j/([0-9A-Z]{6,14})\b")
    jobs_at = "jobs"
    fields: ClassVar = {
        "external_id": "shortcode",
        "title": "title",
        "reference": "code",
        "terms": "employment_type|type",
        "category": "function",
        "posted": "published_on|published",
        "apply_url": "application_url",
    }

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        shown = [each for each in job.get("locations") or [] if not each.get("hidden")]
        return {
            "url": at(job, "url") or f"/j/{at(job, 'shortcode')}",
            "department": names_in(job.get("department")),
            **located(*(shown or [_own_place(job)])),
            "work_mode": work_mode(job) or at(job, "workplace"),
            "description": sections(
                (None, job.get("description")),
                ("Requirements", job.get("requirements")),
                ("Benefits", job.get("benefits")),
            ),
        }

    def detail_of(self, job: Json, response: TextResponse) -> str | None:
        account = _ACCOUNT.search(response.url)
        return f"/api/v2/accounts/{account[1]}/jobs/{job['shortcode']}" if account else None


def _own_place(job: Json) -> Any:
    """The place that the job itself names, where the tenant hides the list of its places."""
    return job["location"] if isinstance(job.get("location"), dict) else job
