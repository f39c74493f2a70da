"""Workable: a tenant's whole board in one JSON answer."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scrapy.http import HtmlResponse, TextResponse

from scrapers.detection import Detection
from scrapers.listing import Listing
from scrapers.problems import Failure, PageProblem
from scrapers.spiders.workable import WorkableSpider, detect

API = "https://apply.workable.com/api/v1/widget/accounts/acme?details=true"
PAGE = "https://apply.workable.com/j/F4C096B22E"
JOB: dict[str, Any] = {
    "title": "Cook",
    "shortcode": "F4C096B22E",
    "code": "R7",
    "employment_type": "Full-time",
    "telecommuting": True,
    "department": "Kitchen",
    "url": PAGE,
    "application_url": f"{PAGE}/apply",
    "published_on": "2026-07-30",
    "country": "United Kingdom",
    "city": "Ely",
    "state": "England",
    "function": "Catering",
    "locations": [
        {"country": "United Kingdom", "city": "Ely", "region": "England", "hidden": False},
        {"country": "France", "city": "Paris", "region": "", "hidden": False},
    ],
    "description": "<p>Bake.</p><p><strong>Salary:</strong> £25,000</p>",
}


def listing(tree: Any) -> Listing:
    response = TextResponse(API, body=json.dumps(tree).encode(), encoding="utf-8")
    read = WorkableSpider().read_listing(response)
    assert isinstance(read, Listing)
    return read


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"<html><body>Just jobs</body></html>", Failure.LAYOUT_CHANGED),
        (b'{"name": "Acme", "jobs": [', Failure.PARSE_ERROR),
        (b'{"name": "Acme", "jobs": null}', Failure.LAYOUT_CHANGED),
    ],
)
def test_what_is_no_board_is_no_listing(body: bytes, failure: Failure) -> None:
    with pytest.raises(PageProblem) as raised:
        WorkableSpider().read_listing(TextResponse(API, body=body, encoding="utf-8"))
    assert raised.value.failure is failure


def test_a_board_without_jobs_or_a_job_without_its_key_fails_loudly() -> None:
    with pytest.raises(LookupError):
        listing({"name": "Acme"})
    with pytest.raises(ValueError, match="shortcode"):
        listing({"jobs": [{"title": "Cook"}]})


def test_an_empty_board_is_an_honest_zero() -> None:
    assert listing({"name": "Acme", "jobs": []}).says_empty


def test_a_row_is_the_whole_advert() -> None:
    row = listing({"jobs": [JOB]}).rows[0]
    assert row.complete
    assert row.advert.as_dict() == {
        "external_id": "F4C096B22E",
        "url": PAGE,
        "title": "Cook",
        "department": "Kitchen",
        "reference": "R7",
        "salary": "£25,000",
        "location": "Ely, England; Paris, France",
        "work_mode": "Remote",
        "pattern": "Full-time",
        "category": "Catering",
        "posted": "2026-07-30",
        "apply_url": f"{PAGE}/apply",
        "description": "<p>Bake.</p><p><strong>Salary:</strong> £25,000</p>",
    }


def test_hidden_places_leave_the_jobs_own_city() -> None:
    hidden = [{**each, "hidden": True} for each in JOB["locations"]]
    assert listing({"jobs": [{**JOB, "locations": hidden}]}).rows[0].advert.location == (
        "Ely, England"
    )


def test_without_text_in_the_list_the_job_itself_is_asked_for() -> None:
    row = listing({"jobs": [{**JOB, "description": ""}]}).rows[0]
    assert (row.complete, row.detail) == (False, "/api/v2/accounts/acme/jobs/F4C096B22E")


def test_the_answer_for_one_job() -> None:
    one = {
        "shortcode": "F4C096B22E",
        "title": "Cook",
        "type": "Fixed term - Part-time",
        "published": "2026-07-30T00:00:00.000Z",
        "workplace": "hybrid",
        "location": {"country": "United Kingdom", "city": "Ely", "region": ""},
        "description": "<p>Bake.</p>",
        "requirements": "<ul><li>Flour</li></ul>",
    }
    url = "https://apply.workable.com/api/v2/accounts/acme/jobs/F4C096B22E"
    response = TextResponse(url, body=json.dumps(one).encode(), encoding="utf-8")
    assert WorkableSpider().read_advert(response).as_dict() == {
        "external_id": "F4C096B22E",
        "url": PAGE,
        "title": "Cook",
        "location": "Ely",
        "work_mode": "hybrid",
        "contract": "Fixed term",
        "pattern": "Part-time",
        "posted": "2026-07-30T00:00:00.000Z",
        "description": "<p>Bake.</p>\n<h3>Requirements</h3>\n<ul><li>Flour</li></ul>",
    }


def test_detection() -> None:
    def found(body: str) -> Detection | None:
        url = "https://www.example.gov.uk/jobs"
        return detect(HtmlResponse(url, body=body.encode(), encoding="utf-8"))

    for link in ("https://apply.workable.com/acme/j/F4C096B22E/", API):
        seen = found(f'<a href="{link}">Jobs</a>')
        assert seen is not None
        assert (seen.platform, seen.url, seen.evidence) == ("workable", API, link)
    assert found(f'<a href="{PAGE}">A job of nobody knows whom</a>') is None
    assert found('<a href="https://www.workable.com/pricing">workable.com</a>') is None
