"""Lever postings (lever.co).

Recognised by the hosts jobs.lever.co and jobs.eu.lever.co, or by the API's address. Facts: several
public readers and captured answers of 2026 (sure); no public body of the United Kingdom is
evidenced. The source's address is the API's, `https://api.lever.co/v0/postings/{slug}?mode=json`
without a limit: the whole board as one list, no total; an unknown board is an object and 404. There
is no closing date but in the text. No options.
"""

from __future__ import annotations

import re
from typing import Any

from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    instant_of,
    pay_between,
    said,
    sections,
    terms_of_words,
)
from scrapers.detection import detector
from scrapers.pages import plain, words_of

_BOARD = re.compile(r"https?://(?:jobs|api)(\.eu)?\.lever\.co/(?:v0/postings/)?([A-Za-z0-9_.-]+)")
_FIELDS = {"external_id": "id", "url": "hostedUrl", "title": "text", "apply_url": "applyUrl"}
_LONGEST_PAY = 300
"""Characters of the note on pay that are still a salary and no essay."""

detect = detector("lever", (_BOARD, r"https://api\1.lever.co/v0/postings/\2?mode=json"))


class LeverSpider(BoardSpider):
    """Lever: a tenant's whole board as one JSON list."""

    name = "lever"
    id_in_url = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27})\b")
    fields = _FIELDS

    def told(self, job: Json, response: TextResponse) -> dict[str, Any]:
        terms, mode = job.get("categories") or {}, said(job, "workplaceType")
        contract, pattern = terms_of_words(said(terms, "commitment"))
        department, team = said(terms, "department"), said(terms, "team")
        lists = ((each.get("text"), _listed(each)) for each in job.get("lists") or [])
        return {
            "department": department or team,
            "category": team if department else None,
            "salary": _pay(job),
            "location": _places(terms),
            "work_mode": None if mode == "unspecified" else mode,
            "contract": contract,
            "pattern": pattern,
            "posted": instant_of(job.get("createdAt")),
            "description": sections(
                (None, job.get("description") or job.get("descriptionPlain")),
                *lists,
                (None, job.get("additional") or job.get("additionalPlain")),
            ),
        }


def _listed(part: Json) -> str:
    """The items of a list; the API leaves the list's own tags away."""
    return f"<ul>{part.get('content') or ''}</ul>"


def _pay(job: Json) -> str | None:
    """The tenant's own words on pay where they hold a figure, else the range."""
    note = said(job, "salaryDescriptionPlain") or words_of(job.get("salaryDescription"))
    if note and len(note) <= _LONGEST_PAY and any(map(str.isdigit, note)):
        return note
    pay = job.get("salaryRange") or {}
    period = re.sub(r"-(?:salary|wage)$", "", said(pay, "interval") or "") or None
    return pay_between(pay.get("min"), pay.get("max"), said(pay, "currency"), period)


def _places(terms: Json) -> str | None:
    every = [plain(each) for each in terms.get("allLocations") or [] if isinstance(each, str)]
    return "; ".join(filter(None, every)) or said(terms, "location")
