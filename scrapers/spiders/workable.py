"""Workable (apply.workable.com).

Recognised by that host. Facts: several public readers and captured answers of 2026 (sure); a health
body of the United Kingdom is a tenant, no council is evidenced. The source's address is the
account's widget, `https://apply.workable.com/api/v1/widget/accounts/{account}?details=true`: the
whole board in one answer, without a total; 404 for an unknown account. More than a few requests at
a time are refused with 429. Neither closing date nor pay but in the text. No options.
"""

from __future__ import annotations

import re
from typing import Any

from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    said,
    sections,
    terms_of_words,
    web_address,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import place

_ACCOUNT = re.compile(r"/accounts/([^/?#]+)")
_BOARD = re.compile(
    r"https?://(?:apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?!api/|j/|oauth|static)"
    r"|www\.workable\.com/api/accounts/)([a-z0-9][a-z0-9_-]*)",
    re.IGNORECASE,
)


class WorkableSpider(BoardSpider):
    """Workable: a tenant's whole board in one JSON answer."""

    name = "workable"
    id_in_url = re.compile(r"/j/([0-9A-Z]{6,14})\b")

    def jobs(self, answer: Any) -> list[Json]:
        found: list[Json] = answer["jobs"]
        return found

    def detail_of(self, job: Json, response: TextResponse) -> str | None:
        account = _ACCOUNT.search(response.url)
        shortcode = due(job, "shortcode")
        return f"/api/v2/accounts/{account[1]}/jobs/{shortcode}" if account else None

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        shortcode = due(job, "shortcode")
        contract, pattern = terms_of_words(said(job, "employment_type") or said(job, "type"))
        away = job.get("telecommuting") is True or job.get("remote") is True
        return filled_from_text(
            RawAdvert(
                external_id=shortcode,
                url=web_address(response.urljoin(said(job, "url") or f"/j/{shortcode}")),
                title=due(job, "title"),
                department=_department(job.get("department")),
                reference=said(job, "code"),
                location=_places(job),
                work_mode="Remote" if away else said(job, "workplace"),
                contract=contract,
                pattern=pattern,
                category=said(job, "function"),
                posted=said(job, "published_on") or said(job, "published"),
                apply_url=said(job, "application_url"),
                description=sections(
                    (None, job.get("description")),
                    ("Requirements", job.get("requirements")),
                    ("Benefits", job.get("benefits")),
                ),
            )
        )


def detect(page: TextResponse) -> Detection | None:
    """An account's board, or a page that points to one."""
    found = first_match(page, "workable.com", _BOARD)
    if found is None:
        return None
    api = f"https://apply.workable.com/api/v1/widget/accounts/{found[1]}?details=true"
    return Detection(platform="workable", url=api, evidence=found.string)


def _department(value: Any) -> str | None:
    return said({"name": ", ".join(map(str, value)) if isinstance(value, list) else value}, "name")


def _places(job: Json) -> str | None:
    """The places of work; where the tenant hides them, the one that the job itself names."""
    listed = [each for each in job.get("locations") or [] if not each.get("hidden")]
    own = job.get("location") if isinstance(job.get("location"), dict) else job
    found = [
        {
            "address": {
                "addressLocality": each.get("city"),
                "addressRegion": each.get("region") or each.get("state"),
                "addressCountry": each.get("country"),
            }
        }
        for each in listed or [own]
    ]
    return place(found).address
