"""Pinpoint ({slug}.pinpointhq.com, and employers' own domains).

Recognised by that host, or by the keys of its answer. Facts: several public readers and captured
answers of 2026 (sure); no council is evidenced. The source's address is `/postings.json`: the whole
board in one answer, without a total; 404 or a way elsewhere for an unknown site. Pay is published
only where the tenant shows it (`compensation_visible`): hidden figures are in the answer all the
same and are left alone. No options.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, located, pay_at, said, sections
from scrapers.detection import detector

_BOARD = re.compile(
    r"https?://(?!(?:www|app|api|help|support|developers?|status|docs)\.)"
    r"[a-z0-9-]+\.pinpointhq\.com(?=[/?#]|$)"
)
_ANSWER = re.compile(r'"compensation_visible":')
_PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")
_PAY = tuple(f"compensation_{part}" for part in ("minimum", "maximum", "currency", "frequency"))

detect = detector("pinpoint", (_BOARD, "/postings.json"), marks=((_ANSWER, "/postings.json"),))


class PinpointSpider(BoardSpider):
    """Pinpoint: a tenant's whole board in one JSON answer."""

    name = "pinpoint"
    id_in_url = re.compile(r"/postings/([0-9a-f-]{36})\b")
    jobs_at = "data"
    fields: ClassVar = {
        "external_id": "id",
        "url": "url|path",
        "title": "title",
        "department": "job.department.name|department.name",
        "reference": "job.requisition_id",
        "terms": "employment_type|employment_type_text",
        "work_mode": "workplace_type_text|workplace_type",
        "posted": "first_published_at",
        "closes": "deadline_at",
    }

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        parts = ((job.get(f"{part}_header"), job.get(part)) for part in _PARTS)
        return {
            **located(job.get("location")),
            "salary": _pay(job),
            "description": sections((None, job.get("description")), *parts),
        }


def _pay(job: Json) -> str | None:
    """Pay as the tenant shows it; None where it does not."""
    if job.get("compensation_visible") is False:
        return None
    return said(job, "compensation") or pay_at(job, *_PAY)
