"""Recruitee, now Tellent ({slug}.recruitee.com, and employers' own domains).

Recognised by that host, by the keys of its answer, or by an application's address (`/o/…/c/new`) on
a page that names it. Facts: several public readers and captured answers of 2026 (sure); a Scottish
charity is a tenant, no council is evidenced. The source's address is `/api/offers/`: the whole
board in one answer, without a total; 404 for an unknown tenant. Contract and working pattern share
one code; instants are written "2025-12-05 21:44:46 UTC". No options.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, at, in_utc, located, pay_at, sections, work_mode
from scrapers.detection import Detection, detector

_BOARD = re.compile(
    r"https?://(?!(?:www|app|api|auth|docs|support|help|blog|status|jobs|careers-analytics)\.)"
    r"[a-z0-9-]+\.recruitee\.com(?=[/?#]|$)"
)
_ANSWER = re.compile(r'"careers_apply_url":')
_APPLY = re.compile(r"https?://[^/?#]+/o/[^/?#]+/c/new\b")  # careers.acme.com/o/cook/c/new
_PAY = ("salary.min", "salary.max", "salary.currency", "salary.period")

_of_its_own = detector("recruitee", (_BOARD, "/api/offers/"), marks=((_ANSWER, "/api/offers/"),))
_of_another_host = detector("recruitee", (_APPLY, "/api/offers/"))


def detect(page: TextResponse) -> Detection | None:
    """A board, also on a host of its own, or a page that points to one."""
    return _of_its_own(page) or (_of_another_host(page) if "recruitee" in page.text else None)


class RecruiteeSpider(BoardSpider):
    """Recruitee: a tenant's whole board in one JSON answer."""

    name = "recruitee"
    id_in_url = re.compile(r"/o/([^/?#]+)")
    jobs_at, job_at = "offers", "offer"
    fields: ClassVar = {
        "external_id": "id",
        "url": "careers_url",
        "title": "title",
        "tenant": "company_name",
        "department": "department",
        "category": "category_code",
        "postcode": "postal_code",
        "terms": "employment_type_code",
        "apply_url": "careers_apply_url",
    }

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        hours = dict.fromkeys(filter(None, (at(job, "min_hours"), at(job, "max_hours"))))
        places = job.get("locations") or []
        stated = at(job, "location|location.name") if len(places) < 2 else None
        return {
            "salary": pay_at(job, *_PAY),
            "location": stated or located(*places)["location"] or at(job, "location|city"),
            "hours": f"{' to '.join(hours)} hours per week" if hours else None,
            "work_mode": work_mode(job),
            "posted": in_utc(at(job, "published_at|created_at")),
            "closes": in_utc(at(job, "close_at")),
            "description": sections(
                (None, job.get("description")), ("Requirements", job.get("requirements"))
            ),
        }
