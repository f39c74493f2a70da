"""Pinpoint: a tenant's whole board in one JSON answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.pinpoint import PinpointSpider, detect

API = "https://acme.pinpointhq.com/postings.json"
PAGE = "https://acme.pinpointhq.com/en/postings/8fa6a0e0-0beb-4233-8ab0-409fe6bfccb1"
JOB: dict[str, Any] = {
    "id": "567495",
    "title": "Cook",
    "url": PAGE,
    "path": PAGE.removeprefix("https://acme.pinpointhq.com"),
    "description": "<div>Bake.</div>",
    "key_responsibilities_header": "What you'll do",
    "key_responsibilities": "<ul><li>Fry</li></ul>",
    "skills_knowledge_expertise_header": "What you'll bring",
    "skills_knowledge_expertise": "",
    "benefits": None,
    "compensation": "£25,000 - £27,000 / year",
    "compensation_minimum": 25000.0,
    "compensation_maximum": 27000.0,
    "compensation_currency": "GBP",
    "compensation_frequency": "year",
    "compensation_visible": True,
    "deadline_at": "2026-08-28T23:59:59+01:00",
    "employment_type": "fixed_term_part_time",
    "employment_type_text": "Fixed Term Part Time",
    "workplace_type": "onsite",
    "job": {"requisition_id": "PIN-7", "department": {"name": "Kitchen"}, "division": None},
    "location": {"name": "HQ", "city": "Ely", "province": "Ely", "postal_code": "CB7 4BZ"},
}


def listing(tree: Any) -> Listing:
    response = TextResponse(API, body=json.dumps(tree).encode(), encoding="utf-8")
    read = PinpointSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body>Careers</body></html>", Failure.LAYOUT_CHANGED),
        (b'{"data": [{"id"', Failure.PARSE_ERROR),
        (b'{"data": {}}', Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_board_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        PinpointSpider().read_listing(TextResponse(API, body=body, encoding="utf-8"))
    assert raised.value.failure is failure


def test_an_answer_or_a_posting_without_its_parts_fails_loudly() -> None:
    with pytest.raises(LookupError):
        listing({"jobs": []})
    with pytest.raises(ValueError, match="title"):
        listing({"data": [{**JOB, "title": None}]})


def test_an_empty_board_is_an_honest_zero() -> None:
    assert listing({"data": []}).says_empty


def test_a_row_is_the_whole_advert() -> None:
    row = listing({"data": [JOB]}).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "567495",
        "url": PAGE,
        "title": "Cook",
        "department": "Kitchen",
        "reference": "PIN-7",
        "salary": "£25,000 - £27,000 / year",
        "location": "HQ, Ely, CB7 4BZ",
        "postcode": "CB7 4BZ",
        "work_mode": "onsite",
        "contract": "Fixed term",
        "pattern": "Part time",
        "closes": "2026-08-28T23:59:59+01:00",
        "description": "<div>Bake.</div>\n<h3>What you'll do</h3>\n<ul><li>Fry</li></ul>",
    }


def test_pay_that_the_tenant_hides_is_left_alone() -> None:
    hidden = {**JOB, "compensation_visible": False}
    assert listing({"data": [hidden]}).rows[0].advert.salary is None
    figures = {**JOB, "compensation": None}
    assert listing({"data": [figures]}).rows[0].advert.salary == "£25,000 to £27,000 per year"


def test_a_posting_with_a_path_alone_is_addressed_on_its_host() -> None:
    assert listing({"data": [{**JOB, "url": None}]}).rows[0].advert.url == PAGE


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("permanent_full_time", None, ("Permanent", "Full time")),
        (None, "Permanent - Full Time", ("Permanent", "Full Time")),
        ("secondment", None, ("secondment", None)),
        (None, None, (None, None)),
    ],
)
def test_terms(code: str | None, text: str | None, expected: tuple[str | None, ...]) -> None:
    job = {**JOB, "employment_type": code, "employment_type_text": text}
    advert = listing({"data": [job]}).rows[0].advert
    assert (advert.contract, advert.pattern) == expected


def test_detection() -> None:
    def found(body: str, url: str = "https://www.example.gov.uk/jobs") -> Detection | None:
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    seen = found(f'<a href="{PAGE}">Cook</a>')
    assert seen is not None
    assert (seen.platform, seen.url, seen.evidence) == ("pinpoint", API, PAGE)
    own = found(json.dumps({"data": [JOB]}), "https://jobs.example.org/postings.json")
    assert own is not None
    assert own.url == "https://jobs.example.org/postings.json"
    assert found('<a href="https://www.pinpointhq.com/">pinpointhq.com</a>') is None
    assert found('<p>"compensation_visible"</p>') is None
