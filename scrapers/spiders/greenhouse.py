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
from html import unescape
from typing import Any

from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    pay_between,
    said,
    web_address,
    with_tenants_fields,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert

_BOARD = re.compile(
    r"https?://(?:"
    r"boards-api(?:\.eu)?\.greenhouse\.io/v1/boards/"  # …/v1/boards/acme/jobs
    r"|(?:job-)?boards(?:\.eu)?\.greenhouse\.io/embed/job_(?:board|app)(?:/js)?\?(?:[^#]*&)?for="
    r"|(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?!embed/)"  # job-boards.greenhouse.io/acme/jobs/1
    r")([A-Za-z0-9_-]+)"
)


class GreenhouseSpider(BoardSpider):
    """Greenhouse: a tenant's whole board in one JSON answer."""

    name = "greenhouse"
    id_in_url = re.compile(r"(?:/jobs/|[?&]gh_jid=)(\d+)")

    def jobs(self, answer: Any) -> list[Json]:
        found: list[Json] = answer["jobs"]
        return found

    def total(self, answer: Any) -> int | None:
        total = (answer.get("meta") or {}).get("total")
        return total if isinstance(total, int) else None

    def detail_of(self, job: Json, response: TextResponse) -> str | None:
        return f"{response.url.partition('?')[0].rstrip('/')}/{due(job, 'id')}"

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        advert = RawAdvert(
            external_id=due(job, "id"),
            url=web_address(job.get("absolute_url")),
            title=due(job, "title"),
            employer=self.tenant(job.get("company_name")),
            department=_names(job.get("departments")),
            reference=said(job, "requisition_id"),
            salary=_pay(job.get("pay_input_ranges")),
            location=said(job, "location", "name") or _names(job.get("offices")),
            posted=said(job, "first_published") or said(job, "updated_at"),
            closes=said(job, "application_deadline"),
            description=unescape(job.get("content") or "").strip() or None,
        )
        return filled_from_text(with_tenants_fields(advert, _metadata(job.get("metadata"))))


def detect(page: TextResponse) -> Detection | None:
    """A board, or a page that embeds or points to one."""
    found = first_match(page, "greenhouse.io", _BOARD)
    if found is None:
        return None
    region = ".eu" if ".eu.greenhouse.io" in found[0] else ""
    api = f"https://boards-api{region}.greenhouse.io/v1/boards/{found[1]}/jobs?content=true"
    return Detection(platform="greenhouse", url=api, evidence=found.string)


def _names(groups: Any) -> str | None:
    """The names of departments or offices; the API writes "No Department" for none."""
    names = [said(each, "name") for each in groups or [] if isinstance(groups, list)]
    told = [each for each in names if each and not each.startswith("No ")]
    return ", ".join(dict.fromkeys(told)) or None


def _metadata(fields: Any) -> list[tuple[str, str]]:
    """Label and value of the fields that a tenant has added and shows."""
    pairs = []
    for each in fields if isinstance(fields, list) else []:
        value = each.get("value")
        if isinstance(value, list):
            words = ", ".join(str(one) for one in value) or None
        elif isinstance(value, dict):
            low, high = value.get("min_value"), value.get("max_value")
            words = pay_between(low, high, value.get("unit"), None)
        else:
            words = said(each, "value")
        if (label := said(each, "name")) and words:
            pairs.append((label, words))
    return pairs


def _pay(ranges: Any) -> str | None:
    """Pay ranges in words, each behind its title: they are in pence, and name no period."""
    told = []
    for each in ranges if isinstance(ranges, list) else []:
        low, high = (_pounds(each.get(key)) for key in ("min_cents", "max_cents"))
        if words := pay_between(low, high, said(each, "currency_type"), None):
            title = (said(each, "title") or "").rstrip(":")
            told.append(f"{title}: {words}" if title else words)
    return "; ".join(told) or None


def _pounds(pence: Any) -> float | None:
    return pence / 100 if isinstance(pence, int | float) else None
