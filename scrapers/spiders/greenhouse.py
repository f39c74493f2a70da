"""Greenhouse job boards (greenhouse.io).

Recognised by the hosts boards.greenhouse.io and job-boards.greenhouse.io, by the embedding script
and by the API's address. Facts: several public readers and captured answers of 2026 (sure, but for
`application_deadline` and pay ranges, read once); no council of the United Kingdom is evidenced.
The source's address is the board's API address, `…/v1/boards/{token}/jobs?content=true`: the whole
board in one answer with its total; 404 for an unknown board. The text is HTML escaped once more.
What a tenant adds (`metadata`) is read by its labels. No options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, ClassVar

from scrapy.http import TextResponse

from scrapers.board import BoardSpider, Json, Pair, names_in, pay_at, pay_between, said
from scrapers.detection import detector

_BOARD = re.compile(
    r"https?://(?:boards-api|(?:job-)?boards)(\.eu)?\.greenhouse\.io/"
    r"(?:v1/boards/|embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for=|(?!embed/|v1/))([A-Za-z0-9_-]+)"
)

detect = detector(
    "greenhouse", (_BOARD, r"https://boards-api\1.greenhouse.io/v1/boards/\2/jobs?content=true")
)


class GreenhouseSpider(BoardSpider):
    """Greenhouse: a tenant's whole board in one JSON answer."""

    name = "greenhouse"
    id_in_url = re.compile(r"(?:/jobs/|[?&]gh_jid=)(\d+)")
    jobs_at = "jobs"
    id_below = True
    fields: ClassVar = {
        "external_id": "id",
        "url": "absolute_url",
        "title": "title",
        "tenant": "company_name",
        "reference": "requisition_id",
        "posted": "first_published|updated_at",
        "closes": "application_deadline",
    }

    def total(self, answer: Any, response: TextResponse) -> int | None:
        total = (answer.get("meta") or {}).get("total")
        return total if isinstance(total, int) else None

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        pay = (_pay(each) for each in job.get("pay_input_ranges") or [])
        return {
            "department": _names(job.get("departments")),
            "salary": "; ".join(filter(None, pay)) or None,
            "location": said(job, "location", "name") or _names(job.get("offices")),
            "description": unescape(job.get("content") or "").strip() or None,
        }

    def labelled(self, job: Json) -> Iterator[Pair]:
        for each in job.get("metadata") or []:
            value = each.get("value")
            pay = pay_at(value, "min_value", "max_value", "unit", "")
            yield said(each, "name"), pay if isinstance(value, dict) else names_in(value)


def _names(groups: Any) -> str | None:
    """The names of departments or offices; the API writes "No Department" for none."""
    named = [each for each in groups or [] if not (said(each, "name") or "No ").startswith("No ")]
    return names_in(named)


def _pay(span: Json) -> str | None:
    """A pay range in words, behind its title: it is in pence, and names no period."""
    low, high = (span[key] / 100 if span.get(key) else None for key in ("min_cents", "max_cents"))
    words, title = pay_between(low, high, span.get("currency_type"), None), said(span, "title")
    return f"{title.rstrip(':')}: {words}" if words and title else words
