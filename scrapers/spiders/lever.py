"""Lever postings (lever.co).

Recognised by the hosts jobs.lever.co and jobs.eu.lever.co, or by the API's address. Facts: several
public readers and captured answers of 2026 (sure); no public body of the United Kingdom is
evidenced. The source's address is the API's, `https://api.lever.co/v0/postings/{slug}?mode=json`
without a limit: the whole board as one list, no total; an unknown board is an object and 404. There
is no closing date but in the text. No options.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from parsel import Selector
from scrapy.http import TextResponse

from scrapers.board import (
    BoardSpider,
    Json,
    due,
    filled_from_text,
    first_match,
    pay_between,
    said,
    sections,
    terms_of_words,
    web_address,
)
from scrapers.detection import Detection
from scrapers.items import RawAdvert
from scrapers.pages import plain, words

_BOARD = re.compile(r"https?://(?:jobs|api)(\.eu)?\.lever\.co/(?:v0/postings/)?([A-Za-z0-9_.-]+)")
_LONGEST_PAY = 300
"""Characters of the note on pay that are still a salary and no essay."""


class LeverSpider(BoardSpider):
    """Lever: a tenant's whole board as one JSON list."""

    name = "lever"
    id_in_url = re.compile(r"/([0-9a-f]{8}-[0-9a-f-]{27})\b")

    def jobs(self, answer: Any) -> list[Json]:
        found: list[Json] = answer
        return found

    def read_job(self, job: Json, response: TextResponse) -> RawAdvert:
        terms = job.get("categories") or {}
        contract, pattern = terms_of_words(said(terms, "commitment"))
        department = said(terms, "department")
        mode = said(job, "workplaceType")
        return filled_from_text(
            RawAdvert(
                external_id=due(job, "id"),
                url=web_address(job.get("hostedUrl")),
                title=due(job, "text"),
                department=department or said(terms, "team"),
                category=said(terms, "team") if department else None,
                salary=_pay(job),
                location=_places(terms),
                work_mode=None if mode == "unspecified" else mode,
                contract=contract,
                pattern=pattern,
                posted=_posted(job.get("createdAt")),
                apply_url=said(job, "applyUrl"),
                description=sections(
                    (None, job.get("description") or job.get("descriptionPlain")),
                    *((each.get("text"), _listed(each)) for each in job.get("lists") or []),
                    (None, job.get("additional") or job.get("additionalPlain")),
                ),
            )
        )


def detect(page: TextResponse) -> Detection | None:
    """A board, or a page that points to one."""
    found = first_match(page, "lever.co", _BOARD)
    if found is None:
        return None
    api = f"https://api{found[1] or ''}.lever.co/v0/postings/{found[2]}?mode=json"
    return Detection(platform="lever", url=api, evidence=found.string)


def _listed(part: Json) -> str:
    """The items of a list; the API leaves the list's own tags away."""
    return f"<ul>{part.get('content') or ''}</ul>"


def _pay(job: Json) -> str | None:
    """The tenant's own words on pay where they hold a figure, else the range."""
    note = said(job, "salaryDescriptionPlain") or words(
        Selector(text=job.get("salaryDescription") or "<p/>", type="html")
    )
    if note and len(note) <= _LONGEST_PAY and any(map(str.isdigit, note)):
        return note
    pay = job.get("salaryRange") or {}
    period = re.sub(r"-(?:salary|wage)$", "", said(pay, "interval") or "") or None
    return pay_between(pay.get("min"), pay.get("max"), said(pay, "currency"), period)


def _places(terms: Json) -> str | None:
    every = [plain(each) for each in terms.get("allLocations") or [] if isinstance(each, str)]
    return "; ".join(filter(None, every)) or said(terms, "location")


def _posted(milliseconds: Any) -> str | None:
    """The instant that is published as milliseconds since 1970."""
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 10**14:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
