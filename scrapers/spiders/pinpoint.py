"""Pinpoint ({slug}.pinpointhq.com, and employers' own domains).

Recognised by that host, or by the keys of its answer. Facts: several public readers and captured
answers of 2026 (sure); no council is evidenced. The source's address is `/postings.json`: the whole
board in one answer, without a total; 404 or a way elsewhere for an unknown site. Pay is published
only where the tenant shows it (`compensation_visible`): hidden figures are in the answer all the
same and are left alone. No options.
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
    looks_like_json,
    pay_between,
    said,
    sections,
    terms_of_code,
    terms_of_words,
    web_address,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import place

_BOARD = re.compile(
    r"https?://(?!(?:www|app|api|help|support|developers?|status|docs)\.)"
    r"[a-z0-9-]+\.pinpointhq\.com(?=[/?#]|$)"
)
_PARTS = ("key_responsibilities", "skills_knowledge_expertise", "benefits")


class PinpointSpider(BoardSpider):
    """Pinpoint: a tenant's whole board in one JSON answer."""

    name = "pinpoint"
    id_in_url = re.compile(r"/postings/([0-9a-f-]{36})\b")

    def jobs(self, answer: Any) -> list[Json]:
        found: list[Json] = answer["data"]
        return found

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        where = job.get("location") or {}
        spot = place({"name": said(where, "name"), "address": _address(where)})
        code = said(job, "employment_type")
        contract, pattern = (
            terms_of_code(code) if code else terms_of_words(said(job, "employment_type_text"))
        )
        return filled_from_text(
            RawAdvert(
                external_id=due(job, "id"),
                url=web_address(response.urljoin(said(job, "url") or due(job, "path"))),
                title=due(job, "title"),
                department=said(job, "job", "department", "name")
                or said(job, "department", "name"),
                reference=said(job, "job", "requisition_id"),
                salary=_pay(job),
                location=spot.address,
                postcode=spot.postcode,
                work_mode=said(job, "workplace_type_text") or said(job, "workplace_type"),
                contract=contract,
                pattern=pattern,
                posted=said(job, "first_published_at"),
                closes=said(job, "deadline_at"),
                description=sections(
                    (None, job.get("description")),
                    *((job.get(f"{name}_header"), job.get(name)) for name in _PARTS),
                ),
            )
        )


def detect(page: TextResponse) -> Detection | None:
    """A board, on a host of its own by its answer, or a page that points to one."""
    if looks_like_json(page) and '"compensation_visible"' in page.text:
        return Detection(platform="pinpoint", url=page.url, evidence="compensation_visible")
    found = first_match(page, "pinpointhq.com", _BOARD)
    if found is None:
        return None
    return Detection(platform="pinpoint", url=f"{found[0]}/postings.json", evidence=found.string)


def _address(where: Json) -> dict[str, str | None]:
    return {
        "streetAddress": said(where, "street_address"),
        "addressLocality": said(where, "city"),
        "addressRegion": said(where, "province"),
        "postalCode": said(where, "postal_code"),
    }


def _pay(job: Json) -> str | None:
    """Pay as the tenant shows it; None where it does not."""
    if job.get("compensation_visible") is False:
        return None
    return said(job, "compensation") or pay_between(
        job.get("compensation_minimum"),
        job.get("compensation_maximum"),
        said(job, "compensation_currency"),
        said(job, "compensation_frequency"),
    )
