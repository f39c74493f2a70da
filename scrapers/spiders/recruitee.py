"""Recruitee, now Tellent ({slug}.recruitee.com, and employers' own domains).

Recognised by that host, by the keys of its answer, or by an application's address (`/o/…/c/new`) on
a page that names it. Facts: several public readers and captured answers of 2026 (sure); a Scottish
charity is a tenant, no council is evidenced. The source's address is `/api/offers/`: the whole
board in one answer, without a total; 404 for an unknown tenant. Contract and working pattern share
one code; instants are written "2025-12-05 21:44:46 UTC". No options.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    looks_like_json,
    object_in,
    pay_between,
    said,
    sections,
    terms_of_code,
    web_address,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.jsonld_terms import place

_BOARD = re.compile(
    r"https?://(?:(?!(?:www|app|api|auth|docs|support|help|blog|status|jobs)\.)"
    r"[a-z0-9-]+\.recruitee\.com(?=[/?#]|$)"
    r"|[^/?#]+/o/[^/?#]+/c/new\b)"  # careers.acme.com/o/cook/c/new
)
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC")  # 2025-12-05 21:44:46 UTC

_PLACE = {
    "streetAddress": "street",
    "addressLocality": "city",
    "addressRegion": "state",
    "addressCountry": "country",
}


class RecruiteeSpider(BoardSpider):
    """Recruitee: a tenant's whole board in one JSON answer."""

    name = "recruitee"
    id_in_url = re.compile(r"/o/([^/?#]+)")

    def jobs(self, answer: Any) -> list[Json]:
        found: list[Json] = answer["offers"]
        return found

    def one_job(self, answer: Any) -> Json:
        return object_in(answer.get("offer", answer))

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        contract, pattern = terms_of_code(job.get("employment_type_code"))
        pay = job.get("salary") if isinstance(job.get("salary"), dict) else {}
        return filled_from_text(
            RawAdvert(
                external_id=due(job, "id"),
                url=web_address(job.get("careers_url")),
                title=due(job, "title"),
                employer=self.tenant(job.get("company_name")),
                department=said(job, "department"),
                category=said(job, "category_code"),
                salary=pay_between(
                    *(said(pay, key) for key in ("min", "max", "currency", "period"))
                ),
                location=_places(job),
                postcode=said(job, "postal_code"),
                hours=_hours(job),
                work_mode=_mode(job),
                contract=contract,
                pattern=pattern,
                posted=_instant(said(job, "published_at") or said(job, "created_at")),
                closes=_instant(said(job, "close_at")),
                apply_url=said(job, "careers_apply_url"),
                description=sections(
                    (None, job.get("description")), ("Requirements", job.get("requirements"))
                ),
            )
        )


def detect(page: TextResponse) -> Detection | None:
    """A board, also on a host of its own, or a page that points to one."""
    if looks_like_json(page):
        if '"careers_apply_url"' in page.text:
            return Detection(platform="recruitee", url=page.url, evidence="careers_apply_url")
        return None
    found = first_match(page, "recruitee", _BOARD)
    if found is None:
        return None
    url = urljoin(found.string, "/api/offers/")
    return Detection(platform="recruitee", url=url, evidence=found.string)


def _places(job: Json) -> str | None:
    listed = [each for each in job.get("locations") or [] if isinstance(each, dict)]
    stated = said(job, "location") or said(job, "location", "name")
    if stated and len(listed) < 2:
        return stated
    found = [
        {"address": {key: said(each, name) for key, name in _PLACE.items()}} for each in listed
    ]
    return place(found).address or stated or said(job, "city")


def _hours(job: Json) -> str | None:
    low, high = said(job, "min_hours"), said(job, "max_hours")
    told = " to ".join(dict.fromkeys(filter(None, (low, high))))
    return f"{told} hours per week" if told else None


def _mode(job: Json) -> str | None:
    modes = {"remote": "Remote", "hybrid": "Hybrid", "on_site": "On site"}
    told = [name for key, name in modes.items() if job.get(key) is True]
    return ", ".join(told) or None


def _instant(text: str | None) -> str | None:
    """An instant in the spelling that all readers know: its zone is not lost on the way."""
    found = _INSTANT.fullmatch(text or "")
    return f"{found[1]}T{found[2]}Z" if found else text
