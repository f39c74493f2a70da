"""Lever: a tenant's whole board as one JSON list."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.lever import LeverSpider, detect

API = "https://api.lever.co/v0/postings/acme?mode=json"
UUID = "6ed76ce8-4156-4b60-b120-403538bd66cd"
PAGE = f"https://jobs.lever.co/acme/{UUID}"
JOB: dict[str, Any] = {
    "id": UUID,
    "text": "Cook",
    "hostedUrl": PAGE,
    "applyUrl": f"{PAGE}/apply",
    "createdAt": 1786469891368,
    "categories": {
        "commitment": "Permanent, Full-time",
        "location": "Ely",
        "team": "Kitchen",
        "allLocations": ["Ely", "March"],
    },
    "workplaceType": "hybrid",
    "description": "<div>Bake.</div>",
    "lists": [{"text": "You & us", "content": "\n<li>Cook</li>"}],
    "additional": "<div><b>Closing date:</b> 3 May 2026</div>",
    "salaryRange": {"min": 25000, "max": 27000, "currency": "GBP", "interval": "per-year-salary"},
}


def listing(tree: Any) -> Listing:
    response = TextResponse(API, body=json.dumps(tree).encode(), encoding="utf-8")
    read = LeverSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body>Job board</body></html>", Failure.LAYOUT_CHANGED),
        (b'{"ok": false, "error": "Document not found"}', Failure.LAYOUT_CHANGED),
        (b'[{"id": "1", "text"', Failure.PARSE_ERROR),
    ],
)
def test_what_is_no_board_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        LeverSpider().read_listing(TextResponse(API, body=body, encoding="utf-8"))
    assert raised.value.failure is failure


@pytest.mark.parametrize("key", ["id", "text", "hostedUrl"])
def test_a_posting_without_its_keys_fails_loudly(key: str) -> None:
    with pytest.raises(ValueError, match="a job without"):
        listing([{name: value for name, value in JOB.items() if name != key}])


def test_an_empty_list_is_an_honest_zero() -> None:
    assert listing([]).says_empty
    assert not listing([JOB]).says_empty


def test_a_row_is_the_whole_advert() -> None:
    row = listing([JOB]).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": UUID,
        "url": PAGE,
        "title": "Cook",
        "department": "Kitchen",
        "salary": "£25,000 to £27,000 per year",
        "location": "Ely; March",
        "work_mode": "hybrid",
        "contract": "Permanent",
        "pattern": "Full-time",
        "posted": "2026-08-11T17:38:11Z",
        "closes": "3 May 2026",
        "apply_url": f"{PAGE}/apply",
        "description": "<div>Bake.</div>\n<h3>You &amp; us</h3>\n<ul>\n<li>Cook</li></ul>\n"
        "<div><b>Closing date:</b> 3 May 2026</div>",
    }


@pytest.mark.parametrize(
    ("note", "salary"),
    [
        ("£26,500 pro rata", "£26,500 pro rata"),
        ("Competitive", "£25,000 to £27,000 per year"),
        ("We pay £1. " * 40, "£25,000 to £27,000 per year"),
    ],
)
def test_the_note_on_pay_goes_before_the_range_where_it_states_a_figure(
    note: str, salary: str
) -> None:
    assert listing([{**JOB, "salaryDescription": f"<p>{note}</p>"}]).rows[0].advert.salary == salary


@pytest.mark.parametrize(
    ("commitment", "contract", "pattern"),
    [
        ("Full Time or Part Time", None, "Full Time or Part Time"),
        ("Fixed Term - Part-time", "Fixed Term", "Part-time"),
        (None, None, None),
    ],
)
def test_commitment_is_parted(
    commitment: str | None, contract: str | None, pattern: str | None
) -> None:
    job = {**JOB, "categories": {**JOB["categories"], "commitment": commitment}}
    advert = listing([job]).rows[0].advert
    assert (advert.contract, advert.pattern) == (contract, pattern)


@pytest.mark.parametrize("instant", [None, "yesterday", -1, 10**18])
def test_an_instant_that_is_none_is_left_out(instant: object) -> None:
    assert listing([{**JOB, "createdAt": instant}]).rows[0].advert.posted is None


def test_detection() -> None:
    def found(body: str) -> Detection | None:
        url = "https://www.example.gov.uk/jobs"
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    seen = found(f'<a href="{PAGE}">Cook</a>')
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == ("lever", API, PAGE)
    europe = found('<a href="https://jobs.eu.lever.co/acme">Jobs</a>')
    assert europe is not None
    assert europe.url == "https://api.eu.lever.co/v0/postings/acme?mode=json"
    assert found('<a href="https://www.lever.co/">jobs.lever.co/acme</a>') is None
    assert found('<a href="https://clever.com/jobs.lever.co/acme">x</a>') is None
